import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { insertMany } from '../../kernel/write.js';
import { booksOf, closeBooks, type Place } from './books.commands.js';
import { bestAt, type Books, foresee, foreseeWider, give, type HeldStory, take, tellOf } from './books.rules.js';
import { PartnerDueRow } from './feed.rows.js';
import { bestNow, type Offer, offersTo } from './offer.queries.js';

/** Gives a partner what his products let him have and takes the rest, where the turn to tell has been taken. */
export async function fitHere(
  tx: Transaction,
  place: Place,
  { partnerId, changedProductId }: { partnerId: number; changedProductId?: number | undefined },
): Promise<void> {
  const { now } = place;
  const stories = await tx.read<HeldStory>(
    sql`select partnerId, articleId, state, publicationId, productId, seq, liftAt from partner_story
        where partnerId = ${partnerId} order by articleId`,
  );
  const offers = await offersTo(tx, { partnerId, now });
  const books = booksOf(place, stories);
  const lost = stories.filter(
    (story) =>
      story.state === 'HELD' && !kept(story, offers.get(story.articleId)) && !bestNow(offers.get(story.articleId), now),
  );
  const versions = await versionsOf(tx, lost.map(articleIdOf));
  for (const story of lost) {
    take(books, story, { kind: 'RIGHTS_EXPIRED', at: now, version: versions.get(story.articleId) ?? 1 });
  }
  for (const [articleId, ofStory] of [...offers].sort(oldestFirst)) {
    const story = books.stories.get(articleId)?.get(partnerId);
    fitStory(books, story, ofStory, changedProductId);
  }
  await tx.run(sql`delete from partner_due where partnerId = ${partnerId}`);
  await insertMany(tx, PartnerDueRow, [...books.dues.values()].flat());
  books.changed.dues.clear(); // they are written, and those of other partners stay
  await closeBooks(tx, place, books);
}

const articleIdOf = ({ articleId }: HeldStory): number => articleId;

const oldestFirst = ([, a]: [number, Offer[]], [, b]: [number, Offer[]]): number =>
  a[0]!.text.firstPublishedAt - b[0]!.text.firstPublishedAt || a[0]!.text.articleId - b[0]!.text.articleId;

/** The offer by which a partner may keep the text that he has, by the product that he has it by. */
const kept = ({ publicationId, productId }: HeldStory, offers: readonly Offer[] | undefined) =>
  offers?.find(({ text }) => text.id === publicationId)?.matches.find((match) => match.productId === productId);

/** Gives a partner the text of a story that is for him now, unless he has it, and notes what comes later. */
function fitStory(
  books: Books,
  story: HeldStory | undefined,
  offers: readonly Offer[],
  changedProductId: number | undefined,
): void {
  const { now } = books;
  const best = bestNow(offers, now);
  const held = story?.state === 'HELD' ? story : undefined;
  const keeps = held && kept(held, offers);
  let has = held?.publicationId ?? 0;
  const match = best && bestAt(best.matches, now);
  if (match && (!keeps || best.text.id > has || (best.text.id === has && match.breadth > keeps.breadth))) {
    const { text, matches } = best;
    give(books, { text, match, kind: held ? 'UPDATED' : 'PUBLISHED', at: now, version: text.articleVersion });
    foreseeWider(books, text, match, matches);
    has = text.id;
  } else if (keeps) {
    const { partnerId, articleId, publicationId, productId, liftAt } = held;
    const due = { partnerId, articleId, publicationId, productId, source: null };
    if (liftAt !== null) foresee(books, { ...due, kind: 'LIFT', dueAt: liftAt });
    if (keeps.expiresAt !== null) foresee(books, { ...due, kind: 'EXPIRE', dueAt: keeps.expiresAt });
    const { text, matches } = offers.find(({ text: { id } }) => id === publicationId)!;
    foreseeWider(books, text, keeps, matches);
    if (productId === changedProductId) {
      tellOf(books, held, { kind: 'UPDATED', at: now, version: text.articleVersion });
    }
  }
  for (const { text, matches } of offers) {
    const [match] = matches as [Offer['matches'][number]];
    const { partnerId, productId, moment: dueAt } = match;
    if (text.id <= has || dueAt <= now) continue;
    const { articleId, id: publicationId, seq: source } = text;
    foresee(books, { partnerId, articleId, publicationId, productId, kind: 'ARRIVE', dueAt, source });
  }
}

async function versionsOf(tx: Transaction, articleIds: readonly number[]): Promise<Map<number, number>> {
  const versions = new Map<number, number>();
  for (let i = 0; i < articleIds.length; i += 500) {
    const rows = await tx.read<{ id: number; version: number }>(
      sql`select id, version from article where id in ${articleIds.slice(i, i + 500)}`,
    );
    for (const { id, version } of rows) versions.set(id, version);
  }
  return versions;
}
