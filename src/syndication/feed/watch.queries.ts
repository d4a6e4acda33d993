import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../kernel/database.js';
import { freshForMs } from '../../kernel/freshness.js';
import { join, sql } from '../../kernel/sql.js';
import { behind } from './behind.queries.js';
import { catchUp } from './catch-up.commands.js';

/** Somebody who waits for something new behind a place of a partner's feed. */
interface Waiting {
  partnerId: number;
  seq: number;
  /** Whether it is a request that waits, and not a stream. */
  isRequest: boolean;
  wake: (isNew: boolean | Error) => void;
}

/** Hears of the stories that readers got for the first time, by their ids, in the order of commits; of nothing when we go. */
export type Hearing = (articleIds: readonly number[] | null) => void;

interface Look {
  behind: number;
  feed: number;
  changes: number;
}

/**
 * Looks for all in this process who wait for something: one statement every 20 milliseconds while anybody waits, however
 * many they are, and none when nobody does.
 */
export class Watch {
  private readonly waiting = new Set<Waiting>();
  private readonly hearing = new Set<Hearing>();
  private readonly fresh = new Set<Waiting>();
  private feed = -1;
  private changes: number | undefined;
  private isLooking = false;
  private isClosed = false;

  constructor(private readonly database: Database) {}

  /** Whether there is something behind a place, as soon as there is; `false` when the signal comes first, or we go. */
  news(
    { partnerId, seq, isRequest = false }: { partnerId: number; seq: number; isRequest?: boolean },
    signal: AbortSignal,
  ): Promise<boolean> {
    if (signal.aborted || this.isClosed) return Promise.resolve(false);
    return new Promise((resolve, reject) => {
      const end = () => waiting.wake(false);
      const waiting: Waiting = {
        partnerId,
        seq,
        isRequest,
        wake: (isNew) => {
          signal.removeEventListener('abort', end);
          this.waiting.delete(waiting);
          this.fresh.delete(waiting);
          if (typeof isNew === 'boolean') resolve(isNew);
          else reject(isNew);
        },
      };
      signal.addEventListener('abort', end);
      this.waiting.add(waiting);
      this.fresh.add(waiting);
      this.begin();
    });
  }

  /** Tells somebody of new stories until he has heard enough. */
  hear(hearing: Hearing): () => void {
    if (this.isClosed) hearing(null);
    this.hearing.add(hearing);
    this.begin();
    return () => void this.hearing.delete(hearing);
  }

  /** How many hear of new stories. */
  get listening(): number {
    return this.hearing.size;
  }

  /** How many requests of a partner wait. */
  requestsOf(partnerId: number): number {
    let count = 0;
    for (const each of this.waiting) if (each.isRequest && each.partnerId === partnerId) count += 1;
    return count;
  }

  /** Lets all go who wait, and nobody wait any more. */
  close(): void {
    this.isClosed = true;
    this.letGo();
  }

  private begin(): void {
    if (this.isLooking || this.isClosed) return;
    this.isLooking = true;
    this.changes = undefined;
    void this.lookOn();
  }

  private async lookOn(): Promise<void> {
    let failingSince: number | undefined;
    while (this.waiting.size + this.hearing.size > 0) {
      try {
        await this.look();
        failingSince = undefined;
        await sleep(freshForMs);
      } catch (error) {
        failingSince ??= performance.now();
        if (performance.now() - failingSince > patienceMs) this.letGo(error as Error);
        await sleep(pauseAfterFailureMs);
      }
    }
    this.isLooking = false;
  }

  /** Ends what waits; with an error where there is one. */
  private letGo(error?: Error): void {
    for (const { wake } of [...this.waiting]) wake(error ?? false);
    for (const hearing of [...this.hearing]) hearing(null);
    this.hearing.clear();
  }

  private async look(): Promise<void> {
    let [seen] = await this.read();
    if (seen!.behind === 1) {
      await catchUp({ database: this.database });
      [seen] = await this.read();
    }
    const { feed, changes } = seen!;
    if (feed !== this.feed || this.fresh.size > 0) await this.wakeThose();
    this.feed = feed;
    if (this.hearing.size > 0 && changes !== this.changes) await this.tellNew(changes);
    this.changes = changes;
  }

  private read(): Promise<Look[]> {
    const value = (name: string) => sql`(select value from counter where name = ${name})`;
    return this.database.read<Look>(
      sql`select ${behind(this.database)} as behind, ${value('syndication')} as feed, ${value('change')} as changes`,
      'primary',
    );
  }

  /** Wakes those in whose feed there is something behind their place. */
  private async wakeThose(): Promise<void> {
    const asked = [...this.waiting];
    for (const each of asked) this.fresh.delete(each);
    const ids = [...new Set(asked.map(({ partnerId }) => partnerId))];
    const heads = new Map<number, number | null>();
    for (let i = 0; i < ids.length; i += widestUnion) {
      const each = ids
        .slice(i, i + widestUnion)
        .map((id) => sql`select ${id} as id, (select max(seq) from partner_change where partnerId = ${id}) as seq`);
      const rows = await this.database.read<{ id: number; seq: number | null }>(join(each, ' union all '), 'primary');
      for (const { id, seq } of rows) heads.set(id, seq);
    }
    for (const { partnerId, seq, wake } of asked) if ((heads.get(partnerId) ?? 0) > seq) wake(true);
  }

  private async tellNew(until: number): Promise<void> {
    if (this.changes === undefined) return;
    const rows = await this.database.read<{ subjectId: number }>(
      sql`select subjectId from content_change
          where seq > ${this.changes} and seq <= ${until} and op = 'PUBLISHED' and subject = 'Article' order by seq`,
      'primary',
    );
    if (rows.length === 0) return;
    for (const hearing of this.hearing) hearing(rows.map(({ subjectId }) => subjectId));
  }
}

const pauseAfterFailureMs = 200;
/** For how long the database may be away before those who wait hear of it. */
const patienceMs = 10_000;

/** How many feeds one statement asks for the end of: SQLite allows 500 parts in a union. */
const widestUnion = 250;

const watches = new WeakMap<Database, Watch>();

/** The watch that all in this process share who read one database. */
export function watchOf(database: Database): Watch {
  const watch = watches.get(database) ?? new Watch(database);
  watches.set(database, watch);
  return watch;
}
