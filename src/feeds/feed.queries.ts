import { creditsByEdition, type ArticleView } from '../articles/article.queries.js';
import { articlesInList } from '../articles/list.queries.js';
import { listOf } from '../articles/list.rules.js';
import { articleUrl } from '../articles/path.rules.js';
import { entityBySlug, slugKey } from '../entities/entity.queries.js';
import { entityKinds, type EntityKind } from '../entities/entity.rows.js';
import { entityFolder, entityUrl } from '../entities/entity.rules.js';
import type { Context } from '../kernel/context.js';
import { globalId } from '../kernel/global-id.js';
import { renditionOf } from '../media/picture.rules.js';
import { sectionTree } from '../sections/section.queries.js';
import type { Feed, FeedItem } from './feed.types.js';
import { feedPath, type FeedForm } from './address.rules.js';

/** How many stories a feed has: the newest. */
const longestFeed = 50;

/** What a feed is of: everything, a section, or somebody or something that stories name. */
export type FeedPlace = { folder: 'all' } | { folder: string; slug: string };

interface Subject {
  list: string;
  title: string;
  description: string;
  url: string;
}

/** The newest stories at a place, as any form of feed tells them; nothing when there is no such place. */
export async function feedAt(ctx: Context, place: FeedPlace, form: FeedForm): Promise<Feed | null> {
  const subject = await subjectOf(ctx, place);
  if (!subject) return null;
  const { siteUrl, siteName } = ctx.addresses;
  const { edges } = await articlesInList(ctx, subject.list, { first: longestFeed });
  const items = await Promise.all(edges.map(({ node }) => itemOf(ctx, node)));
  return {
    title: subject.title,
    description: subject.description,
    url: subject.url,
    feedUrl: siteUrl + feedPath('slug' in place ? `${place.folder}/${place.slug}` : 'all', form),
    siteName,
    updatedAt: items.length > 0 ? Math.max(...items.map(({ updatedAt }) => updatedAt)) : null,
    items,
  };
}

async function subjectOf(ctx: Context, place: FeedPlace): Promise<Subject | null> {
  const { siteUrl, siteName } = ctx.addresses;
  if (!('slug' in place)) {
    return { list: listOf.everything, title: siteName, description: `The newest of ${siteName}`, url: `${siteUrl}/` };
  }
  const { folder, slug } = place;
  if (folder === 'sections') {
    const section = (await sectionTree(ctx)).bySlug.get(slug);
    if (!section) return null;
    const { id, name, description } = section;
    const title = `${name} | ${siteName}`;
    return { list: listOf.section(id), title, description: description || title, url: `${siteUrl}/${slug}` };
  }
  const kind = kindOf(folder);
  const entity = kind && (await entityBySlug(ctx).load(slugKey(kind, slug)));
  if (!entity) return null;
  const title = `${entity.name} | ${siteName}`;
  const description = entity.description || title;
  return { list: listOf.entity(entity.id), title, description, url: entityUrl(ctx.addresses, entity) };
}

const kindOf = (folder: string): EntityKind | undefined => entityKinds.find((kind) => entityFolder[kind] === folder);

async function itemOf(ctx: Context, article: ArticleView): Promise<FeedItem> {
  const [credits, sections] = await Promise.all([creditsByEdition(ctx).load(article.editionId), sectionTree(ctx)]);
  const { addresses } = ctx;
  const publishedAt = article.publishedAt ?? article.visibleFrom;
  const picture = article.leadPicture && renditionOf(addresses, article.leadPicture, 1200);
  const year = new Date(article.firstPublishedAt ?? publishedAt).getUTCFullYear();
  return {
    id: `tag:${new URL(addresses.siteUrl).hostname},${year}:${globalId('Article', article.id)}`,
    url: articleUrl(addresses, article),
    title: article.title,
    summary: article.standfirst,
    language: article.language,
    authors: credits.filter(({ role }) => role === 'AUTHOR').map(({ text }) => text),
    section: sections.byId.get(article.sectionId)?.name ?? null,
    publishedAt,
    updatedAt: Math.max(publishedAt, article.updatedAt ?? 0),
    picture: picture && { url: picture.url, alt: article.leadPicture!.alt, credit: article.leadPicture!.credit },
  };
}
