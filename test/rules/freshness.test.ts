import type { Database } from '../../src/kernel/database.js';
import { Freshness, type Stamp } from '../../src/kernel/freshness.js';
import { sql, type Sql } from '../../src/kernel/sql.js';

interface Change {
  seq: number;
  subject: string;
  subjectId: number;
  touches: string | null;
}

/** A primary whose counters, clock and feed a test sets, and whose feed it can hold back. */
function primary() {
  const state = { changes: 0, everything: 0, schedules: 0, at: 1_000, next: null as number | null };
  const feed: Change[] = [];
  const moments: { at: number; tag: string }[] = [];
  const held: (() => void)[] = [];
  let isHolding = false;
  const read = async (statement: Sql): Promise<unknown[]> => {
    if (/content_change/.test(statement.text)) {
      if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
      const [after, until] = statement.values as [number, number];
      return feed.filter(({ seq }) => seq > after && seq <= until);
    }
    return [{ ...state }];
  };
  const freshnessOf = () =>
    new Freshness({ now: sql`now`, position: { value: 0 }, read } as unknown as Database, {
      next: () => sql`null`,
      begun: async (_, after, until) => moments.filter(({ at }) => at > after && at <= until).map(({ tag }) => tag),
    });
  return {
    state,
    moments,
    held,
    hold: (on: boolean) => (isHolding = on),
    change: (subjectId: number, touches: string[] = []) => {
      state.changes += 1;
      feed.push({ seq: state.changes, subject: 'Article', subjectId, touches: JSON.stringify(touches) });
    },
    freshnessOf,
    /** Looks anew, whenever the last look was. */
    look: async (freshness: Freshness) => {
      freshness.expire();
      return freshness.now();
    },
    stamp: (): Stamp => {
      const { changes, everything, schedules, at } = state;
      return { changes, everything, schedules, at };
    },
  };
}

describe('what another process made', () => {
  test('holds until something is touched that it is made of, also where we looked later than it was made', async () => {
    const { change, stamp, look, freshnessOf, state } = primary();
    const freshness = freshnessOf();
    await look(freshness);
    change(1);
    const made = stamp();
    state.at += 500;
    change(2, ['list:all']);
    await look(freshness);
    expect(freshness.holdsSince(made, ['Article:1'])).toBe(true);
    expect(freshness.holdsSince(made, ['Article:1', 'Article:2'])).toBe(false);
    expect(freshness.holdsSince(made, ['list:all'])).toBe(false);
    expect(freshness.holdsSince(stamp(), ['list:all'])).toBe(true);
  });

  test('and is newer than our last look is taken to be made at it', async () => {
    const { change, stamp, look, freshnessOf } = primary();
    const freshness = freshnessOf();
    await look(freshness);
    change(1);
    const made = stamp();
    expect(freshness.holdsSince(made, ['Article:1'])).toBe(true);
    await look(freshness);
    expect(freshness.holdsSince(made, ['Article:1'])).toBe(true);
    change(1);
    await look(freshness);
    expect(freshness.holdsSince(made, ['Article:1'])).toBe(false);
  });

  test('is judged by a process that starts, as far back as 1,000 changes', async () => {
    const { change, stamp, look, freshnessOf } = primary();
    change(1);
    const first = stamp();
    change(2);
    const second = stamp();
    for (let i = 0; i < 999; i++) change(3);
    const early = freshnessOf();
    await look(early);
    expect([first, second].map((made) => early.holdsSince(made, ['Article:1']))).toEqual([true, true]);
    expect([first, second].map((made) => early.holdsSince(made, ['Article:2']))).toEqual([false, true]);
    change(3);
    const late = freshnessOf();
    await look(late);
    expect([first, second].map((made) => late.holdsSince(made, ['Article:1']))).toEqual([false, true]);
  });

  test('does not hold after anything may look different, nor after so much that it is not remembered', async () => {
    const { change, stamp, look, freshnessOf, state } = primary();
    const freshness = freshnessOf();
    await look(freshness);
    const made = stamp();
    state.everything += 1;
    await look(freshness);
    expect(freshness.holdsSince(made, [])).toBe(false);
    const again = stamp();
    expect(freshness.holdsSince({ ...again, at: again.at - 5 }, ['Article:1'])).toBe(true);
    for (let i = 0; i < 1_001; i++) change(1);
    await look(freshness);
    expect(freshness.holdsSince(again, ['Article:2'])).toBe(false);
    expect(freshness.holdsSince(stamp(), ['Article:1'])).toBe(true);
  });

  test('before a moment of the schedule does not hold after it, for whoever was there and for whoever starts', async () => {
    const { stamp, look, freshnessOf, state, moments } = primary();
    moments.push({ at: 1_500, tag: 'Article:1' });
    Object.assign(state, { schedules: 1, next: 1_500 });
    const freshness = freshnessOf();
    await look(freshness);
    const made = stamp();
    expect(freshness.holdsSince(made, ['Article:1'])).toBe(true);
    state.at = 1_600;
    await look(freshness);
    expect(freshness.holdsSince(made, ['Article:1'])).toBe(false);
    expect(freshness.holdsSince(made, ['Article:2'])).toBe(true);
    const late = freshnessOf();
    await look(late);
    expect(late.holdsSince(made, ['Article:1'])).toBe(false);
    expect(late.holdsSince(made, ['Article:2'])).toBe(true);
    expect(late.holdsSince(stamp(), ['Article:1'])).toBe(true);
  });
});

test('a change between two first looks that run at once is not lost', async () => {
  for (const touchAll of [true, false]) {
    const { change, look, freshnessOf, state, held, hold } = primary();
    const freshness = freshnessOf();
    change(2);
    hold(true);
    const first = look(freshness);
    await new Promise(setImmediate);
    if (touchAll) state.everything += 1;
    else change(1);
    const second = look(freshness);
    await new Promise(setImmediate);
    hold(false);
    held[0]!();
    const before = await first;
    held[1]!();
    const after = await second;
    expect([before === after, freshness.holds(before, ['Article:1'])]).toEqual([false, false]);
  }
});
