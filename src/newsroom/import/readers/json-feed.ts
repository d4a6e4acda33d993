import { plainText } from '../plain.rules.js';
import type { IncomingBody, IncomingStory, ReadItem, ReaderOptions, SourceFiles } from '../story.types.js';
import { valuesIn } from './json.js';
import { firstText, isObject, listOf, namesIn, textIn, type Json } from './values.js';

/** The items, and what the feed says for all of them; to ask for all of its fields would keep all items. */
const paths = [
  '$.items.*',
  ...'version language feed_url home_page_url authors author'.split(' ').map((name) => `$.${name}`),
];

/** Items of JSON Feed 1.0 and 1.1. */
export async function* readJsonFeed(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  const feed: Record<string, unknown> = {};
  const before = sources.bytesRead;
  for await (const event of valuesIn(sources, file, options, paths)) {
    if ('value' in event && typeof event.key === 'string') feed[event.key] = event.value;
  }
  sources.bytesRead = before; // it is read once more: what is said of all items may stand behind them
  let item = 0;
  for await (const event of valuesIn(sources, file, options, paths)) {
    if ('broken' in event) yield { place: { file, item: item + 1 }, failed: event.broken };
    else if (typeof event.key === 'number') yield itemOf(event.value, feed, { file, item: (item += 1) });
  }
  if (item === 0 && !/jsonfeed\.org/.test(firstText(feed, 'version') ?? '')) {
    yield {
      place: { file },
      failed: 'The file is no JSON Feed: it has neither a version of jsonfeed.org nor items.',
    };
  }
}

function itemOf(item: unknown, feed: Json, place: ReadItem['place']): ReadItem {
  if (!isObject(item)) return { place, failed: 'The item is not an object.' };
  const url = firstText(item, 'url', 'external_url');
  const id = firstText(item, 'id') ?? url;
  if (id === undefined) return { place, failed: 'It has no id: it cannot be known again.' };
  const isAddress = /^[a-z][\w+.-]*:/i.test(id);
  const home = firstText(feed, 'feed_url', 'home_page_url');
  const authors = item.authors ?? item.author ?? feed.authors ?? feed.author;
  const picture = firstText(item, 'image', 'banner_image');
  const summary = firstText(item, 'summary');
  const story: IncomingStory = {
    externalId: isAddress || home === undefined ? id : `${home}#${id}`,
    url,
    addresses: isAddress ? [id] : [],
    title: plainText(firstText(item, 'title')),
    standfirst: summary,
    body: bodyOf(item),
    language: firstText(item, 'language') ?? firstText(feed, 'language'),
    publishedAt: firstText(item, 'date_published', 'date_modified'),
    categories: listOf(item.tags).flatMap((tag) => textIn(tag) ?? []),
    credits: namesIn(authors, 'name').map((text) => ({ role: 'AUTHOR' as const, text })),
    picture: picture === undefined ? undefined : { url: picture },
  };
  return { place, story };
}

function bodyOf(item: Json): IncomingBody | undefined {
  const html = firstText(item, 'content_html');
  if (html !== undefined) return { html };
  const text = firstText(item, 'content_text');
  return text === undefined ? undefined : { text };
}
