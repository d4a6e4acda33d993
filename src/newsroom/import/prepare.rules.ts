import { createHash } from 'node:crypto';
import { bodyText, type Block } from '../../articles/body.rules.js';
import { maxCredits, maxRelated, type ArticleKind, type CreditRole } from '../../articles/edition.rows.js';
import { slugOf } from '../../kernel/slug.js';
import { inNormalForm } from '../../kernel/write.js';
import { addressOf, isWebAddress, keyOf, nameOf, pathOf } from './address.rules.js';
import { fitted } from './fit.rules.js';
import { readBody, type ImportedBlock } from './markup.blocks.js';
import { markedIn, type MarkedName } from './named.rules.js';
import { momentIn } from './moment.rules.js';
import type { IncomingPicture, IncomingStory } from './story.types.js';

/** A story ready to be stored, but for what only the database knows. */
export interface PreparedStory {
  externalId: string;
  /** As it is stored: nothing when there are no versions, or none that fits. */
  version: number | undefined;
  title: string;
  standfirst: string;
  blocks: ImportedBlock[];
  picture: IncomingPicture | undefined;
  credits: { role: CreditRole; text: string }[];
  kind: ArticleKind;
  language: string;
  /** Nothing when it has none that can be. */
  publishedAt: number | undefined;
  isDraft: boolean;
  /** Whether readers could not see it where it comes from. */
  isDraftThere: boolean;
  /** The slugs to try, in their order. */
  slugs: string[];
  /** What other stories may call it by. */
  addresses: string[];
  /** Where readers found it before. */
  paths: string[];
  /** What it leads to. */
  targets: string[];
  /** Names that were marked in its text, and how many there were. */
  named: MarkedName[];
  marked: number;
  notes: string[];
}

export interface PrepareOptions {
  source: string;
  /** The language of stories that do not say theirs. */
  language: string;
  drafts: boolean;
}

/** There is no story in it; the message says why. */
export class NoStory extends Error {}

const limits = { title: 300, standfirst: 1_000, credit: 255 };

/** Makes of a story as it came one that can be stored; what had to be changed or left out is in its notes. */
export function prepare(story: IncomingStory, { source, language, drafts }: PrepareOptions): PreparedStory {
  const notes = [...(story.notes ?? [])];
  const base = story.url !== undefined && isWebAddress(story.url) ? story.url : undefined;
  const body = story.body ? readBody(story.body, base) : { blocks: [], links: [], notes: [] };
  notes.push(...body.notes);
  let blocks = fitted(body.blocks, notes);
  let standfirst = cut('standfirst', clean(story.standfirst), limits.standfirst, notes);
  const words = bodyText(blocks.map(asStored));
  if (blocks.length === 0 && standfirst !== '') {
    blocks = [{ kind: 'Paragraph', text: standfirst }];
    notes.push('It has no text of its own: its summary stands for it.');
  } else if (isBeginning(standfirst, words)) standfirst = '';
  const title = cut('headline', clean(story.title), limits.title, notes) || firstWords(words || standfirst, notes);
  if (title === '') throw new NoStory('It has neither a headline nor a text.');
  if (blocks.length === 0) notes.push('It has no text: it was kept as a draft.');
  if (/\ufffd/.test(title + words))
    notes.push('Some characters could not be read: --encoding says what the file is written in.');
  const publishedAt = momentIn(story.publishedAt);
  if (story.publishedAt !== undefined && publishedAt === undefined) {
    notes.push(`Its date cannot be read: “${String(story.publishedAt).slice(0, 60)}”.`);
  }
  const own = [story.url, ...(story.addresses ?? [])].flatMap((url) => url ?? []);
  const addresses = [...new Set(own.flatMap((url) => addressOf(url) ?? []))];
  return {
    externalId: keyOf(story.externalId),
    version: Number.isSafeInteger(Math.trunc(story.version ?? NaN)) ? Math.trunc(story.version!) : undefined,
    title,
    standfirst,
    blocks,
    picture: story.picture,
    credits: creditsOf(story),
    kind: story.kind ?? 'NEWS',
    language: languageOf(story.language, notes) ?? language,
    publishedAt,
    isDraftThere: story.isDraft === true,
    isDraft: drafts || story.isDraft === true || blocks.length === 0,
    slugs: slugsOf(story.slug ?? title, `${source}:${story.externalId}`),
    addresses,
    paths: [...new Set(own.flatMap((url) => pathOf(url) ?? []))].slice(0, 10),
    named: story.body && 'text' in story.body ? markedIn(story.body.text, story.named ?? [], blocks) : [],
    marked: story.named?.length ?? 0,
    targets: targetsOf([...(story.related ?? []), ...body.links], source, addresses),
    notes,
  };
}

