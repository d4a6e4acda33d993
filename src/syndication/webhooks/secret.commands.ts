import type { Context } from '../../kernel/context.js';
import type { UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { holdWebhook } from './hold.commands.js';
import { newSecret } from './signature.rules.js';
import type { WebhookAndSecret } from './webhook.commands.js';
import { webhookIn } from './webhook.queries.js';
import { WebhookRow } from './webhook.rows.js';
import { rotationMs, secretPurpose } from './webhook.words.js';

/** Gives an endpoint another secret; for a day what is sent is signed with the one before, too. */
export async function rotateWebhookSecret(
  ctx: Context,
  input: CommandInput & { webhookId: number },
): Promise<WebhookAndSecret<'WebhookSecretRotated'> | UserErrorView> {
  let made: string | null = null;
  const rotated = await perform(ctx, 'rotateWebhookSecret', input, async (tx) => {
    const { id, version, secret, now } = await holdWebhook(ctx, tx, input.webhookId);
    made = newSecret();
    await tx.manager.update(
      WebhookRow,
      { id },
      {
        secret: ctx.signer.seal(secretPurpose, made),
        formerSecret: secret,
        formerUntil: now + rotationMs,
        version: version + 1,
      },
    );
    await recordAudit(ctx, tx, { action: 'rotate', subject: 'Webhook', subjectId: id });
    return { __typename: 'WebhookSecretRotated' as const, webhook: await webhookIn(tx, id) };
  });
  return 'webhook' in rotated ? { ...rotated, secret: made } : rotated;
}
