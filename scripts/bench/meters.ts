import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** CPU time a process and its workers have used, user and system, in milliseconds; nothing where `/proc` does not tell. */
export function cpuMs(pid: number | undefined): number | undefined {
  try {
    const workers = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean);
    const theirs = workers.reduce((sum, worker) => sum + (cpuMs(Number(worker)) ?? 0), 0);
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return theirs + (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/** Memory that a process holds, in megabytes; nothing where `/proc` does not tell. */
export function residentMb(pid: number): number | undefined {
  try {
    const kb = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1_000;
  } catch {
    return undefined;
  }
}

/** The process of a database server on this machine, when it lets us know. */
export async function databasePid(url: string): Promise<number | undefined> {
  if (!/^\w+:\/\/([^@/]*@)?(127\.|localhost|\[::1\])/.test(url)) return undefined;
  const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
  try {
    const [[row]] = await connection.query<RowDataPacket[]>('select @@pid_file as file');
    const pid = Number(readFileSync(String(row!.file), 'utf8'));
    return /^(mariadbd|mysqld)/.test(readFileSync(`/proc/${pid}/comm`, 'utf8')) ? pid : undefined;
  } catch {
    return undefined;
  } finally {
    await connection.end();
  }
}

/** CPU milliseconds a second that a database spends on others, while the bench is silent. */
export async function othersAtWork(pid: number | undefined, seconds: number): Promise<number> {
  const before = cpuMs(pid) ?? 0;
  await sleep(seconds * 1_000);
  return ((cpuMs(pid) ?? 0) - before) / seconds;
}
