import type { CreditRole } from '../../../articles/edition.rows.js';
import type {
  IncomingBody,
  IncomingPicture,
  IncomingStory,
  ReadItem,
  ReaderOptions,
  SourceFiles,
} from '../story.types.js';
import { heldBy } from './embargo.rules.js';
import { beginningOf, valuesIn } from './json.js';
import { linesOf, textOf, wholeText } from './source.js';
import { firstText, isObject, listOf, namesIn, textIn, type Json } from './values.js';
import { longestLine } from './json-lines.js';

/** Items of ninjs 1.x, 2.x and 3.x: one to a file, a list of them, or one to a line. */
export async function* readNinjs(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  const begins = await beginningOf(sources, file, options);
  let item = 0;
  if (begins === '[') {
    for await (const event of valuesIn(sources, file, options, ['$.*'])) {
      const place = { file, item: (item += 1) };
      yield 'broken' in event ? { place, failed: event.broken } : itemOf(event.value, place, options.now);
    }
  } else if (begins === '{') yield* objectsIn(sources, file, options);
  else yield { place: { file }, failed: 'The file is not JSON.' };
}

/** One object in the whole file, or one to a line; each an item or a list of them. */
async function* objectsIn(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  const first = await firstLineOf(sources, file, options);
  if (parsed(first) === undefined) {
    const whole = parsed(await wholeText(sources, file, options, longestLine));
    if (whole === undefined) return yield { place: { file }, failed: 'The file is not JSON.' };
    for (const [i, each] of (listIn(whole) ?? [whole]).entries())
      yield itemOf(each, { file, item: i + 1 }, options.now);
    return;
  }
  for await (const { text, number, isTooLong } of linesOf(textOf(sources, file, options), longestLine)) {
    const place = { file, line: number };
    if (text.trim() === '' && !isTooLong) continue;
    const value = parsed(text);
    const list = listIn(value);
    if (value === undefined) yield { place, failed: 'The line is not JSON, or too long.' };
    else if (!list) yield itemOf(value, place, options.now);
    else for (const [i, each] of list.entries()) yield itemOf(each, { ...place, item: i + 1 }, options.now);
  }
}

/** The items of an object that is no item itself. */
function listIn(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value) || value.uri !== undefined) return undefined;
  const list = value.items ?? value.item;
  return Array.isArray(list) ? list : undefined;
}

async function firstLineOf(sources: SourceFiles, file: string, options: ReaderOptions): Promise<string> {
  const before = sources.bytesRead;
  for await (const { text } of linesOf(textOf(sources, file, options), longestLine)) {
    sources.bytesRead = before;
    if (text.trim() !== '') return text;
  }
  return '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

function itemOf(value: unknown, place: ReadItem['place'], now: number): ReadItem {
  if (!isObject(value)) return { place, failed: 'The item is not an object.' };
  const item = inOneForm(value);
  const uri = firstText(item, 'uri');
  const altIds = listOf(item.altIds).flatMap((each) =>
    isObject(each) ? (firstText(each, 'value') ?? []) : (textIn(each) ?? []),
  );
  const id = uri ?? altIds[0];
  if (id === undefined) return { place, failed: 'It has no uri: it cannot be known again.' };
  const type = firstText(item, 'type') ?? 'text';
  if (!/^(?:text|composite|component)$/.test(type))
    return { place, externalId: id, skipped: `It is no story: its type is "${type}".` };
  const status = firstText(item, 'pubStatus') ?? 'usable';
  const version = Number(item.version) || undefined;
  if (/^cancell?ed$/.test(status)) return { place, externalId: id, version, cancelled: true };
  const held = [item.embargoedUntil, item.embargoed]
    .filter((until) => until !== undefined && until !== null && until !== false)
    .map((until) => heldBy(until === true ? '' : String(until), now))
    .find((reason) => reason !== undefined);
  const notes = [
    ...(status === 'usable' ? [] : [`Its status is "${status}": it was kept as a draft.`]),
    ...(held === undefined ? [] : [held]),
  ];
  const web = [uri, firstText(item, 'url'), ...altIds].filter(
    (each): each is string => each !== undefined && /^https?:/.test(each),
  );
  const story: IncomingStory = {
    externalId: id,
    version,
    url: web[0],
    addresses: web,
    title: roleText(item.headlines, ['main', 'headline', ''], 'value') ?? firstText(item, 'headline', 'title'),
    standfirst: roleText(item.descriptions, ['summary', 'caption', 'drop', ''], 'value'),
    body: bodyOf(item),
    language: firstText(item, 'language'),
    publishedAt: firstText(item, 'firstCreated', 'contentCreated', 'versionCreated'),
    isDraft: status !== 'usable' || held !== undefined,
    categories: [...namesIn(item.subjects, 'name', 'literal'), ...namesIn(item.genres, 'name')],
    credits: creditsOf(item),
    picture: pictureOf(item.associations),
    related: listOf(item.associations).flatMap((each) =>
      isObject(each) && (each.type ?? 'text') === 'text' ? (firstText(each, 'uri') ?? []) : [],
    ),
    notes,
  };
  return { place, story };
}

/** An item of any version as one of version 3: patterns of names become lists, lower case becomes camel case. */
function inOneForm(item: Json): Json {
  const form: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(item)) {
    const [, base, role] = /^(body|description|headline)_(.+)$/.exec(key) ?? [];
    if (base !== undefined) {
      const list = `${base === 'body' ? 'bodie' : base}s`;
      form[list] = [...listOf(form[list]), { role, contentType: /html/i.test(role!) ? 'text/html' : role, value }];
    } else form[camel[key] ?? key] = value;
  }
  for (const list of ['subject', 'person', 'organisation', 'place', 'infosource', 'association']) {
    const plural = `${list}s`;
    if (form[list] !== undefined && form[plural] === undefined) form[plural] = form[list];
  }
  for (const list of ['associations', 'renditions']) {
    const given = form[list];
    if (isObject(given)) {
      form[list] = Object.entries(given).flatMap(([name, each]) =>
        isObject(each) ? [{ name, ...inOneForm(each) }] : [],
      );
    } else if (Array.isArray(given)) form[list] = given.filter(isObject).map(inOneForm);
  }
  return form;
}

