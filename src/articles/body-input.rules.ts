import { badInput } from '../kernel/errors.js';
import { idIn } from '../kernel/global-id.js';
import { inNormalForm } from '../kernel/write.js';
import { isSafeLink } from './body.html.js';
import { draftsOfHtml, draftsOfMarkdown } from './body-markup.rules.js';
import { withKeys, type Keyless } from './block-keys.rules.js';
import { withInner, type Block, type ListBlock, type Mark, type ParagraphBlock, type RichText } from './body.rules.js';

/** A body as it comes in: one of three forms. */
export interface BodyText {
  markdown?: string | null;
  html?: string | null;
  blocks?: readonly BlockText[] | null;
}

export interface RichTextGiven {
  text: string;
  marks?: readonly { type: Mark['type']; start: number; end: number; href?: string | null }[] | null;
}

interface ListGiven {
  ordered: boolean;
  items: readonly RichTextGiven[];
}

export interface InnerBlockText {
  key?: string | null;
  paragraph?: RichTextGiven | null;
  list?: ListGiven | null;
}

export interface BlockText extends InnerBlockText {
  heading?: (RichTextGiven & { level: number }) | null;
  quote?: (RichTextGiven & { attribution?: string | null }) | null;
  picture?: { picture: string; caption?: string | null } | null;
  embed?: { url: string; title: string; provider?: string | null } | null;
  table?: { caption?: string | null; header: readonly string[]; rows: readonly (readonly string[])[] } | null;
  factBox?: { title: string; blocks: readonly InnerBlockText[] } | null;
}

const most = { markup: 1_000_000, blocks: 1_000, text: 20_000, marks: 500, items: 500, rows: 500, columns: 50 };

/**
 * The blocks of a body that was written as Markdown, HTML or blocks. Blocks that are as before keep their keys, so that
 * mentions find them again. What cannot be taken is refused with the path of the field.
 */
export function blocksOf(body: BodyText, previous: readonly Block[]): Block[] {
  const forms = (['markdown', 'html', 'blocks'] as const).filter((form) => body[form] != null);
  if (forms.length !== 1) throw badInput('Give the body in exactly one form: markdown, html or blocks.', 'body');
  const path = `body.${forms[0]!}`;
  const given = body.blocks ?? draftsOf(body, path);
  if (given.length > most.blocks)
    throw badInput(`A body has at most ${most.blocks} blocks, not ${given.length}.`, path);
  const blocks = withKeys(
    given.map((block, i) => checkedBlock(block, body.blocks ? `${path}.${i}` : path)),
    previous,
  );
  checkKeys(blocks, path);
  return blocks;
}

function draftsOf({ markdown, html }: BodyText, path: string): BlockText[] {
  const markup = markdown ?? html ?? '';
  if (!markup.isWellFormed()) throw badInput('The text has half a surrogate pair.', path);
  if (markup.length > most.markup) throw badInput(`At most ${most.markup} characters fit.`, path);
  return markdown == null ? draftsOfHtml(inNormalForm(markup)) : draftsOfMarkdown(inNormalForm(markup));
}

function checkKeys(blocks: readonly Block[], path: string): void {
  const seen = new Set<string>(['title', 'standfirst']);
  for (const { key } of withInner(blocks)) {
    if (!/^[\w-]{1,40}$/.test(key)) throw badInput('A key is up to 40 letters, digits, hyphens and underscores.', path);
    if (seen.has(key)) throw badInput(`The key "${key}" is there twice, or means something else.`, path);
    seen.add(key);
  }
}

type Kind = Exclude<keyof BlockText, 'key'>;
const kinds: readonly Kind[] = ['paragraph', 'heading', 'quote', 'list', 'picture', 'embed', 'table', 'factBox'];

function checkedBlock(given: BlockText, path: string): Keyless<Block> {
  const present = kinds.filter((kind) => given[kind] != null);
  if (present.length !== 1) throw badInput(`A block has exactly one of ${kinds.join(', ')}.`, path);
  const { key, paragraph, heading, quote, list, picture, embed, table, factBox } = given;
  const at = `${path}.${present[0]!}`;
  if (paragraph) return { key, kind: 'Paragraph', ...rich(paragraph, at) };
  if (heading) return { key, kind: 'Heading', level: levelOf(heading.level, at), ...rich(heading, at) };
  if (quote) {
    const attribution = optional(quote.attribution, `${at}.attribution`);
    return { key, kind: 'Quote', ...rich(quote, at), ...(attribution && { attribution }) };
  }
  if (list) return { key, ...listOf(list, at) };
  if (picture) {
    const caption = optional(picture.caption, `${at}.caption`);
    const pictureId = idIn(`${at}.picture`, picture.picture, 'Picture');
    return { key, kind: 'Picture', pictureId, ...(caption && { caption }) };
  }
  if (embed) {
    if (!isSafeLink(embed.url) || embed.url.startsWith('mailto:'))
      throw badInput('An embed is a web address.', `${at}.url`);
    const provider = optional(embed.provider, `${at}.provider`);
    const title = plain(embed.title, `${at}.title`);
    return { key, kind: 'Embed', url: embed.url, title, ...(provider && { provider }) };
  }
  if (table) return { key, ...tableOf(table, at) };
  return { key, ...factBoxOf(factBox!, at) };
}

