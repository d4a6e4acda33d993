import { createContext } from '../../src/kernel/context.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { publishArticle, schedulePublication, unschedulePublication } from '../../src/articles/publish.commands.js';
import { createDraft, saveDraft } from '../../src/articles/draft.commands.js';
import { review } from '../../src/articles/review.commands.js';
import { never } from '../../src/kernel/ledger.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import { enterDue } from '../../src/work/schedule.commands.js';
import { startWorker } from '../../src/work/worker.js';
import { deskOf } from '../support/desk.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const hour = 3_600_000;

describe('a schedule', () => {
  let newsroom: TestNewsroom;
  beforeEach(async () => {
    newsroom = await openNewsroom();
    await deskOf(newsroom).section('mena');
  });
  afterEach(() => newsroom.close());

  const desk = () => newsroom.contextAs(operator);
  const approved = async (title: string) => {
    const body = { markdown: 'What happened.' };
    const saved = await createDraft(desk(), { title, section: 'mena', body });
    const articleId = (saved as { article: { id: number } }).article.id;
    await review(desk(), 'SUBMIT', { articleId, expectedVersion: 1 });
    await review(desk(), 'APPROVE', { articleId, expectedVersion: 2 });
    return { articleId, expectedVersion: 3 };
  };
  const rows = <Row extends object>(statement: string) => newsroom.database.read<Row>(raw(statement));
  const letTimePass = (ms: number) =>
    newsroom.database.transaction(async (tx) => {
      for (const table of ['publication', 'listing'])
        for (const column of ['visibleFrom', 'visibleUntil', 'partnersFrom', 'partnersUntil'])
          await tx.run(
            sql`update ${raw(table)} set ${raw(column)} = ${raw(column)} - ${ms} where ${raw(column)} < ${never}`,
          );
    });
  const seenBy = async (audience: 'PUBLIC' | 'PARTNERS', slug: string) =>
    (
      await newsroom.askIn(
        createContext(newsroom.database, addresses, { audience }),
        `{ article(slug: "${slug}") { title } }`,
      )
    ).data.article;

  test('is entered into feed and audit once, whoever comes first and however many there are', async () => {
    const target = await approved('Later');
    await schedulePublication(desk(), { ...target, at: Date.now() + hour });
    expect(await enterDue(desk())).toBe(0);
    await letTimePass(2 * hour);
    const entered = await Promise.all([1, 2, 3, 4, 5].map(() => enterDue(desk())));
    expect(entered.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await rows('select op, version from content_change')).toEqual([{ op: 'PUBLISHED', version: 4 }]);
    expect(await rows("select action from audit where action = 'appear'")).toHaveLength(1);
    expect(await rows('select workflowState, firstPublishedAt > 0 as seen from article')).toEqual([
      { workflowState: 'PUBLISHED', seen: 1 },
    ]);
    expect(await enterDue(desk())).toBe(0);
  });

  test('gives way to another, and taken back leaves what readers saw', async () => {
    const target = await approved('The live one');
    await publishArticle(desk(), target);
    const { articleId } = target;
    await schedulePublication(desk(), { articleId, expectedVersion: 4, at: Date.now() + hour });
    await schedulePublication(desk(), { articleId, expectedVersion: 5, at: Date.now() + 2 * hour });
    expect(await rows('select id from publication where seq is null')).toHaveLength(1);
    const lists = 'select list, publicationId, visibleUntil from listing order by list, publicationId';
    expect(await unschedulePublication(desk(), { articleId, expectedVersion: 6 })).toMatchObject({
      article: { workflowState: 'PUBLISHED', version: 7 },
    });
    expect(await rows('select visibleUntil from publication')).toEqual([{ visibleUntil: never }]);
    const left = await rows<{ visibleUntil: number }>(lists);
    expect(left.length).toBeGreaterThan(2);
    expect(new Set(left.map((row) => row.visibleUntil))).toEqual(new Set([never]));
    expect(await seenBy('PUBLIC', 'the-live-one')).toEqual({ title: 'The live one' });
  });

  test('takes its new path at its moment, and never when it is taken back', async () => {
    await deskOf(newsroom).section('business');
    const at = async (path: string) =>
      (await newsroom.ask(`{ resolvePath(path: "${path}") { __typename ... on Redirect { path } } }`)).data.resolvePath;
    const { articleId } = await approved('It moves');
    const schedule = async (expectedVersion: number) =>
      expect(await schedulePublication(desk(), { articleId, expectedVersion, at: Date.now() + hour })).toHaveProperty(
        'article',
      );
    await publishArticle(desk(), { articleId, expectedVersion: 3 });
    await saveDraft(desk(), { articleId, expectedVersion: 4, section: 'business' });
    await schedule(5);
    expect([await at('/mena/it-moves'), await at('/business/it-moves')]).toEqual([{ __typename: 'Article' }, null]);
    await unschedulePublication(desk(), { articleId, expectedVersion: 6 });
    expect([await at('/mena/it-moves'), await at('/business/it-moves')]).toEqual([{ __typename: 'Article' }, null]);
    await schedule(7);
    await letTimePass(2 * hour);
    expect(await at('/business/it-moves')).toEqual({ __typename: 'Article' });
    expect(await at('/mena/it-moves')).toEqual({ __typename: 'Redirect', path: '/business/it-moves' });
  });

  test('lets partners have a new story before readers, or after them', async () => {
    const early = await approved('Early for partners');
    const soon = Date.now() + hour;
    const embargoes = [{ audience: 'PARTNERS' as const, until: Date.now() - 1 }];
    await schedulePublication(desk(), { ...early, at: soon, embargoes });
    expect(await seenBy('PARTNERS', 'early-for-partners')).toEqual({ title: 'Early for partners' });
    expect(await seenBy('PUBLIC', 'early-for-partners')).toBeNull();

    const late = await approved('Late for partners');
    await publishArticle(desk(), { ...late, embargoes: [{ audience: 'PARTNERS', until: soon }] });
    expect(await seenBy('PARTNERS', 'late-for-partners')).toBeNull();
    expect(await seenBy('PUBLIC', 'late-for-partners')).toEqual({ title: 'Late for partners' });
    const listed = await newsroom.askIn(
      createContext(newsroom.database, addresses, { audience: 'PARTNERS' }),
      '{ articles { nodes { title } totalCount } }',
    );
    expect(listed.data.articles).toEqual({ nodes: [{ title: 'Early for partners' }], totalCount: 1 });
    const holds = `{ newsroom { articles(filter: { states: [PUBLISHED] }) { nodes { title embargoes { audience until } } } } }`;
    expect((await newsroom.askIn(desk(), holds)).data.newsroom.articles.nodes).toEqual([
      { title: 'Late for partners', embargoes: [{ audience: 'PARTNERS', until: new Date(soon).toISOString() }] },
    ]);
    const typo = { articleId: late.articleId, expectedVersion: 4, title: 'Later for partners' };
    await saveDraft(desk(), typo);
    await publishArticle(desk(), { articleId: late.articleId, expectedVersion: 5 });
    expect(await seenBy('PARTNERS', 'late-for-partners')).toBeNull();
    await letTimePass(2 * hour);
    expect(await seenBy('PARTNERS', 'late-for-partners')).toEqual({ title: 'Later for partners' });
    const held = `{ newsroom { articles(first: 1, filter: { states: [PUBLISHED] }) { nodes { embargoes { audience } } } } }`;
    expect((await newsroom.askIn(desk(), held)).data.newsroom.articles.nodes).toEqual([{ embargoes: [] }]);
    const reader = [{ audience: 'PUBLIC' as const, until: soon }];
    expect(
      await publishArticle(desk(), { articleId: late.articleId, expectedVersion: 6, embargoes: reader }),
    ).toMatchObject({
      __typename: 'InvalidInput',
      path: ['embargoes', '0', 'audience'],
    });
  });

  test('is kept by a worker, which does what waits in the outbox as well', async () => {
    await publishArticle(desk(), await approved('Now'));
    await schedulePublication(desk(), { ...(await approved('Later')), at: Date.now() + hour });
    await letTimePass(2 * hour);
    const done: unknown[] = [];
    const worker = startWorker({
      contextOf: desk,
      handlers: { change: [async (payload) => void done.push(payload)] },
      onError: (error) => done.push(error),
      rest: 10,
    });
    for (let i = 0; i < 200 && done.length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    await worker.stop();
    expect(done).toEqual([
      { seq: 1, op: 'PUBLISHED', subject: 'Article', subjectId: 1 },
      { seq: 2, op: 'PUBLISHED', subject: 'Article', subjectId: 2 },
    ]);
    expect(await rows('select id from outbox')).toEqual([]);
  });

  test('does not stop at a job that always fails: it is left after eight tries, and the others are done', async () => {
    await publishArticle(desk(), await approved('One'));
    await publishArticle(desk(), await approved('Two'));
    const alsoDone: unknown[] = [];
    const handlers = {
      change: [
        async (payload: unknown) => {
          if ((payload as { seq: number }).seq === 1) throw new Error('no such door');
        },
        async (payload: unknown) => void alsoDone.push((payload as { seq: number }).seq),
      ],
    };
    const texts = (await rows("select id from outbox where topic = 'text'")).length;
    expect(await doJobs(desk(), handlers)).toBe(texts + 1);
    expect(alsoDone).toEqual([1, 2]); // one that fails keeps no other from following the same change
    for (let i = 0; i < 9; i++) {
      await newsroom.database.transaction((tx) =>
        tx.run(sql`update outbox set availableAt = 0 where availableAt < ${never}`),
      );
      await doJobs(desk(), handlers);
    }
    expect(await rows('select attempts, lastError, availableAt from outbox')).toEqual([
      { attempts: 8, lastError: 'Error: no such door', availableAt: never },
    ]);
    const asked = await newsroom.askIn(
      desk(),
      '{ newsroom { failedJobs { totalCount nodes { id topic payload attempts lastError } } } }',
    );
    const { id, ...job } = asked.data.newsroom.failedJobs.nodes[0];
    expect(job).toEqual({
      topic: 'change',
      payload: '{"seq":1,"op":"PUBLISHED","subject":"Article","subjectId":1}',
      attempts: 8,
      lastError: 'Error: no such door',
    });
    const retry =
      'mutation($input: RetryJobInput!) { retryJob(input: $input) { __typename ... on JobRetried { jobId } } }';
    const retried = await newsroom.askIn(desk(), retry, { input: { id } });
    expect(retried.data.retryJob).toEqual({ __typename: 'JobRetried', jobId: id });
    expect((await newsroom.askIn(desk(), retry, { input: { id } })).data.retryJob).toEqual({ __typename: 'Missing' });
    expect(await doJobs(desk(), {})).toBe(1);
  });
});
