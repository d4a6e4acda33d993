import type { Database, ReadFrom } from './database.js';
import type { Freshness } from './freshness.js';
import { ownSigner, type Signer } from './signing.js';
import type { Sql } from './sql.js';
import type { Trace } from './tags.js';
import { reader, seesRecalled, type Audience, type Viewer } from './viewer.js';

/** Where readers find us: without a slash at the end. */
export interface Addresses {
  siteUrl: string;
  mediaUrl: string;
  siteName: string;
  /** What is added to the address of a picture for somebody who may see it before it is published. */
  mediaKey?: (file: string) => string;
}

/** A story whose newest text a preview shows in the place of what readers see. */
export interface PreviewDraft {
  articleId: number;
  editionId: number;
  slug: string;
  path: string;
  publishedAt: number | null;
  updatedAt: number;
}

export interface Preview {
  drafts: readonly PreviewDraft[];
  /** A front that is shown as it was arranged last. */
  front?: { frontId: number; editionId: number };
}

/** The other end of an HTTP request, as far as signing in concerns it. */
export interface Client {
  readonly address: string;
  /** The token that the request came with. */
  readonly sessionToken: string | null;
  signInTried: boolean;
  keepSession(token: string, expiresAt: number): void;
  endSession(): void;
}

/** What is left of a quota, and in how many seconds it begins anew. */
export interface QuotaLeft {
  limit: number;
  remaining: number;
  resetIn: number;
}

/** Counts what a partner takes, and keeps it within his quotas. */
export interface Meter {
  /** Takes what an operation costs from the quota, before it runs; throws RATE_LIMITED when less is left. */
  charge(cost: number): Promise<QuotaLeft>;
  /** Counts a story that is given to him, by the product it comes by; the same text counts once. */
  story(given: { productId: number; publicationId: number }): void;
  /** What counts the next event of a stream: a text counts in each that brings it. */
  forEvent(): Meter;
}

/**
 * What the rows depend on that a query reads: where they lie, and whose clock, drafts and past they are seen by. Nothing
 * else of who asks: so whatever is read with the same reading is the same for all.
 */
export interface Reading {
  readonly database: Database;
  readonly readFrom: ReadFrom;
  /** Whose clock embargoes are read by. */
  readonly audience: Audience;
  readonly preview: Preview | null;
  /** Whether what was taken back may be looked back at. */
  readonly seesRecalled: boolean;
  /** Tells when what was read is not true any more; absent where nothing is kept. */
  readonly freshness: Freshness | null;
}

/** What every query, loader and command is given first: one per request or command. */
export interface Context extends Reading {
  readonly addresses: Addresses;
  readonly viewer: Viewer;
  /** Makes and reads what we hand out to be handed back: previews, pictures not yet published. */
  readonly signer: Signer;
  readonly client: Client | null;
  /** What counts a partner's request; nobody else's is counted. */
  readonly meter: Meter | null;
  /** Ends when whoever asks has gone; none where nobody would wait. */
  readonly gone: AbortSignal | null;
  /** Loaders of this request, made when first asked for. */
  readonly loaders: Map<unknown, unknown>;
  /** Where it is written down what the answer is made of; absent when it will not be kept. */
  readonly trace: Trace | null;
  readFrom: ReadFrom;
  /** Until when another process may still answer with what was before this request's changes. */
  readonly felt: { until: number };
}

export interface ContextOptions {
  viewer?: Viewer;
  audience?: Audience;
  preview?: Preview | null;
  signer?: Signer;
  client?: Client | null;
  meter?: Meter | null;
  gone?: AbortSignal | null;
  freshness?: Freshness | null;
  trace?: Trace | null;
}

export function createContext(database: Database, addresses: Addresses, options: ContextOptions = {}): Context {
  const { viewer = reader, audience = 'PUBLIC', preview = null, signer = ownSigner, client = null } = options;
  const { meter = null, gone = null, freshness = null, trace = null } = options;
  return {
    database,
    addresses,
    viewer,
    audience,
    preview,
    seesRecalled: seesRecalled(viewer),
    signer,
    client,
    meter,
    gone,
    freshness,
    loaders: new Map(),
    trace,
    felt: { until: -Infinity },
    readFrom: viewer.kind === 'reader' ? 'replica' : 'primary',
  };
}

/**
 * Reads rows; the row type is what the statement's column list says. An answer that is made of what a request reads so,
 * without a loader, is not kept.
 */
export function read<Row>(reading: Reading, statement: Sql): Promise<Row[]> {
  if ('trace' in reading && reading.trace) (reading as Context).trace!.isWhole = false;
  return reading.database.read<Row>(statement, reading.readFrom);
}

/** As `read`, and says by their tags what the rows depend on, those that are not there yet included. */
export function readOf<Row>(ctx: Context, tags: readonly string[], statement: Sql): Promise<Row[]> {
  ctx.trace?.add(tags);
  return ctx.database.read<Row>(statement, ctx.readFrom);
}

const common = new WeakMap<object, Map<Audience, Reading>>();

/** The reading that all readers of an audience share; `null` for whoever sees more, and for who must see what he wrote. */
export function commonReading({ database, viewer, audience, preview, readFrom, freshness }: Context): Reading | null {
  if (viewer.kind !== 'reader' || preview || readFrom !== 'replica') return null;
  const readings = common.get(freshness ?? database) ?? new Map<Audience, Reading>();
  common.set(freshness ?? database, readings);
  const reading = readings.get(audience) ?? { database, readFrom, audience, preview, seesRecalled: false, freshness };
  readings.set(audience, reading);
  return reading;
}
