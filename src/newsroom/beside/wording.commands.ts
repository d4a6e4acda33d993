import { blockText, withInner, type Block } from '../../articles/body.rules.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { join, raw, sql } from '../../kernel/sql.js';
import { insertMany } from '../../kernel/write.js';
import { packedRuns, runsIn } from './runs.rules.js';
import { countsOf } from './wording.queries.js';
import { shelve, unshelve } from './shelf.commands.js';
import { WordingRow } from './wording.rows.js';
import {
  analysedText,
  keptTerms,
  lengthOf,
  packed,
  termsOf,
  wordsIn,
  type TermCounts,
  type WordedTerm,
} from './wording.rules.js';

/** How many stories are read and written in one go, and how many terms one statement counts. */
const atOnce = { stories: 250, terms: 1_000 };

interface Change {
  subject: string;
  subjectId: number;
}

/** Follows a change of a story, as the outbox tells it. */
export async function wordChange(ctx: Context, change: unknown): Promise<void> {
  const { subject, subjectId } = change as Change;
  if (subject === 'Article') await wordStories(ctx, [subjectId]);
}

/** As `wordChange`, for many stories at once. */
export async function wordTexts(ctx: Context, job: unknown): Promise<void> {
  const { articleIds } = job as { articleIds: number[] };
  for (let i = 0; i < articleIds.length; i += atOnce.stories) {
    await wordStories(ctx, articleIds.slice(i, i + atOnce.stories));
  }
}

/** Writes down how all stories are worded of which it is not known yet; gives how many. Stopped, it goes on where it was. */
export async function wordAllStories(
  ctx: Context,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<number> {
  const { database } = ctx;
  const lacking = sql`from publication p left join wording w on w.editionId = p.editionId
    where w.editionId is null and p.recalledAt is null and (p.visibleUntil > ${database.now} or p.partnersUntil > ${database.now})`;
  const [{ total }] = (await database.read<{ total: number }>(
    sql`select count(distinct p.articleId) as total ${lacking}`,
    'primary',
  )) as [{ total: number }];
  let done = 0;
  for (let last = 0; ;) {
    const rows = await database.read<{ articleId: number }>(
      sql`select distinct p.articleId ${lacking} and p.articleId > ${last} order by p.articleId limit ${atOnce.stories}`,
      'primary',
    );
    if (rows.length === 0) return done;
    await wordStories(
      ctx,
      rows.map(({ articleId }) => articleId),
    );
    last = rows.at(-1)!.articleId;
    progress((done += rows.length), Math.max(total, done));
  }
}

/** Has it written down how the texts of some stories are worded that readers or partners see or will see, and no others. */
async function wordStories({ database }: Context, articleIds: readonly number[]): Promise<void> {
  await database.transaction(async (tx) => {
    const ids = [...articleIds].sort((a, b) => a - b);
    await tx.run(sql`update article set version = version where id in ${ids}`);
    const wanted = await tx.read<{ editionId: number }>(
      sql`select distinct editionId from publication where articleId in ${ids} and recalledAt is null
          and (visibleUntil > ${tx.now} or partnersUntil > ${tx.now})`,
    );
    const there = await tx.read<{ editionId: number; terms: string }>(
      sql`select editionId, terms from wording where articleId in ${ids}`,
    );
    const isWanted = new Set(wanted.map(({ editionId }) => editionId));
    const isThere = new Set(there.map(({ editionId }) => editionId));
    await forget(
      tx,
      there.filter(({ editionId }) => !isWanted.has(editionId)),
    );
    await add(
      tx,
      [...isWanted].filter((id) => !isThere.has(id)),
    );
  });
}

async function forget(tx: Transaction, stale: readonly { editionId: number; terms: string }[]): Promise<void> {
  if (stale.length === 0) return;
  const ids = stale.map(({ editionId }) => editionId);
  const words = stale.map(({ terms }) => wordsIn(terms).map((term) => ({ term })));
  const terms = [...new Set(words.flat().map(({ term }) => term))];
  await unshelve(tx, terms, ids);
  await tx.run(sql`delete from wording where editionId in ${ids}`);
  await count(tx, words, -1);
}

async function add(tx: Transaction, editionIds: readonly number[]): Promise<void> {
  if (editionIds.length === 0) return;
  const texts = (await textsOf(tx, editionIds)).map(({ articleId, editionId, ...text }) => {
    const parts = analysedText(text);
    return { articleId, editionId, all: termsOf(parts), runs: packedRuns(runsIn(parts)) };
  });
  const words = texts.map(({ all }) => all.filter(({ of }) => of === null));
  const known = await countsOf(tx.dialect, (statement) => tx.read(statement), [
    ...new Set(words.flat().map(({ term }) => term)),
  ]);
  const counts = withThese(known, words);
  const made = texts.map(({ articleId, editionId, all, runs }) => {
    const kept = keptTerms(all, counts);
    const length = lengthOf(kept);
    const row = { editionId, articleId, terms: packed(kept), runs, length };
    const words = kept.filter(({ of }) => of === null);
    return { row, words, said: words.map(({ term, weight }) => ({ term, editionId, part: weight / length })) };
  });
  await insertMany(
    tx,
    WordingRow,
    made.map(({ row }) => row),
  );
  await shelve(
    tx,
    made.flatMap(({ said }) => said),
  );
  await count(
    tx,
    made.map(({ words }) => words),
    1,
  );
}

/** The counts as they will be with some texts more. */
function withThese({ texts, of }: TermCounts, words: readonly (readonly WordedTerm[])[]): TermCounts {
  const more = countedIn(words);
  return { texts: texts + words.length, of: (term) => of(term) + (more.get(term) ?? 0) };
}

const countedIn = (words: readonly (readonly { term: number }[])[]): Map<number, number> => {
  const counts = new Map<number, number>([[0, words.length]]);
  for (const text of words) for (const { term } of text) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
};

/** Counts the words of some texts once more or once less; in one order, so that nobody waits in a circle. */
async function count(tx: Transaction, words: readonly (readonly { term: number }[])[], by: 1 | -1): Promise<void> {
  const all = [...countedIn(words)].sort(([a], [b]) => a - b);
  for (let i = 0; i < all.length; i += atOnce.terms) {
    const rows = all.slice(i, i + atOnce.terms).map(([term, texts]) => sql`(${term}, ${by * texts})`);
    const more =
      tx.dialect === 'mysql'
        ? raw('on duplicate key update texts = texts + values(texts)')
        : raw('on conflict (term) do update set texts = texts + excluded.texts');
    await tx.run(sql`insert into wording_count (term, texts) values ${join(rows, ', ')} ${more}`);
  }
}

interface TextRow {
  articleId: number;
  editionId: number;
  language: string;
  title: string;
  standfirst: string;
  body: string;
}

async function textsOf(tx: Transaction, editionIds: readonly number[]) {
  const rows = await tx.read<TextRow>(
    sql`select articleId, id as editionId, language, title, standfirst, body from edition where id in ${editionIds} order by id`,
  );
  return rows.map(({ body, ...row }) => ({
    ...row,
    paragraphs: withInner(JSON.parse(body) as Block[]).flatMap((block) => blockText(block).split('\n')),
  }));
}
