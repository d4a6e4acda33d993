import type { CreditRole } from '../../../articles/edition.rows.js';
import { plainText } from '../plain.rules.js';
import type {
  IncomingBody,
  IncomingPicture,
  IncomingStory,
  ReadItem,
  ReaderOptions,
  SourceFiles,
} from '../story.types.js';
import { heldBy } from './embargo.rules.js';
import { childrenOf, elementsIn, markupIn, wordsIn, wordsOf, type Xml } from './xml.js';

/** Items of NewsML-G2, alone or in a newsMessage: text with its metadata, in XHTML, NITF or plain. */
export async function* readNewsml(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  let items = 0;
  let root = '';
  const wanted = (path: readonly { name: string }[]) => {
    root ||= path[0]!.name;
    return kinds.has(path.at(-1)!.name);
  };
  for await (const event of elementsIn(sources, file, options, wanted)) {
    if ('broken' in event && items === 0 && !/^news|Item$/.test(root)) break;
    const place = { file, item: (items += 1) };
    if ('broken' in event) yield { place, failed: event.broken };
    else if ('tooLarge' in event) yield { place, failed: 'The item has more than 16 million characters.' };
    else yield itemOf(event.element, place, options.now);
  }
  if (items === 0)
    yield { place: { file }, failed: `The file has no item of NewsML-G2: its first element is <${root || '?'}>.` };
}

const kinds = new Set(['newsItem', 'packageItem', 'conceptItem', 'knowledgeItem', 'planningItem', 'catalogItem']);

function itemOf(item: Xml, place: ReadItem['place'], now: number): ReadItem {
  const guid = item.attributes.guid;
  if (item.name !== 'newsItem') return { place, externalId: guid, skipped: `It is no story: it is a <${item.name}>.` };
  if (guid === undefined) return { place, failed: 'It has no guid: it cannot be known again.' };
  const [meta, about, set] = ['itemMeta', 'contentMeta', 'contentSet'].map(
    (name) => childrenOf(item, name)[0] ?? empty,
  );
  const itemClass = codeOf(childrenOf(meta!, 'itemClass')[0]) || 'text';
  if (!/text|composite/.test(itemClass))
    return { place, externalId: guid, skipped: `It is no story: its class is "${itemClass}".` };
  const status = codeOf(childrenOf(meta!, 'pubStatus')[0]) || 'usable';
  const version = Number(item.attributes.version) || undefined;
  if (/cancell?ed/.test(status)) return { place, externalId: guid, version, cancelled: true };
  const [embargo] = childrenOf(meta!, 'embargoed');
  const held = embargo && heldBy(wordsOf(embargo), now);
  const read = contentOf(set!);
  const notes = [
    ...(status === 'usable' ? [] : [`Its status is "${status}": it was kept as a draft.`]),
    ...(held === undefined ? [] : [held]),
  ];
  const links = childrenOf(meta!, 'link');
  const web = links.find(
    ({ attributes }) =>
      /isA|seoURL|alternate|webpage/i.test(attributes.rel ?? '') && /^https?:/.test(attributes.href ?? ''),
  );
  const headline = childrenOf(about!, 'headline');
  const main =
    headline.find(({ attributes: { role = '' } }) => /(?:^$|main|hld:main|:h[l1])/.test(role)) ?? headline[0];
  const story: IncomingStory = {
    externalId: guid,
    version,
    url: web?.attributes.href ?? pageIn(meta!) ?? (/^https?:/.test(guid) ? guid : undefined),
    title: plainText(wordsOf(main)) || read.title || plainText(wordsIn(meta!, 'title')),
    standfirst: plainText(wordsOf(descriptionIn(about!))) || undefined,
    body: read.body,
    language: childrenOf(about!, 'language')[0]?.attributes.tag ?? item.attributes['xml:lang'],
    publishedAt:
      wordsIn(meta!, 'firstCreated') ?? wordsIn(about!, 'contentCreated') ?? wordsIn(meta!, 'versionCreated'),
    isDraft: status !== 'usable' || held !== undefined,
    categories: childrenOf(about!, 'subject')
      .filter(isTopic)
      .flatMap((subject) => plainText(wordsIn(subject, 'name')) || codeOf(subject) || []),
    credits: creditsOf(about!, meta!),
    picture: pictureOf(set!, links),
    related: links.flatMap(({ attributes: { rel = '', residref } }) =>
      /seeAlso|related|link/i.test(rel) && residref !== undefined ? [residref] : [],
    ),
    notes,
  };
  return { place, story };
}

const empty: Xml = { name: '', space: '', attributes: {}, children: [] };

