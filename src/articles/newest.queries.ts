import { read, type Reading } from '../kernel/context.js';
import { join, sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';
import { countLists, leftBy, pageOfLists, widestUnion, type Narrowing } from './list.queries.js';
import { listOf } from './list.rules.js';

export interface Newest {
  narrowing: Narrowing;
  /** How many at most. */
  limit: number;
}

export interface FoundNewest {
  /** Newest first. */
  articleIds: number[];
  /** Tags of the lists it was found in. */
  tags: string[];
}

/**
 * The newest stories that each of many filters leaves, at most 250 of them: in one statement, and one more that tells which list of each
 * filter is the shortest to walk.
 */
export async function newestOf(reading: Reading, asked: readonly Newest[]): Promise<FoundNewest[]> {
  if (asked.length === 0) return [];
  const sizes = await sizesFor(reading, asked);
  const sizeOf = (group: readonly string[]) => group.reduce((sum, list) => sum + (sizes.get(list) ?? 0), 0);
  const walks = asked.map(
    ({ narrowing }) => narrowing.groups.toSorted((a, b) => sizeOf(a) - sizeOf(b))[0] ?? [listOf.everything],
  );
  const ranges = asked.map(({ narrowing, limit }, i) => {
    const range = pageOfLists(reading, walks[i]!, limit, leftBy(narrowing, walks[i]!));
    return sql`select ${i} as asked, r.listedAt, r.articleId from (${range}) r`;
  });
  const rows = await read<{ asked: number; listedAt: number; articleId: number }>(reading, join(ranges, ' union all '));
  const found = walks.map((walked): FoundNewest => ({ articleIds: [], tags: walked.map((list) => tag('list', list)) }));
  const inOrder = rows.sort((a, b) => b.listedAt - a.listedAt || b.articleId - a.articleId);
  for (const { asked: i, articleId } of inOrder) found[i]!.articleIds.push(articleId);
  return found;
}

async function sizesFor(reading: Reading, asked: readonly Newest[]): Promise<Map<string, number>> {
  const compared = asked.flatMap(({ narrowing: { groups } }) => (groups.length > 1 ? groups.flat() : []));
  const lists = [...new Set(compared)];
  const sizes = new Map<string, number>();
  for (let i = 0; i < lists.length; i += widestUnion) {
    for (const { list, total } of await countLists(reading, lists.slice(i, i + widestUnion))) sizes.set(list, total);
  }
  return sizes;
}
