import { randomBytes } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Addresses } from './kernel/context.js';
import { OperatorError } from './kernel/errors.js';

export type DatabaseConfig = { kind: 'sqlite'; path: string } | { kind: 'mysql'; url: string; replicaUrls: string[] };

/** Where originals and renditions of pictures lie: a folder, or a bucket of something that speaks as S3 does. */
export type MediaConfig =
  | { kind: 'disk'; dir: string }
  | {
      kind: 's3';
      bucket: string;
      prefix: string;
      endpoint: string | undefined;
      region: string;
      accessKey: string;
      secretKey: string;
    };

/** Who keeps answers between us and readers and is told what to forget. */
export type CdnConfig =
  | { kind: 'fastly'; service: string; token: string }
  | { kind: 'cloudflare'; zone: string; token: string }
  | { kind: 'varnish'; url: string };

/** Everything the environment decides, read once at the start. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  siteUrl: string;
  siteName: string;
  media: MediaConfig;
  database: DatabaseConfig;
  redisUrl: string | undefined;
  /** The OpenSearch that searches; the database itself where there is none. */
  searchUrl: string | undefined;
  /** What tokens, previews and addresses of unpublished pictures are signed with; the same on all nodes. */
  secretKey: string;
  /** Whether it was set: without, each start makes one of its own. */
  keepsSecretKey: boolean;
  oidc: OidcConfig | undefined;
  logLevel: (typeof logLevels)[number];
  corsOrigins: string[];
  /** The proxies whose word on the client's address is taken: none, the one in front, or those at these addresses. */
  trustProxy: boolean | string[];
  introspection: boolean;
  samples: boolean;
  /** Whether serving also does what falls due. */
  worker: boolean;
  /** How many processes serve at the one port. */
  workers: number;
  cdn: CdnConfig | undefined;
  /** How many bytes of answers are kept in memory. */
  answersBytes: number;
  limits: Limits;
}

/** The provider at which accounts can sign in. */
export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What one request may ask for at most. */
export interface Limits {
  bodyBytes: number;
  /** The longest file that is taken. */
  uploadBytes: number;
  tokens: number;
  depth: number;
  aliases: number;
  cost: number;
  /** How many requests, and for how much, a partner may make in a minute who has no quotas of his own. */
  partnerRequests: number;
  partnerCost: number;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const whole = (name: string, least: number, most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d+$/, `${name} must be a whole number from ${least} to ${most}, for example ${name}=${otherwise}.`)
    .default(String(otherwise))
    .transform(Number)
    .refine((n) => n >= least && n <= most, `${name} must be a whole number from ${least} to ${most}.`);

const yesNo = (name: string, otherwise: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], `${name} must be true or false.`)
    .default(otherwise ? 'true' : 'false')
    .transform((word) => word === 'true' || word === '1');

const webUrl = (name: string, example: string) =>
  z
    .string()
    .refine(
      (text) => isUrl(text, ['http:', 'https:']),
      `${name} must be a web address, for example ${name}=${example}.`,
    )
    .transform((text) => text.replace(/\/+$/, ''));

const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''));

