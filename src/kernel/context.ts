import type { Database, ReadFrom } from './database.js';
import { ownSigner, type Signer } from './signing.js';
import type { Sql } from './sql.js';
import { reader, type Audience, type Viewer } from './viewer.js';

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

/** What every query, loader and command is given first: one per request or command. */
export interface Context {
  readonly database: Database;
  readonly addresses: Addresses;
  readonly viewer: Viewer;
  /** Whose clock embargoes are read by. */
  readonly audience: Audience;
  readonly preview: Preview | null;
  /** Makes and reads what we hand out to be handed back: previews, pictures not yet published. */
  readonly signer: Signer;
  readonly client: Client | null;
  /** Loaders of this request, made when first asked for. */
  readonly loaders: Map<unknown, unknown>;
  readFrom: ReadFrom;
}

export interface ContextOptions {
  viewer?: Viewer;
  audience?: Audience;
  preview?: Preview | null;
  signer?: Signer;
  client?: Client | null;
}

export function createContext(database: Database, addresses: Addresses, options: ContextOptions = {}): Context {
  const { viewer = reader, audience = 'PUBLIC', preview = null, signer = ownSigner, client = null } = options;
  return {
    database,
    addresses,
    viewer,
    audience,
    preview,
    signer,
    client,
    loaders: new Map(),
    readFrom: viewer.kind === 'reader' ? 'replica' : 'primary',
  };
}

/** Reads rows for this request; the row type is what the statement's column list says. */
export function read<Row>(ctx: Context, statement: Sql): Promise<Row[]> {
  return ctx.database.read<Row>(statement, ctx.readFrom);
}
