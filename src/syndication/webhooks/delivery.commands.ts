import type { Context } from '../../kernel/context.js';
import { changesAbout, lookedIntoAtOnce } from '../alerts/match.queries.js';
import { savedSearchById } from '../alerts/saved-search.queries.js';
import { dueLetter, heldWebhook, toldAfter, type Due, type HeldWebhook, type Told } from './delivery.queries.js';
import {
  giveBack,
  noteFailed,
  noteLetter,
  notePassed,
  noteTaken,
  takeLease,
  type Lease,
  type Outcome,
} from './lease.commands.js';
import { pauseAfter as usualPause } from './retry.rules.js';
import { longestTryMs, send } from './send.js';
import { formerSecrets, messageId, signedHeaders } from './signature.rules.js';
import { wayOf } from './way.js';
import { secretPurpose } from './webhook.words.js';

/** What is sent of a change, and whether a story is in it. */
export interface Made {
  body: string;
  hasStory: boolean;
}

/** Makes what is sent of a change: as its partner may have it at this moment. */
export type MakeBody = (ctx: Context, partner: { id: number; name: string; now: number }, seq: number) => Promise<Made>;

export interface DeliveryOptions {
  makeBody: MakeBody;
  /** How long an endpoint is one's own after each thing that was written down: longer than the longest try. */
  leaseMs?: number;
  /** How long an endpoint is sent to in one go, before others have their turn. */
  turnMs?: number;
  /** How long after so many tries the next one is made; promises are tried in less than a day. */
  pauseAfter?: typeof usualPause;
  /** Whether to stop after what is being sent. */
  isStopping?: () => boolean;
  /** Told of what is our fault. */
  onError: (error: unknown) => void;
}

/** How many changes are looked at for the next that is wanted: few of those that a search has to look into. */
const mostLookedAt = ({ kinds, savedSearchId }: HeldWebhook): number =>
  savedSearchId !== null ? lookedIntoAtOnce : kinds !== null ? 100 : 1;

/**
 * Sends to an endpoint what it has not got yet, in the order of its partner's feed, until it fails or its turn is over.
 * Says whether it had the endpoint to itself.
 */
export async function deliver(ctx: Context, due: Due, options: DeliveryOptions): Promise<boolean> {
  const { leaseMs = longestTryMs + 20_000, turnMs = 5_000, isStopping = () => false } = options;
  const lease = await takeLease(ctx, due, leaseMs);
  if (!lease) return false;
  const end = performance.now() + turnMs;
  while (!isStopping() && performance.now() < end && (await deliverNext(ctx, lease, options)));
  await giveBack(ctx, lease);
  return true;
}

/** Sends one change, or passes over those that are not wanted; says whether to go on. */
async function deliverNext(ctx: Context, lease: Lease, options: DeliveryOptions): Promise<boolean> {
  const webhook = await heldWebhook(ctx, lease.webhookId, lease.token);
  if (!webhook) return false;
  const letter = await dueLetter(ctx, webhook);
  if (letter) {
    const answer = await attempt(ctx, lease, webhook, letter, options);
    if (answer) await noteLetter(ctx, lease, webhook, letter, answer);
    return answer !== null;
  }
  if (webhook.nextAt > webhook.now) return false;
  const told = await toldAfter(ctx, webhook.partnerId, webhook.place, mostLookedAt(webhook));
  const last = told.at(-1);
  if (!last) return false;
  const [next] = await wantedOf(ctx, webhook, told);
  if (!next) return notePassed(ctx, lease, webhook, last.seq);
  const answer = await attempt(ctx, lease, webhook, next, options);
  if (!answer) return false;
  if (answer.error === null) return noteTaken(ctx, lease, webhook, next.seq, answer);
  const wait = (options.pauseAfter ?? usualPause)(webhook.attempts + 1, Math.random());
  await noteFailed(ctx, lease, webhook, next, answer, wait);
  return false;
}

async function wantedOf(
  ctx: Context,
  { kinds, savedSearchId }: HeldWebhook,
  told: readonly Told[],
): Promise<readonly Told[]> {
  const wanted = kinds === null ? null : (JSON.parse(kinds) as string[] | null);
  const ofKind = wanted === null ? told : told.filter(({ kind }) => wanted.includes(kind));
  const search = savedSearchId === null ? null : await savedSearchById(ctx).load(savedSearchId);
  return search === null ? ofKind : changesAbout(ctx, search, ofKind);
}

/** Makes, signs and sends a change once; nothing when meanwhile the endpoint is not ours any more. */
async function attempt(
  ctx: Context,
  lease: Lease,
  { partnerId, partnerName, now }: HeldWebhook,
  { seq, productId }: Pick<Told, 'seq' | 'productId'>,
  { makeBody, onError }: DeliveryOptions,
): Promise<Outcome | null> {
  const made = await makeBody(ctx, { id: partnerId, name: partnerName, now }, seq).catch((error: unknown) => {
    onError(error);
    return null;
  });
  if (!made) return notSent('We could not make what is to be sent; we have been told.');
  // making it may have taken a while, and its secret or address may be another by now
  const webhook = await heldWebhook(ctx, lease.webhookId, lease.token);
  if (!webhook) return null;
  const secrets = secretsOf(ctx, webhook);
  if (secrets.length === 0) return notSent('We cannot read its secret any more: make it another.');
  const { body, hasStory } = made;
  const message = { id: messageId(webhook.id, seq), timestamp: Math.floor(webhook.now / 1_000), body };
  const answer = await send(wayOf(ctx), { url: webhook.url, headers: signedHeaders(message, secrets), body });
  return { ...answer, given: hasStory ? productId : null };
}

const notSent = (error: string): Outcome => ({ status: null, error, given: null });

/** The secrets that hold, the newest first. */
export function secretsOf(
  { signer }: Context,
  webhook: Pick<HeldWebhook, 'secret' | 'formerSecret' | 'formerUntil' | 'now'>,
): string[] {
  return [webhook.secret, ...formerSecrets(webhook)].flatMap((each) => signer.open(secretPurpose, each) ?? []);
}
