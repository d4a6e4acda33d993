import type { Database } from './database.js';
import { join, type Sql, sql } from './sql.js';

/** What begins by itself at a moment that was set before. */
export interface Schedule {
  /** The first moment after one, as an SQL expression; null when nothing is to come. */
  next(after: number): Sql;
  /** The tags of what begins after one moment and until another, its end included. */
  begun(database: Database, after: number, until: number): Promise<string[]>;
}

/** All that begins by itself, of several kinds. */
export const together = (...schedules: readonly Schedule[]): Schedule => ({
  next: (after) => {
    const each = schedules.map((schedule) => sql`select (${schedule.next(after)}) as begins`);
    return sql`select min(s.begins) from (${join(each, ' union all ')}) s`;
  },
  begun: async (database, after, until) => {
    const each = await Promise.all(schedules.map((schedule) => schedule.begun(database, after, until)));
    return each.flat();
  },
});

/** For how long a look at the feed holds, in milliseconds: an answer that is kept may be this old. */
export const freshForMs = 20;

const mostChanges = 1_000;
const mostVersions = 2_000;
const mostTags = 50_000;
/** How long before a look something may have been scheduled for whose transaction ended only now. */
const longestCommitMs = 60_000;

interface Look {
  changes: number;
  everything: number;
  schedules: number;
  /** The database's clock. */
  at: number;
  /** The first moment behind the look before. */
  next: number | null;
}

/** What the look had seen at which something was made: for other processes, whose versions are not ours. */
export type Stamp = Pick<Look, 'changes' | 'everything' | 'schedules' | 'at'>;

const placeOf = ({ changes, everything, schedules }: Look): number => changes + everything + schedules;

/** A look that was made before anything that is known to a process that starts: long ago, but as far as it can look back. */
const longAgo = ({ changes, everything }: Look): Stamp => ({
  changes: Math.max(0, changes - mostChanges),
  everything,
  schedules: 0,
  at: 0,
});

/**
 * What this process knows of how new things are. It looks at the feed when somebody asks and the last look is older
 * than `freshForMs`: one statement, shared by all who ask meanwhile. What is made of things that were not touched since
 * its version is as new as if it were made now.
 */
export class Freshness {
  private version = 0;
  private known: Look | undefined;
  private readonly touched = new Map<string, number>();
  /** What is older than this version cannot be judged any more. */
  private floor = 0;
  /** What must have been seen at least, for each version, to know of all that was touched until it; the newest last. */
  private readonly needs: { version: number; seen: Stamp }[] = [];
  private freshUntil = -Infinity;
  private expiredAt = -Infinity;
  private looking: { since: number; ended: Promise<number> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly schedule: Schedule,
  ) {}

  /** The version of now: at once when the last look still holds. */
  now(): number | Promise<number> {
    const asked = performance.now();
    if (asked < this.freshUntil) return this.version;
    if (this.looking && asked < this.looking.since + freshForMs) return this.looking.ended;
    const mine = { since: asked, ended: this.look(asked) };
    this.looking = mine;
    const end = () => {
      if (this.looking === mine) this.looking = undefined;
    };
    mine.ended.then(end, end);
    return mine.ended;
  }

  /** The version of the last look, for requests that looked when they came; of now when there was none. */
  latest(): number | Promise<number> {
    return this.known ? this.version : this.now();
  }

  /** How many milliseconds are left until something begins by itself; for ever when nothing is known to. */
  get untilNext(): number {
    if (!this.known || this.known.next === null) return Infinity;
    return Math.max(0, this.known.next - this.known.at);
  }

  /** Whether what was made at a version, of what the tags name, is as it would be made now. */
  holds(version: number, tags: Iterable<string>): boolean {
    if (version === this.version) return true;
    if (version < this.floor) return false;
    for (const each of tags) if ((this.touched.get(each) ?? 0) > version) return false;
    return true;
  }

  /** For what is made from now on. Ask after `now`. */
  get stamp(): Stamp {
    const { changes, everything, schedules, at } = this.known!;
    return { changes, everything, schedules, at };
  }

  /**
   * As `holds`, of what another process made after the look of a stamp. It is taken to be made at the newest version whose
   * touches that look had all seen; what is older than can be judged does not hold.
   */
  holdsSince(stamp: Stamp, tags: Iterable<string>): boolean {
    const known = this.needs.findLast(({ seen }) => isIn(seen, stamp));
    return known !== undefined && this.holds(known.version, tags);
  }

