import { read, type Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { join, raw, sql } from '../kernel/sql.js';

const atOnce = 500;
const tailOf = (word: string): string => [...word].slice(-3).join('');

const counted = (words: readonly string[]): [word: string, stories: number][] => {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)); // in one order, so that nobody waits in a circle
};

/** Counts words once more for each time they are given. */
export async function learnWords(tx: Transaction, words: readonly string[]): Promise<void> {
  const all = counted(words);
  for (let i = 0; i < all.length; i += atOnce) {
    const rows = all.slice(i, i + atOnce).map(([word, stories]) => sql`(${word}, ${tailOf(word)}, ${stories})`);
    const more =
      tx.dialect === 'mysql'
        ? raw('on duplicate key update stories = stories + values(stories)')
        : raw('on conflict (word) do update set stories = stories + excluded.stories');
    await tx.run(sql`insert into search_word (word, tail, stories) values ${join(rows, ', ')} ${more}`);
  }
}

/** Counts words once less for each time they are given; those that no story has any more are forgotten. */
export async function forgetWords(tx: Transaction, words: readonly string[]): Promise<void> {
  const all = counted(words);
  for (let i = 0; i < all.length; i += atOnce) {
    const some = all.slice(i, i + atOnce);
    const less = some.map(([word, stories]) => sql`when ${word} then ${stories}`);
    const these = some.map(([word]) => word);
    await tx.run(
      sql`update search_word set stories = stories - case word ${join(less, ' ')} else 0 end where word in ${these}`,
    );
    await tx.run(sql`delete from search_word where word in ${these} and stories <= 0`);
  }
}

const mostNear = 2_000;

/** Words that begin or end as this one does, most used first. */
export function wordsNear(ctx: Context, word: string): Promise<{ word: string; stories: number }[]> {
  const head = [...word].slice(0, 2).join('');
  return read(
    ctx,
    sql`select word, stories from (
          select * from (select word, stories from search_word where word >= ${head} and word < ${`${head}\uffff`}
                         order by stories desc limit ${mostNear}) h
          union
          select * from (select word, stories from search_word where tail = ${tailOf(word)}
                         order by stories desc limit ${mostNear}) t) near`,
  );
}
