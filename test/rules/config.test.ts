import { describeDatabase, readConfig } from '../../src/config.js';

describe('the environment', () => {
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

  test('in production shows no schema and loads no samples', () => {
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({
      production: true,
      samples: false,
      introspection: false,
    });
    expect(() => readConfig({ NODE_ENV: 'production', SAMPLES: 'true' })).toThrow('never go beside real stories');
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
