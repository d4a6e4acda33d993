import { plainText } from '../plain.rules.js';
import type {
  IncomingBody,
  IncomingPicture,
  IncomingStory,
  ReadItem,
  ReaderOptions,
  SourceFiles,
} from '../story.types.js';
import { childrenOf, elementsIn, markupIn, wordsIn, wordsOf, type Xml } from './xml.js';

const media = /search\.yahoo\.com\/mrss/;
const content = /\/rss\/1\.0\/modules\/content\//;

interface Channel {
  url: string | undefined;
  language: string | undefined;
  title: string | undefined;
}

const isItem = ({ name }: { name: string }): boolean => name === 'item' || name === 'entry';
const roots = new Set(['rss', 'RDF', 'feed', 'channel']);

/** Items of RSS (0.9x, 1.0, 2.0) and entries of Atom, with their full text where it is there. */
export async function* readFeed(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  const channel: Channel = { url: undefined, language: undefined, title: undefined };
  let root = '';
  const wanted = (path: readonly { name: string }[]) => {
    root ||= path[0]!.name;
    const last = path.at(-1)!;
    const isOfChannel =
      path.length === (root === 'feed' ? 2 : 3) && ['link', 'language', 'title', 'id'].includes(last.name);
    return roots.has(root) && path.length > 1 && (isItem(last) || isOfChannel);
  };
  let items = 0;
  for await (const event of elementsIn(sources, file, options, wanted)) {
    if ('element' in event && !isItem(event.element)) {
      learn(channel, event.element);
      continue;
    }
    if ('broken' in event && root !== '' && !roots.has(root)) continue;
    const place = { file, item: (items += 1) };
    if ('broken' in event) yield { place, failed: event.broken };
    else if ('tooLarge' in event) yield { place, failed: 'The item has more than 16 million characters.' };
    else yield itemOf(event.element, channel, place);
  }
  if (items > 0) return;
  const isFeed = roots.has(root);
  yield isFeed
    ? { place: { file }, skipped: 'The feed has no items.' }
    : {
        place: { file },
        failed: `The file is no feed: its first element is <${root || '?'}>, and not <rss>, <feed> or <RDF>.`,
      };
}

function learn(channel: Channel, element: Xml): void {
  const words = wordsOf(element).trim();
  if (element.name === 'language') channel.language = words || undefined;
  if (element.name === 'title') channel.title ??= plainText(words) || undefined;
  if (element.name !== 'link') return;
  const { rel = 'alternate', href } = element.attributes;
  const address = href ?? words;
  if (rel === 'alternate' || channel.url === undefined) {
    if (/^https?:/i.test(address) && !/atom/i.test(rel)) channel.url = address;
  }
}

function itemOf(item: Xml, channel: Channel, place: ReadItem['place']): ReadItem {
  const isAtom = item.name === 'entry';
  const base = item.attributes['xml:base'] ?? channel.url;
  const link = absolute(
    isAtom ? linkOf(item) : (wordsIn(item, 'link', '') ?? wordsIn(item, 'link') ?? linkOf(item)),
    base,
  );
  const id = isAtom ? wordsIn(item, 'id') : guidOf(item, channel);
  const title = titleOf(item);
  const body = bodyOf(item);
  const externalId = id ?? link ?? (title === '' ? undefined : `${channel.url ?? channel.title ?? ''}#${title}`);
  if (externalId === undefined)
    return { place, failed: 'It has no id, no link and no title: it cannot be known again.' };
  const story: IncomingStory = {
    externalId,
    url: link ?? (id !== undefined && /^https?:/.test(id) ? id : undefined),
    addresses: [id, wordsIn(item, 'origLink')].flatMap((each) =>
      each !== undefined && /^https?:/.test(each) ? each : [],
    ),
    title,
    ...body,
    language: item.attributes['xml:lang'] ?? wordsIn(item, 'language') ?? channel.language,
    publishedAt: ['published', 'issued', 'pubDate', 'date', 'created', 'updated', 'modified']
      .map((name) => wordsIn(item, name))
      .find(Boolean),
    categories: childrenOf(item, 'category')
      .map((each) => plainText(each.attributes.label ?? (wordsOf(each) || each.attributes.term)))
      .filter(Boolean),
    credits: authorsOf(item).map((text) => ({ role: 'AUTHOR' as const, text })),
    picture: pictureOf(item, base),
  };
  return { place, story };
}

