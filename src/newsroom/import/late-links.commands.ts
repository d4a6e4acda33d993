import { checkedEdition, storeEdition } from '../../articles/edition.commands.js';
import { maxRelated } from '../../articles/edition.rows.js';
import { publishText } from '../../articles/bring-in.commands.js';
import { storedText } from '../../articles/draft.queries.js';
import { openIntervalOf } from '../../articles/interval.commands.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { inTransaction } from '../../kernel/transaction.js';
import { nowIn } from '../../kernel/write.js';

/** How many ids of stories are looked through at once. */
const atOnce = 5_000;

/**
 * Relates stories to those they lead to that came after them: each gets one more text, the same with those edges, unless
 * somebody has worked on it since. Gives how many were.
 */
export async function relateLateStories(ctx: Context): Promise<number> {
  const [most] = await ctx.database.read<{ id: number | null }>(
    sql`select max(articleId) as id from import_link`,
    'primary',
  );
  let related = 0;
  for (let after = 0; after < (most?.id ?? 0); after += atOnce) {
    const late = await ctx.database.read<{ articleId: number }>(lateBetween(after, after + atOnce), 'primary');
    for (const { articleId } of late) {
      if (await inTransaction(ctx, (tx) => relate(ctx, tx, articleId))) related += 1;
    }
  }
  return related;
}

/** As `relateLateStories`, for stories that lead to some that have just come. */
export async function relateStoriesTo(ctx: Context, articleIds: readonly number[]): Promise<void> {
  const leading = await ctx.database.read<{ articleId: number }>(
    sql`select distinct l.articleId from import_address t join import_link l on l.target = t.address
        where t.articleId in ${articleIds} and l.articleId <> t.articleId order by l.articleId`,
    'primary',
  );
  for (const { articleId } of leading) await inTransaction(ctx, (tx) => relate(ctx, tx, articleId));
}

/** Stories as the import left them that lead to others which are here and do not stand beside them. */
const lateBetween = (after: number, until: number) =>
  sql`select distinct l.articleId
      from import_link l
      join import_address t on t.address = l.target and t.articleId <> l.articleId
      join import_item i on i.articleId = l.articleId
      left join related_story r on r.editionId = i.editionId and r.articleId = t.articleId
      where l.articleId > ${after} and l.articleId <= ${until} and r.id is null
        and i.editionId = (select max(e.id) from edition e where e.articleId = l.articleId)
        and (select count(*) from related_story n where n.editionId = i.editionId) < ${maxRelated}
      order by l.articleId`;

async function relate(ctx: Context, tx: Transaction, articleId: number): Promise<boolean> {
  await tx.run(sql`update article set version = version where id = ${articleId}`);
  const [item] = await tx.read<{ editionId: number; workflowState: string }>(
    sql`select i.editionId, a.workflowState from import_item i join article a on a.id = i.articleId
        where i.articleId = ${articleId}`,
  );
  const { editionId, text } = await storedText(tx, articleId);
  if (item?.editionId !== editionId || /^(?:SCHEDULED|WITHDRAWN|KILLED)$/.test(item.workflowState)) return false;
  const meant = await tx.read<{ articleId: number }>(
    sql`select t.articleId from import_link l join import_address t on t.address = l.target
        where l.articleId = ${articleId} and t.articleId <> ${articleId} order by l.position`,
  );
  const before = new Map(text.related.map((edge) => [edge.articleId, edge]));
  const ids = [...new Set([...meant.map((row) => row.articleId), ...before.keys()])].slice(0, maxRelated);
  if (ids.every((id) => before.has(id))) return false;
  const edges = ids.map((id) => before.get(id) ?? { articleId: id, kind: 'RELATED' as const });
  const now = await nowIn(tx);
  await tx.run(sql`update article set version = version + 1, changedAt = ${now} where id = ${articleId}`);
  const stored = await storeEdition(tx, articleId, checkedEdition({ ...text, related: edges }), {
    savedBy: null,
    note: null,
  });
  await tx.run(sql`update import_item set editionId = ${stored.id} where articleId = ${articleId}`);
  const open = await openIntervalOf(tx, articleId);
  if (open?.editionId === editionId) await publishText(ctx, tx, { articleId, editionId: stored.id });
  return true;
}
