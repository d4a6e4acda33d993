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
import { knownItems, type From } from './write.queries.js';

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
  if (!isToGo(here.workflowState)) return asItIs(here.workflowState);
  if (dryRun) return gone;
  return inTransaction(ctx, async (tx) => {
    const story = await holdStory(ctx, tx, articleId);
    if (!story || !isToGo(story.workflowState)) return asItIs(story?.workflowState ?? 'KILLED');
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
  if (version === null) return;
  await tx.run(sql`update import_cancelled set version = ${version}
                   where source = ${source} and externalId = ${externalId} and version < ${version}`);
}

/** Which of some items were cancelled in an import before they came. */
export async function cancelledBefore(
  from: From,
  source: string,
  items: readonly Cancelled[],
): Promise<ReadonlySet<string>> {
  const rows = await from.read<{ externalId: string; version: number | null }>(
    sql`select externalId, version from import_cancelled
        where source = ${source} and externalId in ${items.map(({ externalId }) => externalId)}`,
    'primary',
  );
  const until = new Map(rows.map((row) => [row.externalId, row.version]));
  const isGone = ({ externalId, version = 0 }: Cancelled): boolean => {
    const last = until.get(externalId);
    return last !== undefined && (last === null || version <= last);
  };
  return new Set(items.filter(isGone).map(({ externalId }) => externalId));
}
