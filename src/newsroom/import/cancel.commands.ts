import { holdStory } from '../../articles/story.commands.js';
import { takeDown, takeOffSchedule, wasSeen } from '../../articles/take-down.commands.js';
import type { WorkflowState } from '../../articles/workflow.rules.js';
import type { Context } from '../../kernel/context.js';
import { inTransaction } from '../../kernel/transaction.js';
import type { Written } from './story-text.rules.js';
import { knownItems } from './write.queries.js';

const isToGo = (state: WorkflowState): boolean => /^(?:PUBLISHED|CORRECTED|SCHEDULED)$/.test(state);

/** Withdraws the story that came from a source under an id, as it was cancelled there; on a dry run says what would become of it. */
export async function cancelStory(
  ctx: Context,
  { source, externalId, dryRun }: { source: string; externalId: string; dryRun: boolean },
): Promise<Written> {
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
