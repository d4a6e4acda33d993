import { execute, parse } from 'graphql';
import { PublicationRow } from '../../src/articles/article.rows.js';
import { issueCorrection } from '../../src/articles/bring-in.commands.js';
import { reserveStory } from '../../src/articles/edition.commands.js';
import { saveRoles } from '../../src/entities/entity.commands.js';
import { globalId } from '../../src/kernel/global-id.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { saveBanner, saveNewsletter } from '../../src/site/site.commands.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

let newsroom: TestNewsroom;
let desk: ReturnType<typeof deskOf>;

const open = async () => {
  newsroom = await openNewsroom();
  desk = deskOf(newsroom);
};
const close = () => newsroom.close();

/** The answer to a document that must have no errors. */
const told = async (document: string, variables?: Record<string, unknown>) => {
  const { data, errors } = await newsroom.ask(document, variables);
  expect({ document, errors }).toEqual({ document, errors: [] });
  return data;
};

const slugsOf = (nodes: readonly { slug: string }[]) => nodes.map(({ slug }) => slug);

describe('somebody who is named', () => {
  beforeAll(async () => {
    await open();
    const bagheri = await desk.entity('Person', 'Ali Bagheri', {
      aliases: ['Bagheri Kani', 'Ali Bagheri Kani', 'علی باقری'],
      wikidataId: 'Q5958637',
      website: 'https://bagheri.example',
    });
    const haddad = await desk.entity('Person', 'Nora Haddad', { aliases: ['N. Haddad'], wikidataId: 'Q1' });
    await desk.entity('Organisation', 'Port Authority', { website: 'https://port.example' });
    await desk.entity('Place', 'Beirut');
    await saveRoles(newsroom.context(), bagheri, [
      { title: 'Deputy', interim: false, startedOn: '2021-09-14', endedOn: '2024-05-19' },
      { title: 'Minister', interim: true, startedOn: '2024-05-20', endedOn: '2024-08-21' },
      { title: 'Envoy', interim: false, startedOn: '2007-01-10', endedOn: '2013-08-15' },
      { title: 'Adviser', interim: false, startedOn: '2023-03-01' },
    ]);
    await saveRoles(newsroom.context(), haddad, [{ title: 'Mayor', interim: false, startedOn: '2022-01-01' }]);
  });
  afterAll(close);

  const roles = async (rest = '') =>
    (await told(`{ person(slug: "ali-bagheri") { roles${rest} { title } } }`)).person.roles.map(
      ({ title }: { title: string }) => title,
    );

  test('has all posts, newest first, and nobody else’s', async () => {
    const post = 'roles { title interim startedOn endedOn }';
    expect(
      await told(`{ ali: person(slug: "ali-bagheri") { ${post} } nora: person(slug: "nora-haddad") { ${post} } }`),
    ).toEqual({
      ali: {
        roles: [
          { title: 'Minister', interim: true, startedOn: '2024-05-20', endedOn: '2024-08-21' },
          { title: 'Adviser', interim: false, startedOn: '2023-03-01', endedOn: null },
          { title: 'Deputy', interim: false, startedOn: '2021-09-14', endedOn: '2024-05-19' },
          { title: 'Envoy', interim: false, startedOn: '2007-01-10', endedOn: '2013-08-15' },
        ],
      },
      nora: { roles: [{ title: 'Mayor', interim: false, startedOn: '2022-01-01', endedOn: null }] },
    });
  });

  test.each([
    ['2007-01-09', []],
    ['2007-01-10', ['Envoy']],
    ['2013-08-15', ['Envoy']],
    ['2013-08-16', []],
    ['2024-05-19', ['Adviser', 'Deputy']],
    ['2024-05-20', ['Minister', 'Adviser']],
    ['2024-08-22', ['Adviser']],
  ])('held on %s the posts %j, newest first', async (day, titles) => {
    expect(await roles(`(at: "${day}")`)).toEqual(titles);
  });

  test('has every alias, in the order of the desk', async () => {
    expect(
      await told('{ ali: person(slug: "ali-bagheri") { aliases } nora: person(slug: "nora-haddad") { aliases } }'),
    ).toEqual({
      ali: { aliases: ['Bagheri Kani', 'Ali Bagheri Kani', 'علی باقری'] },
      nora: { aliases: ['N. Haddad'] },
    });
  });

  test('is the same as its item at Wikidata and its own site, as far as they are known', async () => {
    expect(
      await told(`{ both: person(slug: "ali-bagheri") { sameAs } wikidata: person(slug: "nora-haddad") { sameAs }
        site: organisation(slug: "port-authority") { sameAs } neither: place(slug: "beirut") { sameAs } }`),
    ).toEqual({
      both: { sameAs: ['https://www.wikidata.org/entity/Q5958637', 'https://bagheri.example'] },
      wikidata: { sameAs: ['https://www.wikidata.org/entity/Q1'] },
      site: { sameAs: ['https://port.example'] },
      neither: { sameAs: [] },
    });
  });

  test('stands before others when the headline is about them', async () => {
    await desk.publish({
      slug: 'salience',
      title: 'Nora Haddad answers Beirut',
      paragraphs: ['Ali Bagheri asked. Ali Bagheri waited in Beirut.', 'Nora Haddad spoke to the Port Authority.'],
    });
    const { article } = await told(
      '{ article(slug: "salience") { people { slug } places { slug } mentions { entity { slug } salience } } }',
    );
    expect(slugsOf(article.people)).toEqual(['nora-haddad', 'ali-bagheri']);
    expect(slugsOf(article.places)).toEqual(['beirut']);
    expect(
      article.mentions.map(({ entity, salience }: { entity: { slug: string }; salience: number }) => [
        entity.slug,
        salience,
      ]),
    ).toEqual([
      ['ali-bagheri', 0.5],
      ['ali-bagheri', 0.5],
      ['beirut', 0.78],
      ['nora-haddad', 0.72],
      ['port-authority', 0.16],
    ]);
  });
});

