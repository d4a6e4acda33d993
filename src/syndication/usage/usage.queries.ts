import { read, type Context, type Reading } from '../../kernel/context.js';
import type { Dialect } from '../../kernel/database.js';
import { badInput } from '../../kernel/errors.js';
import { loadManyWith } from '../../kernel/loader.js';
import { sql, type Sql } from '../../kernel/sql.js';
import type { UsageCount, Used } from './usage.counters.js';

export interface UsageOfKey extends Used {
  keyId: number;
}

export interface UsageOfProduct extends Used {
  productId: number;
}

/** What a partner took on a day, in UTC: in all, by key, and by product. */
export interface UsageDayView extends Used {
  date: string;
  keys: UsageOfKey[];
  products: UsageOfProduct[];
}

const longest = 400;

/** The day, in UTC by the database's clock, so many days before today. */
const dayBefore = (dialect: Dialect, days: number): Sql =>
  dialect === 'mysql'
    ? sql`date_format(utc_timestamp() - interval ${days} day, '%Y-%m-%d')`
    : sql`date('now', ${`-${days} days`})`;

const countsByPartner = loadManyWith(
  (reading: Reading, days: number, partnerIds: readonly number[]) =>
    read<UsageCount>(
      reading,
      sql`select partnerId, day, keyId, productId, requests, stories, cost from partner_usage
          where partnerId in ${partnerIds} and day > ${dayBefore(reading.database.dialect, days)}
          order by partnerId, day desc, keyId, productId`,
    ),
  ({ partnerId }) => partnerId,
  'unkept',
);

/** What a partner took on the last days, today included, newest first; days without anything are left out. */
export async function usageOf(
  ctx: Context,
  { partnerId, days }: { partnerId: number; days: number },
): Promise<UsageDayView[]> {
  if (days < 1 || days > longest) throw badInput(`\`days\` is from 1 to ${longest}, not ${days}.`);
  const byDay = new Map<string, UsageCount[]>();
  for (const count of await countsByPartner(ctx, days).load(partnerId)) {
    byDay.set(count.day, [...(byDay.get(count.day) ?? []), count]);
  }
  return [...byDay].map(([date, counts]) => ({
    date,
    ...sumOf(counts),
    keys: summed(counts, ({ keyId }) => keyId).map(([keyId, used]) => ({ keyId, ...used })),
    products: summed(counts, ({ productId }) => productId).map(([productId, used]) => ({ productId, ...used })),
  }));
}

function summed(counts: readonly UsageCount[], keyOf: (count: UsageCount) => number): [number, Used][] {
  const keys = [...new Set(counts.map(keyOf))].sort((a, b) => a - b);
  return keys.map((key) => [key, sumOf(counts.filter((count) => keyOf(count) === key))]);
}

function sumOf(counts: readonly UsageCount[]): Used {
  const sum = (of: (count: UsageCount) => number) => counts.reduce((total, count) => total + of(count), 0);
  return { requests: sum((c) => c.requests), stories: sum((c) => c.stories), cost: sum((c) => c.cost) };
}
