import type { FilterInput } from '../articles/filter.rules.js';
import type { Context } from '../kernel/context.js';
import { documentsOfEditions } from './document.queries.js';
import { filterOf } from './filter.queries.js';
import { isMatch } from './match.rules.js';
import { conditionsOf, type Plan } from './plan.rules.js';
import { askedIn } from './query.rules.js';
import { narrowed } from './search.queries.js';

export interface Sought {
  /** As it is typed; empty is none. */
  query: string;
  filter: FilterInput;
}

/** What a text has to be for a search to find it. */
export async function conditionsFor(ctx: Context, { query, filter }: Sought): Promise<Plan> {
  const asked = askedIn(query);
  const by = await narrowed(ctx, asked, await filterOf(ctx, filter));
  return conditionsOf(asked, { ...by, of: 'DESK', at: null, most: 0 });
}

/** Which of some texts a search finds, by our own rules, whatever engine searches and whether it has come so far. */
export async function editionsMatching(
  ctx: Context,
  sought: Sought,
  editionIds: readonly number[],
): Promise<ReadonlySet<number>> {
  if (editionIds.length === 0) return new Set();
  const plan = await conditionsFor(ctx, sought);
  const source = {
    read: <Row>(...[statement]: Parameters<typeof ctx.database.read>) => ctx.database.read<Row>(statement, 'primary'),
  };
  const found = new Set<number>();
  for await (const document of documentsOfEditions(source, editionIds)) {
    if (isMatch(document, plan)) found.add(document.editionId);
  }
  return found;
}
