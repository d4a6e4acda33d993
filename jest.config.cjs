const { findMariadb } = require('./test/support/mariadb.cjs');
const { findRedis } = require('./test/support/redis-find.cjs');

/** Packages that come as ES modules only, which Jest has to be given as CommonJS. */
const esModules =
  'css-select|css-what|dom-serializer|domelementtype|domhandler|domutils|entities|htmlparser2|nth-check|boolbase|cssomnom|openid-client|oauth4webapi|jose|markdown-it|linkify-it|mdurl|uc.micro|punycode.js|argparse';

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['reflect-metadata'],
  transformIgnorePatterns: [`/node_modules/(?!(?:${esModules})/)`],
  transform: {
    '^.+\\.[jt]s$': [
      'ts-jest',
      {
        diagnostics: false,
        tsconfig: {
          module: 'commonjs',
          moduleResolution: 'node10',
          ignoreDeprecations: '6.0',
          target: 'es2022',
          allowJs: true,
          isolatedModules: true,
          esModuleInterop: true,
          experimentalDecorators: true,
          useDefineForClassFields: false,
        },
      },
    ],
  },
};

const withDatabase = ['graphql', 'database', 'contract', 'newsroom'].map(
  (folder) => `<rootDir>/test/${folder}/**/*.test.ts`,
);

/** Rules and the house itself are tested once; what stands on a database is tested on each that is there. */
module.exports = async () => {
  const mariadb = await findMariadb();
  const testRedis = findRedis();
  process.env.TEST_RUN = `newsgraph_test_${Date.now().toString(36)}${process.pid}`; // what its databases begin with
  return {
    testTimeout: 30_000,
    // A process keeps some of each suite it ran; what is large collects garbage for longer than a new one takes to start.
    workerIdleMemoryLimit: '1GB',
    projects: [
      {
        ...base,
        displayName: 'once',
        testMatch: ['rules', 'house', 'http', 'command-line'].map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
        globals: { testRedis },
      },
      { ...base, displayName: 'sqlite', testMatch: withDatabase, globals: { testDatabase: 'sqlite', testRedis } },
      ...(mariadb
        ? [
            {
              ...base,
              displayName: 'mariadb',
              testMatch: withDatabase,
              globals: { testDatabase: mariadb.url, testRedis },
              globalSetup: '<rootDir>/test/support/mariadb-start.cjs',
              globalTeardown: '<rootDir>/test/support/mariadb-stop.cjs',
            },
          ]
        : []),
    ],
  };
};
