import { read, type Context } from '../../kernel/context.js';
import { never } from '../../kernel/ledger.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { sql } from '../../kernel/sql.js';

export interface FailedJobView {
  id: number;
  topic: string;
  payload: string;
  createdAt: number;
  attempts: number;
  lastError: string | null;
}

export interface FailedJobEdge {
  cursor: string;
  node: FailedJobView;
}

/** Work that is not tried any more, oldest first. */
export async function failedJobs(ctx: Context, page: PageArgs): Promise<Connection<FailedJobEdge>> {
  const cursor = cursorsOf('failed-jobs');
  const [behind] = page.after == null ? [0] : parseCursor<[number]>('failed-jobs', page.after, ['number']);
  const rows = await read<FailedJobView>(
    ctx,
    sql`select id, topic, payload, createdAt, attempts, lastError from outbox
        where availableAt = ${never} and id > ${behind} order by id limit ${checkFirst(page.first) + 1}`,
  );
  const count = async () => {
    const [row] = await read<{ total: number }>(
      ctx,
      sql`select count(*) as total from outbox where availableAt = ${never}`,
    );
    return row?.total ?? 0;
  };
  return pageOf(rows, page, (node) => ({ cursor: cursor([node.id]), node }), count);
}
