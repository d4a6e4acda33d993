import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { insertMany } from '../../kernel/write.js';
import { PictureRow } from '../../media/picture.rows.js';
import { isWebAddress, keyOf } from './address.rules.js';
import type { IncomingPicture } from './story.types.js';
import type { PreparedStory } from './prepare.rules.js';

/** What a picture is called here: its address, or the name it has where it comes from. */
export const pictureName = (source: string, url: string): string => keyOf(isWebAddress(url) ? url : `${source}:${url}`);

/** The pictures of a story, those in its text included. */
export const picturesOf = ({ picture, blocks }: PreparedStory): IncomingPicture[] => [
  ...(picture ? [picture] : []),
  ...blocks.flatMap((block) => (block.kind === 'Picture' ? [block.picture] : [])),
];

/** Sees to it that the pictures of some stories are known, with their words; gives their ids by their addresses. */
export async function picturesFor(
  tx: Transaction,
  source: string,
  stories: readonly { story: PreparedStory }[],
  now: number,
): Promise<Map<string, number>> {
  const pictures = new Map(
    stories.flatMap(({ story }) => picturesOf(story)).map((picture) => [pictureName(source, picture.url), picture]),
  );
  if (pictures.size === 0) return new Map();
  const there = await idsIn(tx, [...pictures.keys()]);
  await insertMany(
    tx,
    PictureRow,
    [...pictures]
      .filter(([name]) => !there.has(name))
      .map(([externalId, picture]) => ({ externalId, ...rowOf(picture, now) })),
    { unlessThere: true },
  );
  const ids = await idsIn(tx, [...pictures.keys()]);
  return new Map(
    stories.flatMap(({ story }) => picturesOf(story)).map(({ url }) => [url, ids.get(pictureName(source, url))!]),
  );
}

async function idsIn(tx: Transaction, names: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.read<{ id: number; externalId: string }>(
    sql`select id, externalId from picture where externalId in ${names}`,
  );
  return new Map(rows.map(({ id, externalId }) => [externalId, id]));
}

const short = (text: string | undefined, most: number): string =>
  [...(text ?? '').toWellFormed().normalize('NFC')].slice(0, most).join('').trim();

const rowOf = ({ alt, caption, credit }: IncomingPicture, now: number) => ({
  ...{ file: null, width: null, height: null },
  alt: short(alt || caption, 500),
  caption: short(caption, 1_000),
  credit: short(credit, 255),
  ...{ licence: null, usageTerms: null, focalX: 0.5, focalY: 0.5, createdAt: now, version: 1, uploadedBy: null },
});