  /** After a change made here: whoever asks from now on is answered after another look. */
  expire(): void {
    this.expiredAt = performance.now();
    this.freshUntil = -Infinity;
    this.looking = undefined;
  }

  private async look(since: number): Promise<number> {
    const [seen] = await this.database.read<Look>(
      sql`select max(case when name = 'change' then value end) as changes,
                 max(case when name = 'everything' then value end) as everything,
                 max(case when name = 'schedule' then value end) as schedules,
                 ${this.database.now} as at, (${this.schedule.next(this.known?.at ?? 0)}) as next from counter`,
      'primary',
    );
    await this.learn(seen!, since);
    return this.version;
  }

  private async learn(seen: Look, since: number): Promise<void> {
    const isFirst = !this.known;
    const before = this.known ?? longAgo(seen);
    const changes = await this.changesBetween(before, seen);
    const begun = await this.begunBetween(before, seen);
    if (isFirst && this.known) return this.learn(seen, since); // what came between the two is not known yet
    if (this.known && placeOf(this.known) > placeOf(seen)) return; // another look was quicker
    if (isFirst) this.needs.push({ version: this.version, seen: before });
    for (const { seq, tags } of changes ?? []) this.touch(tags, { changes: seq, everything: 0, schedules: 0, at: 0 });
    if (begun.length > 0) this.touch(begun, seen);
    if (!changes || this.touched.size > mostTags) this.forget(seen);
    this.known = seen;
    this.database.position.value = placeOf(seen);
    const begins = seen.next === null ? Infinity : Math.max(0, seen.next - seen.at);
    if (since >= this.expiredAt) this.freshUntil = Math.max(this.freshUntil, since + Math.min(freshForMs, begins));
  }

  /** Nothing when they are too many, or anything may look different. */
  private async changesBetween(before: Stamp, seen: Look): Promise<{ seq: number; tags: string[] }[] | undefined> {
    if (seen.everything > before.everything) return undefined;
    if (seen.changes <= before.changes) return [];
    const changes = await this.database.read<{
      seq: number;
      subject: string;
      subjectId: number;
      touches: string | null;
    }>(
      sql`select seq, subject, subjectId, touches from content_change where seq > ${before.changes} and seq <= ${seen.changes}
          order by seq limit ${mostChanges + 1}`,
      'primary',
    );
    if (changes.length > mostChanges) return undefined;
    return changes.map(({ seq, subject, subjectId, touches }) => ({
      seq,
      tags: [`${subject}:${subjectId}`, ...((touches === null ? [] : JSON.parse(touches)) as string[])],
    }));
  }

  private async begunBetween(before: Stamp, seen: Look): Promise<string[]> {
    const isRescheduled = seen.schedules > before.schedules;
    if (!isRescheduled && (seen.next === null || seen.next > seen.at)) return [];
    const after = isRescheduled ? before.at - longestCommitMs : before.at;
    return this.schedule.begun(this.database, after, seen.at);
  }

  /** Whoever has seen a change has all that it touched, whenever it looked; of what begins by itself, who looked later. */
  private touch(tags: readonly string[], seen: Stamp): void {
    this.raise(seen);
    for (const each of tags) this.touched.set(each, this.version);
  }

  private raise(seen: Stamp): void {
    this.version += 1;
    this.needs.push({ version: this.version, seen: both(this.needs.at(-1)!.seen, seen) });
    if (this.needs.length > mostVersions) this.needs.shift();
  }

  private forget({ changes, everything }: Look): void {
    this.raise({ changes, everything, schedules: 0, at: 0 });
    this.floor = this.version;
    this.touched.clear();
    this.needs.splice(0, this.needs.length - 1);
  }
}

/** Whether all that was seen at the one was seen at the other. */
const isIn = (one: Stamp, other: Stamp): boolean =>
  one.changes <= other.changes &&
  one.everything <= other.everything &&
  one.schedules <= other.schedules &&
  one.at <= other.at;

const both = (one: Stamp, other: Stamp): Stamp => ({
  changes: Math.max(one.changes, other.changes),
  everything: Math.max(one.everything, other.everything),
  schedules: Math.max(one.schedules, other.schedules),
  at: Math.max(one.at, other.at),
});
