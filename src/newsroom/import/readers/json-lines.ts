import { articleKinds } from '../../../articles/edition.rows.js';
import { unitsOf } from '../../../text/units.rules.js';
import type {
  IncomingBody,
  IncomingName,
  IncomingPicture,
  IncomingStory,
  ReadItem,
  ReaderOptions,
  SourceFiles,
} from '../story.types.js';
import { aheadNote } from '../moment.rules.js';
import { linesOf, textOf } from './source.js';
import { addressIn, firstText, isObject, listOf, namesIn, textIn, type Json } from './values.js';

/** The longest line that is read, in characters. */
export const longestLine = 16 * 1_048_576;

/** Articles as JSON Lines: one object a line, as docs/import.md describes it. */
export async function* readJsonLines(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  for await (const { text, number, isTooLong } of linesOf(textOf(sources, file, options), longestLine)) {
    const place = { file, line: number };
    if (isTooLong) yield { place, failed: 'The line has more than 16 million characters.' };
    else if (text.trim() !== '') yield itemOf(text, place, options.now);
  }
}

function itemOf(text: string, place: ReadItem['place'], now: number): ReadItem {
  let row: unknown;
  try {
    row = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { place, failed: `The line is not JSON: ${(error as Error).message}` };
  }
  if (!isObject(row)) return { place, failed: 'The line is not an object with the fields of a story.' };
  return storyOf(row, place, now);
}

/** A story out of an object with the fields that docs/import.md lists. */
export function storyOf(row: Json, place: ReadItem['place'], now: number): ReadItem {
  const url = firstText(row, 'url', 'link');
  const externalId = firstText(row, 'id', 'externalId') ?? url;
  if (externalId === undefined)
    return { place, failed: 'It has neither an id nor a url: without one it cannot be known again.' };
  const kind = firstText(row, 'kind')?.toUpperCase();
  const agency = firstText(row, 'agency', 'source');
  const notes: string[] = [];
  if (kind !== undefined && !isKind(kind)) notes.push(`There is no kind of story called "${kind.toLowerCase()}".`);
  const isMarked = row.draft === true || /^(?:true|1|yes)$/i.test(textIn(row.draft) ?? '');
  const status = firstText(row, 'status');
  const isHeld = status !== undefined && !/^(?:publish(?:ed)?|usable)$/i.test(status);
  if (isHeld && !isMarked) notes.push(`Its status is "${status.slice(0, 40)}": it was kept as a draft.`);
  const publishedAt =
    typeof row.publishedAt === 'number' ? row.publishedAt : firstText(row, 'publishedAt', 'published', 'date');
  const ahead = isMarked || isHeld ? undefined : aheadNote(publishedAt, now);
  if (ahead !== undefined) notes.push(ahead);
  const story: IncomingStory = {
    externalId,
    url,
    slug: firstText(row, 'slug'),
    title: firstText(row, 'title', 'headline'),
    standfirst: firstText(row, 'standfirst', 'summary', 'description'),
    body: bodyOf(row),
    kind: isKind(kind) ? kind : undefined,
    language: firstText(row, 'language', 'lang'),
    publishedAt,
    isDraft: isMarked || isHeld || ahead !== undefined,
    categories: [...namesIn(row.section, 'name', 'slug'), ...namesIn(row.topics, 'name'), ...namesIn(row.tags, 'name')],
    credits: [
      ...namesIn(row.authors ?? row.author, 'name').map((text) => ({ role: 'AUTHOR' as const, text })),
      ...(agency === undefined ? [] : [{ role: 'AGENCY' as const, text: agency }]),
    ],
    picture: pictureOf(row.image),
    related: [...listOf(row.links), ...listOf(row.related)].flatMap(
      (link) => addressIn(link, 'id', 'url', 'href', 'target') ?? [],
    ),
    notes,
  };
  const named = namedIn(row);
  return { place, story: named.length === 0 ? story : { ...story, named } };
}

/** The names that are marked in the body, told from where its words begin. */
function namedIn(row: Json): IncomingName[] {
  const body = ['body', 'text', 'content'].map((name) => row[name]).find((value) => textIn(value) !== undefined);
  if (typeof body !== 'string') return [];
  const before = body.length - body.trimStart().length;
  const unitOf = unitsOf(body);
  return listOf(row.entities).flatMap((each) => {
    if (!isObject(each) || !Number.isInteger(each.start) || !Number.isInteger(each.end)) return [];
    const [start, end] = [unitOf(Number(each.start)), unitOf(Number(each.end))];
    const text = typeof each.text === 'string' ? each.text : body.slice(start, end);
    return [{ start: start - before, end: end - before, text, id: firstText(each, 'kb', 'wikidataId', 'id') }];
  });
}

const isKind = (kind: string | undefined): kind is (typeof articleKinds)[number] =>
  articleKinds.some((each) => each === kind);

function bodyOf(row: Json): IncomingBody | undefined {
  const html = firstText(row, 'bodyHtml', 'html');
  if (html !== undefined) return { html };
  const body = firstText(row, 'body', 'text', 'content');
  const sourceUrl = firstText(row, 'sourceUrl');
  const format = firstText(row, 'bodyFormat') ?? '';
  if (body === undefined) return sourceUrl === undefined ? undefined : linkTo(sourceUrl, row);
  if (/html/i.test(format) || (format === '' && /<(?:p|div|ul|ol|h[1-6]|blockquote)[\s>][^]*<\//i.test(body)))
    return { html: body };
  return /markdown|^md$/i.test(format) ? { markdown: body } : { text: body };
}

/** What stands for the text of a story that only leads elsewhere. */
function linkTo(url: string, row: Json): IncomingBody {
  const text = textIn(row.summary) ?? textIn(row.title) ?? url;
  return { markdown: `${text}\n\n<${url}>` };
}

function pictureOf(image: unknown): IncomingPicture | undefined {
  const url = addressIn(image, 'url', 'src', 'href', 'uid');
  if (url === undefined) return undefined;
  const { alt, caption, credit } = isObject(image) ? image : {};
  return { url, alt: textIn(alt), caption: textIn(caption), credit: textIn(credit) };
}
