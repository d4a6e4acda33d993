const { execFileSync, spawn } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const mysql = require('mysql2/promise');

const loopback = 'mariadb://root@127.0.0.1:3306';

/**
 * Which MariaDB the suite runs on: the one named by TEST_DATABASE_URL, the one on loopback, a private one where the
 * program is installed, or none, which is said loudly and in CI is a failure.
 */
async function findMariadb() {
  const named = process.env.TEST_DATABASE_URL;
  if (named) {
    if (await answers(named)) return { url: named };
    throw new Error('TEST_DATABASE_URL names a database that does not answer: start it, or leave the variable out.');
  }
  if (await answers(loopback)) return { url: loopback };
  if (program('mariadbd') && program('mariadb-install-db')) {
    const port = await freePort();
    process.env.PRIVATE_MARIADB_PORT = String(port);
    return { url: `mariadb://root@127.0.0.1:${port}` };
  }
  if (process.env.CI) throw new Error('In CI the suite must run on MariaDB, and there is none: see .ci/run.');
  console.warn(
    [
      '',
      '  ##########################################################################',
      '  #  NO MARIADB FOUND: everything that stands on a database is tested on   #',
      '  #  SQLite only. Set TEST_DATABASE_URL, or install mariadb-server.        #',
      '  ##########################################################################',
      '',
    ].join('\n'),
  );
  return undefined;
}

async function answers(url) {
  try {
    const connection = await mysql.createConnection({ uri: url.replace(/^mariadb:/, 'mysql:'), connectTimeout: 2_000 });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

function program(name) {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server of our own on a port, with its data in a temporary folder. */
async function startPrivate(port) {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-mariadb-'));
  const data = `--datadir=${join(folder, 'data')}`;
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  execFileSync('mariadb-install-db', ['--no-defaults', data, '--auth-root-authentication-method=normal', ...user], {
    stdio: 'ignore',
  });
  const server = spawn(
    'mariadbd',
    ['--no-defaults', data, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's')}`, ...user],
    { stdio: 'ignore' },
  );
  const url = `mariadb://root@127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries === 100) throw new Error('The private MariaDB did not start.');
    await sleep(200);
  }
  return async () => {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  };
}

module.exports = { findMariadb, startPrivate };
