import { bodyHtml, shownPicture } from '../../articles/body.html.js';
import { bodyText } from '../../articles/body.rules.js';
import type { Addresses } from '../../kernel/context.js';
import { renditionOf } from '../../media/picture.rules.js';
import type { PassedStory } from './rights.rules.js';

export interface BodyView {
  html: string;
  text: string;
}

/** What is left of a text, written out; pictures as the addresses lead to them. */
export function bodyFrom(addresses: Addresses, { blocks, pictures }: PassedStory): BodyView {
  const shown = pictures.map(({ picture }) => [picture.id, shownPicture(addresses, picture)] as const);
  return { html: bodyHtml(blocks, new Map(shown)), text: bodyText(blocks) };
}

/** A picture as a partner gets it. */
export interface SyndicatedPictureView {
  id: number;
  url: string | null;
  width: number | null;
  height: number | null;
  alt: string;
  caption: string;
  credit: string;
  licence: string | null;
  usageTerms: string | null;
  isLead: boolean;
}

/** Pictures that a partner gets, in the largest size there is. */
export function picturesFrom(addresses: Addresses, { pictures }: PassedStory): SyndicatedPictureView[] {
  return pictures.map(({ picture, caption, isLead }) => {
    const { id, alt, credit, licence, usageTerms } = picture;
    const { url = null, width = null, height = null } = renditionOf(addresses, picture, picture.width ?? 0) ?? {};
    return { id, url, width, height, alt, caption, credit, licence, usageTerms, isLead };
  });
}
