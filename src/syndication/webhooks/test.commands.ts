import { randomUUID } from 'node:crypto';
import type { Context } from '../../kernel/context.js';
import { badInput, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
import { secretsOf } from './delivery.commands.js';
import { holdWebhook } from './hold.commands.js';
import { send } from './send.js';
import { signedHeaders } from './signature.rules.js';
import { wayOf } from './way.js';
import { webhookIn, type WebhookView } from './webhook.queries.js';

export interface WebhookTested {
  __typename: 'WebhookTested';
  webhook: WebhookView;
  taken: boolean;
  status: number | null;
  milliseconds: number;
  answer: string;
  error: string | null;
}

/** How long an endpoint is left alone between two tests, in milliseconds. */
const restMs = 2_000;

/**
 * Sends a signed example to an endpoint at once, paused or not, and says what came of it. With the same idempotency key
 * it is sent again, under the same id.
 */
export async function testWebhook(
  ctx: Context,
  input: CommandInput & { webhookId: number },
): Promise<WebhookTested | UserErrorView> {
  const begun = await perform(ctx, 'testWebhook', {}, async (tx) => {
    const held = await holdWebhook(ctx, tx, input.webhookId);
    if (secretsOf(ctx, held).length === 0)
      throw badInput('We cannot read its secret any more: make it another.', 'webhookId');
    const free = sql`testedAt is null or testedAt <= ${held.now} - ${restMs}`;
    const isFree = await tx.run(sql`update webhook set testedAt = ${held.now} where id = ${held.id} and (${free})`);
    if (isFree !== 1) throw badInput('It was tested a moment ago: wait two seconds.', 'webhookId');
    await recordAudit(ctx, tx, { action: 'test', subject: 'Webhook', subjectId: held.id });
    return { held, webhook: await webhookIn(tx, held.id) };
  });
  if (!('held' in begun)) return begun;
  const { held, webhook } = begun;
  const secrets = secretsOf(ctx, held);
  const at = new Date(held.now).toISOString();
  const node = { kind: null, occurredAt: at, note: 'This is a test: there is no story.', storyId: null, story: null };
  const body = JSON.stringify({ type: 'test', timestamp: at, data: { cursor: null, node } });
  const id = `msg_test_${input.idempotencyKey ?? randomUUID()}`.replace(/[^\w-]/g, '_');
  const message = { id, timestamp: Math.floor(held.now / 1_000), body };
  const headers = signedHeaders(message, secrets);
  const { status, ms, text, error } = await send(wayOf(ctx), { url: held.url, headers, body });
  return {
    ...{ __typename: 'WebhookTested', webhook, taken: error === null, status, milliseconds: ms, error },
    answer: text,
  };
}
