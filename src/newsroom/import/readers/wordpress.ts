import { plainText } from '../plain.rules.js';
import type { IncomingPicture, IncomingStory, Reader, ReadItem, ReaderOptions, SourceFiles } from '../story.types.js';
import { Remembered } from '../remembered.js';
import { eachFile, isOfFile } from './each-file.js';
import { childrenOf, elementsIn, wordsIn, wordsOf, type Xml } from './xml.js';

const wp = /wordpress\.org\/export\//;
const content = /\/content\/$|^content$/;
const excerpt = /\/excerpt\/$/;

/** What WordPress keeps among the stories that is none. */
const internals = new Set(
  `attachment page revision nav_menu_item custom_css customize_changeset oembed_cache user_request wp_block wp_template
   wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face acf-field acf-field-group`.split(/\s+/),
);
const shown = new Set(['publish']);
const gone = new Set(['trash', 'auto-draft', 'inherit']);

/** What a file says once for all its posts. */
interface Site {
  url?: string | undefined;
  language?: string | undefined;
  /** Names of authors, by what they sign in as. */
  authors: [login: string, name: string][];
  /** What ids of pictures are unique in. */
  key?: string;
}

/** What is said of all files of an archive before the first post is read. */
interface Archive {
  sites: Remembered<Site>;
  pictures: Remembered<IncomingPicture>;
}

/** Posts of a WordPress export (WXR), with their pictures, which may stand behind them or in another file. */
export const readWordPress: Reader = async function* (sources, options) {
  const archive: Archive = { sites: new Remembered(), pictures: new Remembered() };
  try {
    const before = sources.bytesRead;
    for (const file of sources.paths) archive.sites.set(file, await siteOf(sources, file, options, archive));
    sources.bytesRead = before; // all is read once more
    yield* eachFile((...asked) => itemsOf(...asked, archive))(sources, options);
  } finally {
    archive.sites.close();
    archive.pictures.close();
  }
};

/** A file's site when all files of the archive were looked at. */
interface KnownSite extends Pick<Site, 'url' | 'language'> {
  authors: ReadonlyMap<string, string>;
  pictureOf: (id: string) => IncomingPicture | undefined;
}

async function* itemsOf(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
  { sites, pictures }: Archive,
): AsyncGenerator<ReadItem, void, void> {
  const site = sites.get(file)!;
  const known: KnownSite = {
    ...{ url: site.url, language: site.language, authors: new Map(site.authors) },
    pictureOf: (id) => pictures.get(pictureKey(site, id)),
  };
  let items = 0;
  for await (const event of elementsIn(sources, file, options, isItem)) {
    const place = { file, item: event.item };
    items += 1;
    if ('broken' in event) yield { place, failed: event.broken };
    else if ('tooLarge' in event) yield { place, failed: 'The item has more than 16 million characters.' };
    else yield itemOf(event.element, known, place);
  }
  if (items === 0)
    yield { place: { file }, failed: 'The file is no WordPress export: it has no <item> in a <channel>.' };
}

const isItem = (path: readonly { name: string }[]): boolean =>
  path.length === 3 && path[2]!.name === 'item' && path[1]!.name === 'channel';

/** What a file says once for all its posts, as far as it can be read; its pictures are remembered. */
async function siteOf(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
  { pictures }: Archive,
): Promise<Site> {
  const site: Site = { authors: [] };
  const wanted = (path: readonly { name: string }[]) => path.length === 3 && path[1]!.name === 'channel';
  try {
    for await (const event of elementsIn(sources, file, options, wanted)) {
      if (!('element' in event)) continue;
      const { element } = event;
      if (element.name === 'base_blog_url') site.url = wordsOf(element).trim() || site.url;
      else if (element.name === 'link') site.url ??= wordsOf(element).trim() || undefined;
      else if (element.name === 'language') site.language = wordsOf(element).trim() || undefined;
      else if (element.name === 'author' && wp.test(element.space)) addAuthor(site, element);
      else if (element.name === 'item') {
        site.key ??= (site.url ?? '').replace(/^https?:\/\/(?:www\.)?|\/+$/gi, '');
        if (wordsIn(element, 'post_type') === 'attachment') addPicture(site, element, pictures);
      }
    }
  } catch (error) {
    if (!isOfFile(error)) throw error; // it is told when its posts are read
  }
  return site;
}

const pictureKey = ({ key = '' }: Site, id: string): string => `${key}#${id}`;

function addAuthor(site: Site, element: Xml): void {
  const login = wordsIn(element, 'author_login');
  const whole = [wordsIn(element, 'author_first_name'), wordsIn(element, 'author_last_name')].filter(Boolean).join(' ');
  const name = plainText(wordsIn(element, 'author_display_name')) || whole;
  if (login !== undefined && name !== '') site.authors.push([login, name]);
}

function addPicture(site: Site, element: Xml, pictures: Archive['pictures']): void {
  const id = wordsIn(element, 'post_id');
  const url = wordsIn(element, 'attachment_url') ?? wordsIn(element, 'guid');
  if (id === undefined || url === undefined) return;
  const caption = plainText(wordsIn(element, 'encoded', excerpt));
  pictures.set(pictureKey(site, id), {
    url,
    alt: plainText(metaOf(element, '_wp_attachment_image_alt')) || plainText(wordsIn(element, 'title')),
    caption,
  });
}

