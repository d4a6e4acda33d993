import { withInner, type Block } from '../../articles/body.rules.js';
import type { PictureView } from '../../media/picture.queries.js';
import type { DocumentFormat } from '../partners/partner.words.js';
import type { ProductRights, SyndicatedStoryView } from './story.loaders.js';

/** Something of a story that a partner does not get, and why. */
export interface Redaction {
  /** Names what is left out: `leadPicture`, `body.` and the key of a block, or a form of document. */
  path: string;
  reason: string;
}

/** A picture that a partner gets, as the story uses it. */
export interface PassedPicture {
  picture: PictureView;
  caption: string;
  isLead: boolean;
}

/** What the rights of a product leave of a story. */
export interface PassedStory {
  blocks: Block[];
  pictures: PassedPicture[];
  redactions: Redaction[];
}

/** Licences under which whoever has a picture may hand it on, for money too: those of Creative Commons and the public domain. */
const open = /^(?:CC0-\d|CC-PDDC|CC-PDM-|PDDL-|CC-BY-(?:(?:SA|ND)-)?\d)/i;

/** Why a picture is not passed on under the rights of a product; nothing when it is. */
export function objectionTo(picture: Pick<PictureView, 'licence'>, { pictures }: ProductRights): string | undefined {
  if (pictures === 'NONE') return 'Your product has no pictures.';
  if (pictures === 'ALL' || open.test(picture.licence ?? '')) return undefined;
  return picture.licence === null
    ? 'We have no licence of this picture that lets us pass it on.'
    : `Its licence, ${picture.licence}, does not let us pass it on.`;
}

/** A story without what its partner may not have: pictures with their captions, of which only the place is named. */
export function passedStory(
  { leadPicture, rights }: Pick<SyndicatedStoryView, 'leadPicture' | 'rights'>,
  blocks: readonly Block[],
  pictures: ReadonlyMap<number, PictureView>,
): PassedStory {
  const passed: PassedPicture[] = [];
  const redactions: Redaction[] = [];
  const pass = (path: string, picture: PictureView, caption: string, isLead: boolean): boolean => {
    const reason = objectionTo(picture, rights);
    if (reason === undefined) passed.push({ picture, caption, isLead });
    else redactions.push({ path, reason });
    return reason === undefined;
  };
  if (leadPicture) pass('leadPicture', leadPicture, leadPicture.caption, true);
  const left = blocks.filter((block) => {
    if (block.kind !== 'Picture') return true;
    const picture = pictures.get(block.pictureId);
    return picture !== undefined && pass(`body.${block.key}`, picture, block.caption ?? picture.caption, false);
  });
  return { blocks: left, pictures: passed, redactions: [...redactions, ...missingForms(rights)] };
}

/** The forms that a story is given in besides the graph, and what they are called there. */
export const formNames: Readonly<Record<DocumentFormat, string>> = {
  NINJS: 'ninjs',
  NEWSML: 'newsml',
  JSON: 'json',
  HTML: 'html',
};

const missingForms = ({ formats }: ProductRights): Redaction[] =>
  (Object.keys(formNames) as DocumentFormat[])
    .filter((form) => !formats.includes(form))
    .map((form) => ({ path: formNames[form], reason: 'Your product is not given in this form.' }));

/** The keys of the blocks that are left, with those inside them; the headline and the standfirst count as blocks. */
export const keysLeft = ({ blocks }: PassedStory): Set<string> =>
  new Set(['title', 'standfirst', ...withInner(blocks).map(({ key }) => key)]);

/** What may be done with a story, in words; nothing when nothing is said. */
export function termsOf({ terms, territories }: ProductRights): string | null {
  const places = territories.length > 0 ? `To be shown only in ${territories.join(', ')}.` : null;
  return [terms, places].filter((text) => text !== null).join(' ') || null;
}
