import { listOf } from '../../articles/list.rules.js';
import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { booksOf, closeBooks, type Place } from './books.commands.js';
import { enter } from './books.rules.js';
import { fitHere } from './fit-partner.commands.js';
import { noteScheduled } from './schedule.commands.js';
import type { OwnChange } from './telling.rules.js';

/**
 * Tells those who have a story that names an entity that another took its place. Which stories a product has that was
 * made for the one or the other is another question from then on, and again when the merge is undone.
 */
export async function tellMerge(tx: Transaction, place: Place, change: OwnChange): Promise<void> {
  const { op, subjectId } = change;
  if (op !== 'ENTITY_MERGED' && op !== 'ENTITY_SAVED') return;
  const merges = await tx.read<{ fromId: number; intoId: number; undoneAt: number | null }>(
    sql`select fromId, intoId, undoneAt from entity_merge where fromId = ${subjectId} or intoId = ${subjectId}`,
  );
  if (op === 'ENTITY_MERGED') await tellOfMerge(tx, place, change);
  else if (!merges.some(({ undoneAt }) => undoneAt !== null)) return;
  const lists = [...new Set(merges.flatMap(({ fromId, intoId }) => [fromId, intoId]))].map(listOf.entity);
  const concerned = await tx.read<{ partnerId: number }>(
    sql`select distinct pp.partnerId from product_list pl join partner_product pp on pp.productId = pl.productId
        where pl.list in ${lists} order by pp.partnerId`,
  );
  if (concerned.length > 0) await noteScheduled(tx, place);
  for (const { partnerId } of concerned) await fitHere(tx, place, { partnerId });
}

async function tellOfMerge(tx: Transaction, place: Place, { subjectId, at, version }: OwnChange): Promise<void> {
  const [former] = await tx.read<{ mergedInto: number | null }>(
    sql`select mergedInto from entity where id = ${subjectId}`,
  );
  if (former?.mergedInto == null) return; // undone since
  const holders = await tx.read<{ partnerId: number }>(
    sql`select distinct s.partnerId from listing l
        join partner_story s on s.articleId = l.articleId and s.state = 'HELD'
        where l.list = ${listOf.entity(former.mergedInto)} order by s.partnerId`,
  );
  const books = booksOf(place, []);
  const about = { kind: 'ENTITY_MERGED' as const, entityId: former.mergedInto, formerEntityId: subjectId };
  for (const { partnerId } of holders) enter(books, { partnerId, at, version, ...about });
  await closeBooks(tx, place, books);
}
