import { createDraft } from '../../src/articles/draft.commands.js';
import { publishArticle, schedulePublication, withdrawArticle } from '../../src/articles/publish.commands.js';
import { review } from '../../src/articles/review.commands.js';
import { migrateDown, migrateUp } from '../../src/kernel/migrate.js';
import { join, raw, sql } from '../../src/kernel/sql.js';
import { Trace } from '../../src/kernel/tags.js';
import { operator, type Viewer } from '../../src/kernel/viewer.js';
import { indexChange } from '../../src/search/index.commands.js';
import { rebuildIndex } from '../../src/search/rebuild.commands.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import { deskOf } from '../support/desk.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf } from '../support/people.js';

const hour = 3_600_000;

describe('a search', () => {
  let newsroom: TestNewsroom;
  let desk: ReturnType<typeof deskOf>;
  const ids: Record<string, number> = {};

  /** Does all that a worker would do. */
  const work = async () => {
    const ctx = newsroom.contextAs(operator);
    const follow = [(payload: unknown) => indexChange(newsroom.contextAs(operator), payload)];
    while ((await doJobs(ctx, { change: follow, text: follow })) > 0);
  };
  const slugsFor = async (query: string, filter: object | null = null): Promise<string[]> => {
    const document = `query ($query: String!, $filter: ArticleFilter) {
      search(query: $query, filter: $filter) { nodes { slug } } }`;
    const { data, errors } = await newsroom.ask(document, { query, filter });
    expect(errors).toEqual([]);
    return data.search.nodes.map(({ slug }: { slug: string }) => slug);
  };
  const found = async (query: string, filter: object | null = null) => (await slugsFor(query, filter)).sort();
  const draftsFor = async (viewer: Viewer, query: string): Promise<string[]> => {
    const document = `query ($query: String!) { newsroomSearch(query: $query) { totalCount nodes { title } } }`;
    const { data, errors } = await newsroom.askAs(viewer, document, { query });
    expect(errors).toEqual([]);
    expect(data.newsroomSearch.totalCount).toBe(data.newsroomSearch.nodes.length);
    return data.newsroomSearch.nodes.map(({ title }: { title: string }) => title).sort();
  };

  beforeAll(async () => {
    newsroom = await openNewsroom();
    desk = deskOf(newsroom);
    ids.world = await desk.section('world');
    ids.mena = await desk.section('mena', 'world');
    ids.sport = await desk.section('sport');
    ids.bagheri = await desk.entity('Person', 'Ali Bagheri', { aliases: ['علی باقری'] });
    ids.agency = await desk.entity('Organisation', 'International Atomic Energy Agency', { aliases: ['IAEA'] });
    const publish = async (slug: string, sectionId: number, title: string, text: string, more = {}) => {
      ids[slug] = (await desk.publish({ slug, sectionId, title, paragraphs: [text], ...more })).articleId;
    };
    await publish('talks', ids.mena, 'Iran confirms secret talks with the U.S.', 'Ali Bagheri spoke in Beirut.', {
      publishedAt: '2024-06-03T12:00:00Z',
    });
    await publish(
      'visit',
      ids.mena,
      'A visit to Tehran',
      'The talks were no secret, Iran said. Inspectors were there.',
      {
        publishedAt: '2023-02-01T12:00:00Z',
        kind: 'ANALYSIS',
      },
    );
    await publish('inspectors', ids.mena, 'Inspectors return', 'The International Atomic Energy Agency is back.');
    await publish('match', ids.sport, 'The match of the year', 'Nobody talks about anything else.');
    await desk.draft({ slug: 'plan', title: 'Zanzibar plan', paragraphs: ['Iran and the zyzzyva talks.'] });
    await desk.draft({ slug: 'talks', sectionId: ids.mena, title: 'Iran confirms umbrella talks', paragraphs: [] });
    await work();
  }, 60_000);
  afterAll(() => newsroom.close());

  test('wants all words, whatever their case, accents and endings', async () => {
    expect(await found('IRAN talk')).toEqual(['talks', 'visit']);
    expect(await found('iran nobody')).toEqual([]);
    expect(await found('insp\u00e9ctors')).toEqual(['inspectors', 'visit']);
  });

  test('reads phrases, exclusions and titles', async () => {
    expect(await found('"secret talks"')).toEqual(['talks']);
    expect(await found('talks -iran')).toEqual(['match']);
    expect(await found('talks -"secret talks"')).toEqual(['match', 'visit']);
    expect(await found('title:talks')).toEqual(['talks']);
    expect(await found('title:"confirms secret"')).toEqual(['talks']);
    expect(await found('title:"secret confirms"')).toEqual([]);
  });

  test('reads sections, people and whatever has a name', async () => {
    expect(await found('talks section:mena')).toEqual(['talks', 'visit']);
    expect(await found('talks section:world')).toEqual(['talks', 'visit']);
    expect(await found('talks -section:world')).toEqual(['match']);
    expect(await found('section:sport')).toEqual(['match']);
    expect(await found('person:Bagheri')).toEqual(['talks']);
    expect(await found('person:"Ali Bagheri" talks')).toEqual(['talks']);
    expect(await found('entity:IAEA')).toEqual(['inspectors']);
    expect(await found('person:IAEA')).toEqual([]);
    expect(await found('section:nowhere talks')).toEqual([]);
  });

  test('finds people, organisations and places by any of their names, and says whom it took them for', async () => {
    expect(await found('IAEA')).toEqual(['inspectors']);
    expect(await found('علی باقری')).toEqual(['talks']);
    const { data } = await newsroom.ask('{ search(query: "iaea") { entities { __typename name } } }');
    expect(data.search.entities).toEqual([{ __typename: 'Organisation', name: 'International Atomic Energy Agency' }]);
  });

  test('puts words of the headline first, and what is new before what is old', async () => {
    expect((await slugsFor('secret talks'))[0]).toBe('talks');
    const old = { sectionId: ids.sport!, title: 'Marathon results', paragraphs: ['The marathon was run.'] };
    await desk.publish({ slug: 'marathon-old', ...old, publishedAt: '2015-05-01T00:00:00Z' });
    await desk.publish({ slug: 'marathon-new', ...old });
    await work();
    expect(await slugsFor('marathon')).toEqual(['marathon-new', 'marathon-old']);
  });

  test('is narrowed by the same filter as lists, and counts what it found', async () => {
    expect(await found('talks', { sections: ['mena'], kinds: ['ANALYSIS'] })).toEqual(['visit']);
    expect(
      await found('talks', { publishedAfter: '2024-01-01T00:00:00Z', publishedBefore: '2025-01-01T00:00:00Z' }),
    ).toEqual(['talks']);
    const { data } = await newsroom.ask(`{ search(query: "iran", first: 1) { totalCount facets {
      sections { section { slug } count } entities { entity { slug } count } kinds { kind count } years { year count } } } }`);
    expect(data.search).toEqual({
      totalCount: 2,
      facets: {
        sections: [
          { section: { slug: 'world' }, count: 2 },
          { section: { slug: 'mena' }, count: 2 },
        ],
        entities: [{ entity: { slug: 'ali-bagheri' }, count: 1 }],
        kinds: [
          { kind: 'ANALYSIS', count: 1 },
          { kind: 'NEWS', count: 1 },
        ],
        years: [
          { year: 2024, count: 1 },
          { year: 2023, count: 1 },
        ],
      },
    });
  });

  test('without words lists what fits the filter, newest first', async () => {
    const newest = async (filter: object) => {
      const document = `query ($filter: ArticleFilter) { articles(first: 50, filter: $filter) { nodes { slug } } }`;
      const { data } = await newsroom.ask(document, { filter });
      return data.articles.nodes.map(({ slug }: { slug: string }) => slug);
    };
    for (const filter of [
      { sections: ['world'] },
      { kinds: ['NEWS'] },
      { sections: ['world'], kinds: ['NEWS'] },
      { sections: ['world', 'mena', 'sport'], languages: ['en', 'fa'] },
      { publishedBefore: '2024-06-03T12:00:01Z' },
    ]) {
      expect(await slugsFor('', filter)).toEqual(await newest(filter));
    }
    expect(await slugsFor('section:world')).toEqual(await newest({ sections: ['world'] }));
    const without = await slugsFor('-beirut', { kinds: ['NEWS'] });
    expect(without).not.toContain('talks');
    expect([...without, 'talks'].sort()).toEqual((await newest({ kinds: ['NEWS'] })).sort());
    expect(await slugsFor('')).toEqual([]);
    expect(await slugsFor('-beirut')).toEqual([]);
  });

  test('shows the place in the text, with the words marked by their offsets', async () => {
    const { data } = await newsroom.ask(`{ search(query: "secret talks", first: 5) { edges {
      highlight highlightRanges { start end } titleRanges { start end } node { slug title } } } }`);
    const edge = data.search.edges.find((each: { node: { slug: string } }) => each.node.slug === 'visit');
    const cut = (text: string, ranges: { start: number; end: number }[]) =>
      ranges.map(({ start, end }) => text.slice(start, end));
    expect(edge.highlight).toBe('The talks were no secret, Iran said. Inspectors were there.');
    expect(cut(edge.highlight, edge.highlightRanges)).toEqual(['talks', 'secret']);
    const [first] = data.search.edges;
    expect(cut(first.node.title, first.titleRanges)).toEqual(['secret', 'talks']);
  });

  test('is paged without gaps or doubles, and takes no cursor of another query', async () => {
    const paged = `query ($query: String!, $after: String) { search(query: $query, first: 1, after: $after) {
      totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await newsroom.ask(paged, { query: 'talks', after });
      expect(errors).toEqual([]);
      seen.push(...data.search.nodes.map(({ slug }: { slug: string }) => slug));
      expect(data.search.pageInfo.hasPreviousPage).toBe(after !== null);
      after = data.search.pageInfo.hasNextPage ? data.search.pageInfo.endCursor : null;
      if (after !== null) {
        const other = await newsroom.ask(paged, { query: 'iran', after });
        expect(other.errors.map(({ message }) => message)).toEqual([
          expect.stringContaining('`after` comes from a list'),
        ]);
      }
    } while (after !== null);
    expect(seen).toEqual(await slugsFor('talks'));
    expect(seen).toHaveLength(3);
  });

  test('is never answered from what was known before', async () => {
    const trace = new Trace();
    await newsroom.askIn({ ...newsroom.context(), trace }, '{ search(query: "talks") { nodes { slug } } }');
    expect(trace.isWhole).toBe(false);
  });

  test('proposes the spelling of published stories, and of no draft', async () => {
    const suggested = async (query: string) =>
      (await newsroom.ask('query ($query: String!) { search(query: $query) { suggestion } }', { query })).data.search
        .suggestion;
    expect(await suggested('Bagehri')).toBe('bagheri');
    expect(await suggested('inspektors retrun')).toBe('inspectors return');
    expect(await suggested('talks')).toBeNull();
    expect(await suggested('zanzibra')).toBeNull();
    expect(await suggested('umbrela')).toBeNull();
  });

  test('proposes the query as it was typed, but for the words that are misspelt', async () => {
    const suggested = async (query: string, filter: object | null = null) => {
      const document =
        'query ($query: String!, $filter: ArticleFilter) { search(query: $query, filter: $filter) { suggestion } }';
      return (await newsroom.ask(document, { query, filter })).data.search.suggestion;
    };
    expect(await suggested('section:mena -doha inspektors')).toBe('section:mena -doha inspectors');
    expect(await suggested('Iran, bagehri "secret talks" title:confirms')).toBe(
      'Iran, bagheri "secret talks" title:confirms',
    );
    expect(await suggested('entity:IAEA inspektors-retrun')).toBe('entity:IAEA inspectors-return');
    expect(await suggested('IRAN BAGEHRI')).toBe('IRAN BAGHERI');
    expect(await suggested('section:sport inspektors')).toBeNull(); // there are none in sport
    expect(await suggested('-section:mena inspektors')).toBeNull();
    expect(await suggested('inspektors', { sections: ['sport'] })).toBeNull();
    expect(await suggested('-energy -tehran inspektors')).toBeNull();
  });

  test('finds no draft for readers, and for accounts those that are theirs', async () => {
    expect(await found('zyzzyva')).toEqual([]);
    expect(await found('zanzibar')).toEqual([]);
    expect(await found('umbrella')).toEqual([]);
    const { contributor, editor } = await peopleOf(newsroom);
    const sports = await personOf(newsroom, { name: 'Sam Sports', role: 'EDITOR', sectionIds: [ids.sport!] });
    const nowhere = await personOf(newsroom, { name: 'Nora Nowhere', role: 'EDITOR', sectionIds: [] });
    const world = await personOf(newsroom, { name: 'Will World', role: 'EDITOR', sectionIds: [ids.world!] });
    await createDraft(newsroom.contextAs(contributor), {
      title: 'Zyzzyva notes',
      section: 'sport',
      body: { markdown: 'Mine.' },
    });
    await work();
    expect(await draftsFor(editor, 'zyzzyva')).toEqual(['Zanzibar plan', 'Zyzzyva notes']);
    expect(await draftsFor(contributor, 'zyzzyva')).toEqual(['Zyzzyva notes']);
    expect(await draftsFor(sports, 'zyzzyva')).toEqual(['Zyzzyva notes']);
    expect(await draftsFor(world, 'zyzzyva')).toEqual(['Zanzibar plan']);
    expect(await draftsFor(nowhere, 'zyzzyva')).toEqual([]);
    expect(await draftsFor(editor, 'umbrella')).toEqual(['Iran confirms umbrella talks']);
    expect(await draftsFor(editor, 'secret confirms')).toEqual([]); // the newest text, not the one readers see
    const refused = await newsroom.ask('{ newsroomSearch(query: "zyzzyva") { totalCount } }');
    expect(refused.errors.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED']);
  });

  const approved = async (title: string, section = 'mena') => {
    const desk = () => newsroom.contextAs(operator);
    const saved = await createDraft(desk(), { title, section, body: { markdown: 'What happened.' } });
    const articleId = (saved as { article: { id: number } }).article.id;
    await review(desk(), 'SUBMIT', { articleId, expectedVersion: 1 });
    await review(desk(), 'APPROVE', { articleId, expectedVersion: 2 });
    return { articleId, expectedVersion: 3 };
  };

  test('never shows what was taken down, not even before the index knows of it', async () => {
    const target = await approved('Quixotic tower');
    await publishArticle(newsroom.contextAs(operator), target);
    await work();
    expect(await found('quixotic')).toEqual(['quixotic-tower']);
    const taken = { articleId: target.articleId, expectedVersion: 4, kill: true, note: 'It was not true.' };
    expect(await withdrawArticle(newsroom.contextAs(operator), taken)).not.toHaveProperty('message');
    expect(await found('quixotic')).toEqual([]);
    expect(
      (await newsroom.ask('{ search(query: "quixotic") { totalCount facets { kinds { count } } } }')).data.search,
    ).toEqual({
      totalCount: 0,
      facets: { kinds: [] },
    });
    const misspelt = await newsroom.ask('{ search(query: "quixotci") { suggestion } }');
    expect(misspelt.data.search.suggestion).toBeNull(); // the index still has the word
    const indexed = () =>
      newsroom.database.read(
        sql`select id from search_text where articleId = ${target.articleId} and isForReaders = 1`,
      );
    expect(await indexed()).toHaveLength(1);
    await work();
    expect(await indexed()).toEqual([]);
  });

  test('shows what was scheduled from its moment on, without a worker', async () => {
    const target = await approved('Scheduled wombat');
    await work();
    await schedulePublication(newsroom.contextAs(operator), { ...target, at: Date.now() + hour });
    await work();
    expect(await found('wombat')).toEqual([]);
    await newsroom.database.transaction(async (tx) => {
      for (const table of ['publication', 'listing'])
        await tx.run(
          sql`update ${raw(table)} set visibleFrom = visibleFrom - ${2 * hour} where articleId = ${target.articleId}`,
        );
    });
    expect(await found('wombat')).toEqual(['scheduled-wombat']);
  });

  test('shows what is there, however many scheduled stories would come before it', async () => {
    const published = { sectionId: ids.sport!, title: 'An old platypus', publishedAt: '2016-05-01T00:00:00Z' };
    await desk.publish({ slug: 'platypus', ...published });
    for (let i = 0; i < 30; i++) {
      const target = await approved(`Platypus ${i}`, 'sport');
      await schedulePublication(newsroom.contextAs(operator), { ...target, at: Date.now() + 7 * 24 * hour });
    }
    await work();
    const page = async (query: string) => {
      const { data } = await newsroom.ask(
        'query ($query: String!) { search(query: $query, first: 20) { nodes { slug } pageInfo { hasNextPage } } }',
        { query },
      );
      return [data.search.nodes.map(({ slug }: { slug: string }) => slug), data.search.pageInfo.hasNextPage];
    };
    expect(await page('platypus')).toEqual([['platypus'], false]);
    expect(await page('section:sport')).toEqual([['marathon-new', 'match', 'platypus', 'marathon-old'], false]);
  });

  test('without words shows what is there behind a thousand texts that are not to be seen', async () => {
    await desk.publish({ slug: 'ticker', kind: 'LIVE' });
    await work();
    const [{ facets }] = (await newsroom.database.read<{ facets: string }>(
      sql`select facets from search_text where facets like '% klive %'`,
    )) as [{ facets: string }];
    const ahead = Date.now() + 7 * 24 * hour;
    const texts = Array.from({ length: 1_100 }, (_, i) => 1_000_000 + i).map(
      (id) => sql`(${id}, ${id}, 1, 1, ${ahead}, 9, '', ${facets} ${raw(onMariadb ? ", '', ''" : '')})`,
    );
    const columns = `articleId, editionId, isForReaders, isNewest, date, size, print, facets${onMariadb ? ', words, terms' : ''}`;
    await newsroom.database.transaction((tx) =>
      tx.run(sql`insert into search_text (${raw(columns)}) values ${join(texts, ', ')}`),
    );
    const shown = await slugsFor('', { kinds: ['LIVE'] });
    await newsroom.database.transaction((tx) => tx.run(sql`delete from search_text where articleId >= 1000000`));
    expect(shown).toEqual(['ticker']);
  });

  test('finds what stands far down in very long stories, several at once', async () => {
    const paragraph = 'Nothing of note was said about the weather today. '.repeat(100);
    const long = (last: string) => [...Array.from({ length: 40 }, () => paragraph), last];
    for (const i of [1, 2, 3, 4, 5]) await desk.publish({ slug: `long-${i}`, paragraphs: long(`Brontosaurus ${i}.`) });
    await rebuildIndex(newsroom.context());
    expect(await found('brontosaurus')).toHaveLength(5);
  });

  test('follows a name that is given to somebody who is in the news', async () => {
    expect(await found('negotiator-in-chief')).toEqual([]);
    const rename = `mutation ($input: SavePersonInput!) { savePerson(input: $input) { __typename } }`;
    const { data: asked } = await newsroom.ask('{ person(slug: "ali-bagheri") { id version } }');
    const input = { id: asked.person.id, expectedVersion: asked.person.version, aliases: ['Negotiator-in-chief'] };
    const { data } = await newsroom.askAs(operator, rename, { input });
    expect(data.savePerson.__typename).toBe('PersonSaved');
    await work();
    expect(await found('negotiator-in-chief')).toEqual(['talks']);
    expect(await found('علی باقری')).toEqual([]);
  });

  test('says the same after its index was rebuilt, beside another rebuild and after one that was stopped', async () => {
    await rebuildIndex(newsroom.context());
    const before = await slugsFor('talks');
    const count = async () => (await newsroom.database.read(sql`select id from search_text order by id`)).length;
    const rows = await count();
    const words = () => newsroom.database.read(sql`select word, stories from search_word order by word`);
    const counted = await words();
    await newsroom.database.transaction(async (tx) => {
      const tables = ['search_text', 'search_word', ...(onMariadb ? [] : ['search_index'])];
      for (const table of tables) await tx.run(raw(`delete from ${table}`));
      await tx.run(sql`update search_rebuild set round = 7, articleId = 1`);
    });
    const steps: number[] = [];
    const stories = (await newsroom.database.read(sql`select id from article`)).length;
    expect(await rebuildIndex(newsroom.context(), (done) => steps.push(done))).toBe(stories - 1); // it went on
    expect(steps.at(-1)).toBe(stories);
    await Promise.all([rebuildIndex(newsroom.context()), rebuildIndex(newsroom.context())]);
    expect(await slugsFor('talks')).toEqual(before);
    expect(await count()).toBe(rows);
    expect(await words()).toEqual(counted);
  });

  test('fills its index by itself after an upgrade from a version without it', async () => {
    const before = await slugsFor('talks');
    while ((await migrateDown(newsroom.database))[0] !== 'Search1764300000000');
    await migrateUp(newsroom.database);
    expect(await slugsFor('talks')).toEqual([]);
    const rebuild = [async () => void (await rebuildIndex(newsroom.contextAs(operator)))];
    expect(await doJobs(newsroom.contextAs(operator), { rebuild })).toBe(1);
    expect(await slugsFor('talks')).toEqual(before);
  });
});
