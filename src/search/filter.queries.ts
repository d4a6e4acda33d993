import { narrowingOf, type FilterInput } from '../articles/filter.rules.js';
import { entityById } from '../entities/entity.queries.js';
import type { Context } from '../kernel/context.js';
import { sectionTree } from '../sections/section.queries.js';
import { facet } from './document.rules.js';
import type { SearchFilter } from './search.queries.js';

/** A filter of lists as facets of the search: checked alike, and meaning the same. */
export async function filterOf(ctx: Context, filter: FilterInput | null | undefined): Promise<SearchFilter> {
  if (!filter) return { facets: [], after: null, before: null };
  const { groups, publishedAfter, publishedBefore } = narrowingOf(filter, (await sectionTree(ctx)).bySlug);
  const facets = await Promise.all(groups.map((lists) => Promise.all(lists.map((list) => facetOf(ctx, list)))));
  return { facets, after: publishedAfter ?? null, before: publishedBefore ?? null };
}

async function facetOf(ctx: Context, list: string): Promise<string> {
  const [sort, name] = [list.slice(0, list.indexOf(':')), list.slice(list.indexOf(':') + 1)];
  if (sort === 'section') return facet.section(Number(name));
  if (sort === 'kind') return facet.kind(name);
  if (sort === 'lang') return facet.language(name);
  return facet.entity((await entityById(ctx).load(Number(name)))?.id ?? Number(name));
}

/** What stories an account may find: those in its sections and, for a contributor, its own. */
export async function ownOf({ viewer }: Context): Promise<string[][]> {
  if (viewer.kind !== 'account') return [];
  return [
    ...(viewer.role === 'CONTRIBUTOR' ? [[facet.creator(viewer.accountId)]] : []),
    ...(viewer.sectionIds === null ? [] : [[0, ...viewer.sectionIds].map(facet.section)]),
  ];
}
