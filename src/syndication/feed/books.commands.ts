import type { Transaction } from '../../kernel/database.js';
import { groupBy } from '../../kernel/group.js';
import { sql } from '../../kernel/sql.js';
import { insertMany } from '../../kernel/write.js';
import type { Books, Due, HeldStory, Source, Told } from './books.rules.js';
import { PartnerChangeRow, PartnerDueRow, PartnerStoryRow } from './feed.rows.js';
import { matchesOf, textsWhere } from './match.queries.js';

/** Where the work stands: numbers that are held until the transaction ends, so that one process tells at a time. */
export interface Place {
  /** The database's clock. */
  now: number;
  /** Up to where our own feed has been told. */
  told: number;
  /** The newest change of ours. */
  newest: number;
  /** How often the schedule was changed, and as of which of them it was looked at. */
  schedules: number;
  seenSchedules: number;
  /** The last place that any partner was given. */
  seq: number;
}

/** Waits for its turn to tell partners of something; others wait until the transaction ends, which makes places the order of commits. */
export async function takeTurn(tx: Transaction): Promise<Place> {
  await tx.run(sql`update counter set value = value where name = 'syndication'`);
  const rows = await tx.read<{ name: string; value: number; now: number }>(
    sql`select name, value, ${tx.now} as now from counter
        where name in ('change', 'schedule', 'syndication', 'syndicated', 'syndicated-schedule')`,
  );
  const value = (name: string) => rows.find((row) => row.name === name)?.value ?? 0;
  return {
    now: rows[0]!.now,
    told: value('syndicated'),
    newest: value('change'),
    schedules: value('schedule'),
    seenSchedules: value('syndicated-schedule'),
    seq: value('syndication'),
  };
}

export const setCounter = (tx: Transaction, name: string, value: number): Promise<number> =>
  tx.run(sql`update counter set value = ${value} where name = ${name}`);

/**
 * Opens the books on some stories, and on texts of them besides those that they speak of themselves. What has a place in
 * our feed has begun, also when it was entered since somebody looked at the clock.
 */
export async function openBooks(
  tx: Transaction,
  place: Place,
  articleIds: readonly number[],
  publicationIds: readonly number[] = [],
): Promise<Books> {
  const stories = await tx.read<HeldStory>(
    sql`select partnerId, articleId, state, publicationId, productId, seq, liftAt from partner_story
        where articleId in ${articleIds}`,
  );
  const dues = await tx.read<Due>(
    sql`select partnerId, publicationId, kind, articleId, productId, dueAt, source from partner_due
        where articleId in ${articleIds}`,
  );
  const ids = new Set([...publicationIds, ...stories.map(idOf), ...dues.map(idOf)]);
  const texts = ids.size === 0 ? [] : await textsWhere(tx, sql`p.id in ${[...ids]}`);
  const sources = new Set([...dues.map(({ source }) => source ?? 0), ...texts.map(({ seq }) => seq ?? 0)]);
  const changes =
    dues.length === 0
      ? []
      : await tx.read<Source & { seq: number }>(
          sql`select seq, op, version, note from content_change where seq in ${[...sources]}`,
        );
  return {
    now: Math.max(place.now, ...texts.flatMap(({ seq, visibleFrom }) => (seq === null ? [] : visibleFrom))),
    texts: new Map(texts.map((text) => [text.id, text])),
    matches: await matchesOf(tx, texts, place.now),
    sources: new Map(changes.map(({ seq, ...source }) => [seq, source])),
    stories: nested(stories),
    dues: groupBy(dues, ({ articleId }) => articleId),
    ...unwritten(place),
  };
}

const unwritten = ({ seq }: Place): Pick<Books, 'told' | 'changed' | 'nextSeq'> => ({
  told: [],
  changed: { stories: new Set(), dues: new Set() },
  nextSeq: seq + 1,
});

/** Books on stories that are known already, of one partner. */
export const booksOf = (place: Place, stories: readonly HeldStory[]): Books => ({
  now: place.now,
  texts: new Map(),
  matches: new Map(),
  sources: new Map(),
  stories: nested(stories),
  dues: new Map(),
  ...unwritten(place),
});

const idOf = ({ publicationId }: { publicationId: number }): number => publicationId;

function nested(stories: readonly HeldStory[]): Map<number, Map<number, HeldStory>> {
  const byArticle = new Map<number, Map<number, HeldStory>>();
  for (const story of stories) {
    const ofArticle = byArticle.get(story.articleId) ?? new Map<number, HeldStory>();
    byArticle.set(story.articleId, ofArticle.set(story.partnerId, story));
  }
  return byArticle;
}

/** Writes down what partners were told, what each has from now on, and what will be told by itself. */
export async function closeBooks(tx: Transaction, place: Place, books: Books): Promise<void> {
  await keepVersionsRising(tx, books.told);
  await insertMany(tx, PartnerChangeRow, books.told);
  await insertMany(tx, PartnerStoryRow, [...books.changed.stories], { replacing: true });
  const articleIds = [...books.changed.dues];
  if (articleIds.length > 0) {
    await tx.run(sql`delete from partner_due where articleId in ${articleIds}`);
    const dues = articleIds.flatMap((articleId) => books.dues.get(articleId) ?? []);
    await insertMany(tx, PartnerDueRow, dues);
  }
  place.seq = books.nextSeq - 1;
  if (books.told.length > 0) await setCounter(tx, 'syndication', place.seq);
}

/** Each change of a story has a higher version than the one before it in a partner's feed, so that who goes by it misses nothing. */
async function keepVersionsRising(tx: Transaction, told: readonly Told[]): Promise<void> {
  const articleIds = [...new Set(told.flatMap(({ articleId }) => articleId ?? []))];
  const partnerIds = [...new Set(told.map(({ partnerId }) => partnerId))];
  const last = new Map<string, number>();
  for (let i = 0; i < articleIds.length; i += 1_000) {
    const rows = await tx.read<{ articleId: number; partnerId: number; version: number }>(
      sql`select articleId, partnerId, max(version) as version from partner_change
          where articleId in ${articleIds.slice(i, i + 1_000)} and partnerId in ${partnerIds} group by articleId, partnerId`,
    );
    for (const { articleId, partnerId, version } of rows) last.set(`${articleId} ${partnerId}`, version);
  }
  for (const change of told) {
    if (change.articleId === null) continue;
    const key = `${change.articleId} ${change.partnerId}`;
    change.version = Math.max(change.version, (last.get(key) ?? 0) + 1);
    last.set(key, change.version);
  }
}
