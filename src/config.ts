import { resolve } from 'node:path';
import { z } from 'zod';
import type { Addresses } from './kernel/context.js';
import { OperatorError } from './kernel/errors.js';

export type DatabaseConfig = { kind: 'sqlite'; path: string } | { kind: 'mysql'; url: string; replicaUrls: string[] };

/** Everything the environment decides, read once at the start. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  siteUrl: string;
  siteName: string;
  mediaDir: string;
  database: DatabaseConfig;
  redisUrl: string | undefined;
  logLevel: (typeof logLevels)[number];
  corsOrigins: string[];
  trustProxy: boolean;
  introspection: boolean;
  samples: boolean;
  limits: Limits;
}

/** What one request may ask for at most. */
export interface Limits {
  bodyBytes: number;
  tokens: number;
  depth: number;
  aliases: number;
  cost: number;
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
    LOG_LEVEL: z.enum(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}.`).default('info'),
    CORS_ORIGINS: list.refine(
      (origins) => origins.every((origin) => isUrl(origin, ['http:', 'https:']) && new URL(origin).origin === origin),
      'CORS_ORIGINS must be origins such as https://www.news.example, parted by commas, without paths.',
    ),
    TRUST_PROXY: yesNo('TRUST_PROXY', false),
    INTROSPECTION: yesNo('INTROSPECTION', !production),
    SAMPLES: yesNo('SAMPLES', !production),
    LIMIT_BODY_BYTES: whole('LIMIT_BODY_BYTES', 1_000, 100_000_000, 262_144),
    LIMIT_TOKENS: whole('LIMIT_TOKENS', 100, 100_000, 2_000),
    LIMIT_DEPTH: whole('LIMIT_DEPTH', 5, 100, 15),
    LIMIT_ALIASES: whole('LIMIT_ALIASES', 1, 10_000, 30),
    LIMIT_COST: whole('LIMIT_COST', 100, 10_000_000, 10_000),
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
  return {
    production,
    host: v.HOST,
    port: v.PORT,
    siteUrl: v.SITE_URL ?? `http://${v.HOST.includes(':') ? `[${v.HOST}]` : v.HOST}:${v.PORT}`,
    siteName: v.SITE_NAME,
    mediaDir: resolve(v.MEDIA_DIR),
    database: v.DATABASE_URL.startsWith('sqlite:')
      ? { kind: 'sqlite', path: resolve(v.DATABASE_URL.slice('sqlite:'.length).replace(/^\/\//, '')) }
      : { kind: 'mysql', url: v.DATABASE_URL, replicaUrls: v.DATABASE_REPLICA_URLS },
    redisUrl: v.REDIS_URL,
    logLevel: v.LOG_LEVEL,
    corsOrigins: v.CORS_ORIGINS,
    trustProxy: v.TRUST_PROXY,
    introspection: v.INTROSPECTION,
    samples: v.SAMPLES,
    limits: {
      bodyBytes: v.LIMIT_BODY_BYTES,
      tokens: v.LIMIT_TOKENS,
      depth: v.LIMIT_DEPTH,
      aliases: v.LIMIT_ALIASES,
      cost: v.LIMIT_COST,
    },
  };
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
