import { globalId } from '../../src/kernel/global-id.js';
import { raw } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('lists of stories', () => {
  let newsroom: TestNewsroom;
  let ids: Record<string, string>;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    const desk = deskOf(newsroom);
    const world = await desk.section('world');
    const mena = await desk.section('mena', 'world');
    const europe = await desk.section('europe', 'world');
    const bagheri = await desk.entity('Person', 'Ali Bagheri');
    const beirut = await desk.entity('Place', 'Beirut');
    ids = { bagheri: globalId('Person', bagheri), beirut: globalId('Place', beirut) };
    const at = (day: number) => `2024-06-0${day}T12:00:00Z`;
    await desk.publish({
      slug: 'one',
      sectionId: mena,
      publishedAt: at(1),
      paragraphs: ['Ali Bagheri was in Beirut.'],
    });
    await desk.publish({
      slug: 'two',
      sectionId: europe,
      publishedAt: at(2),
      paragraphs: ['Ali Bagheri was absent.'],
      kind: 'ANALYSIS',
    });
    await desk.publish({
      slug: 'three',
      sectionId: mena,
      publishedAt: at(3),
      paragraphs: ['Beirut was quiet.'],
      language: 'fr',
    });
    await desk.publish({ slug: 'four', sectionId: world, publishedAt: at(3), paragraphs: ['Nobody was there.'] });
    await desk.publish({
      slug: 'five',
      sectionId: mena,
      publishedAt: at(4),
      paragraphs: ['Nobody was there.'],
      kind: 'OPINION',
    });
  });
  afterAll(() => newsroom.close());

  const list = async (filter: string, rest = 'first: 10') => {
    const { data, errors } = await newsroom.ask(
      `{ articles(${rest}${filter && `, filter: { ${filter} }`}) { totalCount nodes { slug } pageInfo { hasNextPage endCursor } } }`,
    );
    return { errors, ...data?.articles, slugs: data?.articles?.nodes.map((node: { slug: string }) => node.slug) };
  };

  test.each([
    ['', ['five', 'four', 'three', 'two', 'one']],
    ['sections: ["mena"]', ['five', 'three', 'one']],
    ['sections: ["world"]', ['five', 'four', 'three', 'two', 'one']],
    ['sections: ["mena", "europe"]', ['five', 'three', 'two', 'one']],
    ['sections: ["nowhere"]', []],
    ['kinds: [NEWS]', ['four', 'three', 'one']],
    ['kinds: [ANALYSIS, OPINION], sections: ["world"]', ['five', 'two']],
    ['languages: ["fr"]', ['three']],
    ['publishedAfter: "2024-06-02T12:00:00Z", publishedBefore: "2024-06-04T12:00:00Z"', ['four', 'three', 'two']],
    ['publishedAfter: "2024-06-02T14:00:00+02:00", sections: ["europe"]', ['two']],
  ])('narrowed by { %s } hold %j, counted', async (filter, slugs) => {
    expect(await list(filter)).toMatchObject({ errors: [], slugs, totalCount: slugs.length });
  });

  test('are narrowed by who is named', async () => {
    expect((await list(`entities: ["${ids.bagheri}"]`)).slugs).toEqual(['two', 'one']);
    expect((await list(`entities: ["${ids.bagheri}", "${ids.beirut}"]`)).slugs).toEqual(['three', 'two', 'one']);
    expect((await list(`entities: ["${ids.bagheri}", "${ids.beirut}"], sections: ["mena"]`)).slugs).toEqual([
      'three',
      'one',
    ]);
  });

  test('come page by page, those of one moment too, without gaps or doubles', async () => {
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 6; pages++) {
      const page = await list('sections: ["world"]', `first: 1${after}`);
      seen.push(...page.slugs);
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(['five', 'four', 'three', 'two', 'one']);
  });

  test('refuse a cursor of another list, a made-up one, and a page that is too long', async () => {
    const { pageInfo } = await list('kinds: [NEWS]', 'first: 1');
    const refused = async (filter: string, rest: string) => (await list(filter, rest)).errors[0];
    expect(await refused('kinds: [OPINION]', `first: 1, after: "${pageInfo.endCursor}"`)).toMatchObject({
      message: '`after` comes from a list with another order or filter: start without it, or ask as before.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await refused('', 'first: 1, after: "nonsense"')).toMatchObject({
      message: '`after` is not a cursor of ours.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await refused('', 'first: 101')).toMatchObject({ message: '`first` is from 0 to 100, not 101.' });
    expect(await refused('', 'first: -1')).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(await refused('sections: []', 'first: 1')).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(await refused('entities: ["QXJ0aWNsZTox"]', 'first: 1')).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const forged = Buffer.from(JSON.stringify(['AAAAAAAA', "1' or 1=1", 2])).toString('base64url');
    expect(await refused('', `first: 1, after: "${forged}"`)).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  test('are counted only when asked', async () => {
    const counted = await newsroom.measure('{ articles(first: 1) { totalCount } }');
    const not = await newsroom.measure('{ articles(first: 1) { nodes { slug } } }');
    expect(counted.statements.length - not.statements.length).toBe(1);
    expect(not.statements.join()).not.toMatch(/count\(/);
  });

  test('are counted as far as 1,000, however long they are', async () => {
    const many = Array.from({ length: 1_100 }, (_, i) => `('kind:LIVE', 1, ${10_000 + i}, 1, 0, 9e12, 0, 9e12)`);
    await newsroom.database.transaction((tx) => tx.run(raw(`insert into listing values ${many.join(', ')}`)));
    const live = (filter: string) => newsroom.ask(`{ articles(first: 1, filter: { ${filter} }) { totalCount } }`);
    expect((await live('kinds: [LIVE]')).data.articles.totalCount).toBe(1_000);
    expect((await live('kinds: [LIVE, ANALYSIS]')).data.articles.totalCount).toBe(1_000);
    await newsroom.database.transaction((tx) => tx.run(raw("delete from listing where list = 'kind:LIVE'")));
    expect((await live('kinds: [LIVE, ANALYSIS]')).data.articles.totalCount).toBe(1);
  });

  test('of many parents are each as long as asked, and each have their own count', async () => {
    const { data } = await newsroom.ask(
      '{ sections { slug articles(first: 2) { totalCount nodes { slug } pageInfo { hasNextPage } } } }',
    );
    const bySlug = Object.fromEntries(
      data.sections.map(({ slug, articles }: { slug: string; articles: unknown }) => [slug, articles]),
    );
    expect(bySlug).toEqual({
      world: { totalCount: 5, nodes: [{ slug: 'five' }, { slug: 'four' }], pageInfo: { hasNextPage: true } },
      mena: { totalCount: 3, nodes: [{ slug: 'five' }, { slug: 'three' }], pageInfo: { hasNextPage: true } },
      europe: { totalCount: 1, nodes: [{ slug: 'two' }], pageInfo: { hasNextPage: false } },
    });
  });
});