describe('sections', () => {
  beforeAll(async () => {
    await open();
    const section = (slug: string, position: number, parentSlug?: string) =>
      saveSection(newsroom.context(), { slug, name: slug, description: '', parentSlug, position });
    const world = await section('world', 5);
    const mena = await section('mena', 4, 'world');
    const europe = await section('europe', 1, 'world');
    const iran = await section('iran', 3, 'mena');
    const gulf = await section('gulf', 2, 'mena');
    const culture = await section('culture', 0);

    const banner = (name: string, ...places: [slot: string, sectionId?: number][]) =>
      saveBanner(newsroom.context(), {
        name,
        title: `About ${name}`,
        url: `https://news.example/${name}`,
        placements: places.map(([slot, sectionId], i) => ({ slot, sectionId, position: i })),
      });
    await banner('house', ['bottom'], ['top']);
    await banner('atlas', ['bottom', world], ['side', world]);
    await banner('appeal', ['bottom', mena]);
    await banner('carpets', ['side', iran]);

    for (const [slug, sectionId] of Object.entries({ world, mena, europe, iran, gulf, culture })) {
      await desk.publish({ slug: `in-${slug}`, sectionId });
    }
  });
  afterAll(close);

  test('lead up to those they are part of, nearest first, and down to those directly below, in the order of the paper', async () => {
    const { sections } = await told(
      '{ sections { slug parent { slug } ancestors { slug } children { slug } articles { totalCount } } }',
    );
    const seen = sections.map(
      (section: {
        slug: string;
        parent: { slug: string } | null;
        ancestors: { slug: string }[];
        children: { slug: string }[];
        articles: { totalCount: number };
      }) => [
        section.slug,
        section.parent?.slug ?? null,
        slugsOf(section.ancestors),
        slugsOf(section.children),
        section.articles.totalCount,
      ],
    );
    expect(seen).toEqual([
      ['culture', null, [], [], 1],
      ['europe', 'world', ['world'], [], 1],
      ['gulf', 'mena', ['mena', 'world'], [], 1],
      ['iran', 'mena', ['mena', 'world'], [], 1],
      ['mena', 'world', ['world'], ['gulf', 'iran'], 3],
      ['world', null, [], ['europe', 'mena'], 5],
    ]);
  });

  test.each([
    ['culture', ['bottom house', 'top house']],
    ['world', ['bottom atlas', 'side atlas', 'top house']],
    ['europe', ['bottom atlas', 'side atlas', 'top house']],
    ['mena', ['bottom appeal', 'side atlas', 'top house']],
    ['gulf', ['bottom appeal', 'side atlas', 'top house']],
    ['iran', ['bottom appeal', 'side carpets', 'top house']],
  ])(
    'such as %s show, on their fronts and beside their stories, %j: the nearest for each slot',
    async (slug, shown) => {
      const placed = 'placements { slot banner { name } }';
      const { article, section } = await told(
        `{ article(slug: "in-${slug}") { ${placed} } section(slug: "${slug}") { ${placed} } }`,
      );
      const inWords = ({ placements }: { placements: { slot: string; banner: { name: string } }[] }) =>
        placements.map(({ slot, banner }) => `${slot} ${banner.name}`);
      expect({ article: inWords(article), section: inWords(section) }).toEqual({ article: shown, section: shown });
    },
  );
});

