const mysql = require('mysql2/promise');

/** Drops what this run has made. */
module.exports = async (_, { globals: { testDatabase } }) => {
  const connection = await mysql.createConnection({ uri: testDatabase.replace(/^mariadb:/, 'mysql:') });
  const [rows] = await connection.query('show databases like ?', [`${process.env.TEST_RUN}%`]);
  for (const row of rows) await connection.query(`drop database ${Object.values(row)[0]}`);
  await connection.end();
  await globalThis.stopPrivateMariadb?.();
};
