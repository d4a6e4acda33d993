import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { closeBooks, openBooks, setCounter, type Place } from './books.commands.js';
import { bestOf, foresee, give, isForPartners, storiesOf, take, type Books } from './books.rules.js';
import { textsWhere } from './match.queries.js';

/**
 * Notes what was scheduled, for each partner at his moment; and tells those who had something before readers what became
 * of it when it was taken from the schedule.
 */
export async function tellSchedule(tx: Transaction, place: Place): Promise<void> {
  if (place.schedules === place.seenSchedules) return;
  await noteScheduled(tx, place);
  await tellUnscheduled(tx, place);
  await setCounter(tx, 'syndicated-schedule', place.schedules);
}

/** Notes what was scheduled since anybody looked, for each partner: before one of them is given what his products let him have. */
export async function noteScheduled(tx: Transaction, place: Place): Promise<void> {
  if (place.schedules === place.seenSchedules) return;
  const scheduled = await tx.read<{ id: number; articleId: number }>(
    sql`select p.id, p.articleId from publication p where p.seq is null
          and not exists (select 1 from partner_due d where d.articleId = p.articleId and d.publicationId = p.id)
          and not exists (select 1 from partner_story s where s.publicationId = p.id)`,
  );
  if (scheduled.length === 0) return;
  const ids = scheduled.map(({ id }) => id);
  const books = await openBooks(tx, place, [...new Set(scheduled.map(({ articleId }) => articleId))], ids);
  for (const id of ids) noteText(books, id);
  await closeBooks(tx, place, books);
}

/** Notes for each partner when he will have a text. */
function noteText(books: Books, id: number): void {
  const text = books.texts.get(id);
  if (!text || !isForPartners(text)) return;
  const { articleId, seq: source } = text;
  for (const { partnerId, productId, moment } of bestOf(books, id).values()) {
    foresee(books, { partnerId, productId, articleId, publicationId: id, kind: 'ARRIVE', dueAt: moment, source });
  }
}

/** What somebody had before readers, and is not scheduled any more: he gets what is there instead, or has to take it down. */
async function tellUnscheduled(tx: Transaction, place: Place): Promise<void> {
  const lost = await tx.read<{ articleId: number }>(
    sql`select distinct s.articleId from partner_story s left join publication p on p.id = s.publicationId
        where s.liftAt is not null and s.state = 'HELD' and p.id is null
          and not exists (select 1 from content_change c
                          where c.subject = 'Article' and c.subjectId = s.articleId and c.seq > ${place.told})`,
  );
  if (lost.length === 0) return;
  const articleIds = lost.map(({ articleId }) => articleId);
  const left = await textsWhere(tx, sql`p.articleId in ${articleIds} and p.recalledAt is null`);
  const books = await openBooks(
    tx,
    place,
    articleIds,
    left.map(({ id }) => id),
  );
  const newestFirst = left.filter(isForPartners).sort((a, b) => b.id - a.id);
  for (const articleId of articleIds) {
    for (const story of storiesOf(books, articleId)) {
      if (story.state !== 'HELD' || books.texts.has(story.publicationId)) continue;
      const instead = newestFirst
        .filter((text) => text.articleId === articleId)
        .map((text) => ({ text, match: bestOf(books, text.id).get(story.partnerId) }))
        .find(({ match }) => match && match.moment <= place.now);
      const version =
        left.find((text) => text.articleId === articleId)?.articleVersion ?? (await versionOf(tx, articleId));
      if (instead?.match) give(books, { ...instead, match: instead.match, kind: 'UPDATED', at: place.now, version });
      else take(books, story, { kind: 'WITHDRAWN', at: place.now, version });
    }
  }
  await closeBooks(tx, place, books);
}

async function versionOf(tx: Transaction, articleId: number): Promise<number> {
  const [article] = await tx.read<{ version: number }>(sql`select version from article where id = ${articleId}`);
  return article?.version ?? 1;
}