/** A guid that is no address is only unique in its feed. */
function guidOf(item: Xml, { url }: Channel): string | undefined {
  const guid = wordsIn(item, 'guid') ?? item.attributes['rdf:about'];
  if (guid === undefined || /^[a-z][\w+.-]*:/i.test(guid)) return guid;
  return url === undefined ? guid : `${url}#${guid}`;
}

function linkOf(item: Xml): string | undefined {
  const links = childrenOf(item, 'link').filter(({ attributes }) => attributes.href !== undefined);
  const best =
    links.find(({ attributes: { rel = 'alternate' } }) => rel === 'alternate') ??
    links.find(({ attributes: { rel } }) => rel !== 'self' && rel !== 'enclosure' && rel !== 'edit');
  return best?.attributes.href;
}

const absolute = (address: string | undefined, base: string | undefined): string | undefined => {
  if (address === undefined) return undefined;
  const given = address.trim();
  return URL.canParse(given, base) ? new URL(given, base).href : undefined;
};

function titleOf(item: Xml): string {
  const [title] = childrenOf(item, 'title').filter(({ space }) => !media.test(space));
  if (!title) return '';
  return plainText(title.attributes.type === 'xhtml' ? markupIn(title) : wordsOf(title));
}

/** The longest text is the story; a shorter one beside it is its summary. */
function bodyOf(item: Xml): { body?: IncomingBody; standfirst?: string | undefined } {
  const markup = (element: Xml | undefined): string | undefined => {
    if (!element) return undefined;
    const { type = 'html', src } = element.attributes;
    if (src !== undefined && wordsOf(element).trim() === '') return undefined;
    if (type === 'xhtml' || /xml$/.test(type)) return markupIn(element);
    const words = wordsOf(element).trim();
    const inside =
      words === '' || element.children.some((child) => typeof child !== 'string') ? markupIn(element) : words;
    return type === 'text' && item.name === 'entry'
      ? inside.replace(/&/g, '&amp;').replace(/</g, '&lt;')
      : inside.trim() || undefined;
  };
  const full =
    markup(childrenOf(item, 'encoded', content)[0]) ??
    markup(childrenOf(item, 'content').find(({ space }) => !media.test(space))) ??
    markup(childrenOf(item, 'body')[0]);
  const [summary] = [
    ...childrenOf(item, 'description').filter(({ space }) => !media.test(space)),
    ...childrenOf(item, 'summary'),
  ];
  const short = markup(summary);
  if (full === undefined) return short === undefined ? {} : { body: { html: short } };
  const words = plainText(short);
  return { body: { html: full }, standfirst: words !== '' && words.length <= 1_000 ? words : undefined };
}

function authorsOf(item: Xml): string[] {
  const persons = childrenOf(item, 'author').map((author) => wordsIn(author, 'name') ?? nameIn(wordsOf(author)));
  const creators = childrenOf(item, 'creator').map((creator) => wordsOf(creator));
  const named = [...persons, ...creators]
    .map((name) => plainText(name))
    .filter((name) => name !== '' && !name.includes('@'));
  return [...new Set(named)];
}

/** The name in "writer@example.com (Writer)". */
const nameIn = (author: string): string => /^\s*\S+@\S+\s*\((.+)\)\s*$/.exec(author)?.[1] ?? author;

function pictureOf(item: Xml, base: string | undefined): IncomingPicture | undefined {
  const groups = [item, ...childrenOf(item, 'group', media)];
  const isPicture = ({ attributes: { type = '', medium = '', url = '', href = '' } }: Xml) =>
    medium === 'image' ||
    type.startsWith('image/') ||
    (medium + type === '' && /\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)/i.test(url || href));
  const found =
    groups.flatMap((group) => childrenOf(group, 'content', media)).find(isPicture) ??
    [
      ...childrenOf(item, 'enclosure'),
      ...childrenOf(item, 'link').filter(({ attributes }) => attributes.rel === 'enclosure'),
    ].find(isPicture) ??
    groups.flatMap((group) => childrenOf(group, 'thumbnail', media))[0];
  const url = absolute(found?.attributes.url ?? found?.attributes.href, base);
  if (!found || url === undefined) return undefined;
  const said = (name: string) => plainText(wordsIn(found, name, media) ?? wordsIn(item, name, media));
  return { url, caption: said('description') || said('title'), credit: said('credit'), alt: said('title') };
}
