import type { Context } from '../../kernel/context.js';
import type { UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
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
  const rotated = await perform(ctx, 'rotateWebhookSecret', input, async (tx) => {
    const { id, version, secret, now } = await holdWebhook(ctx, tx, input.webhookId);
    await tx.manager.update(
      WebhookRow,
      { id },
      {
        secret: ctx.signer.seal(secretPurpose, newSecret()),
        formerSecret: secret,
        formerUntil: now + rotationMs,
        version: version + 1,
      },
    );
    await recordAudit(ctx, tx, { action: 'rotate', subject: 'Webhook', subjectId: id });
    return { __typename: 'WebhookSecretRotated' as const, webhook: await webhookIn(tx, id) };
  });
  return 'webhook' in rotated ? { ...rotated, secret: await secretIn(ctx, rotated.webhook.id) } : rotated;
}

/** The secret that was just made; the same again to a client who got no answer and asks with the same idempotency key. */
export async function secretIn(ctx: Context, webhookId: number): Promise<string | null> {
  const [row] = await ctx.database.read<{ secret: string }>(
    sql`select secret from webhook where id = ${webhookId}`,
    'primary',
  );
  return (row && ctx.signer.open(secretPurpose, row.secret)) ?? null;
}
