import type { Context } from '../kernel/context.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, nowIn, upsert } from '../kernel/write.js';
import { PictureRow } from './picture.rows.js';

export interface PictureInput {
  /** Who we have it from and what it is called there. */
  externalId: string;
  /** Hash of the original, as `storeOriginal` gave it; none while only the words about it are known. */
  file?: string | undefined;
  width: number;
  height: number;
  alt: string;
  caption: string;
  credit: string;
  licence?: string | undefined;
  usageTerms?: string | undefined;
  focalPoint?: { x: number; y: number } | undefined;
}

/** Makes a picture, or changes the one we have from there under this name. Gives its id. */
export function savePicture(ctx: Context, input: PictureInput): Promise<number> {
  return inTransaction(ctx, async (tx) =>
    upsert(
      tx,
      PictureRow,
      { externalId: checkText('externalId', input.externalId, { min: 1, max: 191 }) },
      {
        file: input.file ?? null,
        width: input.width,
        height: input.height,
        alt: checkText('alt', input.alt, { max: 500 }),
        caption: checkText('caption', input.caption, { max: 1_000 }),
        credit: checkText('credit', input.credit, { max: 255 }),
        licence: input.licence ?? null,
        usageTerms: input.usageTerms ?? null,
        focalX: input.focalPoint?.x ?? 0.5,
        focalY: input.focalPoint?.y ?? 0.5,
      },
      { createdAt: await nowIn(tx) },
    ),
  );
}
