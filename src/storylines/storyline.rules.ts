import type { Addresses } from '../kernel/context.js';

/** The most entries that a timeline has, and the most storylines of a story, and main people and things of a storyline, that are shown. */
export const maxEntries = 200;
export const maxOfStory = 50;
export const maxMain = 50;

/** The first part of a storyline's path. */
export const storylineFolder = 'storylines';

export const storylinePath = ({ slug }: { slug: string }): string => `/${storylineFolder}/${slug}`;

/** Where readers find a storyline. */
export const storylineUrl = ({ siteUrl }: Addresses, storyline: { slug: string }): string =>
  siteUrl + storylinePath(storyline);

/** An entry of a timeline as an editor gives it: a story, or something with a date and a title. */
export interface Entry {
  articleId: number | null;
  at: number | null;
  title: string | null;
  text: string | null;
  isTurningPoint: boolean;
}
