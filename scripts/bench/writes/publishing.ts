import { createConnection, type Connection } from 'mysql2/promise';
import { isDeepStrictEqual } from 'node:util';
import { publishArticle } from '../../../src/articles/publish.commands.js';
import type { Database } from '../../../src/kernel/database.js';
import { isDuplicate } from '../../../src/kernel/write.js';
import { raw } from '../../../src/kernel/sql.js';
import type { Scale } from '../generate.js';
import { openDesk, type Desk } from './newsroom.js';

/** What one publication took in a round, in milliseconds. */
export interface Publishing {
  ours: { ms: number; cpu: number };
  'by hand': { ms: number; cpu: number };
}

export interface PublishingRounds {
  /** Statements of one publication, begin and commit among them. */
  statements: number;
  rounds: Publishing[];
}

interface Statement {
  text: string;
  values: unknown[];
}

/**
 * Publishes stories by the command, and sends the very statements that it made, values and all, by hand to a twin of the
 * database, some of each in turn. Both databases hold the same rows afterwards, or the measure is void.
 */
export async function publishing(
  url: string,
  scale: Scale,
  { rounds, stories }: { rounds: number; stories: number },
): Promise<PublishingRounds> {
  const count = (rounds + 1) * stories;
  const desk = await openDesk(`${url}_desk`, scale, count);
  const twin = await openDesk(`${url}_twin`, scale, count);
  const byHand = await connectTo(twin.url);
  try {
    const found: PublishingRounds = { statements: 0, rounds: [] };
    for (let round = 0; round <= rounds; round++) {
      const some = desk.approved.slice(round * stories, (round + 1) * stories);
      const statements: Statement[] = [];
      const stop = listenTo(desk.database, (statement) => statements.push(statement));
      const ours = await timed(stories, () => publishAll(desk, some));
      stop();
      const theirs = await timed(stories, () => sendAll(byHand, statements));
      found.statements = statements.length / stories;
      if (round > 0) found.rounds.push({ ours, 'by hand': theirs }); // the first is the warm-up
    }
    await refuseDifference(desk.database, twin.database);
    return found;
  } finally {
    await byHand.end();
    await Promise.all([desk.close(), twin.close()]);
  }
}

async function publishAll({ ctx }: Desk, stories: Desk['approved']): Promise<void> {
  for (const story of stories) {
    const answer = await publishArticle(ctx, story);
    if (answer.__typename !== 'ArticlePublished') throw new Error(JSON.stringify(answer));
  }
}

async function sendAll(connection: Connection, statements: readonly Statement[]): Promise<void> {
  for (const { text, values } of statements) {
    try {
      await connection.query(text, values);
    } catch (error) {
      if (!isDuplicate(error)) throw error; // the command looks whether a row is there by trying to insert it
    }
  }
}

async function timed(count: number, work: () => Promise<void>): Promise<{ ms: number; cpu: number }> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (performance.now() - started) / count, cpu: (user + system) / 1_000 / count };
}

/** Hears each statement as it goes to the driver, with its values. */
function listenTo({ primary }: Database, hear: (statement: Statement) => void): () => void {
  const { logger } = primary;
  const hearing = Object.create(logger) as typeof logger;
  hearing.logQuery = (text, values) => hear({ text, values: (values ?? []) as unknown[] });
  hearing.logQueryError = () => undefined;
  primary.logger = hearing;
  return () => void (primary.logger = logger);
}

/** As the service connects. */
const connectTo = (url: string): Promise<Connection> =>
  createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    timezone: 'Z',
    charset: 'utf8mb4',
    supportBigNumbers: true,
    jsonStrings: true,
    trace: false,
  } as Parameters<typeof createConnection>[0]);

async function refuseDifference(ours: Database, theirs: Database): Promise<void> {
  for (const rows of ['publication', 'listing', 'path', 'content_change', "audit where action = 'publish'"]) {
    const [mine, others] = await Promise.all([ours, theirs].map((each) => each.read(raw(`select * from ${rows}`))));
    const withoutClock = (all: object[]) => all.map((row) => ({ ...row, createdAt: null }));
    if (!isDeepStrictEqual(withoutClock(mine as object[]), withoutClock(others as object[]))) {
      throw new Error(`The statements by hand left other rows of ${rows} than the command did.`);
    }
  }
}
