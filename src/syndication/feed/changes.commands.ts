import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { closeBooks, openBooks, setCounter, type Place } from './books.commands.js';
import { tellMerge } from './merge.commands.js';
import { tellPictures } from './picture.commands.js';
import { tellStory, type OwnChange } from './telling.rules.js';

/** How many changes of ours are told of together, and how many more where one changes which stories a product has. */
const most = { atOnce: 100, behind: 10_000 };

/** Tells all changes of ours, however many there are, within a transaction that has taken its turn. */
export async function tellAllChanges(tx: Transaction, place: Place): Promise<void> {
  while (await tellChanges(tx, place));
}

/** Tells the next changes of ours. Says whether there may be more. */
export async function tellChanges(tx: Transaction, place: Place): Promise<boolean> {
  if (place.newest <= place.told) return false;
  const changes = await changesBehind(tx, place.told, most.atOnce);
  const isFull = changes.length === most.atOnce;
  if (isFull && !changes.every(isOfStory)) changes.push(...(await changesBehind(tx, changes.at(-1)!.seq, most.behind)));
  for (const part of inParts(changes)) await tellPart(tx, place, part);
  place.told = changes.at(-1)?.seq ?? place.newest;
  await setCounter(tx, 'syndicated', place.told);
  return isFull;
}

const changesBehind = (tx: Transaction, seq: number, limit: number): Promise<OwnChange[]> =>
  tx.read<OwnChange>(
    sql`select seq, at, op, subject, subjectId, version, publicationId, note from content_change
        where seq > ${seq} order by seq limit ${limit}`,
  );

/**
 * Stories are told of together. What changes which stories a product has comes behind them, each alone: it gives what is
 * there by now, of which has to be told before what it was, a correction or the end.
 */
function inParts(changes: readonly OwnChange[]): OwnChange[][] {
  const ofStories = changes.filter(isOfStory);
  const parts = Array.from({ length: Math.ceil(ofStories.length / most.atOnce) }, (_, i) =>
    ofStories.slice(i * most.atOnce, (i + 1) * most.atOnce),
  );
  return [...parts, ...changes.filter((change) => !isOfStory(change)).map((change) => [change])];
}

const isOfStory = ({ subject }: OwnChange): boolean => subject === 'Article';

async function tellPart(tx: Transaction, place: Place, part: readonly OwnChange[]): Promise<void> {
  const [first] = part as [OwnChange];
  if (first.op === 'PICTURE_SAVED') return tellPictures(tx, place, first);
  if (!isOfStory(first)) return tellMerge(tx, place, first);
  const articleIds = [...new Set(part.map(({ subjectId }) => subjectId))];
  const books = await openBooks(
    tx,
    place,
    articleIds,
    part.flatMap(({ publicationId }) => publicationId ?? []),
  );
  for (const change of part) tellStory(books, change);
  await closeBooks(tx, place, books);
}
