import { createConnection } from 'mysql2/promise';

/** A replica of a database on MariaDB that has what it had when it was last told to catch up. */
export interface Replica {
  url: string;
  /** All at once, as a replica that applies transactions does. */
  catchUp(): Promise<void>;
  remove(): Promise<void>;
}

export async function makeReplica(url: string): Promise<Replica> {
  const primary = new URL(url).pathname.slice(1);
  const replica = `${primary}_replica`;
  const admin = await createConnection({ uri: url });
  await admin.query('set foreign_key_checks = 0');
  await admin.query(`create database ${replica}`);
  const [rows] = await admin.query(`show tables from ${primary}`);
  const tables = (rows as object[]).map((row) => String(Object.values(row)[0]));
  for (const table of tables) await admin.query(`create table ${replica}.${table} like ${primary}.${table}`);
  const catchUp = async () => {
    await admin.query('start transaction with consistent snapshot');
    for (const table of tables) {
      await admin.query(`delete from ${replica}.${table}`);
      await admin.query(`insert into ${replica}.${table} select * from ${primary}.${table}`);
    }
    await admin.query('commit');
  };
  await catchUp();
  return {
    url: `${url}_replica`,
    catchUp,
    remove: async () => {
      await admin.query(`drop database ${replica}`);
      await admin.end();
    },
  };
}
