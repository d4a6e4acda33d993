import type { Context, Reading } from '../../kernel/context.js';
import { read } from '../../kernel/context.js';
import { loadOne } from '../../kernel/loader.js';
import type { Connection } from '../../kernel/page.js';
import { sql } from '../../kernel/sql.js';
import { actionOf, cursorOf } from './change.rules.js';
import type { ChangeAction, ChangeKind } from './change.words.js';

export interface ChangeView {
  seq: number;
  partnerId: number;
  kind: ChangeKind;
  action: ChangeAction;
  occurredAt: number;
  articleId: number | null;
  publicationId: number | null;
  productId: number | null;
  entityId: number | null;
  formerEntityId: number | null;
  version: number;
  note: string | null;
  embargoedUntil: number | null;
}

export interface ChangeEdge {
  cursor: string;
  node: ChangeView;
}

/** The changes of a partner's feed behind a place, in their order. */
export async function changesAfter(
  reading: Reading,
  { partnerId, seq, limit }: { partnerId: number; seq: number; limit: number },
): Promise<ChangeEdge[]> {
  const rows = await read<Omit<ChangeView, 'action' | 'partnerId'>>(
    reading,
    sql`select seq, kind, at as occurredAt, articleId, publicationId, productId, entityId, formerEntityId, version, note,
          liftAt as embargoedUntil
        from partner_change where partnerId = ${partnerId} and seq > ${seq} order by seq limit ${limit}`,
  );
  return rows.map((row) => ({
    cursor: cursorOf(partnerId, row.seq),
    node: { ...row, partnerId, action: actionOf({ ...row, liftAt: row.embargoedUntil }) },
  }));
}

/** A page of changes behind a place; where there are none, its end is where it began, so that asking on with it is safe. */
export function pageOfChanges(
  ctx: Context,
  edges: readonly ChangeEdge[],
  { partnerId, first, after }: { partnerId: number; first: number; after: string | null | undefined },
): Connection<ChangeEdge> {
  const page = edges.slice(0, first);
  return {
    edges: page,
    pageInfo: {
      hasNextPage: edges.length > first,
      hasPreviousPage: after != null,
      startCursor: page[0]?.cursor ?? null,
      endCursor: page.at(-1)?.cursor ?? after ?? cursorOf(partnerId, 0),
    },
    count: async () => {
      const most = sql`select 1 from partner_change where partnerId = ${partnerId} limit 1000`;
      const [row] = await read<{ total: number }>(ctx, sql`select count(*) as total from (${most}) c`);
      return row!.total;
    },
  };
}

/** Entries by their own ids, also of those that another took the place of. */
export const entryById = loadOne(
  (reading: Reading, ids: readonly number[]) =>
    read<EntryView>(reading, sql`select id, kind, slug, name from entity where id in ${ids}`),
  ({ id }) => id,
  'unkept',
);

export interface EntryView {
  id: number;
  kind: 'Person' | 'Organisation' | 'Place';
  slug: string;
  name: string;
}
