import type { Context } from '../../src/kernel/context.js';
import { useEngine } from '../../src/search/engine.js';
import { indexStories } from '../../src/search/index.commands.js';
import { openSearchEngine } from '../../src/search/opensearch.engine.js';
import { rebuildIndex } from '../../src/search/rebuild.commands.js';
import { tokenOf } from '../../src/search/token.rules.js';
import { sql } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { fakeOpenSearch } from '../support/opensearch.js';

describe('OpenSearch as the engine of the search', () => {
  let newsroom: TestNewsroom;
  let fake: Awaited<ReturnType<typeof fakeOpenSearch>>;
  let talks: { articleId: number; editionId: number };
  let draft: { articleId: number; editionId: number };
  beforeEach(async () => {
    [newsroom, fake] = await Promise.all([openNewsroom(), fakeOpenSearch()]);
    useEngine(newsroom.database, openSearchEngine(fake.address));
    const desk = deskOf(newsroom);
    talks = await desk.publish({ slug: 'talks', title: 'Iran confirms secret talks', paragraphs: ['In Muscat.'] });
    draft = await desk.draft({ slug: 'plan', title: 'A plan' });
  });
  afterEach(async () => {
    await newsroom.close();
    await fake.close();
  });

  const last = (path: string) => fake.asked.filter((asked) => asked.path.endsWith(path)).at(-1)!;
  const hit = ({ articleId, editionId }: typeof talks, score: number) => ({
    _score: score,
    _source: { articleId, editionId, facets: ['s1', 'knews', 'y2024'] },
    sort: [score, articleId],
  });

  test('makes an index on its first write, and stamps what it writes', async () => {
    await indexStories(newsroom.context(), [talks.articleId, draft.articleId]);
    const [[name, index]] = [...fake.indexes] as [[string, { aliases: Set<string>; documents: Map<string, unknown> }]];
    expect(name).toMatch(/^paper-\d{13}$/);
    expect([...index.aliases]).toEqual(['paper']);
    expect(JSON.parse(last(`/${name}`).body).mappings).toMatchObject({
      dynamic: 'strict',
      properties: { terms: { type: 'text', analyzer: 'whitespace' }, facets: { type: 'keyword' } },
    });
    const bulk = last('/_bulk');
    expect(bulk.contentType).toBe('application/x-ndjson');
    expect(bulk.authorization).toBe(`Basic ${Buffer.from('desk:secret').toString('base64')}`);
    expect(bulk.body.endsWith('\n')).toBe(true);
    const [action, source] = bulk.body.split('\n').map((line) => (line === '' ? null : JSON.parse(line)));
    expect(action).toEqual({
      index: { _index: name, _id: String(talks.editionId), version: expect.any(Number), version_type: 'external_gte' },
    });
    expect(source).toMatchObject({ articleId: talks.articleId, isForReaders: true, isNewest: true });
    expect(source.terms).toContain(['iran', 'confirm'].map(tokenOf).join(' '));
    expect([...index.documents.keys()]).toEqual([String(talks.editionId), String(draft.editionId)]);
  });

  test('deletes texts that are out of use, and does not mind being late', async () => {
    await indexStories(newsroom.context(), [talks.articleId]);
    const later = await deskOf(newsroom).publish({ slug: 'talks', title: 'Iran denies secret talks' });
    await indexStories(newsroom.context(), [talks.articleId]);
    const [{ documents }] = [...fake.indexes.values()] as unknown as [
      { documents: Map<string, { version: number; source: unknown }> },
    ];
    expect(documents.get(String(talks.editionId))!.source).toBeNull();
    expect(documents.get(String(later.editionId))!.source).toMatchObject({ isForReaders: true });
    for (const stored of documents.values()) stored.version += 3_600_000; // as if somebody had written meanwhile
    await indexStories(newsroom.context(), [talks.articleId]);
    expect(documents.get(String(later.editionId))!.source).toMatchObject({ isForReaders: true });
  });

  test('asks in a query of ours, and shows of the answer what readers see now', async () => {
    await indexStories(newsroom.context(), [talks.articleId, draft.articleId]);
    fake.state.answer = { hits: { hits: [hit(draft, 3), hit(talks, 2.5)] } };
    const { data, errors } = await newsroom.ask(
      `{ search(query: "\\"secret talks\\" iran -doha", first: 5, filter: { kinds: [NEWS] }) { totalCount
         facets { years { year count } } edges { score node { slug } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.search).toEqual({
      totalCount: 1,
      facets: { years: [{ year: 2024, count: 1 }] },
      edges: [{ score: 2.5, node: { slug: 'talks' } }],
    });
    const body = JSON.parse(last('/paper/_search').body);
    const { query, functions, score_mode, boost_mode } = body.query.function_score;
    const any = (...tokens: string[]) => ({
      bool: { should: tokens.map((value) => ({ term: { terms: { value } } })), minimum_should_match: 1 },
    });
    expect(query.bool.must).toContainEqual(any('xiran'));
    expect(query.bool.must).toContainEqual(any('xtalks', 'xtalk'));
    expect(query.bool.filter).toContainEqual({ term: { isForReaders: true } });
    expect(query.bool.filter).toContainEqual({ terms: { facets: ['knews'] } });
    expect(query.bool.filter).toContainEqual({
      bool: {
        should: expect.arrayContaining([{ match_phrase: { terms: { query: 'xsecret xtalk', slop: 0 } } }]),
        minimum_should_match: 1,
      },
    });
    expect(query.bool.must_not).toEqual([{ terms: { terms: ['xdoha', 'xdoh'] } }]); // as Spanish texts would have it
    expect({ functions, score_mode, boost_mode }).toEqual({
      functions: [
        { weight: 1 },
        { exp: { date: { origin: expect.stringMatching(/^\d{13}$/), scale: '30d', decay: 0.5 } } },
      ],
      score_mode: 'sum',
      boost_mode: 'multiply',
    });
    expect(body).toMatchObject({ size: 1_000, sort: [{ _score: 'desc' }, { articleId: 'desc' }] });
  });

  test('is asked for more when the best of it is not to be seen', async () => {
    await indexStories(newsroom.context(), [talks.articleId, draft.articleId]);
    fake.state.answer = { hits: { hits: [...Array.from({ length: 20 }, () => hit(draft, 3)), hit(talks, 2.5)] } };
    const { data } = await newsroom.ask('{ search(query: "secret", first: 5) { nodes { slug } } }');
    expect(data.search.nodes).toEqual([{ slug: 'talks' }]);
    const searches = fake.asked.filter(({ path }) => path === '/paper/_search');
    expect(searches.map(({ body }) => JSON.parse(body).size)).toEqual([15, 1_000]);
    fake.state.answer = { hits: { hits: [hit(draft, 3), hit(talks, 2.5)] } };
    await newsroom.ask('{ search(query: "secret", first: 5) { nodes { slug } } }');
    expect(fake.asked.filter(({ path }) => path === '/paper/_search')).toHaveLength(3);
  });

  test('without words is not asked for what is scheduled, but for partners', async () => {
    await indexStories(newsroom.context(), [talks.articleId]);
    fake.state.answer = { hits: { hits: [] } };
    const spanFor = async (ctx: Context, args: string) => {
      await newsroom.askIn(ctx, `{ search(${args}) { nodes { slug } } }`);
      const { filter } = JSON.parse(last('/paper/_search').body).query.function_score.query.bool;
      return filter.flatMap((each: { range?: { date: object } }) => each.range?.date ?? []);
    };
    const live = 'query: "", filter: { kinds: [LIVE] }';
    const [{ lt }] = await spanFor(newsroom.context(), live);
    expect(Math.abs(lt - Date.now())).toBeLessThan(60_000);
    expect(await spanFor({ ...newsroom.context(), audience: 'PARTNERS' }, live)).toEqual([]);
    expect(await spanFor(newsroom.context(), 'query: "secret"')).toEqual([]);
    const before = 'query: "", filter: { publishedBefore: "2024-01-01T00:00:00Z" }';
    expect(await spanFor(newsroom.context(), before)).toEqual([
      { lt: Date.parse('2024-01-01T00:00:00Z'), format: 'epoch_millis' },
    ]);
  });

  test('without words goes on behind the last story of a page, whatever it scores', async () => {
    const desk = deskOf(newsroom);
    const stories = [talks, await desk.publish({ slug: 'two' }), await desk.publish({ slug: 'three' })];
    const day = 86_400_000;
    fake.state.answer = {
      hits: {
        hits: [stories[1]!, stories[0]!, stories[2]!].map((story, i) => ({
          ...hit(story, 0),
          sort: [Date.now() - i * day, story.articleId],
        })),
      },
    };
    const page = async (after: string | null) => {
      const document =
        'query ($after: String) { search(query: "", first: 1, after: $after, filter: { kinds: [NEWS] }) { nodes { slug } pageInfo { endCursor } } }';
      const { data, errors } = await newsroom.ask(document, { after });
      expect(errors).toEqual([]);
      return { slug: data.search.nodes[0]?.slug, cursor: data.search.pageInfo.endCursor };
    };
    const [first, slugs] = [await page(null), [] as string[]];
    for (let next = first; next.slug !== undefined; next = await page(next.cursor)) slugs.push(next.slug);
    expect(slugs).toEqual(['two', 'talks', 'three']);
  });

  test('corrects the spelling by the words of the index', async () => {
    fake.state.answer = {
      hits: { total: { value: 0 }, hits: [] },
      suggest: { near: [{ options: [{ text: 'talks', freq: 9 }] }] },
    };
    await newsroom.ask('{ search(query: "taalks") { suggestion } }');
    const spelling = fake.asked.map(({ body }) => body).find((body) => body.includes('suggest'))!;
    expect(JSON.parse(spelling).suggest.near).toEqual({
      text: 'taalks',
      term: { field: 'words', suggest_mode: 'always', max_edits: 2, prefix_length: 1, size: 20 },
    });
  });

  test('is rebuilt beside itself: the old index answers until the new one is whole', async () => {
    await indexStories(newsroom.context(), [talks.articleId]);
    const [old] = [...fake.indexes.keys()];
    fake.asked.length = 0;
    await rebuildIndex(newsroom.context());
    const [name, ...others] = [...fake.indexes.keys()];
    expect(others).toEqual([]);
    expect(name).not.toBe(old);
    expect(fake.indexes.get(name!)!.documents.size).toBe(2);
    const bulk = fake.asked.find(({ path }) => path === '/_bulk')!;
    for (const index of [old, name]) expect(bulk.body).toContain(`"_index":"${index}"`);
    expect(JSON.parse(last('/_aliases').body).actions).toEqual([
      { remove: { index: old, alias: 'paper' } },
      { add: { index: name, alias: 'paper' } },
    ]);
    expect(await newsroom.database.read(sql`select articleId from search_rebuild`)).toEqual([{ articleId: 0 }]);
  });

  test('leaves the indexes of a newsroom alone whose name begins with its own', async () => {
    useEngine(newsroom.database, openSearchEngine(`${fake.address}-staging`));
    await indexStories(newsroom.context(), [talks.articleId]);
    const [staging] = [...fake.indexes.keys()];
    useEngine(newsroom.database, openSearchEngine(fake.address));
    await indexStories(newsroom.context(), [talks.articleId, draft.articleId]);
    await rebuildIndex(newsroom.context());
    expect([...fake.indexes].map(([name, { aliases }]) => [name.replace(/\d{13}$/, '…'), [...aliases]])).toEqual([
      ['paper-staging-…', ['paper-staging']],
      ['paper-…', ['paper']],
    ]);
    expect(fake.indexes.get(staging!)!.documents.size).toBe(1);
  });

  test('that does not answer is said to be unavailable, without its address or password', async () => {
    await indexStories(newsroom.context(), [talks.articleId]);
    fake.state.status = 503;
    const { errors } = await newsroom.ask('{ search(query: "talks") { totalCount } }');
    expect(errors.map(({ message, extensions }) => [message, extensions?.code])).toEqual([
      ['The search does not answer right now: try again shortly.', 'UNAVAILABLE'],
    ]);
    await expect(indexStories(newsroom.context(), [talks.articleId])).rejects.toThrow('does not answer');
  });
});
