import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, missing, staleVersion, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
import { slugOf } from '../../kernel/slug.js';
import { checkText, insertUnlessThere, nowIn } from '../../kernel/write.js';
import { fitPartners } from '../feed/fit.commands.js';
import { partnerOf, partnersWhere, type PartnerView } from './partner.queries.js';
import { PartnerProductRow, PartnerRow } from './partner.rows.js';

export interface PartnerSaved {
  __typename: 'PartnerSaved';
  partner: PartnerView;
}

interface Quotas {
  requestsPerMinute?: number | null;
  costPerMinute?: number | null;
}

export interface NewPartner extends CommandInput, Quotas {
  name: string;
  /** Made from the name where it is not given. */
  slug?: string | null;
}

/** Makes a partner, who has no products and no keys yet. */
export function createPartner(ctx: Context, input: NewPartner): Promise<PartnerSaved | UserErrorView> {
  return perform(ctx, 'createPartner', input, async (tx) => {
    const name = checkText('name', input.name, { min: 1, max: 200 });
    const slug = checkSlug(input.slug ?? slugOf(name, 80));
    const quotas = { requestsPerMinute: null, costPerMinute: null, ...checkQuotas(input) };
    const row = { slug, name, isActive: true, ...quotas, version: 1, createdAt: await nowIn(tx) };
    if (!(await insertUnlessThere(tx, PartnerRow, row)))
      throw badInput(`There is a partner with the slug ${slug} already.`, 'slug');
    const [made] = await tx.read<{ id: number }>(sql`select id from partner where slug = ${slug}`);
    const subject = { subject: 'Partner', subjectId: made!.id };
    await recordAudit(ctx, tx, { ...subject, action: 'create', detail: { slug, name, ...quotas } });
    return saved(tx, made!.id);
  });
}

export interface PartnerChange extends CommandInput, Quotas {
  id: number;
  expectedVersion: number;
  name?: string | null;
  active?: boolean | null;
}

/** Changes a partner; what is absent stays. One that is not active any more gets nothing from that moment on. */
export function savePartner(ctx: Context, input: PartnerChange): Promise<PartnerSaved | UserErrorView> {
  return perform(ctx, 'savePartner', input, async (tx) => {
    const before = await lockPartner(tx, input.id, 'id');
    if (before.version !== input.expectedVersion) throw staleVersion('partner', input.expectedVersion, before.version);
    const after = {
      name: input.name == null ? before.name : checkText('name', input.name, { min: 1, max: 200 }),
      isActive: input.active ?? before.active,
      ...checkQuotas(input),
    };
    await tx.manager.update(PartnerRow, { id: before.id }, { ...after, version: before.version + 1 });
    const { name, active: isActive, requestsPerMinute, costPerMinute } = before;
    const detail = { before: { name, isActive, requestsPerMinute, costPerMinute }, after };
    await recordAudit(ctx, tx, { action: 'save', subject: 'Partner', subjectId: before.id, detail });
    if (after.isActive !== before.active) await fitPartners(ctx, tx, [before.id]);
    return saved(tx, before.id);
  });
}

export interface Grant extends CommandInput {
  partnerId: number;
  productId: number;
}

/** Gives a partner a product, if he has not got it. */
export function grantProduct(ctx: Context, input: Grant): Promise<PartnerSaved | UserErrorView> {
  return perform(ctx, 'grantProduct', input, async (tx) => {
    const ids = await lockBoth(tx, input);
    return changed(ctx, tx, { ...ids, action: 'grant', done: await insertUnlessThere(tx, PartnerProductRow, ids) });
  });
}

/** Takes a product from a partner, if he has it. */
export function withdrawProduct(ctx: Context, input: Grant): Promise<PartnerSaved | UserErrorView> {
  return perform(ctx, 'withdrawProduct', input, async (tx) => {
    const ids = await lockBoth(tx, input);
    const { affected } = await tx.manager.delete(PartnerProductRow, ids);
    return changed(ctx, tx, { ...ids, action: 'withdraw', done: (affected ?? 0) > 0 });
  });
}

interface Changed {
  partnerId: number;
  productId: number;
  action: string;
  done: boolean;
}

async function changed(
  ctx: Context,
  tx: Transaction,
  { partnerId, productId, action, done }: Changed,
): Promise<PartnerSaved> {
  if (done) {
    await tx.run(sql`update partner set version = version + 1 where id = ${partnerId}`);
    await recordAudit(ctx, tx, { action, subject: 'Partner', subjectId: partnerId, detail: { productId } });
    await fitPartners(ctx, tx, [partnerId]);
  }
  return saved(tx, partnerId);
}

/** The product first, as whoever changes one locks it before the partners who have it. */
async function lockBoth(
  tx: Transaction,
  { partnerId, productId }: Grant,
): Promise<Pick<Grant, 'partnerId' | 'productId'>> {
  if ((await tx.run(sql`update product set version = version where id = ${productId}`)) === 0)
    throw missing('product', 'productId');
  await lockPartner(tx, partnerId, 'partnerId');
  return { partnerId, productId };
}

/** A partner as he is until this transaction ends. */
export async function lockPartner(tx: Transaction, id: number, field: string): Promise<PartnerView> {
  await tx.run(sql`update partner set version = version where id = ${id}`);
  const [row] = await tx.read<object>(partnersWhere(sql`p.id = ${id}`));
  if (!row) throw missing('partner', field);
  return partnerOf(row);
}

async function saved(tx: Transaction, id: number): Promise<PartnerSaved> {
  const [row] = await tx.read<object>(partnersWhere(sql`p.id = ${id}`));
  return { __typename: 'PartnerSaved', partner: partnerOf(row!) };
}

/** A slug of a partner or a product. */
export function checkSlug(slug: string): string {
  const text = checkText('slug', slug, { min: 1, max: 80 });
  const good = slugOf(text, 80);
  if (text !== good) throw badInput(`A slug is lower-case words joined by hyphens, such as "${good}".`, 'slug');
  return text;
}

const most = 1_000_000;

/** Those quotas that were given; `null` is what the settings say. */
function checkQuotas(input: Quotas): Quotas {
  const given: Quotas = {};
  for (const field of ['requestsPerMinute', 'costPerMinute'] as const) {
    const value = input[field];
    if (value === undefined) continue;
    if (value !== null && (value < 1 || value > most)) throw badInput(`${field} is from 1 to ${most}.`, field);
    given[field] = value;
  }
  return given;
}
