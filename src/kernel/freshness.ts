import type { Database } from './database.js';
import { type Sql, sql } from './sql.js';

/** What begins by itself at a moment that was set before. */
export interface Schedule {
  /** The first moment after one, as an SQL expression; null when nothing is to come. */
  next(after: number): Sql;
  /** The tags of what begins after one moment and until another, its end included. */
  begun(database: Database, after: number, until: number): Promise<string[]>;
}

/** For how long a look at the feed holds, in milliseconds: an answer that is kept may be this old. */
export const freshForMs = 20;

const mostChanges = 1_000;
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

const placeOf = ({ changes, everything, schedules }: Look): number => changes + everything + schedules;

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
    const before = this.known;
    const tags = before ? await this.touchedBetween(before, seen) : [];
    if (this.known && placeOf(this.known) > placeOf(seen)) return; // another look was quicker
    if (tags === 'all' || this.touched.size + tags.length > mostTags) this.forgetAll();
    else if (tags.length > 0) {
      this.version += 1;
      for (const each of tags) this.touched.set(each, this.version);
    }
    this.known = seen;
    this.database.position.value = placeOf(seen);
    const begins = seen.next === null ? Infinity : Math.max(0, seen.next - seen.at);
    if (since >= this.expiredAt) this.freshUntil = Math.max(this.freshUntil, since + Math.min(freshForMs, begins));
  }

  private async touchedBetween(before: Look, seen: Look): Promise<string[] | 'all'> {
    if (seen.everything > before.everything) return 'all';
    const tags: string[] = [];
    if (seen.changes > before.changes) {
      const changes = await this.changesBetween(before.changes, seen.changes);
      if (changes.length > mostChanges) return 'all';
      for (const { subject, subjectId, touches } of changes) {
        tags.push(`${subject}:${subjectId}`, ...((touches === null ? [] : JSON.parse(touches)) as string[]));
      }
    }
    const isRescheduled = seen.schedules > before.schedules;
    if (isRescheduled || (seen.next !== null && seen.next <= seen.at)) {
      const after = isRescheduled ? before.at - longestCommitMs : before.at;
      tags.push(...(await this.schedule.begun(this.database, after, seen.at)));
    }
    return tags;
  }

  private changesBetween(after: number, until: number) {
    return this.database.read<{ subject: string; subjectId: number; touches: string | null }>(
      sql`select subject, subjectId, touches from content_change where seq > ${after} and seq <= ${until}
          order by seq limit ${mostChanges + 1}`,
      'primary',
    );
  }

  private forgetAll(): void {
    this.version += 1;
    this.floor = this.version;
    this.touched.clear();
  }
}
