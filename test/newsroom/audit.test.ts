import { AuditRow } from '../../src/kernel/ledger.rows.js';
import { raw, sql, type Sql } from '../../src/kernel/sql.js';
import { globalId } from '../../src/kernel/global-id.js';
import { dayOf } from '../../src/kernel/scalars.js';
import type { AccountViewer, Viewer } from '../../src/kernel/viewer.js';
import { insertAll } from '../../src/kernel/write.js';
import { deskOf } from '../support/desk.js';
import { begins, does } from '../support/does.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const day = 86_400_000;
const entry = 'action by { name } note subjectType subjectId revision';

interface Entry {
  action: string;
  by: { name: string } | null;
  note: string | null;
}

describe('the audit trail', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let elsewhere: AccountViewer;
  let articleId: string;
  let sportId: string;
  const longAgo = Date.UTC(2024, 5, 3);

  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    const desk = deskOf(newsroom);
    await desk.section('mena');
    const sport = await desk.section('sport');
    await desk.section('football', 'sport');
    elsewhere = await personOf(newsroom, { name: 'Elsa Elsewhere', role: 'EDITOR', sectionIds: [sport] });

    articleId = await begins(newsroom, people.contributor, 'Talks resume', { note: 'First words' });
    const target = (expectedVersion: number) => ({ articleId, expectedVersion });
    await does(newsroom, people.contributor, 'saveDraft', {
      ...target(1),
      title: 'Talks resume in Vienna',
      note: 'Where',
    });
    await does(newsroom, people.contributor, 'submitArticle', target(2));
    await does(newsroom, people.editor, 'approveArticle', { ...target(3), note: 'Well done' });
    await does(newsroom, people.editor, 'publishArticle', target(4));
    sportId = await begins(newsroom, people.editor, 'Match abandoned', { section: 'football' });

    const old = { note: null, detail: null };
    await newsroom.database.transaction((tx) =>
      insertAll(tx, AuditRow, [
        { ...old, at: longAgo - 1, accountId: null, action: 'import', subject: 'Article', subjectId: 900 },
        { ...old, at: longAgo, accountId: people.chief.accountId, action: 'merge', subject: 'Person', subjectId: 7 },
        {
          ...old,
          at: longAgo + day - 1,
          accountId: people.chief.accountId,
          action: 'kill',
          subject: 'Article',
          subjectId: 901,
        },
        {
          ...old,
          at: longAgo + day,
          accountId: people.editor.accountId,
          action: 'save',
          subject: 'Place',
          subjectId: 8,
        },
        {
          ...old,
          at: longAgo + day,
          accountId: people.admin.accountId,
          action: 'change',
          subject: 'Account',
          subjectId: 1,
        },
        {
          ...old,
          at: longAgo + day,
          accountId: elsewhere.accountId,
          action: 'sign-in',
          subject: 'Account',
          subjectId: 5,
        },
      ]),
    );
  });
  afterAll(() => newsroom.close());

  const trail = async (viewer: Viewer, args = ''): Promise<Entry[]> => {
    const { data, errors } = await newsroom.askAs(viewer, `{ newsroom { audit${args} { nodes { ${entry} } } } }`);
    expect(errors).toEqual([]);
    return data.newsroom.audit.nodes as Entry[];
  };
  const told = (entries: readonly Entry[]) => entries.map(({ action, by }) => `${by?.name ?? 'nobody'}: ${action}`);

  test('tells of a story who did what, newest first, with what was said', async () => {
    const { data, errors } = await newsroom.askAs(
      people.contributor,
      `query ($id: ID!) { newsroom { article(id: $id) { audit { totalCount nodes { ${entry} at } } } } }`,
      { id: articleId },
    );
    expect(errors).toEqual([]);
    const { totalCount, nodes } = data.newsroom.article.audit;
    const subject = { subjectType: 'Article', subjectId: articleId, at: expect.stringMatching(/^\d{4}-.*Z$/) };
    const [cora, edith] = [{ name: 'Cora Contributor' }, { name: 'Edith Editor' }];
    expect(nodes).toEqual([
      { ...subject, action: 'publish', by: edith, note: null, revision: 2 },
      { ...subject, action: 'approve', by: edith, note: 'Well done', revision: null },
      { ...subject, action: 'submit', by: cora, note: null, revision: null },
      { ...subject, action: 'save', by: cora, note: 'Where', revision: 2 },
      { ...subject, action: 'create', by: cora, note: 'First words', revision: null },
    ]);
    expect(totalCount).toBe(5);
  });

  test('is asked by subject, by person, by day and by action', async () => {
    expect(told(await trail(people.admin, `(filter: { subject: "${sportId}" })`))).toEqual(['Edith Editor: create']);
    const chief = globalId('Account', people.chief.accountId);
    expect(told(await trail(people.admin, `(filter: { account: "${chief}" })`))).toEqual([
      'Chima Chief: kill',
      'Chima Chief: merge',
    ]);
    expect(told(await trail(people.admin, '(filter: { on: "2024-06-02" })'))).toEqual(['nobody: import']);
    expect(told(await trail(people.admin, '(filter: { on: "2024-06-03" })'))).toEqual([
      'Chima Chief: kill',
      'Chima Chief: merge',
    ]);
    expect(
      told(await trail(people.admin, `(filter: { on: "2024-06-03", account: "${chief}", action: "merge" })`)),
    ).toEqual(['Chima Chief: merge']);
    expect(told(await trail(people.admin, '(filter: { action: "publish" })'))).toEqual(['Edith Editor: publish']);
    const today = dayOf(Date.now());
    expect((await trail(people.admin, `(filter: { on: "${today}" })`)).length).toBe(6);
  });

  test.each(['', '(filter: { on: "2024-06-04" })', '(filter: { action: "save" })'])(
    'comes page by page, without gaps or doubles %s',
    async (args) => {
      const whole = await trail(people.admin, args);
      expect(whole.length).toBeGreaterThan(1);
      const seen: Entry[] = [];
      for (let after: string | null = null; ;) {
        const { data, errors } = await newsroom.askAs(
          people.admin,
          `query ($after: String) { newsroom { audit(first: 1, after: $after${args && `, ${args.slice(1, -1)}`}) {
             totalCount pageInfo { hasNextPage endCursor } nodes { ${entry} } } } }`,
          { after },
        );
        expect(errors).toEqual([]);
        const { nodes, pageInfo, totalCount } = data.newsroom.audit;
        expect(totalCount).toBe(whole.length);
        seen.push(...(nodes as Entry[]));
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor as string;
      }
      expect(seen).toEqual(whole);
    },
  );

  test('tells an editor of the whole desk all but what is done to the accounts of others', async () => {
    const all = told(await trail(people.admin));
    expect(all).toContain('Ada Admin: change');
    expect(all).toContain('Elsa Elsewhere: sign-in');
    expect(told(await trail(people.editor))).toEqual(all.filter((line) => !/: (change|sign-in)$/.test(line)));
  });

  test('tells an editor of some sections of the stories in them, those below included, and what he did himself', async () => {
    expect(told(await trail(elsewhere))).toEqual(['Elsa Elsewhere: sign-in', 'Edith Editor: create']);
    expect(await trail(elsewhere, `(filter: { subject: "${articleId}" })`)).toEqual([]);
    expect(told(await trail(elsewhere, `(filter: { subject: "${sportId}" })`))).toEqual(['Edith Editor: create']);
  });

  test('tells him no more of a story that was moved elsewhere', async () => {
    const moved = await begins(newsroom, people.editor, 'Match moved', { section: 'sport' });
    const filter = `(filter: { subject: "${moved}" })`;
    expect(told(await trail(elsewhere, filter))).toEqual(['Edith Editor: create']);
    await does(newsroom, people.editor, 'saveDraft', { articleId: moved, expectedVersion: 1, section: 'mena' });
    expect(await trail(elsewhere, filter)).toEqual([]);
    expect(told(await trail(people.editor, filter))).toEqual(['Edith Editor: save', 'Edith Editor: create']);
  });

  test('refuses what is not an account', async () => {
    const { errors } = await newsroom.askAs(
      people.admin,
      `{ newsroom { audit(filter: { account: "${articleId}" }) { totalCount } } }`,
    );
    expect(errors.map(({ message, extensions }) => [extensions?.code, message])).toEqual([
      ['BAD_USER_INPUT', `"${articleId}" is the id of a Article; expected Account.`],
    ]);
  });

  test('costs the same statements for one story and for twenty', async () => {
    const ask = async (first: number) => {
      const document = `{ newsroom { articles(first: ${first}) { nodes { audit(first: 3) { totalCount nodes { by { name } } } } } } }`;
      const { errors, statements } = await newsroom.measure(document, {}, people.editor);
      expect(errors).toEqual([]);
      return statements.length;
    };
    const one = await ask(1);
    for (let i = 0; i < 20; i++) await begins(newsroom, people.editor, `Story ${i}`);
    expect(await ask(20)).toBe(one);
  });

  describe('with much in it', () => {
    beforeAll(async () => {
      const rows = Array.from({ length: 4_000 }, (_, i) => ({
        at: longAgo + i * 3_600_000,
        accountId: 50 + (i % 40),
        action: 'save',
        subject: 'Article',
        subjectId: 1_000 + (i % 400),
        note: null,
        detail: null,
      }));
      await newsroom.database.transaction(async (tx) => {
        await insertAll(tx, AuditRow, rows);
        await tx.run(raw(onMariadb ? 'analyze table audit' : 'analyze'));
      });
    }, 60_000);

    const planOf = async (viewer: Viewer, args: string): Promise<string> => {
      const asked: Sql[] = [];
      const { database } = newsroom;
      const spied = { ...database, read: <Row>(sent: Sql) => (asked.push(sent), database.read<Row>(sent)) };
      const { parse, execute } = await import('graphql');
      const { errors = [] } = await execute({
        schema: newsroom.schema,
        document: parse(args),
        contextValue: { ...newsroom.contextAs(viewer), database: spied },
      });
      expect(errors).toEqual([]);
      const sent = asked.find(({ text }) => /audit au/.test(text))!;
      const explain = sql`${raw(onMariadb ? 'explain' : 'explain query plan')} ${sent}`;
      return JSON.stringify(await database.read<object>(explain));
    };
    const whole = onMariadb
      ? /"table":"au"[^}]*"type":"(ALL|index)"|"type":"(ALL|index)"[^}]*"table":"au"/
      : /SCAN au(?! USING INTEGER)/;

    test.each([
      ['a story', () => `{ newsroom { article(id: "${articleId}") { audit { nodes { action } } } } }`, 'audit_subject'],
      [
        'a subject',
        () => `{ newsroom { audit(filter: { subject: "${globalId('Article', 1_007)}" }) { nodes { action } } } }`,
        'audit_subject',
      ],
      [
        'an account',
        () => `{ newsroom { audit(filter: { account: "${globalId('Account', 57)}" }) { nodes { action } } } }`,
        'audit_account',
      ],
      ['a day', () => '{ newsroom { audit(filter: { on: "2024-06-20" }) { nodes { action } } } }', 'audit_at'],
    ])('finds what belongs to %s by an index', async (_, document, index) => {
      const plan = await planOf(people.editor, document());
      expect(plan).toContain(index);
      expect(plan).not.toMatch(whole);
    });

    test('finds what belongs to a day without sorting it', async () => {
      const plan = await planOf(
        people.editor,
        '{ newsroom { audit(filter: { on: "2024-06-20" }) { nodes { action } } } }',
      );
      expect(plan).not.toMatch(/filesort|TEMP B-TREE/);
    });

    test('walks the whole trail from its end', async () => {
      const plan = await planOf(people.editor, '{ newsroom { audit { nodes { action } } } }');
      expect(plan).toMatch(onMariadb ? /"key":"PRIMARY"/ : /SCAN au/);
      expect(plan).not.toMatch(/filesort|TEMP B-TREE/);
    });
  });
});
