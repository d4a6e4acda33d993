import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startServer } from '../bench/processes.js';
import { dyingProcess } from './fire.js';
import type { Taken } from './pull.js';

const script = join(import.meta.dirname, 'receiver.process.js');

/** A message as a partner's machine wrote it down. */
export interface Receipt extends Taken {
  /** What tells the message from all others, however often it comes. */
  id: string;
}

/** A machine of partners in a process that is killed at random; what it took outlives it. */
export interface PartnerMachine {
  urlOf(path: string): string;
  /** From now on a path takes only what is signed with this. */
  keepSecret(path: string, secret: string): void;
  /** What a path took, in the order it did. */
  takenAt(path: string): Receipt[];
  /** How often it refused with 503, took something and died, got what was not signed for it. */
  count(what: 'refused' | 'reset' | 'unsigned'): number;
  killed(): number;
  cease: () => Promise<void>;
  remove(): void;
}

export async function openPartnerMachine(): Promise<PartnerMachine> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-receiver-'));
  const port = await freePort();
  const start = () => startServer([script, String(port), folder], {}, () => fetch(`http://127.0.0.1:${port}/`));
  const { killed, cease } = await dyingProcess(start, [5_000, 15_000]);
  const linesOf = (file: string): string[] => {
    try {
      return readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1);
    } catch {
      return []; // nothing has come yet
    }
  };
  return {
    urlOf: (path) => `http://hooks.partner.example:${port}/${path}`,
    keepSecret: (path, secret) => {
      const file = join(folder, `${path}.secret`);
      writeFileSync(`${file}.new`, secret);
      renameSync(`${file}.new`, file); // whoever reads it has the one or the other
    },
    takenAt: (path) => linesOf(path).map((line) => JSON.parse(line) as Receipt),
    count: (what) => linesOf(what).length,
    killed,
    cease,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