const variables = (production: boolean) =>
  z.object({
    HOST: z
      .string()
      .regex(/^[A-Za-z0-9._:-]+$/, 'HOST must be a name or an address to listen on, for example HOST=0.0.0.0.')
      .default('127.0.0.1'),
    PORT: whole('PORT', 0, 65_535, 4000),
    SITE_URL: webUrl('SITE_URL', 'https://news.example').optional(),
    SITE_NAME: z.string().max(100, 'SITE_NAME has at most 100 characters.').default('Newsgraph'),
    MEDIA_DIR: z.string().default('data/media'),
    MEDIA_STORE: z.string().refine(isS3, s3Example).optional(),
    MEDIA_S3_ACCESS_KEY: z.string().optional(),
    MEDIA_S3_SECRET_KEY: z.string().optional(),
    DATABASE_URL: z
      .string()
      .default('sqlite:data/newsgraph.sqlite')
      .refine(
        (text) => /^sqlite:[^:]+/.test(text) || isDatabaseUrl(text),
        'DATABASE_URL must be sqlite:PATH, mysql://USER:PASSWORD@HOST:PORT/NAME or mariadb://USER:PASSWORD@HOST:PORT/NAME.',
      ),
    DATABASE_REPLICA_URLS: list.refine(
      (urls) => urls.every(isDatabaseUrl),
      'DATABASE_REPLICA_URLS must be mysql:// or mariadb:// addresses, parted by commas.',
    ),
    REDIS_URL: z
      .string()
      .refine((text) => isUrl(text, ['redis:', 'rediss:']), 'REDIS_URL must look like redis://127.0.0.1:6379.')
      .optional(),
    SEARCH_URL: z
      .string()
      .refine(
        (text) =>
          isUrl(text, ['http:', 'https:']) && /^\/?[a-z0-9][a-z0-9_-]{0,99}\/?$|^\/?$/.test(new URL(text).pathname),
        'SEARCH_URL must look like https://USER:PASSWORD@HOST:9200/NAME, the name of small letters, digits, - and _.',
      )
      .optional(),
    SECRET_KEY: z
      .string()
      .min(32, 'SECRET_KEY must have at least 32 characters: `openssl rand -base64 48` makes one.')
      .refine(
        (key) => new Set(key).size >= 10,
        'SECRET_KEY repeats itself: `openssl rand -base64 48` makes a better one.',
      )
      .optional(),
    OIDC_ISSUER: z
      .string()
      .refine(
        (text) => isUrl(text, ['https:']) || (isUrl(text, ['http:']) && isLoopback(new URL(text).hostname)),
        'OIDC_ISSUER must be an https address, for example OIDC_ISSUER=https://login.example.',
      )
      .optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    LOG_LEVEL: z.enum(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}.`).default('info'),
    CORS_ORIGINS: list.refine(
      (origins) => origins.every((origin) => isUrl(origin, ['http:', 'https:']) && new URL(origin).origin === origin),
      'CORS_ORIGINS must be origins such as https://www.news.example, parted by commas, without paths.',
    ),
    TRUST_PROXY: z
      .string()
      .default('false')
      .transform((text) => proxiesOf(text))
      .refine(
        (proxies) => typeof proxies === 'boolean' || (proxies.length > 0 && proxies.every(isNetwork)),
        'TRUST_PROXY must be true, false, or the addresses or networks of your proxies, such as 10.0.0.0/8, parted by commas.',
      ),
    INTROSPECTION: yesNo('INTROSPECTION', !production),
    SAMPLES: yesNo('SAMPLES', !production),
    WORKER: yesNo('WORKER', true),
    WORKERS: whole('WORKERS', 1, 128, 1),
    CDN_PURGE: z
      .string()
      .refine((text) => cdnIn(text) !== null, cdnExample)
      .optional(),
    CDN_TOKEN: z.string().optional(),
    ANSWERS_MB: whole('ANSWERS_MB', 0, 100_000, 32),
    LIMIT_BODY_BYTES: whole('LIMIT_BODY_BYTES', 1_000, 100_000_000, 262_144),
    LIMIT_UPLOAD_BYTES: whole('LIMIT_UPLOAD_BYTES', 1_000, 100_000_000, 26_214_400),
    LIMIT_TOKENS: whole('LIMIT_TOKENS', 100, 100_000, 2_000),
    LIMIT_DEPTH: whole('LIMIT_DEPTH', 5, 100, 15),
    LIMIT_ALIASES: whole('LIMIT_ALIASES', 1, 10_000, 30),
    LIMIT_COST: whole('LIMIT_COST', 100, 10_000_000, 10_000),
    LIMIT_PARTNER_REQUESTS: whole('LIMIT_PARTNER_REQUESTS', 1, 1_000_000, 600),
    LIMIT_PARTNER_COST: whole('LIMIT_PARTNER_COST', 100, 1_000_000, 100_000),
  });

/** Reads the environment; a wrong value is an `OperatorError` that says, for each, what to write instead. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const modes = [undefined, '', 'production', 'development', 'test'];
  if (!modes.includes(env.NODE_ENV)) throw new OperatorError('NODE_ENV must be production, development or test.');
  const production = env.NODE_ENV === 'production';
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables(production).safeParse(given);
  if (!parsed.success) {
    throw new OperatorError(parsed.error.issues.map((issue) => issue.message).join('\n'));
  }
  const v = parsed.data;
  if (v.DATABASE_REPLICA_URLS.length > 0 && v.DATABASE_URL.startsWith('sqlite:')) {
    throw new OperatorError('DATABASE_REPLICA_URLS goes with a mysql:// or mariadb:// DATABASE_URL, not with sqlite.');
  }
  if (production && env.SAMPLES !== undefined && v.SAMPLES) {
    throw new OperatorError('SAMPLES cannot be true with NODE_ENV=production: samples never go beside real stories.');
  }
  if (production && v.SECRET_KEY === undefined) {
    throw new OperatorError('SECRET_KEY must be set with NODE_ENV=production: `openssl rand -base64 48` makes one.');
  }
  return {
    production,
    host: v.HOST,
    port: v.PORT,
    siteUrl: v.SITE_URL ?? `http://${v.HOST.includes(':') ? `[${v.HOST}]` : v.HOST}:${v.PORT}`,
    siteName: v.SITE_NAME,
    media: mediaOf(v),
    database: v.DATABASE_URL.startsWith('sqlite:')
      ? { kind: 'sqlite', path: resolve(v.DATABASE_URL.slice('sqlite:'.length).replace(/^\/\//, '')) }
      : { kind: 'mysql', url: v.DATABASE_URL, replicaUrls: v.DATABASE_REPLICA_URLS },
    redisUrl: v.REDIS_URL,
    searchUrl: v.SEARCH_URL,
    keepsSecretKey: v.SECRET_KEY !== undefined,
    secretKey: v.SECRET_KEY ?? randomBytes(32).toString('base64url'),
    oidc: oidcOf(v),
    logLevel: v.LOG_LEVEL,
    corsOrigins: v.CORS_ORIGINS,
    trustProxy: v.TRUST_PROXY,
    introspection: v.INTROSPECTION,
    samples: v.SAMPLES,
    worker: v.WORKER,
    workers: v.WORKERS,
    cdn: cdnOf(v),
    answersBytes: v.ANSWERS_MB * 1_000_000,
    limits: {
      bodyBytes: v.LIMIT_BODY_BYTES,
      uploadBytes: v.LIMIT_UPLOAD_BYTES,
      tokens: v.LIMIT_TOKENS,
      depth: v.LIMIT_DEPTH,
      aliases: v.LIMIT_ALIASES,
      cost: v.LIMIT_COST,
      partnerRequests: v.LIMIT_PARTNER_REQUESTS,
      partnerCost: v.LIMIT_PARTNER_COST,
    },
  };
}

const s3Example =
  'MEDIA_STORE must look like s3://BUCKET/PREFIX?endpoint=https://s3.example&region=eu-central-1, without keys in it.';

function isS3(text: string): boolean {
  if (!isUrl(text, ['s3:'])) return false;
  const { hostname, username, password, searchParams } = new URL(text);
  const endpoint = searchParams.get('endpoint');
  const known = [...searchParams.keys()].every((name) => name === 'endpoint' || name === 'region');
  const placed = endpoint === null || isUrl(endpoint, ['http:', 'https:']);
  return hostname !== '' && !username && !password && known && placed;
}

/** Where pictures lie: in MEDIA_DIR, unless MEDIA_STORE names a bucket. */
function mediaOf(v: {
  MEDIA_DIR: string;
  MEDIA_STORE?: string;
  MEDIA_S3_ACCESS_KEY?: string;
  MEDIA_S3_SECRET_KEY?: string;
}): MediaConfig {
  if (v.MEDIA_STORE === undefined) return { kind: 'disk', dir: resolve(v.MEDIA_DIR) };
  const { MEDIA_S3_ACCESS_KEY: accessKey, MEDIA_S3_SECRET_KEY: secretKey } = v;
  if (!accessKey || !secretKey) {
    throw new OperatorError('MEDIA_STORE needs MEDIA_S3_ACCESS_KEY and MEDIA_S3_SECRET_KEY: set both.');
  }
  const { hostname, pathname, searchParams } = new URL(v.MEDIA_STORE);
  const folder = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  return {
    kind: 's3',
    bucket: hostname,
    prefix: folder && `${folder}/`,
    endpoint: searchParams.get('endpoint') ?? undefined,
    region: searchParams.get('region') ?? 'us-east-1',
    accessKey,
    secretKey,
  };
}

const cdnExample =
  'CDN_PURGE must be fastly:SERVICE_ID, cloudflare:ZONE_ID or varnish:ADDRESS, for example CDN_PURGE=varnish:http://varnish.internal:6081.';

/** Who is named to be told what to forget, and where: its id or its address. */
function cdnIn(text: string): { kind: CdnConfig['kind']; place: string } | null {
  const [, kind, place] = /^(fastly|cloudflare|varnish):(.+)$/.exec(text) ?? [];
  if (kind === undefined || place === undefined) return null;
  const isRight =
    kind === 'varnish'
      ? isUrl(place, ['http:', 'https:']) && new URL(place).href === `${new URL(place).origin}/`
      : /^[A-Za-z0-9]{1,64}$/.test(place);
  return isRight ? { kind: kind as CdnConfig['kind'], place } : null;
}

function cdnOf({ CDN_PURGE, CDN_TOKEN: token }: { CDN_PURGE?: string; CDN_TOKEN?: string }): CdnConfig | undefined {
  const named = CDN_PURGE === undefined ? null : cdnIn(CDN_PURGE);
  if (named?.kind === 'varnish') {
    if (token) throw new OperatorError('Varnish takes no CDN_TOKEN: leave it out, and let the VCL say who may purge.');
    return { kind: 'varnish', url: new URL(named.place).origin };
  }
  if (named && token && /^[\x21-\x7e]+$/.test(token)) {
    return named.kind === 'fastly'
      ? { kind: 'fastly', service: named.place, token }
      : { kind: 'cloudflare', zone: named.place, token };
  }
  if (named) throw new OperatorError('CDN_PURGE needs CDN_TOKEN: a token that may purge, without spaces.');
  if (token) throw new OperatorError('CDN_TOKEN goes with CDN_PURGE: set both, or none.');
  return undefined;
}

/** The OpenID provider, when all three settings are there. */
function oidcOf(v: {
  OIDC_ISSUER?: string;
  OIDC_CLIENT_ID?: string;
  OIDC_CLIENT_SECRET?: string;
}): OidcConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = v;
  if (issuer && clientId && clientSecret) return { issuer, clientId, clientSecret };
  if (!issuer && !clientId && !clientSecret) return undefined;
  throw new OperatorError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together: set all three, or none.');
}

const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);

function proxiesOf(text: string): boolean | string[] {
  if (['true', '1'].includes(text)) return true;
  if (['false', '0'].includes(text)) return false;
  return list.parse(text);
}

/** Whether a text is an IP address, or one with the length of its network. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  return most > 0 && rest.length === 0 && (bits === undefined || (/^[1-9]\d*$/.test(bits) && Number(bits) <= most));
}

/** A database address that may be shown: without its password. */
export function describeDatabase(database: DatabaseConfig): string {
  if (database.kind === 'sqlite') return `SQLite, ${database.path}`;
  const url = new URL(database.url);
  return `${url.protocol.slice(0, -1)}://${url.host}${url.pathname}`;
}

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

function isDatabaseUrl(text: string): boolean {
  if (!isUrl(text, ['mysql:', 'mariadb:'])) return false;
  const { username, password, pathname } = new URL(text);
  return pathname.length > 1 && [username, password, pathname].every(isDecodable);
}

/** Where readers find the service that this configuration makes. */
export const addressesOf = ({ siteUrl, siteName }: Pick<Config, 'siteUrl' | 'siteName'>): Addresses => ({
  siteUrl,
  mediaUrl: `${siteUrl}/media`,
  siteName,
});