describe('newsletters', () => {
  const inOrder = ['morning', 'noon', 'evening', 'climate', 'books'];
  beforeAll(async () => {
    await open();
    const positions = { books: 9, noon: 2, morning: 0, evening: 2, climate: 3 };
    for (const [slug, position] of Object.entries(positions)) {
      await saveNewsletter(newsroom.context(), { slug, name: slug, description: '', position });
    }
  });
  afterAll(close);

  test.each([1, 2, 3, 5, 100])(
    'come in the order of the desk, %d to a page, without gaps or doubles',
    async (first) => {
      const pages: string[][] = [];
      let after: string | null = null;
      for (let more = true; more && pages.length < 9;) {
        const { newsletters } = await told(
          `query ($first: Int!, $after: String) { newsletters(first: $first, after: $after) {
           totalCount nodes { slug } edges { cursor node { slug } }
           pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
          { first, after },
        );
        const cursors = newsletters.edges.map(({ cursor }: { cursor: string }) => cursor);
        more = newsletters.pageInfo.hasNextPage;
        expect(newsletters).toMatchObject({
          totalCount: 5,
          pageInfo: { hasPreviousPage: after !== null, startCursor: cursors[0], endCursor: cursors.at(-1) },
          edges: newsletters.nodes.map((node: { slug: string }) => ({ node })),
        });
        pages.push(slugsOf(newsletters.nodes));
        after = newsletters.pageInfo.endCursor;
      }
      expect(pages.flat()).toEqual(inOrder);
      expect(pages.slice(0, -1).every((page) => page.length === first)).toBe(true);
      expect(pages).toHaveLength(Math.ceil(5 / first));
    },
  );

  test('refuse a cursor of another list', async () => {
    await desk.publish({ slug: 'one' });
    const { articles } = await told('{ articles(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await newsroom.ask(`{ newsletters(after: "${articles.pageInfo.endCursor}") { totalCount } }`);
    expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('filters', () => {
  let parts: Record<'sections' | 'kinds' | 'languages' | 'entities', [one: string, many: string]>;
  beforeAll(async () => {
    await open();
    const mena = await desk.section('mena');
    const europe = await desk.section('europe');
    await desk.section('asia');
    const bagheri = globalId('Person', await desk.entity('Person', 'Ali Bagheri'));
    const beirut = globalId('Place', await desk.entity('Place', 'Beirut'));
    const right = {
      sectionId: mena,
      kind: 'ANALYSIS' as const,
      language: 'fr',
      paragraphs: ['Ali Bagheri was there.'],
      publishedAt: '2024-06-03T12:00:00Z',
    };
    await desk.publish({ ...right, slug: 'right' });
    await desk.publish({ ...right, slug: 'right-too', publishedAt: '2024-06-02T12:00:00Z' });
    await desk.publish({ ...right, slug: 'not-the-section', sectionId: europe });
    await desk.publish({ ...right, slug: 'not-the-kind', kind: 'NEWS' });
    await desk.publish({ ...right, slug: 'not-the-language', language: 'en' });
    await desk.publish({ ...right, slug: 'not-the-entity', paragraphs: ['Nobody was there.'] });
    parts = {
      sections: ['sections: ["mena"]', 'sections: ["mena", "asia"]'],
      kinds: ['kinds: [ANALYSIS]', 'kinds: [ANALYSIS, OPINION]'],
      languages: ['languages: ["fr"]', 'languages: ["fr", "de"]'],
      entities: [`entities: ["${bagheri}"]`, `entities: ["${bagheri}", "${beirut}"]`],
    };
  });
  afterAll(close);

  const left = async (filter: string) => {
    const { articles } = await told(`{ articles(filter: { ${filter} }) { totalCount nodes { slug } } }`);
    expect(articles.totalCount).toBe(articles.nodes.length);
    return slugsOf(articles.nodes).sort();
  };

  const all = ['sections', 'kinds', 'languages', 'entities'] as const;
  const others = {
    sections: 'not-the-section',
    kinds: 'not-the-kind',
    languages: 'not-the-language',
    entities: 'not-the-entity',
  };

  test.each(all)('of all groups but %s leave what fails only that, and nothing that fails another', async (absent) => {
    const three = all.filter((group) => group !== absent);
    const expected = [others[absent], 'right', 'right-too'];
    expect(await left(three.map((group) => parts[group][0]).join())).toEqual(expected);
    expect(await left(three.map((group) => parts[group][1]).join())).toEqual(expected);
  });

  test('of all four groups, one value or many in each, leave only what fails none', async () => {
    for (const lone of [...all, undefined]) {
      const filter = all.map((group) => parts[group][group === lone ? 0 : 1]).join();
      expect({ filter, left: await left(filter) }).toEqual({ filter, left: ['right', 'right-too'] });
    }
    expect(await left(all.map((group) => parts[group][0]).join())).toEqual(['right', 'right-too']);
  });

  test('of another span of time refuse the cursor, and the same span takes it', async () => {
    const page = (span: string, after = '') =>
      newsroom.ask(`{ articles(first: 1, filter: { ${span} }${after}) { nodes { slug } pageInfo { endCursor } } }`);
    const span = 'publishedAfter: "2024-06-02T00:00:00Z", publishedBefore: "2024-06-04T00:00:00Z"';
    const { endCursor } = (await page(span)).data.articles.pageInfo;
    const after = `, after: "${endCursor}"`;
    expect((await page(span, after)).errors).toEqual([]);
    for (const other of [
      'publishedAfter: "2024-06-01T00:00:00Z", publishedBefore: "2024-06-04T00:00:00Z"',
      'publishedAfter: "2024-06-02T00:00:00Z", publishedBefore: "2024-06-05T00:00:00Z"',
      'publishedAfter: "2024-06-02T00:00:00Z"',
      'publishedBefore: "2024-06-04T00:00:00Z"',
    ]) {
      expect({ other, error: (await page(other, after)).errors[0] }).toMatchObject({
        error: {
          message: '`after` comes from a list with another order or filter: start without it, or ask as before.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      });
    }
  });
});

describe('a story', () => {
  beforeAll(open);
  afterAll(close);

  test('tells every correction, newest first, and no other story’s', async () => {
    const [one, two] = [await desk.publish({ slug: 'one' }), await desk.publish({ slug: 'two' })];
    const correct = ({ articleId }: { articleId: number }, note: string, at: string) =>
      issueCorrection(newsroom.context(), { articleId, note, issuedAt: Date.parse(at) });
    await correct(one, 'The second.', '2024-06-02T10:00:00Z');
    await correct(one, 'The third.', '2024-06-03T10:00:00Z');
    await correct(two, 'Another.', '2024-06-04T10:00:00Z');
    await correct(one, 'The first.', '2024-06-01T10:00:00Z');
    const corrections = 'corrections { note issuedAt }';
    expect(
      await told(`{ one: article(slug: "one") { ${corrections} } two: article(slug: "two") { ${corrections} } }`),
    ).toEqual({
      one: {
        corrections: [
          { note: 'The third.', issuedAt: '2024-06-03T10:00:00.000Z' },
          { note: 'The second.', issuedAt: '2024-06-02T10:00:00.000Z' },
          { note: 'The first.', issuedAt: '2024-06-01T10:00:00.000Z' },
        ],
      },
      two: { corrections: [{ note: 'Another.', issuedAt: '2024-06-04T10:00:00.000Z' }] },
    });
  });

  test('says what its editor said, and else what the picture, the headline and the standfirst say', async () => {
    const pictureId = await savePicture(newsroom.context(), {
      externalId: 'quay',
      file: 'ab'.repeat(16),
      width: 1600,
      height: 900,
      alt: 'A quay',
      caption: 'The quay',
      credit: 'A. Photographer',
    });
    const story = { title: 'The headline', standfirst: 'The standfirst.' };
    await desk.publish({
      ...story,
      slug: 'told',
      leadPicture: { pictureId, caption: 'The quay at dawn' },
      seo: { title: 'For engines', description: 'What engines say.' },
    });
    await desk.publish({ ...story, slug: 'titled', leadPicture: { pictureId }, seo: { title: 'For engines' } });
    await desk.publish({ ...story, slug: 'untold' });
    const said = 'title standfirst leadPicture { caption alt credit } seo { title description }';
    const picture = { alt: 'A quay', credit: 'A. Photographer' };
    expect(
      await told(
        `{ told: article(slug: "told") { ${said} } titled: article(slug: "titled") { ${said} } untold: article(slug: "untold") { ${said} } }`,
      ),
    ).toEqual({
      told: {
        ...story,
        leadPicture: { ...picture, caption: 'The quay at dawn' },
        seo: { title: 'For engines', description: 'What engines say.' },
      },
      titled: {
        ...story,
        leadPicture: { ...picture, caption: 'The quay' },
        seo: { title: 'For engines', description: 'The standfirst.' },
      },
      untold: { ...story, leadPicture: null, seo: { title: 'The headline', description: 'The standfirst.' } },
    });
  });

  test('that was taken away is gone since then, not since an earlier text of it', async () => {
    const first = await desk.publish({ slug: 'gone', paragraphs: ['Old words.'] });
    const second = await desk.publish({ slug: 'gone', paragraphs: ['New words.'] });
    const interval = ({ editionId }: { editionId: number }, from: string, until: string) =>
      newsroom.database.transaction((tx) =>
        tx.manager.update(
          PublicationRow,
          { editionId },
          { visibleFrom: Date.parse(from), visibleUntil: Date.parse(until) },
        ),
      );
    await interval(first, '2024-06-01T10:00:00Z', '2024-06-02T10:00:00Z');
    await interval(second, '2024-06-02T10:00:00Z', '2024-06-03T17:40:00.123Z');
    expect(
      await told(
        '{ resolvePath(path: "/world/gone") { __typename ... on Gone { since } } article(slug: "gone") { id } }',
      ),
    ).toEqual({ resolvePath: { __typename: 'Gone', since: '2024-06-03T17:40:00.123Z' }, article: null });
  });

  test('never gets a slug that another story had, and may come back to its own path', async () => {
    const [world, mena] = [await desk.section('world'), await desk.section('mena')];
    const first = await desk.publish({ slug: 'port', sectionId: mena });
    await desk.publish({ slug: 'port', sectionId: world });
    await newsroom.database.transaction((tx) =>
      tx.run(sql`update article set slug = 'harbour' where id = ${first.articleId}`),
    );
    const another = { source: { source: 'test', externalId: 'another' }, slug: 'port', sectionId: mena };
    expect(await desk.publish(another)).toMatchObject({ slug: 'port-2', number: 1 });
    expect(
      await told('{ article(slug: "port") { path } resolvePath(path: "/mena/port") { ... on Redirect { path } } }'),
    ).toEqual({ article: { path: '/world/port' }, resolvePath: { path: '/world/port' } });

    await desk.publish({ slug: 'back', sectionId: mena });
    await desk.publish({ slug: 'back', sectionId: world });
    await desk.publish({ slug: 'back', sectionId: mena });
    expect(await told('{ article(slug: "back") { path } }')).toEqual({ article: { path: '/mena/back' } });
  });

  test('has at most 500 mentions, 50 credits and 50 related stories, and may have as many', async () => {
    const entityId = await desk.entity('Place', 'Beirut');
    const articleIds: number[] = [];
    for (let i = 0; i < 51; i++) {
      const slug = `beside-${i}`;
      articleIds.push(await reserveStory(newsroom.context(), { source: 'test', externalId: slug, slug }));
    }
    const full = (mentions: number, credits: number, related: number) => ({
      slug: 'full',
      paragraphs: ['Beirut '.repeat(501)],
      mentions: Array.from({ length: mentions }, (_, i) => {
        return { entityId, blockKey: 'b1', start: i * 7, end: i * 7 + 6, surface: 'Beirut' };
      }),
      credits: Array.from({ length: credits }, (_, i) => ({ role: 'AUTHOR' as const, text: `Author ${i}` })),
      related: articleIds.slice(0, related).map((articleId) => ({ articleId, kind: 'RELATED' as const })),
    });
    const bad = (message: string) => expect.objectContaining({ message, extensions: { code: 'BAD_USER_INPUT' } });
    await expect(desk.draft(full(501, 0, 0))).rejects.toEqual(bad('A story names at most 500 times.'));
    await expect(desk.draft(full(0, 51, 0))).rejects.toEqual(bad('A story has at most 50 credits.'));
    await expect(desk.draft(full(0, 0, 51))).rejects.toEqual(bad('A story has at most 50 related stories.'));
    expect(await newsroom.database.read(sql`select id from article where slug = 'full'`)).toEqual([]);

    const { editionId } = await desk.publish(full(500, 50, 50));
    const { article } = await told(
      '{ article(slug: "full") { mentions(first: 500) { start } credits(first: 50) { text } } }',
    );
    expect(article.mentions.map(({ start }: { start: number }) => start)).toEqual(
      Array.from({ length: 500 }, (_, i) => i * 7),
    );
    expect(article.credits.map(({ text }: { text: string }) => text)).toEqual(
      Array.from({ length: 50 }, (_, i) => `Author ${i}`),
    );
    expect(
      await newsroom.database.read(sql`select count(*) as n from related_story where editionId = ${editionId}`),
    ).toEqual([{ n: 50 }]);
  });
});

describe('what readers see', () => {
  const from = Date.parse('2024-06-01T10:00:00Z');
  const until = Date.parse('2024-06-02T10:00:00Z');
  beforeAll(async () => {
    await open();
    await desk.entity('Place', 'Beirut');
    const story = { paragraphs: ['Beirut was quiet.'], publishedAt: '2024-06-01T10:00:00Z' };
    const { articleId } = await desk.publish({ ...story, slug: 'quiet' });
    await newsroom.database.transaction(async (tx) => {
      for (const table of ['publication', 'listing']) {
        await tx.run(sql`update ${raw(table)} set visibleUntil = ${until} where articleId = ${articleId}`);
      }
    });
  });
  afterAll(close);

  /** The story by every way to it, for readers whose database has this time. */
  const seenAt = async (moment: number) => {
    const context = newsroom.context();
    const contextValue = { ...context, database: { ...context.database, now: raw(String(moment)) } };
    const document = parse(`{ article(slug: "quiet") { slug } articles { totalCount nodes { slug } }
      section(slug: "world") { articles { totalCount nodes { slug } } }
      place(slug: "beirut") { articles { totalCount nodes { slug } } }
      resolvePath(path: "/world/quiet") { __typename ... on Gone { since } } }`);
    const { data, errors = [] } = await execute({ schema: newsroom.schema, document, contextValue });
    expect(errors).toEqual([]);
    return JSON.parse(JSON.stringify(data));
  };
  const everywhere = (articles: unknown) => ({ articles, section: { articles }, place: { articles } });
  const seen = {
    article: { slug: 'quiet' },
    ...everywhere({ totalCount: 1, nodes: [{ slug: 'quiet' }] }),
    resolvePath: { __typename: 'Article' },
  };
  const unseen = { article: null, ...everywhere({ totalCount: 0, nodes: [] }) };

  test('begins with the first moment of an interval', async () => {
    expect(await seenAt(from - 1)).toEqual({ ...unseen, resolvePath: null });
    expect(await seenAt(from)).toEqual(seen);
  });

  test('ends a millisecond before the moment that ends it', async () => {
    const gone = { __typename: 'Gone', since: '2024-06-02T10:00:00.000Z' };
    expect(await seenAt(until - 1)).toEqual(seen);
    expect(await seenAt(until)).toEqual({ ...unseen, resolvePath: gone });
    expect(await seenAt(until + 1)).toEqual({ ...unseen, resolvePath: gone });
  });

  test('ends with the clock of the database, at once', async () => {
    const { articleId } = await desk.publish({ slug: 'brief', paragraphs: ['Words.'] });
    const end = (moment: string) =>
      newsroom.database.transaction(async (tx) => {
        for (const table of ['publication', 'listing']) {
          const visibleUntil = sql`${tx.now} ${raw(moment)}`;
          await tx.run(sql`update ${raw(table)} set visibleUntil = ${visibleUntil} where articleId = ${articleId}`);
        }
      });
    const brief = () => told('{ article(slug: "brief") { slug } articles { totalCount } }');
    await end('+ 60000');
    expect(await brief()).toEqual({ article: { slug: 'brief' }, articles: { totalCount: 1 } });
    await end('- 1');
    expect(await brief()).toEqual({ article: null, articles: { totalCount: 0 } });
  });
});
