import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../kernel/context.js';
import { codedError } from '../kernel/errors.js';

/** Where readers find us, and whose pages besides ours may act for who is signed in. */
export interface Site {
  siteUrl: string;
  corsOrigins: readonly string[];
}

/** `__Host-` binds the cookie to this very host; browsers take it from https only. */
export const cookieName = ({ siteUrl }: Site): string =>
  siteUrl.startsWith('https:') ? '__Host-newsgraph' : 'newsgraph';

/** What a request shows to be known by: the token of a session, or a partner's key. */
export type Credential = { token: string; by: 'bearer' | 'cookie' } | { key: string; by: 'key' };

/**
 * What a request shows, which must be one thing where a key is among it. A cookie counts only for pages of ours: from any
 * other page it is refused with FORBIDDEN, as the browser sends it unasked.
 */
export function credentialOf(request: FastifyRequest, site: Site): Credential | null {
  const { authorization, 'x-api-key': apiKey, 'x-preview-token': preview } = request.headers;
  const bearer = authorization === undefined ? undefined : /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  const key = apiKey ?? (bearer?.startsWith('ngp_') ? bearer : undefined);
  if (key !== undefined) {
    const others = [apiKey === undefined ? undefined : authorization, preview, request.cookies[cookieName(site)]];
    if (typeof key !== 'string' || others.some((other) => other !== undefined)) throw severalCredentials();
    return { key, by: 'key' };
  }
  if (authorization !== undefined) {
    if (!bearer || !/^ngs_[\w-]{43}$/.test(bearer)) throw noCredential();
    return { token: bearer, by: 'bearer' };
  }
  return cookieOf(request, site);
}

const severalCredentials = () =>
  codedError('BAD_USER_INPUT', 'Send the key alone: without another key, a session, a cookie of one, or a preview.');

const noCredential = () =>
  codedError(
    'UNAUTHENTICATED',
    'Send `Authorization: Bearer` with the token that signIn gave, or with a partner’s key.',
  );

function cookieOf(request: FastifyRequest, site: Site): Credential | null {
  const token = request.cookies[cookieName(site)];
  if (!token) return null;
  if (!isOurs(request, site)) {
    throw codedError(
      'FORBIDDEN',
      'This page may not use the session: add its origin to CORS_ORIGINS, or send a token.',
    );
  }
  return { token, by: 'cookie' };
}

/** Whether a request comes from a page that may act for who is signed in there. */
function isOurs({ headers }: FastifyRequest, { siteUrl, corsOrigins }: Site): boolean {
  const { origin } = headers;
  if (origin !== undefined) return origin === new URL(siteUrl).origin || corsOrigins.includes(origin);
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** What signing in and out need of a request. */
export function clientOf(request: FastifyRequest, reply: FastifyReply, site: Site, token: string | null): Client {
  return {
    address: request.ip,
    sessionToken: token,
    signInTried: false,
    keepSession: (secret, expiresAt) => keepSession(reply, site, secret, expiresAt),
    endSession: () => endSession(reply, site),
  };
}

const attributes = ({ siteUrl }: Site) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: siteUrl.startsWith('https:') }) as const;

export function keepSession(reply: FastifyReply, site: Site, token: string, expiresAt: number): void {
  void reply.setCookie(cookieName(site), token, { ...attributes(site), expires: new Date(expiresAt) });
}

export function endSession(reply: FastifyReply, site: Site): void {
  void reply.clearCookie(cookieName(site), attributes(site));
}
