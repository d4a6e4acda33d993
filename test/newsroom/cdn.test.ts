import { setTimeout as sleep } from 'node:timers/promises';
import { createDraft, saveDraft } from '../../src/articles/draft.commands.js';
import { publishArticle, schedulePublication, withdrawArticle } from '../../src/articles/publish.commands.js';
import { review } from '../../src/articles/review.commands.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { never } from '../../src/kernel/ledger.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import { enterPurge } from '../../src/work/purge.commands.js';
import { startWorker, type Worker } from '../../src/work/worker.js';
import { cdnToken, startCdn, type FakeCdn } from '../support/cdns.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startNode, type Node } from '../support/node.js';

const hour = 3_600_000;

describe('a CDN', () => {
  let newsroom: TestNewsroom;
  let node: Node;
  let cdn: FakeCdn;
  const workers: Worker[] = [];
  let done: unknown[];
  beforeEach(async () => {
    newsroom = await openNewsroom();
    await deskOf(newsroom).section('mena');
    node = await startNode(newsroom);
    done = [];
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await cdn.stop();
    await node.stop();
    await newsroom.close();
  });

  const desk = () => newsroom.contextAs(operator);
  const work = (to = cdn) => {
    const handlers = { change: [async (payload: unknown) => void done.push(payload)] };
    const onError = (error: unknown) => void done.push(error);
    workers.push(startWorker({ contextOf: desk, handlers, cdn: to.cdn, onError, rest: 10 }));
  };
  /** A worker at a CDN that has been told of all that was before. */
  const workAtRest = async (kind: Parameters<typeof startCdn>[0] = 'fastly') => {
    cdn = await startCdn(kind);
    work();
    await until(() => cdn.purges.length === 1);
    await atRest();
    expect(cdn.purges.splice(0)).toMatchObject([{ tags: ['newsgraph'] }]);
  };
  const atRest = async () => {
    for (let tries = 0; tries < 400; tries++) {
      if ((await rows("select 1 from outbox where topic = 'purge'")).length === 0 && (await isTold())) return;
      await sleep(25);
    }
    throw new Error('the CDN was not told of all in 10 seconds');
  };
  const isTold = async () => {
    const names = "name in ('change', 'told change', 'everything', 'told everything')";
    const all = await rows<{ name: string; value: number }>(`select name, value from counter where ${names}`);
    const of = Object.fromEntries(all.map(({ name, value }) => [name, value]));
    return of.change === of['told change'] && of.everything === of['told everything'];
  };
  const rows = <Row extends object>(statement: string) => newsroom.database.read<Row>(raw(statement), 'primary');
  const approved = async (title: string) => {
    const saved = await createDraft(desk(), { title, section: 'mena', body: { markdown: 'What happened.' } });
    const articleId = (saved as { article: { id: number } }).article.id;
    await review(desk(), 'SUBMIT', { articleId, expectedVersion: 1 });
    await review(desk(), 'APPROVE', { articleId, expectedVersion: 2 });
    return { articleId, expectedVersion: 3 };
  };
  const published = async (title: string) => {
    const target = await approved(title);
    await publishArticle(desk(), target);
    return { ...target, expectedVersion: 4 };
  };
  /** Another headline of a story, before readers' eyes. */
  const retitle = async ({ articleId, expectedVersion }: { articleId: number; expectedVersion: number }) => {
    await saveDraft(desk(), { articleId, expectedVersion, title: 'Another headline' });
    await publishArticle(desk(), { articleId, expectedVersion: expectedVersion + 1 });
    return { articleId, expectedVersion: expectedVersion + 2 };
  };
  const tagsOf = async (slug: string) => {
    const answer = await node.get('query ($slug: String!) { article(slug: $slug) { title } }', { slug });
    return answer.headers.get('surrogate-key')!.split(' ');
  };
  const told = () => cdn.purges.flatMap(({ tags }) => tags);

  test.each(['fastly', 'cloudflare', 'varnish'] as const)('at %s is told what a change touched', async (kind) => {
    const one = await published('One');
    await published('Two');
    const [keysOfOne, keysOfTwo] = [await tagsOf('one'), await tagsOf('two')];
    expect(keysOfOne).toContain('newsgraph');
    await workAtRest(kind);

    await retitle(one);
    await atRest();
    const [change] = await rows<{ touches: string }>('select touches from content_change order by seq desc limit 1');
    const touched = [`Article:${one.articleId}`, ...(JSON.parse(change!.touches) as string[])];
    expect(cdn.purges).toEqual([{ tags: expect.any(Array), why: 'CHANGED' }]);
    expect(told().sort()).toEqual(touched.sort());
    expect(keysOfOne.filter((key) => touched.includes(key))).toEqual([`Article:${one.articleId}`]);
    expect(keysOfTwo.filter((key) => touched.includes(key))).toEqual([]);
    expect(cdn.answered.every((status) => status === 200)).toBe(true);
  });

  test('may not give what was taken back once more, nor its pictures', async () => {
    const one = await published('One');
    const file = 'a'.repeat(43);
    const picture = await savePicture(desk(), { externalId: 'p', alt: '', caption: '', credit: '' });
    await newsroom.database.transaction((tx) => tx.run(sql`update picture set file = ${file} where id = ${picture}`));
    await newsroom.database.transaction((tx) =>
      tx.run(sql`insert into picture_use (editionId, pictureId) select max(id), ${picture} from edition`),
    );
    await workAtRest();
    await withdrawArticle(desk(), { ...one, note: 'wrong', kill: true });
    await atRest();
    expect(cdn.purges).toEqual([{ tags: expect.any(Array), why: 'GONE' }]);
    expect(told()).toEqual(expect.arrayContaining([`Article:${one.articleId}`, 'slug:one', `media-${file}`]));
  });

  test('is told of the tag that all answers carry when anything may have changed', async () => {
    await workAtRest();
    await deskOf(newsroom).section('iran');
    await atRest();
    expect(new Set(told())).toEqual(new Set(['newsgraph']));
    expect(cdn.purges.every(({ why }) => why === 'CHANGED')).toBe(true);
  });

  test('is told when a scheduled moment has come', async () => {
    const later = await approved('Later');
    await schedulePublication(desk(), { ...later, at: Date.now() + hour });
    await workAtRest();
    await newsroom.database.transaction(async (tx) => {
      for (const table of ['publication', 'listing']) {
        for (const column of ['visibleFrom', 'partnersFrom']) {
          await tx.run(sql`update ${raw(table)} set ${raw(column)} = ${raw(column)} - ${2 * hour}
                           where ${raw(column)} < ${never}`);
        }
      }
    });
    await until(() => told().includes('slug:later'));
    expect(told()).toContain(`Article:${later.articleId}`);
  });

  test('hears of many changes in few calls', async () => {
    await workAtRest();
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    for (let i = 0; i < 20; i++) await published(`Story ${i}`);
    work();
    await atRest();
    expect(cdn.purges).toHaveLength(1);
    for (let i = 0; i < 20; i++) expect(told()).toContain(`slug:story-${i}`);
  });

  test('that fails is told again later, and holds nobody up meanwhile', async () => {
    const one = await published('One');
    await workAtRest();
    cdn.fail(503);
    await retitle(one);
    await until(() => cdn.answered.includes(503));
    cdn.fail(null);
    expect(cdn.purges).toEqual([]);
    await until(() => done.length >= 2);
    await atRest();
    expect(cdn.purges).toHaveLength(1);
    expect(told()).toContain('slug:one');
    expect(cdn.answered.filter((status) => status === 503)).toHaveLength(1);
  });

  test('that does not answer at all holds nobody up', async () => {
    const one = await published('One');
    await workAtRest();
    await until(() => done.length === 1);
    cdn.fail(0);
    const { articleId } = await retitle(one);
    await until(() => done.length === 2);
    expect(done.at(-1)).toMatchObject({ subjectId: articleId });
    const stopping = performance.now();
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    expect(performance.now() - stopping).toBeLessThan(2_000);
    cdn.fail(null);
    work();
    await atRest();
    expect(told()).toContain('slug:one');
  });

  test('is told by another worker when the one that was about to was killed', async () => {
    const one = await published('One');
    await workAtRest();
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await retitle(one);
    await Promise.all([enterPurge(desk()), enterPurge(desk()), enterPurge(desk())]);
    expect(await rows("select id from outbox where topic = 'purge'")).toHaveLength(1);
    void doJobs(desk(), { purge: [() => new Promise<void>(() => undefined)] }, sql`topic = 'purge'`);
    await sleep(200);
    work();
    await sleep(300);
    expect(cdn.purges).toEqual([]);
    await newsroom.database.transaction((tx) =>
      tx.run(sql`update outbox set availableAt = ${tx.now} where topic = 'purge'`),
    );
    await atRest();
    expect(cdn.purges).toHaveLength(1);
    expect(told()).toContain('slug:one');
  });

  test.each(['fastly', 'cloudflare'] as const)(
    'that does not let us is named with what to do, without the token',
    async (kind) => {
      cdn = await startCdn(kind, 'another-token');
      await published('One');
      work();
      await until(() => cdn.answered.length === 1);
      await sleep(100);
      const [job] = await rows<{ lastError: string }>("select lastError from outbox where topic = 'purge'");
      expect(job!.lastError).toMatch(/answered 40[13]: it does not let us purge, check CDN_TOKEN and CDN_PURGE\.$/);
      const all = JSON.stringify([job, done, await rows('select payload from outbox')]);
      expect(all).not.toContain('another-token');
      expect(all).not.toContain(cdnToken);
    },
  );
});

/** Waits until something is so, at most ten seconds. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === 400) throw new Error(`in 10 seconds it did not come about that ${String(isSo)}`);
    await sleep(25);
  }
}
