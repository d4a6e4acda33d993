import { read, type Reading } from '../kernel/context.js';
import { hold } from '../kernel/hold.js';
import { loadOne } from '../kernel/loader.js';
import { tag } from '../kernel/tags.js';
import { raw, sql, type Sql } from '../kernel/sql.js';

export interface PictureView {
  id: number;
  file: string | null;
  width: number | null;
  height: number | null;
  alt: string;
  caption: string;
  credit: string;
  licence: string | null;
  usageTerms: string | null;
  focalX: number;
  focalY: number;
}

const names = [
  'id',
  'file',
  'width',
  'height',
  'alt',
  'caption',
  'credit',
  'licence',
  'usageTerms',
  'focalX',
  'focalY',
];

/** The columns of a joined picture, for `pictureOf`. */
export const pictureColumns = (alias: string): Sql =>
  raw(names.map((name) => `${alias}.${name} as picture_${name}`).join(', '));

/** Columns of `pictureColumns`, as they come back. */
export type PictureColumns = { [Name in keyof PictureView as `picture_${Name}`]: PictureView[Name] | null };

/** The joined picture of a row, or `null` when there was none. */
export function pictureOf(row: PictureColumns): PictureView | null {
  if (row.picture_id === null) return null;
  return {
    id: row.picture_id,
    file: row.picture_file,
    width: row.picture_width,
    height: row.picture_height,
    alt: row.picture_alt!,
    caption: row.picture_caption!,
    credit: row.picture_credit!,
    licence: row.picture_licence,
    usageTerms: row.picture_usageTerms,
    focalX: row.picture_focalX!,
    focalY: row.picture_focalY!,
  };
}

const ownTag = (_: unknown, id: number): string[] => [tag('Picture', id)];

const heldPictures = hold({
  select: async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<PictureView>(reading, sql`select ${raw(names.join(', '))} from picture where id in ${ids}`);
    return new Map(rows.map((picture) => [picture.id, picture]));
  },
  touches: ownTag,
  most: 5_000,
});

export const pictureById = loadOne(
  async (reading: Reading, ids: readonly number[]) => [...(await heldPictures(reading, ids)).values()],
  (picture) => picture.id,
  ownTag,
);
