import type { Context } from '../../kernel/context.js';
import type { UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { holdWebhook } from './hold.commands.js';
import { formerSecrets, newSecret } from './signature.rules.js';
import type { WebhookAndSecret } from './webhook.commands.js';
import { webhookIn } from './webhook.queries.js';
import { WebhookRow } from './webhook.rows.js';
import { rotationMs, secretPurpose } from './webhook.words.js';

/** How many of the secrets before are signed with: one whose answer was lost, and the one that the receiver knows. */
const mostFormer = 2;

/** Gives an endpoint another secret; for a day what is sent is signed with those before, too. */
export async function rotateWebhookSecret(
  ctx: Context,
  input: CommandInput & { webhookId: number },
): Promise<WebhookAndSecret<'WebhookSecretRotated'> | UserErrorView> {
  let made: string | null = null;
  const rotated = await perform(ctx, 'rotateWebhookSecret', input, async (tx) => {
    const { id, version, secret, formerSecret, formerUntil, now } = await holdWebhook(ctx, tx, input.webhookId);
    made = newSecret();
    await tx.manager.update(
      WebhookRow,
      { id },
      {
        secret: ctx.signer.seal(secretPurpose, made),
        formerSecret: [secret, ...formerSecrets({ formerSecret, formerUntil, now })].slice(0, mostFormer).join(' '),
        formerUntil: now + rotationMs,
        version: version + 1,
      },
    );
    await recordAudit(ctx, tx, { action: 'rotate', subject: 'Webhook', subjectId: id });
    return { __typename: 'WebhookSecretRotated' as const, webhook: await webhookIn(tx, id) };
  });
  return 'webhook' in rotated ? { ...rotated, secret: made } : rotated;
}
