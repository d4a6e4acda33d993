import { randomOf } from '../../scripts/bench/random.js';
import { checks, violations, violationsIn } from '../../scripts/promises/invariants.js';
import { deskOn, draft, openDesk, rowIdOf, storyOf, type Desk, type Held } from '../../scripts/promises/desk.js';
import { operator } from '../../src/kernel/viewer.js';
import { enterDue } from '../../src/work/schedule.commands.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const note = 'Because it has to be said.';
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('what always holds', () => {
  let newsroom: TestNewsroom;
  let desk: Desk;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
    desk = deskOn(newsroom.database, await openDesk(newsroom.database));
  });
  afterAll(() => newsroom.close());

  const approved = async (title: string) => {
    const begun = storyOf(await desk('createDraft', draft(title)));
    const submitted = storyOf(await desk('submitArticle', { ...begun }));
    return storyOf(await desk('approveArticle', { ...submitted }));
  };
  const published = async (title: string) => storyOf(await desk('publishArticle', { ...(await approved(title)) }));

  test('holds in the samples', async () => {
    expect(await violations(newsroom.database)).toEqual([]);
  });

  test('holds when an embargo is lifted early: partners have one text, not two', async () => {
    const until = (ms: number) => ({ embargoes: [{ audience: 'PARTNERS', until: inMs(ms) }] });
    const first = await published('Lifted');
    const held = storyOf(await desk('publishArticle', { ...first, ...until(60_000) }));
    const planned = storyOf(await desk('schedulePublication', { ...held, at: inMs(30_000), ...until(40_000) }));
    expect(await violations(newsroom.database)).toEqual([]);
    const back = storyOf(await desk('unschedulePublication', { ...planned }));
    const ends = `select partnersUntil - partnersFrom > 0 as some from publication
      where articleId = ${rowIdOf(back)} order by visibleFrom`;
    expect(await newsroom.database.read({ text: ends, values: [] })).toEqual([{ some: 1 }, { some: 1 }]);
    await desk('publishArticle', { ...back, ...until(-1_000) });
    expect(await violations(newsroom.database)).toEqual([]);
    expect(await newsroom.database.read({ text: ends, values: [] })).toEqual([{ some: 1 }, { some: 0 }, { some: 1 }]);
  });

  test('holds after a day of everything that a desk does, in any order', async () => {
    const seed = Date.now() % 1_000_000;
    const chance = randomOf(String(seed));
    const stories: Held[] = [];
    for (let n = 0; n < 5; n++) stories.push(await approved(`Any order ${seed} ${n}`));
    const embargoes = () =>
      chance.pick([{}, { embargoes: [{ audience: 'PARTNERS', until: inMs(chance.pick([-1_000, 30, 60_000])) }] }]);
    const acts = [
      (held: Held) => desk('saveDraft', { ...held, title: `Another ${chance.pick([1, 2, 3])}` }),
      (held: Held) => desk('publishArticle', { ...held, ...embargoes() }),
      (held: Held) => desk('schedulePublication', { ...held, at: inMs(chance.pick([25, 60, 60_000])), ...embargoes() }),
      (held: Held) => desk('unschedulePublication', { ...held }),
      (held: Held) => desk('correctArticle', { ...held, note }),
      (held: Held) => desk('withdrawArticle', { ...held, note, kill: chance.pick([true, false, false, false]) }),
    ];
    const done: string[] = [];
    for (let n = 0; n < 200; n++) {
      const i = chance.pick([0, 1, 2, 3, 4]);
      const outcome = await chance.pick(acts)(stories[i]!);
      if (outcome.article) stories[i] = storyOf(outcome);
      else if (outcome.__typename === 'StaleVersion') stories[i]!.expectedVersion = outcome.currentVersion!;
      done.push(`${i} ${outcome.__typename}`);
      if (n % 3 === 0) await enterDue(newsroom.contextAs(operator));
      const found = await violations(newsroom.database);
      if (found.length > 0) throw new Error(`Seed ${seed}: ${found.join('; ')} after\n${done.join('\n')}`);
    }
    expect(new Set(done.map((line) => line.slice(2))).size).toBeGreaterThan(4);
  });

  describe('is seen to be broken', () => {
    class Undone extends Error {}
    const ids = { live: 0, corrected: 0, gone: 0, later: 0, draft: 0 };
    beforeAll(async () => {
      ids.live = rowIdOf(await published('Live'));
      const wrong = storyOf(await desk('saveDraft', { ...(await published('Corrected')), standfirst: 'Right' }));
      ids.corrected = rowIdOf(storyOf(await desk('correctArticle', { ...wrong, note })));
      ids.gone = rowIdOf(storyOf(await desk('withdrawArticle', { ...(await published('Gone')), note })));
      const later = { ...(await approved('Later')), at: inMs(3_600_000) };
      ids.later = rowIdOf(storyOf(await desk('schedulePublication', later)));
      ids.draft = rowIdOf(storyOf(await desk('createDraft', { ...draft('Draft'), idempotencyKey: 'kept' })));
    });

    const of = (story: keyof typeof ids) => `articleId = ${ids[story]}`;
    const first = (table: string, where = '1 = 1') =>
      `(select id from (select min(id) as id from ${table} where ${where}) m)`;
    /** What is done to a newsroom behind its back, by the check that has to see it. */
    const damage: [string, () => string][] = [
      [
        'one text at a time (visible)',
        () =>
          `update publication set visibleUntil = visibleUntil + 1 where visibleUntil < 253402300799999 and ${of('corrected')}`,
      ],
      [
        'one text at a time (partners)',
        () => `update publication set partnersUntil = 253402300799999 where ${of('corrected')}`,
      ],
      [
        'one arrangement of a front at a time',
        () => `insert into front_publication (frontId, editionId, visibleFrom, visibleUntil)
          select frontId, editionId, visibleFrom + 1, visibleUntil from front_publication`,
      ],
      [
        'the state of a story goes with its publications',
        () => `update article set workflowState = 'PUBLISHED' where id = ${ids.draft}`,
      ],
      [
        'the state of a story goes with its publications',
        () => `update article set workflowState = 'DRAFT' where id = ${ids.live}`,
      ],
      [
        'the state of a story goes with its publications',
        () => `update article set workflowState = 'APPROVED' where id = ${ids.later}`,
      ],
      [
        'the state of a story goes with its publications',
        () => `update article set workflowState = 'SCHEDULED' where id = ${ids.live}`,
      ],
      [
        'the state of a story goes with its publications',
        () => `update article set workflowState = 'PUBLISHED' where id = ${ids.gone}`,
      ],
      [
        'the state of a story goes with its publications',
        () => `update publication set recalledAt = null where ${of('gone')}`,
      ],
      ['a corrected story has a correction', () => `delete from correction where ${of('corrected')}`],
      ['what has begun is entered', () => `update publication set visibleFrom = 1 where ${of('later')}`],
      [
        'the first date is that of the first publication',
        () => `update article set firstPublishedAt = null where id = ${ids.live}`,
      ],
      [
        'the first date is that of the first publication',
        () => `update article set firstPublishedAt = 5 where id = ${ids.draft}`,
      ],
      [
        'a publication shows a text of its own story',
        () => `update publication set editionId = ${first('edition', of('draft'))} where ${of('live')}`,
      ],
      [
        'the path of a publication leads to its story',
        () => `update path set articleId = ${ids.draft} where ${of('live')}`,
      ],
      ['the path of a publication leads to its story', () => `delete from path where ${of('later')}`],
      ['slugs are claimed by the story they lead to', () => `delete from slug_claim where ${of('draft')}`],
      ['the feed has no gap', () => `delete from content_change where seq = 2`],
      ['the feed has no gap', () => `update counter set value = value + 1 where name = 'change'`],
      [
        'a publication is in the feed once',
        () => `delete from content_change where subject = 'Article' and subjectId = ${ids.live}`,
      ],
      ['a publication is in the feed once', () => `update publication set seq = seq + 100000 where ${of('live')}`],
      ['the feed tells of publications that are there', () => `update publication set seq = null where ${of('live')}`],
      [
        'a story is new once',
        () => `update content_change set op = 'PUBLISHED' where subject = 'Article' and subjectId = ${ids.gone}`,
      ],
      [
        'a change of a story has its line in the audit',
        () => `delete from audit where action = 'publish' and subjectId = ${ids.live}`,
      ],
      [
        'a change of a story has its line in the audit',
        () => `update content_change set op = 'KILLED' where op = 'WITHDRAWN' and subjectId = ${ids.gone}`,
      ],
      ['a version goes up with every change', () => `update article set version = 1 where id = ${ids.live}`],
      ['an answer that is kept is there', () => `update idempotency set answer = null`],
      ['texts are numbered without a gap', () => `update edition set number = 3 where ${of('draft')}`],
      [
        'a story is at least as new as its newest text',
        () => `update article set changedAt = changedAt - 100000 where id = ${ids.draft}`,
      ],
      [
        'names in a text are numbered without a gap',
        () => `update mention set position = 900 where id = ${first('mention', 'position = 1')}`,
      ],
      [
        'the pictures of a text are known',
        () =>
          `delete from picture_use where editionId = (select max(editionId) from (select editionId from picture_use) m)`,
      ],
      [
        'the pictures of a text are known',
        () =>
          `insert into picture_use (editionId, pictureId) values (${first('edition', of('draft'))}, ${first('picture')})`,
      ],
      ['a publication stands in its lists', () => `delete from listing where list = 'kind:NEWS' and ${of('live')}`],
      [
        'a publication stands in its lists',
        () => `update listing set list = 'kind:OPINION' where list = 'kind:NEWS' and ${of('later')}`,
      ],
      [
        'what nobody sees any more stands in no list',
        () => `update listing set publicationId = ${first('publication', of('corrected'))} where ${of('corrected')}`,
      ],
      [
        'what nobody sees any more stands in no list',
        () => `update publication set recalledAt = 1 where ${of('live')}`,
      ],
      ['lists belong to publications', () => `update listing set visibleUntil = 7 where ${of('live')}`],
      ['lists belong to publications', () => `update listing set publicationId = 999999 where ${of('live')}`],
    ];

    test.each(damage)('when not: %s (%#)', async (name, statement) => {
      let found: string[] = [];
      const attempt = newsroom.database.transaction(async (tx) => {
        expect(await tx.run({ text: statement(), values: [] })).toBeGreaterThan(0);
        found = await violationsIn(tx);
        throw new Undone();
      });
      await expect(attempt).rejects.toThrow(Undone);
      expect(found.filter((line) => line.startsWith(`${name}: `))).not.toEqual([]);
    });

    test('by every check there is', () => {
      expect(new Set(damage.map(([name]) => name))).toEqual(new Set(checks.map(({ name }) => name)));
    });
  });
});
