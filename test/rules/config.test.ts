import { describeDatabase, readConfig } from '../../src/config.js';

describe('the environment', () => {
  const key = 'abcdefghijklmnopqrstuvwxyz0123456789';

  test('in production needs a key of its own; elsewhere each process makes one', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow('SECRET_KEY must be set with NODE_ENV=production');
    expect(readConfig({ NODE_ENV: 'production', SECRET_KEY: key }).secretKey).toBe(key);
    expect(readConfig({}).secretKey).not.toBe(readConfig({}).secretKey);
  });

  test('names an OpenID provider whole or not at all', () => {
    const provider = { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'newsgraph', OIDC_CLIENT_SECRET: 'x' };
    expect(readConfig(provider).oidc).toEqual({
      issuer: 'https://login.example',
      clientId: 'newsgraph',
      clientSecret: 'x',
    });
    expect(readConfig({}).oidc).toBeUndefined();
    expect(() => readConfig({ ...provider, OIDC_CLIENT_ID: '' })).toThrow('go together');
  });

  test('names a CDN and the token that may purge there', () => {
    const token = 'a-token';
    expect(readConfig({}).cdn).toBeUndefined();
    expect(readConfig({ CDN_PURGE: 'fastly:SU1Z0isxPaoz', CDN_TOKEN: token }).cdn).toEqual({
      kind: 'fastly',
      service: 'SU1Z0isxPaoz',
      token,
    });
    expect(readConfig({ CDN_PURGE: 'cloudflare:023e105f4e', CDN_TOKEN: token }).cdn).toEqual({
      kind: 'cloudflare',
      zone: '023e105f4e',
      token,
    });
    expect(readConfig({ CDN_PURGE: 'varnish:http://varnish.internal:6081/' }).cdn).toEqual({
      kind: 'varnish',
      url: 'http://varnish.internal:6081',
    });
    for (const wrong of [
      'akamai:1',
      'fastly:',
      'fastly:a/b',
      'varnish:ftp://x',
      'varnish:http://u:p@x',
      'cloudflare',
    ]) {
      expect(() => readConfig({ CDN_PURGE: wrong, CDN_TOKEN: token })).toThrow('CDN_PURGE must be fastly:SERVICE_ID');
    }
    expect(() => readConfig({ CDN_PURGE: 'fastly:x' })).toThrow('CDN_PURGE needs CDN_TOKEN');
    expect(() => readConfig({ CDN_PURGE: 'fastly:x', CDN_TOKEN: 'two words' })).toThrow('without spaces');
    expect(() => readConfig({ CDN_TOKEN: token })).toThrow('CDN_TOKEN goes with CDN_PURGE');
    expect(() => readConfig({ CDN_PURGE: 'varnish:http://v', CDN_TOKEN: token })).toThrow('Varnish takes no CDN_TOKEN');
  });

  test('serves with one process, or as many as are wanted', () => {
    expect(readConfig({}).workers).toBe(1);
    expect(readConfig({ WORKERS: '4' }).workers).toBe(4);
    for (const wrong of ['0', '129', 'auto']) {
      expect(() => readConfig({ WORKERS: wrong })).toThrow('WORKERS must be a whole number from 1 to 128');
    }
  });

  test('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      siteUrl: 'http://127.0.0.1:4000',
      production: false,
      samples: true,
      introspection: true,
      corsOrigins: [],
      database: { kind: 'sqlite' },
    });
  });

  test('trusts no proxy, the one in front, or those that are named', () => {
    expect(readConfig({}).trustProxy).toBe(false);
    expect(readConfig({ TRUST_PROXY: 'true' }).trustProxy).toBe(true);
    const proxies = ['10.0.0.1', '10.1.0.0/16', 'fd00::/8'];
    expect(readConfig({ TRUST_PROXY: proxies.join(', ') }).trustProxy).toEqual(proxies);
  });

  test('in production shows no schema and loads no samples', () => {
    expect(readConfig({ NODE_ENV: 'production', SECRET_KEY: key })).toMatchObject({
      production: true,
      samples: false,
      introspection: false,
    });
    expect(() => readConfig({ NODE_ENV: 'production', SECRET_KEY: key, SAMPLES: 'true' })).toThrow(
      'never go beside real stories',
    );
  });

  test.each([
    ['NODE_ENV', 'prod', 'NODE_ENV must be production, development or test.'],
    ['DATABASE_URL', 'mysql://u:p%zz@127.0.0.1/x', 'DATABASE_URL must be'],
    ['PORT', 'http', 'PORT must be a whole number'],
    ['PORT', '70000', 'PORT must be a whole number from 0 to 65535'],
    ['HOST', 'a b', 'HOST must be a name or an address'],
    ['DATABASE_URL', 'postgres://localhost/x', 'DATABASE_URL must be sqlite:PATH, mysql://'],
    ['DATABASE_URL', 'mysql://localhost', 'DATABASE_URL must be'],
    ['DATABASE_REPLICA_URLS', 'redis://x', 'DATABASE_REPLICA_URLS must be'],
    ['DATABASE_REPLICA_URLS', 'mysql://h/x', 'goes with a mysql://'],
    ['SECRET_KEY', 'short', 'SECRET_KEY must have at least 32 characters'],
    ['SECRET_KEY', 'a'.repeat(40), 'SECRET_KEY repeats itself'],
    ['OIDC_ISSUER', 'http://login.example', 'OIDC_ISSUER must be an https address'],
    ['WORKER', 'maybe', 'WORKER must be true or false'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY must be true, false, or the addresses'],
    ['TRUST_PROXY', '10.0.0.0/33', 'TRUST_PROXY must be true, false, or the addresses'],
    ['TRUST_PROXY', '10.0.0.1, proxy', 'TRUST_PROXY must be true, false, or the addresses'],
    ['REDIS_URL', 'localhost:6379', 'REDIS_URL must look like'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of fatal, error'],
    ['CORS_ORIGINS', '*', 'CORS_ORIGINS must be origins'],
    ['CORS_ORIGINS', 'https://a.example/path', 'CORS_ORIGINS must be origins'],
    ['SITE_URL', 'news.example', 'SITE_URL must be a web address'],
    ['INTROSPECTION', 'maybe', 'INTROSPECTION must be true or false'],
    ['LIMIT_DEPTH', '0', 'LIMIT_DEPTH must be a whole number from 5 to 100'],
  ])('%s=%s stops the start with what to do', (name, value, message) => {
    expect(() => readConfig({ [name]: value })).toThrow(message);
  });

  test('tells every mistake at once, and no password', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT.*\n?.*LOG_LEVEL/s);
    const { database } = readConfig({ DATABASE_URL: 'mariadb://desk:secret@db.example:3307/news' });
    expect(describeDatabase(database)).toBe('mariadb://db.example:3307/news');
  });
});
