const { execFileSync } = require('node:child_process');

/** Whether `redis-server` is installed: tests start their own. Without it is said loudly, and in CI is a failure. */
function findRedis() {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env.CI) throw new Error('In CI the suite must run with Redis, and there is none: see .ci/run.');
    console.warn(
      [
        '',
        '  ##########################################################################',
        '  #  NO REDIS FOUND: how nodes share answers is not tested.                #',
        '  #  Install redis-server.                                                 #',
        '  ##########################################################################',
        '',
      ].join('\n'),
    );
    return false;
  }
}

module.exports = { findRedis };
