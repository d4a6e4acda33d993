import { holdStory } from '../../articles/story.commands.js';
import { takeDown, takeOffSchedule, wasSeen } from '../../articles/take-down.commands.js';
import type { WorkflowState } from '../../articles/workflow.rules.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { inTransaction } from '../../kernel/transaction.js';
import { insertMany } from '../../kernel/write.js';
import { ImportCancelledRow } from './import.rows.js';
import type { Written } from './story-text.rules.js';
import { knownItems, type From, type KnownItem } from './write.queries.js';

const isToGo = (state: WorkflowState): boolean => /^(?:PUBLISHED|CORRECTED|SCHEDULED)$/.test(state);

/** An item that was cancelled where it comes from, and which version of it says so, where there may be several. */
interface Cancelled {
  externalId: string;
  version?: number | undefined;
}

/** Withdraws the story that came from a source under an id, as it was cancelled there; on a dry run says what would become of it. */
export async function cancelStory(
  ctx: Context,
  { source, externalId, version, dryRun }: Cancelled & { source: string; dryRun: boolean },
): Promise<Written> {
  if (!dryRun) await inTransaction(ctx, (tx) => remember(tx, { source, externalId, version: version ?? null }));
  const here = (await knownItems(ctx.database, source, [externalId])).get(externalId);
  if (!here) return { outcome: 'SKIPPED', reason: 'It was cancelled there, and it is not here.', notes: [] };
  const { id: articleId, slug } = here;
  const becomes = (outcome: Written['outcome'], what: string): Written => ({
    ...{ outcome, articleId, slug, notes: [] },
    reason: `It was cancelled there: ${what}.`,
  });
  const asItIs = (state: WorkflowState): Written =>
    becomes(
      'SKIPPED',
      state === 'WITHDRAWN' || state === 'KILLED'
        ? `the story is ${state.toLowerCase()} here already`
        : 'it is no more than a draft here',
    );
  const gone = becomes('UPDATED', 'the story was withdrawn');
  const isLater = ({ version: ours }: KnownItem): boolean => version !== undefined && ours !== null && version < ours;
  const later: Written = { ...gone, outcome: 'SKIPPED', reason: 'A later version of it is here already.' };
  if (isLater(here)) return later;
  if (!isToGo(here.workflowState)) return asItIs(here.workflowState);
  if (dryRun) return gone;
  return inTransaction(ctx, async (tx) => {
    const story = await holdStory(ctx, tx, articleId);
    if (!story || !isToGo(story.workflowState)) return asItIs(story?.workflowState ?? 'KILLED');
    if (isLater((await knownItems(tx, source, [externalId])).get(externalId)!)) return later;
    const note = `${source} cancelled it.`;
    if (await wasSeen(tx, story)) await takeDown(ctx, tx, story, { transition: 'WITHDRAW', note });
    else await takeOffSchedule(ctx, tx, story, note);
    return gone;
  });
}

async function remember(
  tx: Transaction,
  cancelled: { source: string; externalId: string; version: number | null },
): Promise<void> {
  const { source, externalId, version } = cancelled;
  await insertMany(tx, ImportCancelledRow, [cancelled], { unlessThere: true });
  const isMore = version === null ? sql`version is not null` : sql`version < ${version}`;
  await tx.run(sql`update import_cancelled set version = ${version}
                   where source = ${source} and externalId = ${externalId} and ${isMore}`);
}

/** Which of some items were cancelled before they came, with the version that says so, where it is one. */
export async function cancelledBefore(
  from: From,
  source: string,
  items: readonly Cancelled[],
): Promise<ReadonlyMap<string, number | undefined>> {
  const rows = await from.read<{ externalId: string; version: number | null }>(
    sql`select externalId, version from import_cancelled
        where source = ${source} and externalId in ${items.map(({ externalId }) => externalId)}`,
    'primary',
  );
  const versionOf = new Map(items.map(({ externalId, version = 0 }) => [externalId, version]));
  return new Map(
    rows
      .filter(({ externalId, version: last }) => last === null || versionOf.get(externalId)! <= last)
      .map(({ externalId, version: last }) => [externalId, last ?? undefined]),
  );
}
