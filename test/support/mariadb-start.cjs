const { startPrivate } = require('./mariadb.cjs');

module.exports = async () => {
  const port = process.env.PRIVATE_MARIADB_PORT;
  if (port) globalThis.stopPrivateMariadb = await startPrivate(Number(port));
};
