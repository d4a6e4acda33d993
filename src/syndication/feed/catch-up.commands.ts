import type { Context } from '../../kernel/context.js';
import type { Database, Transaction } from '../../kernel/database.js';
import { sql } from '../../kernel/sql.js';
import { isBehind } from './behind.queries.js';
import { closeBooks, openBooks, takeTurn, type Place } from './books.commands.js';
import { tellChanges } from './changes.commands.js';
import { tellSchedule } from './schedule.commands.js';
import { inOrder, tellDue } from './telling.rules.js';

/** How many moments one transaction tells of. */
const momentsAtOnce = 500;

/**
 * Tells partners all that they have not been told of yet: changes of ours, in the order of their commits, and what fell
 * due by the database's clock. Whoever reads a feed calls it first, so that the feed is right with no worker. Those who
 * call it in one process share one run.
 */
export async function catchUp({ database }: Pick<Context, 'database'>): Promise<void> {
  for (let i = 0; i < mostRuns && (await isBehind(database)); i++) {
    const run = running.get(database) ?? start(database);
    await run;
  }
}

/** After so many runs that others' changes kept up with, a reader gets what there is: there will always be more. */
const mostRuns = 20;

const running = new WeakMap<Database, Promise<void>>();

function start(database: Database): Promise<void> {
  const run = database.transaction(tellNext).finally(() => running.delete(database));
  running.set(database, run);
  return run;
}

/** Tells a batch of what there is to tell. */
async function tellNext(tx: Transaction): Promise<void> {
  const place = await takeTurn(tx);
  if (await tellChanges(tx, place)) return;
  await tellSchedule(tx, place);
  await tellMoments(tx, place);
}

/** Tells what fell due. */
async function tellMoments(tx: Transaction, place: Place): Promise<void> {
  const due = await tx.read<{ articleId: number }>(
    sql`select articleId from partner_due where dueAt <= ${place.now} order by dueAt limit ${momentsAtOnce}`,
  );
  if (due.length === 0) return;
  const books = await openBooks(tx, place, [...new Set(due.map(({ articleId }) => articleId))]);
  const inTurn = [...books.dues.values()].flat().filter(({ dueAt }) => dueAt <= place.now);
  for (const articleId of new Set(inTurn.sort(inOrder).map((each) => each.articleId))) {
    tellDue(books, articleId, place.now);
  }
  await closeBooks(tx, place, books);
}
