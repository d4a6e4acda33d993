import type { Transaction } from '../../kernel/database.js';
import { join, nothing, raw, sql } from '../../kernel/sql.js';
import { insertMany } from '../../kernel/write.js';
import { shelfOf, shelved, without } from './shelf.rules.js';
import { WordingTermRow } from './wording.rows.js';

/** How many terms one statement is about. */
const atOnce = 1_000;

/** Puts editions on the shelves of their terms, behind those that stand there. */
export async function shelve(
  tx: Transaction,
  said: readonly { term: number; editionId: number; part: number }[],
): Promise<void> {
  const shelves = new Map<string, { term: number; shelf: number; editions: string }>();
  for (const { term, editionId, part } of said) {
    const shelf = shelfOf(editionId);
    const known = shelves.get(`${term} ${shelf}`);
    if (known) known.editions += shelved(editionId, part);
    else shelves.set(`${term} ${shelf}`, { term, shelf, editions: shelved(editionId, part) });
  }
  const behind =
    tx.dialect === 'mysql'
      ? raw('on duplicate key update editions = concat(editions, values(editions))')
      : raw('on conflict (term, shelf) do update set editions = editions || excluded.editions');
  const rows = [...shelves.values()].sort((a, b) => a.term - b.term || a.shelf - b.shelf);
  for (let i = 0; i < rows.length; i += atOnce) {
    const values = rows.slice(i, i + atOnce).map(({ term, shelf, editions }) => sql`(${term}, ${shelf}, ${editions})`);
    await tx.run(sql`insert into wording_term (term, shelf, editions) values ${join(values, ', ')} ${behind}`);
  }
}

/** Takes editions off the shelves of some terms. */
export async function unshelve(
  tx: Transaction,
  terms: readonly number[],
  editionIds: readonly number[],
): Promise<void> {
  const shelves = [...new Set(editionIds.map(shelfOf))];
  const sorted = [...terms].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; i += atOnce) {
    const some = sql`term in ${sorted.slice(i, i + atOnce)} and shelf in ${shelves}`;
    const rows = await tx.read<{ term: number; shelf: number; editions: string }>(
      sql`select term, shelf, editions from wording_term where ${some} order by term, shelf
          ${tx.dialect === 'mysql' ? raw('for update') : nothing}`,
    );
    const left = rows.map(({ term, shelf, editions }) => {
      const here = editionIds.filter((id) => shelfOf(id) === shelf);
      return { term, shelf, editions: without(editions, here) };
    });
    await insertMany(tx, WordingTermRow, left, { replacing: true });
    await tx.run(sql`delete from wording_term where ${some} and editions = ''`);
  }
}
