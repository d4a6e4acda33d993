import type { Context } from '../../kernel/context.js';
import { badInput, missing, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql, type Sql } from '../../kernel/sql.js';
import { placeIn } from '../feed/change.rules.js';
import { holdWebhook, type HeldEndpoint } from './hold.commands.js';
import { webhookIn, type WebhookView } from './webhook.queries.js';

type Answer<Name extends string> = Promise<{ __typename: Name; webhook: WebhookView } | UserErrorView>;
type Target = CommandInput & { webhookId: number };

/** Stops sending to an endpoint. What comes meanwhile is not lost: it is sent when the endpoint is resumed. */
export const pauseWebhook = (ctx: Context, input: Target): Answer<'WebhookPaused'> =>
  setState(ctx, input, ['pauseWebhook', 'WebhookPaused', 'pause'], () => sql`state = 'PAUSED', pausedBecause = null`);

/** Goes on sending to an endpoint where it was left; what failed is tried at once, and as often as if it were new. */
export const resumeWebhook = (ctx: Context, input: Target): Answer<'WebhookResumed'> =>
  setState(ctx, input, ['resumeWebhook', 'WebhookResumed', 'resume'], () => anew);

/** Has everything behind a cursor sent again, or the whole feed: what is known already is known by its `webhook-id`. */
export const replayWebhook = (
  ctx: Context,
  input: Target & { after?: string | null | undefined },
): Answer<'WebhookReplayed'> =>
  setState(ctx, input, ['replayWebhook', 'WebhookReplayed', 'replay'], ({ partnerId }) => {
    return sql`place = ${placeIn(partnerId, input.after)}, attempts = 0, nextAt = 0`;
  });

const anew = sql`state = 'ACTIVE', pausedBecause = null, attempts = 0, nextAt = 0, deadInRow = 0`;

function setState<Name extends string>(
  ctx: Context,
  input: Target,
  [mutation, __typename, action]: [string, Name, string],
  values: (held: HeldEndpoint) => Sql,
): Answer<Name> {
  return perform(ctx, mutation, input, async (tx) => {
    const held = await holdWebhook(ctx, tx, input.webhookId);
    const { id } = held;
    await tx.run(sql`update webhook set ${values(held)}, version = version + 1 where id = ${id}`);
    await recordAudit(ctx, tx, { action, subject: 'Webhook', subjectId: id });
    return { __typename, webhook: await webhookIn(tx, id) };
  });
}

/** Has a change that was given up sent once more. */
export function replayDeadLetter(
  ctx: Context,
  input: CommandInput & { deadLetterId: number },
): Answer<'DeadLetterReplayed'> {
  return perform(ctx, 'replayDeadLetter', input, async (tx) => {
    const [letter] = await tx.read<{ webhookId: number }>(
      sql`select webhookId from webhook_dead_letter where id = ${input.deadLetterId}`,
    );
    const absent = missing('dead letter', 'deadLetterId');
    const { id } = await holdWebhook(ctx, tx, letter?.webhookId ?? 0, absent);
    const found = await tx.run(
      sql`update webhook_dead_letter set dueAt = ${tx.now} where id = ${input.deadLetterId} and webhookId = ${id}`,
    );
    if (found !== 1) throw absent;
    await recordAudit(ctx, tx, { action: 'replay', subject: 'Webhook', subjectId: id, detail: input.deadLetterId });
    const webhook = await webhookIn(tx, id);
    if (webhook.state === 'PAUSED')
      throw badInput('Nothing is sent to a webhook that is paused: resume it first.', 'deadLetterId');
    return { __typename: 'DeadLetterReplayed' as const, webhook };
  });
}
