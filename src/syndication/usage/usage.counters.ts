import { randomUUID } from 'node:crypto';
import { dayOf } from '../../kernel/scalars.js';

/** What is counted of a partner's requests. */
export interface Used {
  requests: number;
  stories: number;
  cost: number;
}

/** Whose day it is counted for: product 0 is what belongs to none. */
export interface UsageKey {
  partnerId: number;
  day: string;
  keyId: number;
  productId: number;
}

export type UsageCount = UsageKey & Used;

/** What was counted since the last batch, to be written once. */
export interface UsageBatch {
  id: string;
  /** The one before, which was written. */
  previous: string | null;
  counts: readonly UsageCount[];
  /** The minute in which each key was used last, as milliseconds since 1970. */
  lastUsed: ReadonlyMap<number, number>;
}

const minute = 60_000;

/** What one process has counted and not written yet. */
export class UsageCounters {
  private counts = new Map<string, UsageCount>();
  private lastUsed = new Map<number, number>();
  private batch: UsageBatch | null = null;
  private previous: string | null = null;

  /** Counts what a request took at a moment of the database's clock. */
  add(key: Omit<UsageKey, 'day'> & { at: number }, used: Partial<Used>): void {
    const { partnerId, keyId, productId, at } = key;
    const day = dayOf(at);
    const name = `${partnerId} ${day} ${keyId} ${productId}`;
    const count = this.counts.get(name) ?? { partnerId, day, keyId, productId, requests: 0, stories: 0, cost: 0 };
    count.requests += used.requests ?? 0;
    count.stories += used.stories ?? 0;
    count.cost += used.cost ?? 0;
    this.counts.set(name, count);
    this.lastUsed.set(keyId, Math.max(this.lastUsed.get(keyId) ?? 0, Math.floor(at / minute) * minute));
  }

  /** What is to be written next: the same until it is said to be written, so that it can be tried again. */
  next(): UsageBatch | null {
    if (this.batch || this.counts.size === 0) return this.batch;
    const counts = [...this.counts.values()];
    this.batch = { id: randomUUID(), previous: this.previous, counts, lastUsed: this.lastUsed };
    this.counts = new Map();
    this.lastUsed = new Map();
    return this.batch;
  }

  written({ id }: UsageBatch): void {
    this.previous = id;
    this.batch = null;
  }
}
