import type { Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { closeBooks, openBooks, type Place } from './books.commands.js';
import { storiesOf, tellOf } from './books.rules.js';
import type { OwnChange } from './telling.rules.js';

/** Tells those who have a story that shows a picture that its words have changed. */
export async function tellPictures(tx: Transaction, place: Place, { subjectId, at }: OwnChange): Promise<void> {
  const shown = await tx.read<{ articleId: number; publicationId: number }>(
    sql`select p.articleId, p.id as publicationId from picture_use u join edition e on e.id = u.editionId
        join publication p on p.articleId = e.articleId and p.editionId = e.id and p.recalledAt is null
        where u.pictureId = ${subjectId}`,
  );
  if (shown.length === 0) return;
  const shows = new Set(shown.map(({ publicationId }) => publicationId));
  const books = await openBooks(tx, place, [...new Set(shown.map(({ articleId }) => articleId))]);
  for (const articleId of books.stories.keys()) {
    for (const story of storiesOf(books, articleId)) {
      if (story.state !== 'HELD' || !shows.has(story.publicationId)) continue;
      tellOf(books, story, { kind: 'UPDATED', at, version: books.texts.get(story.publicationId)!.articleVersion });
    }
  }
  await closeBooks(tx, place, books);
}
