import { articleById, type ArticleView } from '../../articles/article.queries.js';
import type { Context } from '../../kernel/context.js';
import { badInput } from '../../kernel/errors.js';
import { eventsOf } from '../../kernel/events.js';
import { isPaid } from '../../kernel/meter.js';
import { sectionTree } from '../../sections/section.queries.js';
import { lineage } from '../../sections/section.rules.js';
import { catchUp } from './catch-up.commands.js';
import { changesAbout, isLookedInto, lookCost, lookedIntoAtOnce } from '../alerts/match.queries.js';
import type { SavedSearchView } from '../alerts/saved-search.queries.js';
import { changesAfter, type ChangeEdge, type ChangeView } from './change.queries.js';
import { placeIn } from './change.rules.js';
import { watchOf } from './watch.queries.js';

/** How many changes are read at once for somebody who has much to catch up with and wants all of them. */
const readAtOnce = 100;

/**
 * A partner’s feed from a place on, or what a saved search of his is about in it, without an end; each change that this
 * looks into is paid for, and what is not wanted is passed over.
 */
export function changesFrom(
  ctx: Context,
  { partnerId, after, about }: { partnerId: number; after: string | null | undefined; about?: SavedSearchView | null },
): AsyncIterableIterator<ChangeEdge> {
  let seq = placeIn(partnerId, after);
  const watch = watchOf(ctx.database);
  const atOnce = about ? lookedIntoAtOnce : readAtOnce;
  const meter = about ? ctx.meter?.forEvent() : null;
  return eventsOf(async function* (ended) {
    await catchUp(ctx);
    for (;;) {
      const edges = await changesAfter(ctx, { partnerId, seq, limit: atOnce });
      const wanted = await wantedOf(ctx, edges, about);
      for (const edge of edges) {
        if (meter && isLookedInto(edge.node) && !(await isPaid(meter, lookCost, ended))) return;
        if (wanted.has(edge.node)) yield edge;
        seq = edge.node.seq;
      }
      if (edges.length < atOnce && !(await watch.news({ partnerId, seq }, ended))) return;
    }
  });
}

async function wantedOf(
  ctx: Context,
  edges: readonly ChangeEdge[],
  about: SavedSearchView | null | undefined,
): Promise<ReadonlySet<ChangeView>> {
  const changes = edges.map(({ node }) => node);
  return new Set(about ? await changesAbout({ ...ctx, loaders: new Map() }, about, changes) : changes);
}

/** How many stories may wait for somebody who reads slowly; then he has to begin again. */
const mostUnread = 500;
/** How many sections may be named. */
const mostSections = 50;

/** Stories as readers get them for the first time, of some sections and those below them. */
export function storiesIn(
  ctx: Context,
  sections: readonly string[] | null | undefined,
): AsyncIterableIterator<ArticleView> {
  return eventsOf(async function* (ended) {
    const unread: number[] = [];
    let isOver = false;
    let wake = (): void => undefined;
    const end = () => wake();
    const deaf = watchOf(ctx.database).hear((articleIds) => {
      unread.push(...(articleIds ?? []));
      if (articleIds === null) isOver = true;
      wake();
    });
    ended.addEventListener('abort', end);
    try {
      while (!ended.aborted && !isOver && unread.length <= mostUnread) {
        const next = unread.shift();
        const story = next === undefined ? null : await storyIn(ctx, next, sections);
        if (story) yield story;
        else if (unread.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      deaf();
      ended.removeEventListener('abort', end);
    }
  });
}

/** Refuses sections that the paper has not. */
export async function checkSections(ctx: Context, sections: readonly string[] | null | undefined): Promise<void> {
  if (sections == null) return;
  if (sections.length === 0 || sections.length > mostSections) {
    throw badInput(`\`sections\` takes from 1 to ${mostSections} slugs.`, 'sections');
  }
  const { bySlug } = await sectionTree(ctx);
  const unknown = sections.find((slug) => !bySlug.has(slug));
  if (unknown !== undefined) throw badInput(`There is no section “${unknown.slice(0, 80)}”.`, 'sections');
}

/** A new story as readers see it now, if they do and it stands in one of the sections or below. */
async function storyIn(
  asked: Context,
  articleId: number,
  sections: readonly string[] | null | undefined,
): Promise<ArticleView | null> {
  const ctx = { ...asked, loaders: new Map() };
  await ctx.freshness?.now();
  const article = await articleById(ctx).load(articleId);
  if (!article || sections == null) return article;
  const { byId } = await sectionTree(ctx);
  return lineage(byId, article.sectionId).some(({ slug }) => sections.includes(slug)) ? article : null;
}
