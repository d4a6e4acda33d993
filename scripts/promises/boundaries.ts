import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Database } from '../../src/kernel/database.js';
import { sql } from '../../src/kernel/sql.js';
import type { AccountViewer } from '../../src/kernel/viewer.js';
import { commands } from './boundary.commands.js';
import { deskOn, openDesk, rowIdOf, storyOf, type Desk, type Fields, type MutationName } from './desk.js';
import type { Findings } from './editors.js';
import { violations } from './invariants.js';
import type { Place } from './places.js';

/** What a process does that is killed on the way. */
export interface Errand {
  url: string;
  viewer: AccountViewer;
  name: MutationName;
  input: Fields;
  /** The statement before which it is killed, counted from 1. */
  killedAt: number;
}

const script = join(import.meta.dirname, 'boundary.process.js');
const mostStatements = 200;

/** Kills a process before each statement of each command: the story is as before or as after, and asking again does it once. */
export async function everyBoundary(place: Place): Promise<Findings> {
  const database = await place.open();
  try {
    const viewer = await openDesk(database);
    const desk = deskOn(database, viewer);
    const broken: string[] = [];
    let kills = 0;
    for (const command of commands) {
      for (let killedAt = 1; killedAt <= mostStatements; killedAt++) {
        const input = { ...(await command.prepare(desk, killedAt)), idempotencyKey: `${command.name} ${killedAt}` };
        const killed = await runErrand({ url: place.url, viewer, name: command.name, input, killedAt });
        const found = [...(await violations(database)), ...(await again(database, desk, command, input))];
        broken.push(...found.map((what) => `${command.name}, killed at statement ${killedAt}: ${what}`));
        if (!killed) break;
        kills += 1;
      }
    }
    return { figures: { commands: commands.length, kills, 'half-done': broken.length }, broken };
  } finally {
    await database.close();
  }
}

/** Asks once more for what may have been done: now it is, once. */
async function again(
  database: Database,
  desk: Desk,
  { name, act }: (typeof commands)[number],
  input: Fields,
): Promise<string[]> {
  const held = storyOf(await desk(name, input));
  const [row] = await database.read<{ version: number; acts: number }>(
    sql`select version, (select count(*) from audit where subject = 'Article' and subjectId = a.id and action = ${act}) as acts
        from article a where id = ${rowIdOf(held)}`,
    'primary',
  );
  const isOnce = row?.version === held.expectedVersion && row.acts === 1;
  return [...(isOnce ? [] : [`done other than once: ${JSON.stringify(row)}`]), ...(await violations(database))];
}

/** Runs an errand in a process of its own; gives whether it was killed on the way. */
async function runErrand(errand: Errand): Promise<boolean> {
  const child = fork(script, [JSON.stringify(errand)]);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal === 'SIGKILL') return true;
  if (code === 0) return false;
  throw new Error(`The process for ${errand.name} ended with ${code ?? signal}.`);
}
