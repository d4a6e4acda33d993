/** The forms a feed is given in: also how its address ends. */
export const feedForms = ['rss', 'atom', 'json'] as const;
export type FeedForm = (typeof feedForms)[number];

/** Where a feed is, from the first slash. */
export const feedPath = (place: string, form: FeedForm): string => `/feeds/${place}.${form}`;

/** Where a map of the site is, from the first slash. */
export const sitemapPath = (name: string): string => `/sitemaps/${name}.xml`;