/** A print of a story as it came, and of whatever else decides what becomes of it. */
export const printOf = (story: IncomingStory, ...more: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify([story, ...more]))
    .digest('base64url');

const clean = (text: string | undefined): string =>
  inNormalForm((text ?? '').toWellFormed())
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^\p{Cf}+$/u, '');

function cut(what: string, text: string, most: number, notes: string[]): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  notes.push(`Its ${what} has ${letters.length} characters; the first ${most - 1} were kept.`);
  return `${letters
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
}

function firstWords(text: string, notes: string[]): string {
  const line = clean(text.split('\n', 1)[0]);
  if (line === '') return '';
  notes.push('It has no headline: its first words stand for it.');
  const letters = [...line];
  if (letters.length <= 80) return line;
  const some = letters.slice(0, 80).join('');
  return `${some.slice(0, Math.max(some.lastIndexOf(' '), 40))}…`;
}

/** Whether a summary only says what the text begins with. */
function isBeginning(summary: string, text: string): boolean {
  const plain = (words: string) => words.replace(/[\s\u2026.[\]]+/gu, ' ').trim();
  const begins = plain(summary.replace(/\s*(?:\[?(?:…|\.\.\.)\]?|continue reading.*|read more.*)\s*$/iu, ''));
  return begins !== '' && plain(text.slice(0, 2_000)).startsWith(begins);
}

function creditsOf({ credits = [] }: IncomingStory): PreparedStory['credits'] {
  const seen = new Set<string>();
  return credits.flatMap(({ role, text }) => {
    const name = [...clean(text)].slice(0, limits.credit).join('').trim();
    const isNew = name !== '' && !seen.has(`${role} ${name}`);
    seen.add(`${role} ${name}`);
    return isNew && seen.size <= maxCredits ? [{ role, text: name }] : [];
  });
}

function languageOf(tag: string | undefined, notes: string[]): string | undefined {
  if (tag === undefined || tag.trim() === '') return undefined;
  try {
    const [found] = Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'));
    if (found !== undefined && found.length <= 35) return found;
  } catch {
    // told below
  }
  notes.push(`“${tag.slice(0, 40)}” is no language.`);
  return undefined;
}

/** A wish and, where others have it, the same with a number, at last with a print of where it comes from. */
function slugsOf(wish: string, from: string): string[] {
  const slug = slugOf(wish.toWellFormed());
  const print = createHash('sha256').update(from).digest('hex');
  const numbered = [2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${slug}-${n}`);
  return [slug, ...numbered, `${slug}-${print.slice(0, 8)}`, `${slug}-${print.slice(0, 24)}`];
}

function targetsOf(links: readonly string[], source: string, own: readonly string[]): string[] {
  const targets = links.flatMap((link) =>
    /^[a-z][\w+.-]*:/i.test(link) ? (addressOf(link) ?? []) : nameOf(source, link),
  );
  return [...new Set(targets)].filter((target) => !own.includes(target)).slice(0, maxRelated);
}

/** An imported block as the rules for stored blocks see it. */
export function asStored(block: ImportedBlock): Block {
  if (block.kind !== 'Picture') return { key: '', ...block };
  return { key: '', kind: 'Picture', pictureId: 0, ...(block.picture.caption && { caption: block.picture.caption }) };
}