function listOf({ ordered, items }: ListGiven, at: string): Omit<ListBlock, 'key'> {
  if (items.length === 0 || items.length > most.items) throw badInput(`A list has 1 to ${most.items} items.`, at);
  return { kind: 'List', ordered, items: items.map((item, i) => rich(item, `${at}.items.${i}`)) };
}

function tableOf(table: NonNullable<BlockText['table']>, at: string): Omit<Extract<Block, { kind: 'Table' }>, 'key'> {
  const { header, rows } = table;
  const columns = Math.max(header.length, ...rows.map((row) => row.length));
  if (rows.length > most.rows) throw badInput(`A table has at most ${most.rows} rows.`, `${at}.rows`);
  if (columns > most.columns) throw badInput(`A table has at most ${most.columns} columns.`, at);
  const caption = optional(table.caption, `${at}.caption`);
  return {
    kind: 'Table',
    ...(caption && { caption }),
    header: header.map((cell, i) => plain(cell, `${at}.header.${i}`)),
    rows: rows.map((row, i) => row.map((cell) => plain(cell, `${at}.rows.${i}`))),
  };
}

function factBoxOf({ title, blocks }: NonNullable<BlockText['factBox']>, at: string): Keyless<Block> {
  const inner = blocks.map((block, i) => {
    const path = `${at}.blocks.${i}`;
    if ((block.paragraph == null) === (block.list == null)) throw badInput('It holds a paragraph or a list.', path);
    return checkedBlock(block, path) as Keyless<ParagraphBlock | ListBlock>;
  });
  return { kind: 'FactBox', title: plain(title, `${at}.title`), blocks: inner } as Keyless<Block>;
}

function levelOf(level: number, at: string): 2 | 3 | 4 {
  if (level === 2 || level === 3 || level === 4) return level;
  throw badInput('A heading is of level 2, 3 or 4.', `${at}.level`);
}

/** Text in normal form and without control characters; marks count in it, so a text that normalising changes has none. */
function rich({ text, marks }: RichTextGiven, at: string): RichText {
  const normal = plain(text, `${at}.text`, false);
  if (!marks || marks.length === 0) return { text: normal.trim() };
  if (normal !== text) throw badInput('A text with marks must be in normal form (NFC).', `${at}.text`);
  if (marks.length > most.marks) throw badInput(`A text has at most ${most.marks} marks.`, `${at}.marks`);
  return { text, marks: marks.map((mark, i) => markOf(mark, text, `${at}.marks.${i}`)) };
}

function markOf(mark: NonNullable<RichTextGiven['marks']>[number], text: string, at: string): Mark {
  const { type, start, end, href } = mark;
  if (!(start >= 0 && start < end && end <= text.length)) {
    throw badInput(`A mark lies within the ${text.length} units of its text.`, `${at}.start`);
  }
  if (cutsPair(text, start) || cutsPair(text, end)) throw badInput('A mark must not cut a character.', `${at}.start`);
  if (type !== 'LINK') return { type, start, end };
  if (href == null || href.length > 2_000 || !isSafeLink(href)) {
    throw badInput('A link leads to https, http or mailto.', `${at}.href`);
  }
  return { type, start, end, href };
}

/** Whether a place in a text lies between the two units of one character. */
export const cutsPair = (text: string, at: number): boolean =>
  /^[\ud800-\udbff]$/.test(text[at - 1] ?? '') && /^[\udc00-\udfff]$/.test(text[at] ?? '');

function plain(text: string, at: string, trimmed = true): string {
  if (!text.isWellFormed()) throw badInput('The text has half a surrogate pair.', at);
  if (text.length > most.text) throw badInput(`A text has at most ${most.text} characters.`, at);
  const clean = inNormalForm(text);
  return trimmed ? clean.trim() : clean;
}

const optional = (text: string | null | undefined, at: string): string | undefined =>
  text == null ? undefined : plain(text, at) || undefined;
