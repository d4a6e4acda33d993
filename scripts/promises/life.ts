import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/kernel/database.js';
import { sql } from '../../src/kernel/sql.js';
import { draft, rowIdOf, storyOf, type Desk, type Fields, type Held, type MutationName } from './desk.js';

/** A story whose whole life was acknowledged: the last answer, and what the audit has to say of it. */
export interface Life {
  held: Held;
  state: string;
  acts: string[];
}

type Step = [MutationName, string, () => Fields];

const note = 'Because it has to be said.';
const soon = () => new Date(Date.now() + 30_000).toISOString();

/** How stories go on once they can be published: each in one of these ways. */
const ways: readonly { state: string; steps: readonly Step[] }[] = [
  { state: 'PUBLISHED', steps: [['publishArticle', 'publish', () => ({})]] },
  {
    state: 'CORRECTED',
    steps: [
      ['publishArticle', 'publish', () => ({})],
      ['saveDraft', 'save', () => ({ standfirst: 'What it says now.' })],
      ['correctArticle', 'correct', () => ({ note })],
    ],
  },
  {
    state: 'WITHDRAWN',
    steps: [
      ['publishArticle', 'publish', () => ({})],
      ['withdrawArticle', 'withdraw', () => ({ note })],
    ],
  },
  { state: 'SCHEDULED', steps: [['schedulePublication', 'schedule', () => ({ at: soon() })]] },
];

/** Takes a story from its first text to readers, however often each step has to be asked for until it is answered. */
export async function live(desk: Desk, n: number): Promise<Life> {
  const { state, steps } = ways[n % ways.length]!;
  const acts: string[] = [];
  const ask = async (name: MutationName, act: string, input: Fields): Promise<Held> => {
    acts.push(act);
    return storyOf(await insisting(desk)(name, { ...input, idempotencyKey: `${n}-${acts.length}` }));
  };
  let held = await ask('createDraft', 'create', draft(`Story ${n}`));
  const first: Step[] = [
    ['submitArticle', 'submit', () => ({})],
    ['approveArticle', 'approve', () => ({})],
  ];
  for (const [name, act, input] of [...first, ...steps]) held = await ask(name, act, { ...held, ...input() });
  return { held, state, acts };
}

/** Asks with the same key until there is an answer; nobody is patient for longer than two minutes. */
export function insisting(desk: Desk): Desk {
  return async (name, input) => {
    const end = performance.now() + 120_000;
    for (;;) {
      try {
        return await desk(name, input);
      } catch (error) {
        if (performance.now() > end) throw error;
        await sleep(50 + Math.random() * 200);
      }
    }
  };
}

/** What was acknowledged and is not so, or was done other than once. */
export async function untruths(database: Database, lives: readonly Life[]): Promise<string[]> {
  const broken: string[] = [];
  for (const { held, state, acts } of lives) {
    const id = rowIdOf(held);
    const [row] = await database.read<{ version: number; workflowState: string }>(
      sql`select version, workflowState from article where id = ${id}`,
      'primary',
    );
    const audit = await database.read<{ action: string }>(
      sql`select action from audit where subject = 'Article' and subjectId = ${id} order by id`,
      'primary',
    );
    const appeared = state === 'SCHEDULED';
    const expected = {
      version: held.expectedVersion,
      state: appeared ? 'PUBLISHED' : state,
      acts: appeared ? [...acts, 'appear'] : acts,
    };
    const found = { version: row?.version, state: row?.workflowState, acts: audit.map(({ action }) => action) };
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      broken.push(`story ${id}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
    }
  }
  return broken;
}