const camel: Readonly<Record<string, string>> = {
  pubstatus: 'pubStatus',
  firstcreated: 'firstCreated',
  versioncreated: 'versionCreated',
  contentcreated: 'contentCreated',
  embargoeduntil: 'embargoedUntil',
  altids: 'altIds',
  infosources: 'infoSources',
  contenttype: 'contentType',
  usageterms: 'usageTerms',
  copyrightholder: 'copyrightHolder',
  copyrightnotice: 'copyrightNotice',
};

function roleText(list: unknown, roles: readonly string[], field: string): string | undefined {
  const all = listOf(list).filter(isObject);
  const inOrder = roles.flatMap((role) => all.filter((each) => (firstText(each, 'role') ?? '').toLowerCase() === role));
  return [...inOrder, ...all].map((each) => firstText(each, field)).find((text) => text !== undefined);
}

function bodyOf(item: Json): IncomingBody | undefined {
  const bodies = listOf(item.bodies).filter(isObject);
  const typeOf = (body: Json) => (firstText(body, 'contentType', 'contenttype', 'role') ?? '').toLowerCase();
  const best = bodies.find((body) => /html|xml/.test(typeOf(body))) ?? bodies[0];
  const value = best && firstText(best, 'value');
  if (value === undefined) return undefined;
  return /html|xml|nitf/.test(typeOf(best!)) || /<p[\s>]/i.test(value) ? { html: value } : { text: value };
}

function creditsOf(item: Json): { role: CreditRole; text: string }[] {
  const by = firstText(item, 'by', 'byline')?.replace(/^by\s+/i, '');
  const authors = by === undefined ? [] : by.split(/\s*(?:,|;|\band\b|&)\s*/u).filter((name) => name !== '');
  const agency = namesIn(item.infoSources, 'name', 'literal')[0] ?? firstText(item, 'copyrightHolder');
  return [
    ...authors.map((text) => ({ role: 'AUTHOR' as const, text })),
    ...(agency === undefined ? [] : [{ role: 'AGENCY' as const, text: agency }]),
  ];
}

function pictureOf(associations: unknown): IncomingPicture | undefined {
  const picture = listOf(associations)
    .filter(isObject)
    .find((each) => each.type === 'picture' || each.type === 'graphic');
  if (!picture) return undefined;
  const renditions = listOf(picture.renditions).filter(
    (each): each is Json => isObject(each) && firstText(each, 'href') !== undefined,
  );
  const widest = [...renditions].sort((a, b) => Number(b.width ?? 0) - Number(a.width ?? 0))[0];
  const url = (widest && firstText(widest, 'href')) ?? firstText(picture, 'uri');
  if (url === undefined) return undefined;
  const caption = roleText(picture.descriptions, ['caption', ''], 'value') ?? '';
  const credit = firstText(picture, 'by', 'copyrightHolder') ?? '';
  return { url, caption, alt: roleText(picture.headlines, ['', 'main'], 'value') ?? caption, credit };
}