const metaOf = (element: Xml, key: string): string | undefined =>
  childrenOf(element, 'postmeta')
    .filter((meta) => wordsIn(meta, 'meta_key') === key)
    .map((meta) => wordsIn(meta, 'meta_value'))[0];

function itemOf(element: Xml, site: KnownSite, place: ReadItem['place']): ReadItem {
  const type = wordsIn(element, 'post_type') ?? 'post';
  const status = wordsIn(element, 'status', wp) ?? wordsIn(element, 'status') ?? 'publish';
  const id = wordsIn(element, 'post_id');
  const guid = wordsIn(element, 'guid');
  const link = wordsIn(element, 'link');
  const externalId = guid ?? (id === undefined ? link : `${site.url ?? ''}#${id}`);
  if (internals.has(type)) return { place, externalId, skipped: `It is no story: its type is "${type}".` };
  if (gone.has(status)) return { place, externalId, skipped: `It was in the state "${status}".` };
  if (externalId === undefined)
    return { place, failed: 'It has no guid, no post_id and no link: it cannot be known again.' };
  const notes: string[] = [];
  const isLocked = (wordsIn(element, 'post_password') ?? '') !== '';
  if (!shown.has(status)) notes.push(`It was in the state "${status}": it was kept as a draft.`);
  else if (isLocked) notes.push('It was behind a password: it was kept as a draft.');
  const comments = childrenOf(element, 'comment').length;
  if (comments > 0) notes.push(`Its comments were left out: ${comments}.`);
  const { html, left } = withoutShortcodes(wordsIn(element, 'encoded', content) ?? '');
  if (left.length > 0) notes.push(`Left out: the shortcodes ${left.map((name) => `[${name}]`).join(', ')}.`);
  const creator = wordsIn(element, 'creator');
  const author = creator && (site.authors.get(creator) ?? creator);
  const categories = childrenOf(element, 'category').map((each) => ({
    domain: each.attributes.domain ?? 'category',
    name: plainText(wordsOf(each)),
  }));
  const named = (domain: string) =>
    categories.filter((each) => each.domain === domain && each.name !== '').map(({ name }) => name);
  const attachment = metaOf(element, '_thumbnail_id') ?? '';
  const picture = site.pictureOf(attachment);
  if (!picture && /^[1-9]\d*$/.test(attachment))
    notes.push(`Its picture is in none of the files: attachment ${attachment}.`);
  const story: IncomingStory = {
    externalId,
    url: link,
    addresses: [guid, id && site.url && `${site.url}/?p=${id}`].flatMap((url) => url || []),
    slug: slugIn(wordsIn(element, 'post_name')),
    title: plainText(wordsIn(element, 'title')),
    standfirst: plainText(wordsIn(element, 'encoded', excerpt)) || undefined,
    body: { html, breaks: true },
    language: site.language,
    publishedAt: dateOf(element),
    isDraft: !shown.has(status) || isLocked,
    categories: [...named('category'), ...named('post_tag')],
    credits: author ? [{ role: 'AUTHOR', text: author }] : [],
    picture,
    notes,
  };
  return { place, story };
}

function slugIn(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** In UTC where it says so; the date in the site's own zone only where there is no other. */
function dateOf(element: Xml): string | undefined {
  const real = (date: string | undefined) => (date && !/^0000|^-/.test(date) ? date : undefined);
  const published = real(wordsIn(element, 'pubDate'));
  const usable = published !== undefined && !/-0001|Nov 1999.*-0001/.test(published) ? published : undefined;
  return real(wordsIn(element, 'post_date_gmt')) ?? usable ?? real(wordsIn(element, 'post_date'));
}

const media =
  /\[(?:embed|video|audio|youtube)\b([^\]]*)\](?:\s*(https?:\/\/[^\s[\]<]+)\s*\[\/(?:embed|video|audio|youtube)\])?/gi;
const caption = /\[caption\b[^\]]*\]([^]*?)\[\/caption\]/gi;
const any = /\[(\/?)([a-z][\w-]{1,40})(?:\s[^\]]*)?\/?\]/g;

/** Post text without what WordPress and its plugins would have put there, and the names of what is lost by it. */
function withoutShortcodes(text: string): { html: string; left: string[] } {
  const left = new Set<string>();
  const html = text
    .replace(/<!--[^]*?-->/g, '')
    .replace(caption, (_, inside: string) => {
      const [image = '', words = ''] = /^([^]*?<img[^>]*>(?:\s*<\/a>)?)([^]*)$/i.exec(inside)?.slice(1) ?? ['', inside];
      return `<figure>${image}<figcaption>${words.trim()}</figcaption></figure>`;
    })
    .replace(media, (_, attributes: string, url?: string) => {
      const address = url ?? /(?:src|mp4|mp3|url)=["']?(https?:\/\/[^"'\s\]]+)/i.exec(attributes)?.[1];
      return address ? `<iframe src="${address.replaceAll('"', '')}"></iframe>` : '';
    })
    .replace(any, (whole, closes: string, name: string) => {
      const isKnown = knownShortcodes.has(name) || text.includes(`[/${name}]`) || /=["']/.test(whole);
      if (!isKnown) return whole; // words in brackets
      if (!closes) left.add(name);
      return '';
    });
  return { html, left: [...left] };
}

const knownShortcodes = new Set(['gallery', 'playlist', 'more', 'nextpage', 'contact-form', 'audio', 'video', 'embed']);
