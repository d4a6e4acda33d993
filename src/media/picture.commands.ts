import type { Context } from '../kernel/context.js';
import { touchEverything } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, insertUnlessThere, nowIn, upsert } from '../kernel/write.js';
import { PictureRow } from './picture.rows.js';

export interface PictureInput {
  /** Who we have it from and what it is called there. */
  externalId: string;
  /** Hash of the original, as `storeOriginal` gave it; none while only the words about it are known. */
  file?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  alt: string;
  caption: string;
  credit: string;
  licence?: string | undefined;
  usageTerms?: string | undefined;
  focalPoint?: { x: number; y: number } | undefined;
}

/** Makes a picture, or changes the one we have from there under this name. Gives its id. */
export function savePicture(ctx: Context, input: PictureInput): Promise<number> {
  const { externalId, ...picture } = checkedPicture(input);
  return inTransaction(ctx, async (tx) => {
    await touchEverything(tx);
    return upsert(tx, PictureRow, { externalId }, picture, { createdAt: await nowIn(tx) });
  });
}

/** Makes a picture unless we have one from there under this name, which stays as it is. Gives its id. */
export function keepPicture(ctx: Context, input: PictureInput): Promise<number> {
  const picture = checkedPicture(input);
  return inTransaction(ctx, async (tx) => {
    await insertUnlessThere(tx, PictureRow, { ...picture, createdAt: await nowIn(tx) });
    const [row] = await tx.read<{ id: number }>(sql`select id from picture where externalId = ${picture.externalId}`);
    return row!.id;
  });
}

const checkedPicture = (input: PictureInput) => ({
  externalId: checkText('externalId', input.externalId, { min: 1, max: 191 }),
  file: input.file ?? null,
  width: input.width ?? null,
  height: input.height ?? null,
  alt: checkText('alt', input.alt, { max: 500 }),
  caption: checkText('caption', input.caption, { max: 1_000 }),
  credit: checkText('credit', input.credit, { max: 255 }),
  licence: input.licence === undefined ? null : checkText('licence', input.licence, { max: 80 }),
  usageTerms: input.usageTerms === undefined ? null : checkText('usageTerms', input.usageTerms, { max: 500 }),
  focalX: input.focalPoint?.x ?? 0.5,
  focalY: input.focalPoint?.y ?? 0.5,
});
