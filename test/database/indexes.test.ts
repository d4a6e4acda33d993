import { raw, type Sql } from '../../src/kernel/sql.js';
import { globalId } from '../../src/kernel/global-id.js';
import { operator, reader, type Viewer } from '../../src/kernel/viewer.js';
import { saveRoles } from '../../src/entities/entity.commands.js';
import { createFront } from '../../src/fronts/front.commands.js';
import { publishFront } from '../../src/fronts/publish.commands.js';
import { createStoryline } from '../../src/storylines/storyline.commands.js';
import { wordAllStories } from '../../src/newsroom/beside/wording.commands.js';
import {
  countsOf,
  edgesOf,
  wordedLike,
  wordingsOfEditions,
  wordingsOfStories,
} from '../../src/newsroom/beside/wording.queries.js';
import { rebuildIndex } from '../../src/search/rebuild.commands.js';
import { deskOf } from '../support/desk.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { entityNamed, storyTitled } from '../../src/newsroom/import/import.queries.js';
import { entitiesNamed, knownItems, storiesMeant } from '../../src/newsroom/import/write.queries.js';

/** Tables that are small by their nature and are read whole on purpose. */
const readWhole = new Set(['section', 'front', 'placement', 'banner', 'newsletter', 'consent_category']);

/** Indexes whose order is the list's: reading them from their end stops at the limit. */
const walkedInOrder = ['article_changed', 'storyline_active', 'storyline_changed'];
const wholeScan = new RegExp(
  `^SCAN (\\w+)(?! USING (?:COVERING )?INDEX (?:${walkedInOrder.join('|')})\\b| VIRTUAL TABLE INDEX)`,
);

