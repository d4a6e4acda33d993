import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, staleVersion, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { ForbiddenAddress } from '../../kernel/outside-address.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
import { checkText, nowIn } from '../../kernel/write.js';
import { changeKinds, type ChangeKind } from '../feed/change.words.js';
import { placeIn } from '../feed/change.rules.js';
import { newSecret } from './signature.rules.js';
import { holdPartner, holdWebhook } from './hold.commands.js';
import { checkedEndpoint, wayOf } from './way.js';
import { webhookIn, type WebhookView } from './webhook.queries.js';
import { WebhookDeadLetterRow, WebhookRow } from './webhook.rows.js';
import { most, secretPurpose } from './webhook.words.js';

export interface WebhookFields {
  url?: string | null | undefined;
  description?: string | null | undefined;
  /** `null` is all. */
  kinds?: readonly ChangeKind[] | null | undefined;
  savedSearchId?: number | null | undefined;
}

export interface CreateWebhookInput extends CommandInput, WebhookFields {
  /** Whose: for the desk to say. */
  partnerId?: number | null | undefined;
  url: string;
  after?: string | null | undefined;
}

export interface WebhookAndSecret<Name extends string> {
  __typename: Name;
  webhook: WebhookView;
  /** Never kept with the answer: none when that is given again. */
  secret?: string | null;
}

/** Makes an endpoint of a partner, which is sent what comes from now on, or after a cursor; its secret is told this once. */
export async function createWebhook(
  ctx: Context,
  input: CreateWebhookInput,
): Promise<WebhookAndSecret<'WebhookCreated'> | UserErrorView> {
  let secret: string | null = null;
  const made = await perform(ctx, 'createWebhook', input, async (tx) => {
    const partnerId = await holdPartner(ctx, tx, input.partnerId);
    const [there] = await tx.read<{ total: number }>(
      sql`select count(*) as total from webhook where partnerId = ${partnerId}`,
    );
    if (there!.total >= most.webhooks)
      throw badInput(`A partner has at most ${most.webhooks} webhooks: delete one first.`);
    const fields = await columnsOf(ctx, tx, partnerId, { description: '', kinds: null, savedSearchId: null, ...input });
    const own = { partnerId, state: 'ACTIVE' as const, version: 1, createdAt: await nowIn(tx) };
    const place = input.after == null ? await endOf(tx, partnerId) : placeIn(partnerId, input.after);
    secret = newSecret();
    const { identifiers } = await tx.manager.insert(WebhookRow, {
      ...notSentYet,
      ...own,
      ...fields,
      place,
      secret: ctx.signer.seal(secretPurpose, secret),
    });
    const { id } = identifiers[0] as { id: number };
    await recordAudit(ctx, tx, { action: 'create', subject: 'Webhook', subjectId: id, detail: { partnerId } });
    return { __typename: 'WebhookCreated' as const, webhook: await webhookIn(tx, id) };
  });
  return 'webhook' in made ? { ...made, secret } : made;
}

const notSentYet = {
  pausedBecause: null,
  formerSecret: null,
  formerUntil: null,
  lease: null,
  leasedUntil: 0,
  attempts: 0,
  nextAt: 0,
  deadInRow: 0,
  deliveredAt: null,
  lastStatus: null,
  lastError: null,
  testedAt: null,
};

async function endOf(tx: Transaction, partnerId: number): Promise<number> {
  const [row] = await tx.read<{ seq: number | null }>(
    sql`select max(seq) as seq from partner_change where partnerId = ${partnerId}`,
  );
  return row?.seq ?? 0;
}

/** Checks what was given of an endpoint; what is absent is left out. */
async function columnsOf(
  ctx: Context,
  tx: Transaction,
  partnerId: number,
  { url, description, kinds, savedSearchId }: WebhookFields,
): Promise<Partial<Pick<WebhookRow, 'url' | 'description' | 'kinds' | 'savedSearchId'>>> {
  return {
    ...(url != null && { url: urlOf(ctx, url) }),
    ...(description != null && { description: checkText('description', description, { max: 200 }) }),
    ...(kinds !== undefined && { kinds: kindsOf(kinds) }),
    ...(savedSearchId !== undefined && { savedSearchId: await searchOf(tx, partnerId, savedSearchId) }),
  };
}

function urlOf(ctx: Context, url: string): string {
  try {
    const { href } = checkedEndpoint(checkText('url', url, { min: 1, max: 1_000 }), wayOf(ctx));
    return checkText('url', href, { max: 1_000 });
  } catch (error) {
    if (error instanceof ForbiddenAddress) throw badInput(`Nothing is sent to this address. ${error.message}`, 'url');
    throw error;
  }
}

function kindsOf(kinds: readonly ChangeKind[] | null): ChangeKind[] | null {
  if (kinds === null) return null;
  if (kinds.length === 0) throw badInput('Name at least one kind, or none at all for all of them.', 'kinds');
  return changeKinds.filter((kind) => kinds.includes(kind));
}

async function searchOf(tx: Transaction, partnerId: number, id: number | null): Promise<number | null> {
  if (id === null) return null;
  const [search] = await tx.read(sql`select id from saved_search where id = ${id} and partnerId = ${partnerId}`);
  if (!search) throw missing('saved search', 'savedSearchId');
  return id;
}

/** Changes an endpoint at the version that was seen; what is absent stays. What failed is tried anew. */
export function changeWebhook(
  ctx: Context,
  input: CommandInput & WebhookFields & { webhookId: number; expectedVersion: number },
): Promise<{ __typename: 'WebhookChanged'; webhook: WebhookView } | UserErrorView> {
  return perform(ctx, 'changeWebhook', input, async (tx) => {
    const held = await holdWebhook(ctx, tx, input.webhookId);
    if (held.version !== input.expectedVersion) throw staleVersion('webhook', input.expectedVersion, held.version);
    const fields = await columnsOf(ctx, tx, held.partnerId, input);
    const anew = { attempts: 0, nextAt: 0, version: held.version + 1 };
    await tx.manager.update(WebhookRow, { id: held.id }, { ...(fields as object), ...anew });
    await recordAudit(ctx, tx, {
      action: 'change',
      subject: 'Webhook',
      subjectId: held.id,
      detail: { partnerId: held.partnerId, fields: Object.keys(fields) },
    });
    return { __typename: 'WebhookChanged' as const, webhook: await webhookIn(tx, held.id) };
  });
}

/** Takes an endpoint away, with what was given up of its changes. */
export function deleteWebhook(
  ctx: Context,
  input: CommandInput & { webhookId: number },
): Promise<{ __typename: 'WebhookDeleted'; webhookId: number } | UserErrorView> {
  return perform(ctx, 'deleteWebhook', input, async (tx) => {
    const { id, partnerId } = await holdWebhook(ctx, tx, input.webhookId);
    await tx.manager.delete(WebhookDeadLetterRow, { webhookId: id });
    await tx.manager.delete(WebhookRow, { id });
    await recordAudit(ctx, tx, { action: 'delete', subject: 'Webhook', subjectId: id, detail: { partnerId } });
    return { __typename: 'WebhookDeleted' as const, webhookId: id };
  });
}
