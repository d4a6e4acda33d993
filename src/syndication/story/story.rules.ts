import type { CreditView } from '../../articles/article.queries.js';
import type { EntityView } from '../../entities/entity.queries.js';
import { wikidataUrl } from '../../entities/entity.rules.js';
import type { Addresses } from '../../kernel/context.js';
import { globalId } from '../../kernel/global-id.js';
import { dayOf } from '../../kernel/scalars.js';

/** The id that partners know a story by: the same in the feed, in addresses and in the graph. */
export const storyId = (articleId: number): string => globalId('Article', articleId);

const hostOf = ({ siteUrl }: Addresses): string => new URL(siteUrl).hostname.replace(/[^\w.-]/g, '-');

/** What a story is called wherever it goes, through all its versions: a URN as the IPTC makes them. */
export const storyUri = (addresses: Addresses, { id, createdAt }: { id: number; createdAt: number }): string =>
  `urn:newsml:${hostOf(addresses)}:${dayOf(createdAt).replaceAll('-', '')}:${storyId(id)}`;

/** The line that names who wrote it and whom it is from. */
export function attributionOf({ siteName }: Addresses, credits: readonly CreditView[]): string {
  const authors = credits.filter(({ role }) => role === 'AUTHOR').map(({ text }) => text);
  return [authors.join(', '), siteName].filter((part) => part !== '').join(' / ');
}

/** Where else the web knows who or what something is. */
export const sameAsOf = ({ wikidataId, website }: Pick<EntityView, 'wikidataId' | 'website'>): string[] => [
  ...(wikidataId === null ? [] : [wikidataUrl(wikidataId)]),
  ...(website === null ? [] : [website]),
];

/** What a picture is called wherever it goes. */
export const pictureUri = (addresses: Addresses, id: number): string =>
  `urn:newsml:${hostOf(addresses)}:picture:${globalId('Picture', id)}`;