describe('indexes', () => {
  let newsroom: TestNewsroom;
  let asked: Sql[];
  let personId: string;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    const desk = deskOf(newsroom);
    const sectionId = await desk.section('mena');
    const person = await desk.entity('Person', 'Ali Bagheri', { aliases: ['Bagheri'] });
    personId = globalId('Person', person);
    for (let i = 0; i < 300; i++) {
      const id = await desk.entity('Person', `Person Number${i}`, { aliases: [`Alias${i}`] });
      await saveRoles(newsroom.context(), id, [{ title: 'Envoy', interim: false, startedOn: '2000-01-01' }]);
    }
    let before: number | undefined;
    for (let i = 0; i < 300; i++) {
      const related = before === undefined ? [] : [{ articleId: before, kind: 'RELATED' as const }];
      const paragraphs = i % 10 === 0 ? ['Ali Bagheri spoke.'] : ['Nobody spoke.'];
      before = (await desk.publish({ slug: `story-${i}`, sectionId, paragraphs, related })).articleId;
    }
    await rebuildIndex(newsroom.context());
    await wordAllStories(newsroom.context());
    await newsroom.database.transaction((tx) =>
      tx.run(raw("insert into import_address (address, articleId) select concat('old.example/', id), id from article")),
    );
    await arrange();
    await newsroom.database.transaction((tx) =>
      tx.run(
        raw(
          onMariadb
            ? 'analyze table front, front_edition, front_block, front_pin, front_publication, storyline, storyline_entry, listing, publication, edition, article, mention, related_story, path, entity, entity_alias, entity_form, entity_role, search_text, wording, wording_term, wording_count, import_address'
            : 'analyze',
        ),
      ),
    );
  }, 120_000);
  afterAll(() => newsroom.close());

  /** Hundreds of fronts, arrangements and storylines. */
  const arrange = async () => {
    const as = () => newsroom.contextAs(operator);
    const both = { sections: ['mena'], kinds: ['NEWS' as const] };
    const pins = [{ articleId: 3 }, { articleId: 5 }];
    const blocks = [
      { size: 5, filter: {}, pins },
      { size: 5, filter: both },
      { size: 5, filter: { entities: [personId] } },
    ];
    await createFront(as(), { title: 'Home', blocks });
    await publishFront(as(), { frontId: 1, expectedVersion: 1 });
    await createStoryline(as(), { title: 'Talks', status: 'OPEN', entries: pins });
    await newsroom.database.transaction(async (tx) => {
      for (const insert of [
        "front (slug, version, createdAt, changedAt) select concat('f', id), 1, 0, 0 from article",
        `front_edition (frontId, number, title, description, contentHash, savedAt)
           select f.id, 2, 'T', '', 'h', 0 from front f union all select 1, id + 2, 'T', '', 'h', 0 from article`,
        "front_block (editionId, position, blockKey, title, size) select id, 0, 'top', '', 5 from front_edition where id > 1",
        'front_pin (blockId, position, articleId) select b.id, 1, a.id from front_block b join article a on a.id = b.id where b.id > 3',
        `front_publication (frontId, editionId, visibleFrom, visibleUntil, seq)
           select f.id, e.id, 5, 9, 1 from front f join front_edition e on e.frontId = f.id and e.number = 2`,
        `storyline (slug, title, summary, status, version, createdAt, changedAt, activeAt)
           select concat('s', id), 'T', '${'What it is about. '.repeat(20)}', 'OPEN', 1, id, id, id from article`,
        `storyline_entry (storylineId, position, articleId, isTurningPoint)
           select s.id, p.n, a.id, 0 from storyline s join (select 0 as n union select 1) p
           join article a on a.id = s.id - p.n where s.id > 1`,
      ])
        await tx.run(raw(`insert into ${insert}`));
    });
  };

  const collect = async (document: string, viewer: Viewer = reader) => {
    asked = [];
    const spied = {
      ...newsroom.database,
      read: <Row>(statement: Sql) => (asked.push(statement), newsroom.database.read<Row>(statement)),
    };
    const ctx = { ...newsroom.contextAs(viewer), database: spied };
    const { parse, execute } = await import('graphql');
    const { errors = [] } = await execute({ schema: newsroom.schema, document: parse(document), contextValue: ctx });
    expect(errors).toEqual([]);
  };

  const documents: Record<string, () => string> = {
    'an article by slug, with all that belongs to it':
      () => `{ article(slug: "story-20") { body { text } credits { text }
      mentions { surface role { title } } related(first: 5) { totalCount nodes { title } } corrections { note } } }`,
    'articles by id': () => `{ nodes(ids: ["${globalId('Article', 3)}", "${globalId('Article', 4)}"]) { id } }`,
    'the latest': () => '{ articles(first: 20) { nodes { title } } }',
    'the latest of a section': () => '{ section(slug: "mena") { articles(first: 20) { nodes { title } totalCount } } }',
    'a filter by everything':
      () => `{ articles(first: 20, filter: { sections: ["mena"], entities: ["${personId}"], kinds: [NEWS, ANALYSIS],
      languages: ["en"], publishedAfter: "2020-01-01T00:00:00Z", publishedBefore: "2099-01-01T00:00:00Z" }) { totalCount nodes { title } } }`,
    'a filter by several kinds': () =>
      '{ articles(first: 20, filter: { kinds: [NEWS, LIVE] }) { totalCount nodes { title } } }',
    'a person with posts, names, stories and company': () => `{ person(slug: "ali-bagheri") { aliases roles { title }
      articles(first: 5) { totalCount nodes { title } } mentionedWith(first: 5) { articleCount entity { name } } } }`,
    'a search': () =>
      '{ search(query: "headline bagheri") { totalCount suggestion entities { name } edges { highlight node { title } } facets { entities { count } } } }',
    'a search without words': () =>
      '{ search(query: "", filter: { languages: ["xx"] }) { totalCount facets { kinds { count } } nodes { title } } }',
    'a search without words for two sections, two kinds and what is not in it': () =>
      '{ search(query: "-nobody -person:Alias7", filter: { sections: ["mena", "world"], kinds: [NEWS, LIVE] }) { nodes { title } } }',
    'a front': () =>
      '{ front(slug: "home") { title section { name } blocks { title stories { title article { title section { name } } } } } }',
    'a front as it was': () =>
      '{ front(slug: "home", asOf: "2099-01-01T00:00:00Z") { blocks { stories { article { title } } } } }',
    'a storyline': () =>
      '{ storyline(slug: "talks") { entries { title article { title storylines { title } } } mainEntities { entity { name } } } }',
    'the newest storylines': () => '{ storylines(first: 5) { nodes { title entries(first: 3) { at } } } }',
    'fronts by their slugs': () => '{ fronts(first: 5) { nodes { title } } }',
    'what lives at a path': () => '{ resolvePath(path: "/mena/story-5") { __typename } }',
  };

  test.each(Object.keys(documents))('serve %s: no large table is read whole', async (name) => {
    await collect(documents[name]!());
    expect(asked.length).toBeGreaterThan(0);
    for (const statement of asked)
      expect({ statement: statement.text, whole: await wholeReads(statement) }).toEqual({
        statement: statement.text,
        whole: [],
      });
  });

  const desk: Record<string, string> = {
    'what was changed last':
      '{ newsroom { articles(first: 20) { nodes { title live { slug } related(first: 5) { nodes { slug } } } } } }',
    'what is in review': '{ newsroom { articles(first: 20, filter: { states: [IN_REVIEW] }) { nodes { title } } } }',
    'what I began': '{ newsroom { articles(first: 20, filter: { mine: true }) { nodes { title } } } }',
    'a search in drafts': '{ newsroomSearch(query: "nobody spoke") { totalCount nodes { title } } }',
    'its fronts':
      '{ newsroomFronts(first: 5) { nodes { title scheduled { at } newest { blocks { pins { article { title } } } } revisions(first: 3) { totalCount nodes { note } } } } }',
    'its storylines': '{ newsroomStorylines(first: 5) { nodes { title entries { article { title } } } } }',
    'what failed': '{ newsroom { failedJobs { totalCount nodes { topic } } } }',
  };

  test.each(Object.keys(desk))('serve the desk %s: no large table is read whole', async (name) => {
    const editor: Viewer = { kind: 'account', accountId: 1, name: 'Edith', role: 'EDITOR', sectionIds: null };
    await collect(desk[name]!, name === 'what failed' ? operator : editor);
    for (const statement of asked)
      expect({ statement: statement.text, whole: await wholeReads(statement) }).toEqual({
        statement: statement.text,
        whole: [],
      });
  });

  test('serve the import’s look-ups', async () => {
    asked = [];
    const spied = {
      ...newsroom.database,
      read: <Row>(statement: Sql) => (asked.push(statement), newsroom.database.read<Row>(statement)),
    };
    const ctx = { ...newsroom.context(), database: spied };
    await storyTitled(ctx, 'The headline of story-7');
    await entityNamed(ctx, 'Bagheri');
    await knownItems(spied, 'test', ['story-7', 'story-8']);
    await entitiesNamed(spied, ['Ali Bagheri', 'Alias7']);
    await storiesMeant(spied, ['old.example/7', 'id:test:story-8']);
    expect(asked).toHaveLength(5);
    for (const statement of asked)
      expect({ statement: statement.text, whole: await wholeReads(statement) }).toEqual({
        statement: statement.text,
        whole: [],
      });
  });

  test('serve what belongs beside a story', async () => {
    asked = [];
    const spied = {
      ...newsroom.database,
      read: <Row>(statement: Sql) => (asked.push(statement), newsroom.database.read<Row>(statement)),
    };
    const ctx = { ...newsroom.context(), database: spied };
    const [{ articleId, editionId }] = (await newsroom.database.read<{ articleId: number; editionId: number }>(
      raw('select articleId, editionId from wording limit 1'),
    )) as [{ articleId: number; editionId: number }];
    const [{ term }] = (await newsroom.database.read<{ term: number }>(
      raw('select term from wording_term limit 1'),
    )) as [{ term: number }];
    await countsOf(spied.dialect, (statement) => spied.read(statement), [term]);
    expect(await wordedLike(ctx, [{ term, weight: 1 }], 200)).not.toEqual([]);
    expect(await wordingsOfEditions(ctx, [editionId])).not.toEqual([]);
    expect(await wordingsOfStories(ctx, [articleId, articleId + 1])).not.toEqual([]);
    await edgesOf(ctx, [articleId, articleId + 1], Date.parse('2100-01-01'));
    expect(asked).toHaveLength(5);
    for (const statement of asked)
      expect({ statement: statement.text, whole: await wholeReads(statement) }).toEqual({
        statement: statement.text,
        whole: [],
      });
  });

  test('are missed when they are not there', async () => {
    const without = { text: "select id from edition where standfirst = 'nothing'", values: [] };
    expect(await wholeReads(without)).toEqual(['edition']);
  });

  test('walk a list in its order, without sorting it', async () => {
    await collect('{ articles(first: 20) { nodes { title } } }');
    const range = asked.find(({ text }) => text.startsWith('select l.list'))!;
    const plan = await explain(range);
    expect(JSON.stringify(plan)).not.toMatch(/filesort|TEMP B-TREE/);
  });

  test.each([
    'query: "section:mena"',
    'query: "person:Bagheri"',
    'query: "section:mena -nobody", filter: { kinds: [NEWS], languages: ["en", "fa"] }',
    'query: "", filter: { languages: ["xx"] }',
    'query: "", filter: { publishedBefore: "2099-01-01T00:00:00Z" }',
    'query: "-section:mena"',
  ])('walk a list for a search without words, and look up its texts: %s', async (args) => {
    await collect(`{ search(${args}) { nodes { title } } }`);
    const plan = await explain(asked.find(({ text }) => text.includes('search_text'))!);
    const lookUps = onMariadb
      ? plan.filter(({ table }) => table === 't').map(({ key }) => String(key))
      : plan.flatMap(({ detail }) => /^SEARCH t USING INDEX (\w+)/.exec(String(detail))?.slice(1) ?? []);
    expect([...new Set(lookUps)]).toEqual(['search_text_edition']);
  });

  test('tell by dates alone how far back a front as it was is filled from', async () => {
    await collect('{ front(slug: "home", asOf: "2099-01-01T00:00:00Z") { blocks { key stories { isPinned } } } }');
    const plan = await explain(asked.find(({ text }) => text.includes('as asked,'))!);
    const dates = onMariadb
      ? plan.filter(({ table }) => table === 'd').map(({ key, Extra }) => [key, /Using index$/.test(String(Extra))])
      : plan.flatMap(({ detail }) => {
          const [, covering, key] = / d USING (COVERING )?INDEX (\w+)/.exec(String(detail)) ?? [];
          return key === undefined ? [] : [[key, covering !== undefined]];
        });
    expect(dates.length).toBeGreaterThan(0);
    for (const each of dates) expect(each).toEqual(['publication_date', true]);
  });

  const explain = (statement: Sql) =>
    newsroom.database.read<Record<string, unknown>>({
      text: `${onMariadb ? 'explain' : 'explain query plan'} ${statement.text}`,
      values: statement.values,
    });

  /** The large tables that a statement reads from one end to the other. */
  async function wholeReads(statement: Sql): Promise<string[]> {
    const plan = await explain(statement);
    const aliases = new Map(
      [...statement.text.matchAll(/\b(?:from|join)\s+([a-z_]+)\s+(?:as\s+)?([a-z]\w*)/gi)].map((match) => [
        match[2]!,
        match[1]!,
      ]),
    );
    const tableOf = (name: string) => aliases.get(name) ?? name;
    const whole = onMariadb
      ? plan
          .filter((step) => step.type === 'ALL' || (step.type === 'index' && !walkedInOrder.includes(String(step.key))))
          .map((step) => String(step.table))
      : plan.flatMap((step) => wholeScan.exec(String(step.detail))?.[1] ?? []);
    const real = new Set((await tables()).map((row) => row.name));
    return whole.map(tableOf).filter((table) => real.has(table) && !readWhole.has(table));
  }

  const tables = () =>
    newsroom.database.read<{ name: string }>(
      raw(
        onMariadb
          ? 'select table_name as name from information_schema.tables where table_schema = database()'
          : "select name from sqlite_master where type = 'table'",
      ),
    );
});
