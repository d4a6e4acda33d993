import type { Database } from '../kernel/database.js';
import type { Signer } from '../kernel/signing.js';
import { sql } from '../kernel/sql.js';
import { keyExpiry } from '../media/media-key.rules.js';
import { isKilledFile, isOpenFile } from '../articles/open-picture.queries.js';

/** Who may fetch a picture's file: everybody, whoever came with a key of it, or nobody. */
export type MediaAccess = (file: string, key: string | undefined) => Promise<'OPEN' | 'KEYED' | null>;

/** Asks the database each time, by its clock: what is taken back closes at once. */
export function mediaAccess({ database, signer }: { database: Database; signer: Signer }): MediaAccess {
  return async (file, key) => {
    const { now } = database;
    const [row] = await database.read<{ access: 'OPEN' | 'KEYED' | null }>(
      sql`select case when ${keyExpiry(signer, file, key)} > ${now} and not ${isKilledFile(sql`${file}`)} then 'KEYED'
                      when ${isOpenFile(sql`${file}`, now)} then 'OPEN' end as access`,
      'replica',
    );
    return row!.access;
  };
}
