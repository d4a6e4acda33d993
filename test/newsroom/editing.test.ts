import { EditingRow } from '../../src/articles/editing.rows.js';
import { parseGlobalId } from '../../src/kernel/global-id.js';
import { raw, sql } from '../../src/kernel/sql.js';
import type { Viewer } from '../../src/kernel/viewer.js';
import { nowIn } from '../../src/kernel/write.js';
import { deskOf } from '../support/desk.js';
import { begins, does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const who = '{ editing { by { name } since expiresAt } }';
const started = `... on EditingStarted ${who}`;
const stopped = `... on EditingStopped ${who}`;

interface Said {
  by: { name: string };
  since: string;
  expiresAt: string;
}

describe('who is editing what', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let articleId: string;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    await deskOf(newsroom).section('mena');
  });
  afterAll(() => newsroom.close());

  beforeEach(async () => {
    await newsroom.database.transaction((tx) => tx.run(raw('delete from editing')));
    articleId = await begins(newsroom, people.editor, 'Talks resume');
  });

  const starts = async (viewer: Viewer, more: object = {}): Promise<Said[]> =>
    (await does(newsroom, viewer, 'startEditing', { articleId, ...more }, started)).editing as Said[];
  const stops = async (viewer: Viewer): Promise<Said[]> =>
    (await does(newsroom, viewer, 'stopEditing', { articleId }, stopped)).editing as Said[];
  const names = (said: readonly Said[]) => said.map(({ by }) => by.name);
  const seenBy = async (viewer: Viewer): Promise<{ article: string[]; newsroom: string[] }> => {
    const { data, errors } = await newsroom.askAs(
      viewer,
      `query ($id: ID!) { newsroom { article(id: $id) { editing { by { name } } }
         editing { by { name } article { title } } } }`,
      { id: articleId },
    );
    expect(errors).toEqual([]);
    return {
      article: names((data.newsroom.article?.editing ?? []) as Said[]),
      newsroom: (data.newsroom.editing as (Said & { article: { title: string } })[]).map(
        ({ by, article }) => `${by.name}: ${article.title}`,
      ),
    };
  };
  /** Turns the clock ahead for everybody who edits. */
  const wait = (ms: number) =>
    newsroom.database.transaction((tx) =>
      tx.run(sql`update editing set since = since - ${ms}, expiresAt = expiresAt - ${ms}`),
    );

  test('is told to everybody who may see the story, who began first first', async () => {
    expect(names(await starts(people.editor))).toEqual(['Edith Editor']);
    await wait(1_000);
    expect(names(await starts(people.chief))).toEqual(['Edith Editor', 'Chima Chief']);
    expect(await seenBy(people.admin)).toEqual({
      article: ['Edith Editor', 'Chima Chief'],
      newsroom: ['Edith Editor: Talks resume', 'Chima Chief: Talks resume'],
    });
    expect(names(await stops(people.editor))).toEqual(['Chima Chief']);
    expect(await seenBy(people.admin)).toEqual({ article: ['Chima Chief'], newsroom: ['Chima Chief: Talks resume'] });
  });

  test('holds for five minutes, and longer when it is said again', async () => {
    const [first] = await starts(people.editor);
    expect(Date.parse(first!.expiresAt) - Date.parse(first!.since)).toBe(5 * 60_000);
    await wait(4 * 60_000);
    const [again] = await starts(people.editor, { minutes: 60 });
    expect(Date.parse(again!.since)).toBe(Date.parse(first!.since) - 4 * 60_000);
    const longer = Date.parse(again!.expiresAt) - Date.parse(again!.since);
    expect(longer).toBeGreaterThanOrEqual(64 * 60_000);
    expect(longer).toBeLessThan(65 * 60_000);
  });

  test('is over when its time is, and then begins anew', async () => {
    await starts(people.editor);
    await wait(5 * 60_000 + 1);
    expect(await seenBy(people.chief)).toEqual({ article: [], newsroom: [] });
    expect(names(await starts(people.chief))).toEqual(['Chima Chief']);
    expect(await newsroom.database.read(sql`select count(*) as total from editing`)).toEqual([{ total: 1 }]);
    const [anew] = (await starts(people.editor)).filter(({ by }) => by.name === 'Edith Editor');
    expect(Date.parse(anew!.expiresAt) - Date.parse(anew!.since)).toBe(5 * 60_000);
  });

  test('keeps nobody from saving', async () => {
    await starts(people.editor);
    const input = { articleId, expectedVersion: 1, title: 'Talks stall' };
    expect(await does(newsroom, people.chief, 'saveDraft', input)).toEqual({ __typename: 'DraftSaved' });
    expect((await seenBy(people.chief)).article).toEqual(['Edith Editor']);
  });

  test('is not told of stories that are not the viewer’s to see', async () => {
    await starts(people.editor);
    const sport = await deskOf(newsroom).section('sport');
    const elsewhere = await personOf(newsroom, { name: 'Elsa Elsewhere', role: 'EDITOR', sectionIds: [sport] });
    for (const viewer of [elsewhere, people.contributor]) {
      expect(await seenBy(viewer)).toEqual({ article: [], newsroom: [] });
      const refused = { __typename: 'Missing', message: 'There is no such story.', path: ['articleId'] };
      expect(await does(newsroom, viewer, 'startEditing', { articleId }, started)).toEqual(refused);
      expect(await does(newsroom, viewer, 'stopEditing', { articleId }, stopped)).toEqual(refused);
    }
    expect((await seenBy(people.editor)).article).toEqual(['Edith Editor']);
  });

  test.each([0, 61, -5])('does not hold for %d minutes', async (minutes) => {
    expect(await does(newsroom, people.editor, 'startEditing', { articleId, minutes }, started)).toEqual({
      __typename: 'InvalidInput',
      message: `minutes is from 1 to 60, not ${minutes}.`,
      path: ['minutes'],
    });
    expect((await seenBy(people.editor)).article).toEqual([]);
  });

  test('holds for each when all begin at once, and begin again at once', async () => {
    const all = Object.values(people) as Viewer[];
    articleId = await begins(newsroom, people.contributor, 'Talks of everybody');
    await Promise.all([...all, ...all, ...all].map((viewer) => starts(viewer)));
    expect((await seenBy(people.chief)).article.sort()).toEqual(
      Object.values(people)
        .map(({ name }: { name: string }) => name)
        .sort(),
    );
    const rows = await newsroom.database.read(sql`select count(*) as total from editing`);
    expect(rows).toEqual([{ total: 4 }]);
  });

  test('is one heartbeat for one key', async () => {
    const first = await starts(people.editor, { idempotencyKey: 'beat' });
    await wait(60_000);
    expect(await starts(people.editor, { idempotencyKey: 'beat' })).toEqual(first);
  });

  test('costs the same statements for one story and for twenty', async () => {
    const ask = async (document: string) => {
      const { errors, statements } = await newsroom.measure(`{ newsroom { ${document} } }`, {}, people.editor);
      expect(errors).toEqual([]);
      return statements.length;
    };
    const list = (first: number) => `articles(first: ${first}) { nodes { editing { by { name } } } }`;
    const now = 'editing { by { name } article { title } }';
    const { id } = parseGlobalId(articleId);
    await newsroom.database.transaction(async (tx) => {
      const since = await nowIn(tx);
      for (const { accountId } of [people.editor, people.chief, people.admin]) {
        await tx.manager.insert(EditingRow, { articleId: id, accountId, since, expiresAt: since + 60_000 });
      }
    });
    const [one, alone] = [await ask(list(1)), await ask(now)];
    for (let i = 0; i < 20; i++) {
      articleId = await begins(newsroom, people.editor, `Story ${i}`);
      await starts(people.chief);
    }
    expect(await ask(list(20))).toBe(one);
    expect(await ask(now)).toBe(alone);
  });
});
