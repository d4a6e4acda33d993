import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { begins, does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

interface Change {
  path: string;
  before: string | null;
  after: string | null;
}

describe('the history of a story', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let personId: string;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    const desk = deskOf(newsroom);
    await desk.section('mena');
    await desk.section('world');
    personId = globalId('Person', await desk.entity('Person', 'Ali Bagheri'));
  });
  afterAll(() => newsroom.close());

  const article = async (id: string, selection: string, viewer = people.chief) => {
    const { data, errors } = await newsroom.askAs(
      viewer,
      `query ($id: ID!) { newsroom { article(id: $id) { ${selection} } } }`,
      { id },
    );
    expect(errors).toEqual([]);
    return data.newsroom.article;
  };
  const readers = async (id: string) =>
    (
      await newsroom.ask(
        `query ($id: ID!) { node(id: $id) { ... on Article { title standfirst publishedAt updatedAt body { text }
           credits { text } mentions { surface } related { totalCount } section { slug } publication { visibleFrom edition { number } } } } }`,
        { id },
      )
    ).data.node as object | null;

  /** A story with three texts: the second was published, the third has everything changed. */
  const story = async (title: string): Promise<string> => {
    const beside = await begins(newsroom, people.editor, `Beside ${title}`);
    const articleId = await begins(newsroom, people.contributor, title, {
      body: { markdown: 'Ali Bagheri spoke.\n\nNobody answered.' },
    });
    const to = (expectedVersion: number, more: object = {}) => ({ articleId, expectedVersion, ...more });
    const saved = { __typename: 'DraftSaved' };
    const credits = [{ role: 'AUTHOR', text: 'By Cora', entity: personId }];
    const mentions = [{ entity: personId, blockKey: (await firstBlock(articleId)).key, start: 0, end: 11 }];
    expect(await does(newsroom, people.editor, 'setCredits', to(1, { credits, note: 'Who wrote it' }))).toEqual(saved);
    await does(newsroom, people.contributor, 'submitArticle', to(2));
    await does(newsroom, people.editor, 'approveArticle', to(3));
    await does(newsroom, people.editor, 'publishArticle', to(4));
    expect(await does(newsroom, people.editor, 'setMentions', to(5, { mentions }))).toEqual(saved);
    const related = [{ article: beside, kind: 'FOLLOW_UP', kicker: 'Iran' }];
    expect(await does(newsroom, people.editor, 'relateStories', to(6, { related }))).toEqual({
      __typename: 'StoriesRelated',
    });
    const changed = {
      title: `${title} again`,
      standfirst: 'In Vienna',
      section: 'world',
      kind: 'ANALYSIS',
      seo: { title: 'Talks' },
    };
    const body = { markdown: 'A new beginning.\n\nNobody answered.' };
    expect(
      await does(newsroom, people.chief, 'saveDraft', to(7, { ...changed, body, note: 'Rewritten' })),
    ).toMatchObject(saved);
    return articleId;
  };
  const firstBlock = async (id: string) =>
    (await article(id, 'body { blocks { key } }')).body.blocks[0] as { key: string };

  test('has every text it had, newest first: who saved it when, what he said, and when readers got it', async () => {
    const id = await story('Talks resume');
    const { revisions } = await article(
      id,
      'revisions { totalCount nodes { number savedBy { name } title standfirst note wordCount visibleFrom body { text } } }',
    );
    const old = { title: 'Talks resume', standfirst: '', wordCount: 5, note: null, visibleFrom: null };
    const text = 'Ali Bagheri spoke.\n\nNobody answered.';
    const [cora, edith, chima] = ['Cora Contributor', 'Edith Editor', 'Chima Chief'].map((name) => ({ name }));
    const published = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(revisions).toEqual({
      totalCount: 5,
      nodes: [
        {
          number: 5,
          savedBy: chima,
          title: 'Talks resume again',
          standfirst: 'In Vienna',
          note: 'Rewritten',
          wordCount: 5,
          visibleFrom: null,
          body: { text: 'A new beginning.\n\nNobody answered.' },
        },
        { ...old, number: 4, savedBy: edith, body: { text } },
        { ...old, number: 3, savedBy: edith, body: { text } },
        { ...old, number: 2, savedBy: edith, note: 'Who wrote it', visibleFrom: published, body: { text } },
        { ...old, number: 1, savedBy: cora, body: { text } },
      ],
    });
    const { live } = await article(id, 'live { publication { visibleFrom } }');
    expect((revisions.nodes[3] as { visibleFrom: string }).visibleFrom).toBe(live.publication.visibleFrom);
  });

  test('tells what each text changed in the one before it', async () => {
    const id = await story('Talks stall');
    const { revisions } = await article(id, 'revisions { nodes { number changes { path before after } } }');
    const [fifth, fourth, third, second, first] = (revisions.nodes as { changes: Change[] }[]).map(
      ({ changes }) => changes,
    );
    expect(first).toEqual([]);
    const paths = (changes?: Change[]) => [...new Set(changes!.map(({ path }) => path.split('.')[0]))].sort();
    expect(paths(second)).toEqual(['credits']);
    expect(second!.map(({ after }) => after).join()).toMatch(/By Cora/);
    expect(paths(third)).toEqual(['mentions']);
    expect(third!.map(({ after }) => after).join()).toMatch(/Ali Bagheri/);
    expect(paths(fourth)).toEqual(['related']);
    expect(JSON.stringify(fourth)).toMatch(/beside-talks-stall/);
    expect(paths(fifth).filter((path) => path !== 'mentions')).toEqual([
      'body',
      'kind',
      'section',
      'seo',
      'standfirst',
      'title',
    ]);
    expect(fifth).toContainEqual(
      expect.objectContaining({ path: 'title', before: 'Talks stall', after: 'Talks stall again' }),
    );
    expect(fifth).toContainEqual(expect.objectContaining({ path: 'section', before: 'mena', after: 'world' }));
    expect(JSON.stringify(fifth)).toContain('A new beginning.');
    expect(JSON.stringify(fifth)).not.toContain('Nobody answered.');
  });

  test('compares any two texts, in both directions', async () => {
    const id = await story('Talks end');
    const { there, back, same } = await article(
      id,
      `there: compare(from: 1, to: 5) { path before after } back: compare(from: 5, to: 1) { path before after }
       same: compare(from: 3, to: 3) { path before after }`,
    );
    expect(same).toEqual([]);
    expect(there).toContainEqual(
      expect.objectContaining({ path: 'title', before: 'Talks end', after: 'Talks end again' }),
    );
    expect(back).toContainEqual(
      expect.objectContaining({ path: 'title', before: 'Talks end again', after: 'Talks end' }),
    );
    const { data, errors } = await newsroom.askAs(
      people.chief,
      `query ($id: ID!) { newsroom { article(id: $id) { compare(from: 1, to: 6) { path } } } }`,
      { id },
    );
    expect(data.newsroom).toEqual({ article: null });
    expect(errors.map(({ message, extensions }) => [extensions?.code, message])).toEqual([
      ['BAD_USER_INPUT', 'The story has no revision 6.'],
    ]);
  });

  test('gives one text by its number, and none for a number it has not', async () => {
    const id = await story('Talks about talks');
    const at = (number: number) => `r${number}: revision(number: ${number}) { number title }`;
    expect(await article(id, `${at(1)} ${at(5)} ${at(6)} none: revision(number: -1) { number }`)).toEqual({
      r1: { number: 1, title: 'Talks about talks' },
      r5: { number: 5, title: 'Talks about talks again' },
      r6: null,
      none: null,
    });
  });

  test('comes page by page, without gaps or doubles', async () => {
    const id = await story('Talks in pages');
    const seen: number[] = [];
    for (let after: string | null = null; ;) {
      const { revisions } = await article(
        id,
        `revisions(first: 2${after ? `, after: "${after}"` : ''}) { nodes { number } pageInfo { hasNextPage endCursor } }`,
      );
      seen.push(...(revisions.nodes as { number: number }[]).map(({ number }) => number));
      if (!revisions.pageInfo.hasNextPage) break;
      after = revisions.pageInfo.endCursor as string;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  test('does not name, among what stands beside a text, a story that is not the viewer’s to see', async () => {
    const id = await story('Talks overheard');
    const paths = async (viewer = people.contributor) =>
      ((await article(id, 'compare(from: 3, to: 4) { path before after }', viewer)).compare as Change[]).map((change) =>
        JSON.stringify(change),
      );
    expect((await paths(people.editor)).join()).toMatch(/beside-talks-overheard/);
    expect(await paths()).toHaveLength((await paths(people.editor)).length);
    expect((await paths()).join()).not.toMatch(/beside-talks-overheard/i);
  });

  test('is nobody’s who may not see the story', async () => {
    const id = await story('Talks behind doors');
    const other = await personOf(newsroom, { name: 'Carl Contributor', role: 'CONTRIBUTOR' });
    expect(await article(id, 'revisions { nodes { title } }', other)).toBeNull();
    expect(await article(id, 'revisions { totalCount }', people.contributor)).toEqual({ revisions: { totalCount: 5 } });
  });

  test('costs the same statements for one text and for twenty, and for one story and for many', async () => {
    const id = await begins(newsroom, people.editor, 'Talks without end', { body: { markdown: 'Ali Bagheri spoke.' } });
    const selection = 'number savedBy { name } title note body { text } changes { path before after }';
    const ask = async (document: string) => {
      const { errors, statements } = await newsroom.measure(`{ newsroom { ${document} } }`, {}, people.chief);
      expect(errors).toEqual([]);
      return statements.length;
    };
    const save = (expectedVersion: number) =>
      does(newsroom, people.editor, 'saveDraft', {
        articleId: id,
        expectedVersion,
        title: `Talks without end ${expectedVersion}`,
      });
    await save(1);
    const ofOne = (first: number) =>
      ask(`article(id: "${id}") { revisions(first: ${first}) { totalCount nodes { ${selection} } } }`);
    const ofMany = (first: number) =>
      ask(`articles(first: ${first}) { nodes { revisions(first: 3) { totalCount nodes { ${selection} } } } }`);
    const [one, many] = [await ofOne(1), await ofMany(2)];
    for (let version = 2; version <= 20; version++) expect(await save(version)).toEqual({ __typename: 'DraftSaved' });
    expect(await ofOne(20)).toBe(one);
    expect(one).toBeLessThanOrEqual(11);
    for (let i = 0; i < 10; i++) await begins(newsroom, people.editor, `Many ${i}`);
    expect(await ofMany(12)).toBeLessThanOrEqual(many + 2);
  });

  describe('restored', () => {
    const parts =
      'title standfirst kind language section { slug } body { text } credits { role text person { name } } mentions { surface start } related { totalCount } seo { title }';
    const restores = (articleId: string, expectedVersion: number, revision: number, more: object = {}) =>
      does(newsroom, people.editor, 'restoreRevision', {
        articleId,
        expectedVersion,
        revision,
        note: 'It was better',
        ...more,
      });

    test('is a new draft like the old text in all its parts, and readers see what they saw', async () => {
      const id = await story('Talks restored');
      const before = await readers(id);
      expect(before).toMatchObject({ title: 'Talks restored', publication: { edition: { number: 2 } } });
      expect(await restores(id, 8, 4)).toEqual({ __typename: 'DraftSaved' });
      expect(await readers(id)).toEqual(before);
      const now = await article(
        id,
        `version workflowState ${parts} compare(from: 4, to: 6) { path }
        revisions(first: 2) { nodes { number title note savedBy { name } visibleFrom changes { path } } }
        audit(first: 1) { nodes { action note revision by { name } } }`,
      );
      expect(now).toMatchObject({
        version: 9,
        workflowState: 'PUBLISHED',
        title: 'Talks restored',
        standfirst: '',
        kind: 'NEWS',
        section: { slug: 'mena' },
        credits: [{ role: 'AUTHOR', text: 'By Cora', person: { name: 'Ali Bagheri' } }],
        mentions: [{ surface: 'Ali Bagheri', start: 0 }],
        related: { totalCount: 1 },
        compare: [],
      });
      const [restored, old] = now.revisions.nodes as { number: number; changes: Change[] }[];
      const saved = { number: 6, title: 'Talks restored', note: 'It was better', savedBy: { name: 'Edith Editor' } };
      expect(restored).toMatchObject({ ...saved, visibleFrom: null });
      expect(restored!.changes.length).toBeGreaterThan(5);
      expect(old).toMatchObject({ number: 5, title: 'Talks restored again' });
      expect(now.audit.nodes).toEqual([
        { action: 'restore', note: 'It was better', revision: 6, by: { name: 'Edith Editor' } },
      ]);
    });

    test('is refused at another version, and for a number the story has not; nothing is saved', async () => {
      const id = await story('Talks not restored');
      expect(await restores(id, 7, 1)).toMatchObject({ __typename: 'StaleVersion', path: ['expectedVersion'] });
      expect(await restores(id, 8, 6)).toEqual({
        __typename: 'Missing',
        message: 'There is no such revision of that story.',
        path: ['revision'],
      });
      expect(await article(id, 'version revisions { totalCount }')).toEqual({
        version: 8,
        revisions: { totalCount: 5 },
      });
    });

    test('asks an approved story for another approval', async () => {
      const id = await begins(newsroom, people.editor, 'Talks approved');
      await does(newsroom, people.editor, 'submitArticle', { articleId: id, expectedVersion: 1 });
      await does(newsroom, people.editor, 'approveArticle', { articleId: id, expectedVersion: 2 });
      expect(await restores(id, 3, 1)).toEqual({ __typename: 'DraftSaved' });
      expect(await article(id, 'workflowState')).toEqual({ workflowState: 'IN_REVIEW' });
    });

    test('is restored once for one key', async () => {
      const id = await story('Talks once');
      await restores(id, 8, 1, { idempotencyKey: 'once' });
      expect(await restores(id, 8, 1, { idempotencyKey: 'once' })).toEqual({ __typename: 'DraftSaved' });
      const rows = await newsroom.database.read(
        sql`select count(*) as total from edition e join article a on a.id = e.articleId where a.slug = ${'talks-once'}`,
      );
      expect(rows).toEqual([{ total: 6 }]);
    });
  });
});
