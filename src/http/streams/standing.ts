import type { Database } from '../../kernel/database.js';
import type { Viewer } from '../../kernel/viewer.js';
import { keysInOrder } from '../../syndication/feed/standing.queries.js';

const everyMs = 2_000;

/** Ends the streams of partners whose keys were revoked or have expired: one statement every two seconds for all of them. */
export class Standing {
  private readonly open = new Map<() => void, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  /** Has `end` called when the viewer may not listen any more; gives what is called when he has stopped by himself. */
  watch(viewer: Viewer, end: () => void): () => void {
    if (viewer.kind !== 'partner') return () => undefined;
    this.open.set(end, viewer.keyId);
    this.timer ??= setInterval(() => void this.look(), everyMs).unref();
    return () => this.stop(end);
  }

  private stop(end: () => void): void {
    this.open.delete(end);
    if (this.open.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    const good = await keysInOrder(this.database, [...new Set(this.open.values())]).catch(() => null);
    if (!good) return; // the database is away: nothing new is told either
    for (const [end, keyId] of [...this.open]) {
      if (good.has(keyId)) continue;
      this.stop(end);
      end();
    }
  }
}
