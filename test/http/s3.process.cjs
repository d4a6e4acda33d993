const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const S3rver = require('@20minutes/s3rver');

/** A server that speaks as S3 does, on a free port, with one bucket; says where, and ends with its parent. */
const directory = mkdtempSync(join(tmpdir(), 'newsgraph-s3-'));
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: 'pictures', configs: [] }],
});
server.run().then(({ port }) => process.send({ port, directory }));
process.on('disconnect', () => process.exit(0));