/** What a qcode says behind its scheme, or what another reference or a text says. */
const codeOf = (element: Xml | undefined): string =>
  element === undefined
    ? ''
    : (element.attributes.qcode?.replace(/^.*?:/, '') ??
      element.attributes.uri?.replace(/^.*[/#]/, '') ??
      element.attributes.literal ??
      '');

/** The page that shows the same. */
const pageIn = (meta: Xml): string | undefined =>
  childrenOf(meta, 'altRep')
    .filter(({ attributes: { contenttype = 'text/html' } }) => /html/i.test(contenttype))
    .map((page) => wordsOf(page).trim())
    .find((address) => /^https?:/.test(address));

const isTopic = ({ attributes: { type = '' } }: Xml): boolean =>
  !/person|organi[sz]ation|geoArea|poi|object|event/i.test(type);

function descriptionIn(about: Xml): Xml | undefined {
  const all = childrenOf(about, 'description');
  return all.find(({ attributes: { role = '' } }) => /summary|abstract|drol:caption|^$/.test(role)) ?? all[0];
}

function contentOf(set: Xml): { body?: IncomingBody; title?: string } {
  for (const inline of childrenOf(set, 'inlineXML')) {
    const root = inline.children.find((child): child is Xml => typeof child !== 'string');
    if (!root) continue;
    if (root.name === 'nitf') return nitfOf(root);
    const body = root.name === 'html' ? childrenOf(root, 'body')[0] : inline;
    if (body) return { body: { html: markupIn(body) }, title: titleIn(root) };
  }
  const [data] = childrenOf(set, 'inlineData');
  if (!data) return {};
  const text = wordsOf(data).trim();
  return /html/i.test(data.attributes.contenttype ?? '') || /<p[\s>]/i.test(text)
    ? { body: { html: text } }
    : { body: { text } };
}

function titleIn(html: Xml): string {
  const [head] = childrenOf(html, 'head');
  return plainText(head && wordsIn(head, 'title'));
}

/** The text of NITF as HTML: what is in `body.content`, with the headline from `body.head`. */
function nitfOf(nitf: Xml): { body?: IncomingBody; title?: string } {
  const [body] = childrenOf(nitf, 'body');
  const [head] = body ? childrenOf(body, 'body.head') : [];
  const [content] = body ? childrenOf(body, 'body.content') : [];
  const [hedline] = head ? childrenOf(head, 'hedline') : [];
  const title =
    plainText(hedline && wordsIn(hedline, 'hl1')) || plainText(wordsIn(childrenOf(nitf, 'head')[0] ?? empty, 'title'));
  return { title, ...(content && { body: { html: markupIn(content, nitfName) } }) };
}

const nitfNames: Readonly<Record<string, string>> = {
  hl1: 'h2',
  hl2: 'h3',
  block: 'div',
  bq: 'blockquote',
  media: 'figure',
  'media-caption': 'figcaption',
  'media-reference': 'img',
  nitf: 'div',
  person: 'span',
  org: 'span',
  location: 'span',
  chron: 'span',
  event: 'span',
  num: 'span',
  money: 'span',
  pronounciation: 'span',
  virtloc: 'span',
  credit: 'cite',
  'body.content': 'div',
};
const nitfName = (name: string): string => nitfNames[name] ?? name;

function creditsOf(about: Xml, meta: Xml): { role: CreditRole; text: string }[] {
  const nameIn = (element: Xml) => plainText(wordsIn(element, 'name')) || element.attributes.literal || '';
  const by = plainText(wordsIn(about, 'by')).replace(/^by\s+/i, '');
  const authors = [...childrenOf(about, 'creator').map(nameIn), ...(by ? [by] : [])].filter((name) => name !== '');
  const [provider] = childrenOf(meta, 'provider');
  const agency = provider && (nameIn(provider) || codeOf(provider));
  return [
    ...[...new Set(authors)].map((text) => ({ role: 'AUTHOR' as const, text })),
    ...(agency ? [{ role: 'AGENCY' as const, text: agency }] : []),
  ];
}

function pictureOf(set: Xml, links: readonly Xml[]): IncomingPicture | undefined {
  const remote = childrenOf(set, 'remoteContent').find(
    ({ attributes: { contenttype = '', href = '' } }) => contenttype.startsWith('image/') && /^https?:/.test(href),
  );
  const linked = links.find(
    ({ attributes: { contenttype = '', href = '' } }) => contenttype.startsWith('image/') && /^https?:/.test(href),
  );
  const url = remote?.attributes.href ?? linked?.attributes.href;
  return url === undefined ? undefined : { url };
}
