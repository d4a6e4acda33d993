import { entityColumns, entityOf, type EntityView } from '../../entities/entity.queries.js';
import { read, type Context, type Reading } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { loadOne } from '../../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { raw, sql } from '../../kernel/sql.js';

export interface MergeView {
  __typename: 'EntityMerge';
  id: number;
  fromId: number;
  intoId: number;
  note: string | null;
  at: number;
  accountId: number | null;
  undoneAt: number | null;
}

export interface MergeEdge {
  cursor: string;
  node: MergeView;
}

const columns = raw('id, fromId, intoId, note, at, accountId, undoneAt');

const mergeOf = (row: Omit<MergeView, '__typename'>): MergeView => ({ __typename: 'EntityMerge', ...row });

/** Merges, newest first. */
export async function entityMerges(ctx: Context, page: PageArgs): Promise<Connection<MergeEdge>> {
  const list = 'entity-merges';
  const cursor = cursorsOf(list);
  const [below] = page.after == null ? [Number.MAX_SAFE_INTEGER] : parseCursor<[number]>(list, page.after, ['number']);
  const rows = await read<Omit<MergeView, '__typename'>>(
    ctx,
    sql`select ${columns} from entity_merge where id < ${below} order by id desc limit ${checkFirst(page.first) + 1}`,
  );
  const count = async () => {
    const [row] = await read<{ total: number }>(ctx, sql`select count(*) as total from entity_merge`);
    return row?.total ?? 0;
  };
  return pageOf(rows, page, (row) => ({ cursor: cursor([row.id]), node: mergeOf(row) }), count);
}

/** A merge as a transaction sees it, for the answer of a mutation. */
export async function mergeIn(tx: Transaction, id: number): Promise<MergeView> {
  const [row] = await tx.read<Omit<MergeView, '__typename'>>(sql`select ${columns} from entity_merge where id = ${id}`);
  return mergeOf(row!);
}

/** An entity by its own id, though it was merged and is shown nowhere else. */
export const entityItself = loadOne(
  async (reading: Reading, ids: readonly number[]): Promise<EntityView[]> => {
    const rows = await read<object>(reading, sql`select ${entityColumns('e')} from entity e where e.id in ${ids}`);
    return rows.map((row) => entityOf(row)!);
  },
  (entity) => entity.id,
  'unkept',
);
