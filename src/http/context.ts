import type { FastifyReply, FastifyRequest } from 'fastify';
import { viewerOfAccount, viewerOfToken } from '../accounts/account.queries.js';
import { previewPurpose } from '../articles/preview.commands.js';
import { previewOf } from '../articles/preview.queries.js';
import { frontPreviewPurpose } from '../fronts/preview.commands.js';
import { previewOfFront } from '../fronts/preview.queries.js';
import type { Freshness } from '../kernel/freshness.js';
import type { Trace } from '../kernel/tags.js';
import { createContext, type Addresses, type Context, type Preview } from '../kernel/context.js';
import type { Database } from '../kernel/database.js';
import { codedError } from '../kernel/errors.js';
import type { Signer } from '../kernel/signing.js';
import { operator, reader, type Viewer } from '../kernel/viewer.js';
import { mediaKeys } from '../media/media-key.rules.js';
import type { PartnerAccess } from './partner.access.js';
import { clientOf, credentialOf, endSession, type Site } from './session.js';

export interface Service {
  database: Database;
  addresses: Addresses;
  signer: Signer;
  freshness: Freshness;
  corsOrigins: readonly string[];
  /** Lets partners in. */
  admit: PartnerAccess;
}

/** The site as it is now: on a free port its address is known once it listens. */
export const siteOf = ({ addresses: { siteUrl }, corsOrigins }: Service): Site => ({ siteUrl, corsOrigins });

/** Makes what a request is answered with: who asks, and which drafts he is shown. */
export function contextMaker(service: Service) {
  const { database, addresses, signer, freshness } = service;
  return async (request: FastifyRequest, reply: FastifyReply, trace: Trace | null = null): Promise<Context> => {
    const site = siteOf(service);
    const held = credentialOf(request, site);
    if (held?.by === 'key') {
      const admitted = await service.admit(held.key, { address: request.ip, reply });
      await freshness.now();
      const client = clientOf(request, reply, site, null);
      return createContext(database, addresses, { ...admitted, signer, client, freshness, gone: goneOf(reply) });
    }
    await freshness.now();
    let viewer: Viewer = reader;
    if (held) {
      const account = await viewerOfToken(database, held.token);
      if (account) viewer = account;
      else if (held.by === 'cookie') endSession(reply, site);
      else throw codedError('UNAUTHENTICATED', 'The session has ended: sign in again.');
    }
    const client = clientOf(request, reply, site, viewer === reader ? null : held!.token);
    const preview = await previewFor(request, service);
    const mayKnowMore = viewer !== reader || preview !== null;
    // eslint-disable-next-line no-restricted-syntax -- a node whose clock is an hour off makes keys that last an hour less
    const shown = mayKnowMore ? { ...addresses, mediaKey: mediaKeys(signer, Date.now()) } : addresses;
    return createContext(database, shown, {
      viewer,
      preview,
      signer,
      client,
      freshness,
      trace: mayKnowMore ? null : trace,
    });
  };
}

function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** What the preview token of a request shows; one that does not hold, or not any more, is refused. */
async function previewFor(request: FastifyRequest, service: Service): Promise<Preview | null> {
  const token = request.headers['x-preview-token'];
  if (token === undefined) return null;
  const preview = typeof token === 'string' ? await shownBy(token, service) : null;
  if (!preview) throw codedError('UNAUTHENTICATED', 'This preview has ended: ask for another one.');
  return preview;
}

async function shownBy(token: string, { database, addresses, signer }: Service): Promise<Preview | null> {
  const ofStory = signer.read(previewPurpose, token);
  const read = ofStory ?? signer.read(frontPreviewPurpose, token);
  const [id, accountId] = (read?.payload ?? '').split(' ').map(Number);
  const maker = accountId === 0 ? operator : accountId ? await viewerOfAccount(database, accountId) : null;
  if (!read || !id || !maker) return null;
  const ctx = createContext(database, addresses, { viewer: maker });
  const { expiresAt } = read;
  return ofStory ? previewOf(ctx, { articleId: id, expiresAt }) : previewOfFront(ctx, { frontId: id, expiresAt });
}
