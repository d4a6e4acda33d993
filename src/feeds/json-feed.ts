import type { Feed, FeedItem } from './feed.types.js';

/** A feed as JSON Feed 1.1. */
export const jsonFeedOf = ({ title, description, url, feedUrl, siteName, items }: Feed): string =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    description,
    home_page_url: url,
    feed_url: feedUrl,
    authors: [{ name: siteName }],
    items: items.map(itemOf),
  });

const itemOf = ({
  id,
  url,
  title,
  summary,
  authors,
  section,
  publishedAt,
  updatedAt,
  picture,
  language,
}: FeedItem) => ({
  id,
  url,
  title,
  content_text: summary || title,
  summary: summary || undefined,
  image: picture?.url,
  date_published: new Date(publishedAt).toISOString(),
  date_modified: new Date(updatedAt).toISOString(),
  authors: authors.length > 0 ? authors.map((name) => ({ name })) : undefined,
  tags: section === null ? undefined : [section],
  language,
});
