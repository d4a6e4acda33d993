import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { signInWith } from '../accounts/oidc.commands.js';
import type { OidcConfig } from '../config.js';
import { createContext } from '../kernel/context.js';
import { codedError } from '../kernel/errors.js';
import { siteOf, type Service } from './context.js';
import { clientOf, keepSession } from './session.js';

const purpose = 'oidc';
const startedCookie = 'newsgraph-oidc';
const lastsMs = 10 * 60_000;

/** What has to come back from the provider as we sent it. */
interface Started {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

/** `/auth/oidc` leads to the provider, `/auth/oidc/callback` back, with a session in a cookie. */
export function oidcRoutes(server: FastifyInstance, provider: OidcConfig, service: Service): void {
  const { addresses, signer } = service;
  const discovered = retrying(() => discover(provider));
  const callback = () => `${addresses.siteUrl}/auth/oidc/callback`;
  const cookie = {
    path: '/auth/oidc',
    httpOnly: true,
    sameSite: 'lax',
    secure: addresses.siteUrl.startsWith('https:'),
  } as const;

  server.get<{ Querystring: { returnTo?: unknown } }>('/auth/oidc', async (request, reply) => {
    const client = await discovered();
    const started: Started = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
      returnTo: pathOnly(request.query.returnTo),
    };
    const address = oidc.buildAuthorizationUrl(client, {
      redirect_uri: callback(),
      scope: 'openid email profile',
      state: started.state,
      nonce: started.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(started.verifier),
      code_challenge_method: 'S256',
    });
    const expiresAt = performance.timeOrigin + performance.now() + lastsMs;
    const kept = signer.sign(purpose, JSON.stringify(started), Math.round(expiresAt));
    reply.setCookie(startedCookie, kept, { ...cookie, maxAge: lastsMs / 1_000 });
    return reply.header('cache-control', 'no-store').redirect(address.href);
  });

  server.get('/auth/oidc/callback', async (request, reply) => {
    reply.clearCookie(startedCookie, cookie).header('cache-control', 'no-store');
    const started = startedOf(request, service);
    const identity = await identityOf(await discovered(), new URL(request.url, callback()), started);
    const ctx = createContext(service.database, addresses, {
      signer,
      client: clientOf(request, reply, siteOf(service), null),
    });
    const { token, expiresAt } = await signInWith(ctx, identity);
    keepSession(reply, siteOf(service), token, expiresAt);
    return reply.redirect(addresses.siteUrl + started.returnTo);
  });
}

function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<oidc.Configuration> {
  const insecure = issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {};
  return oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, { ...insecure, timeout: 5 });
}

/** Asks once and keeps the answer; a failure is not kept. */
function retrying<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => {
    asked ??= ask().catch(() => {
      asked = undefined;
      throw codedError('UNAVAILABLE', 'The OpenID provider does not answer: try again later.');
    });
    return asked;
  };
}

/** What the browser kept while it was at the provider. */
function startedOf(request: FastifyRequest, { signer }: Service): Started {
  const read = signer.read(purpose, request.cookies[startedCookie] ?? '');
  const now = performance.timeOrigin + performance.now();
  if (!read || read.expiresAt < now) throw codedError('UNAUTHENTICATED', 'Signing in took too long: begin again.');
  return JSON.parse(read.payload) as Started;
}

async function identityOf(client: oidc.Configuration, address: URL, started: Started) {
  try {
    const tokens = await oidc.authorizationCodeGrant(client, address, {
      expectedState: started.state,
      expectedNonce: started.nonce,
      pkceCodeVerifier: started.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    const more = client.serverMetadata().userinfo_endpoint && claims.email === undefined;
    const said = more ? await oidc.fetchUserInfo(client, tokens.access_token, claims.sub) : claims;
    const email = said.email_verified === true && typeof said.email === 'string' ? said.email : undefined;
    return { issuer: claims.iss, subject: claims.sub, email };
  } catch {
    throw codedError('UNAUTHENTICATED', 'The OpenID provider did not confirm the sign-in: begin again.');
  }
}

/** A path of this site to return to, never another site. */
const pathOnly = (given: unknown): string =>
  typeof given === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) ? given : '/';
