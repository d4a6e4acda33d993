import { createHash } from 'node:crypto';
import type { Transaction } from '../kernel/database.js';
import { missing } from '../kernel/errors.js';
import { raw, sql } from '../kernel/sql.js';
import { insertAll, nowIn } from '../kernel/write.js';
import { blockRows, blocksIn, type Row } from './content.queries.js';
import { FrontBlockRow, FrontEditionRow, FrontPinRow } from './front.rows.js';
import type { FrontText } from './front.rules.js';

/** Stores an arrangement as the newest of a front that the transaction holds; nothing when it is the newest already. */
export async function storeArrangement(
  tx: Transaction,
  frontId: number,
  text: FrontText,
  by: { savedBy: number | null; note: string | null },
): Promise<{ id: number; number: number } | null> {
  const [last] = await tx.read<{ number: number; contentHash: string }>(
    sql`select number, contentHash from front_edition where frontId = ${frontId} order by number desc limit 1`,
  );
  const contentHash = createHash('sha256').update(JSON.stringify(text)).digest('base64url');
  if (last?.contentHash === contentHash) return null;
  const number = (last?.number ?? 0) + 1;
  const { title, description, blocks } = text;
  const row = { frontId, number, title, description, contentHash, savedAt: await nowIn(tx), ...by };
  const { id } = (await tx.manager.insert(FrontEditionRow, row)).identifiers[0] as { id: number };
  await insertAll(
    tx,
    FrontBlockRow,
    blocks.map(({ key: blockKey, title, layout, size, fill }, position) => {
      return { editionId: id, position, blockKey, title, layout, size, fill };
    }),
  );
  const made = await tx.read<{ id: number }>(sql`select id from front_block where editionId = ${id} order by position`);
  await insertAll(
    tx,
    FrontPinRow,
    blocks.flatMap(({ pins }, i) => pins.map((pin) => ({ ...pin, blockId: made[i]!.id }))),
  );
  return { id, number };
}

export interface StoredArrangement {
  editionId: number;
  number: number;
  text: FrontText;
}

/** An arrangement of a front, as it could be saved again: the newest, or the one of a number. */
export async function storedArrangement(
  tx: Transaction,
  frontId: number,
  number: number | 'newest',
): Promise<StoredArrangement> {
  const wanted = number === 'newest' ? raw('order by number desc limit 1') : sql`and number = ${number}`;
  const [edition] = await tx.read<{ id: number; number: number; title: string; description: string }>(
    sql`select id, number, title, description from front_edition where frontId = ${frontId} ${wanted}`,
  );
  if (!edition) throw missing('revision of that front', 'revision');
  const { id: editionId, title, description } = edition;
  const blocks = blocksIn(await tx.read<Row>(blockRows([editionId]))).get(editionId) ?? [];
  return { editionId, number: edition.number, text: { title, description, blocks } };
}
