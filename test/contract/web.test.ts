import { operator } from '../../src/kernel/viewer.js';
import { indexChange } from '../../src/search/index.commands.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import { hasShared, shared } from '../support/contract.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const given = hasShared ? describe : describe.skip;

given('the web front end’s own documents', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
  });
  afterAll(() => newsroom.close());

  const ask = (file: string, variables: Record<string, unknown>) =>
    newsroom.measure(shared(`contract/web/${file}.graphql`), variables);

  test('the article page answers whole, in at most twelve statements and four rounds', async () => {
    const { data, errors, statements, rounds } = await ask('article-page', {
      slug: 'iran-confirms-secret-talks-with-the-us',
    });
    expect(errors).toEqual([]);
    const { article } = data;
    expect(article).toMatchObject({
      slug: 'iran-confirms-secret-talks-with-the-us',
      url: 'https://news.example/mena/iran-confirms-secret-talks-with-the-us',
      title: 'Iran confirms secret talks with the U.S.',
      readingMinutes: 1,
      firstPublishedAt: '2024-06-03T17:40:00.000Z',
      publishedAt: '2024-06-03T17:40:00.000Z',
      section: { slug: 'mena', parent: { slug: 'world' } },
    });
    expect(article.body.blocks).toHaveLength(9);
    expect(article.leadPicture.rendition).toMatchObject({ width: 1200, height: 675 });
    expect(article.people.map((person: { name: string }) => person.name)).toEqual(
      expect.arrayContaining(['Ali Bagheri', 'Ebrahim Raisi', 'Hossein Amir-Abdollahian', 'Bashar al-Assad']),
    );
    expect(article.related.edges[0]).toMatchObject({
      kicker: 'Israel',
      node: { slug: 'israel-busts-spy-ring-acting-for-iran' },
    });
    expect(article.corrections).toEqual([
      { note: expect.stringContaining('20 May'), issuedAt: '2024-06-03T19:05:00.000Z' },
    ]);
    expect(article.credits).toHaveLength(3);
    for (const { kicker, reason } of article.related.edges) expect([kicker, reason]).not.toContain(null);
    expect(article.placements).toContainEqual(
      expect.objectContaining({ slot: 'article-bottom', banner: expect.objectContaining({ name: 'Mena banner 4' }) }),
    );
    expect(data.newsletters.nodes).toHaveLength(3);
    expect(data.consentCategories).toContainEqual(expect.objectContaining({ key: 'necessary', required: true }));
    expect(statements.length).toBeLessThanOrEqual(12);
    expect(rounds).toBeLessThanOrEqual(4);
  });

  test('every mention stands in its block where it says, with the post held that day', async () => {
    const { data } = await newsroom.ask(
      `{ article(slug: "iran-confirms-secret-talks-with-the-us") {
           body { blocks { key ... on TextBlock { text } } }
           mentions { surface blockKey start end entity { name } role { title interim } } } }`,
    );
    const texts = new Map(
      data.article.body.blocks.map((block: { key: string; text: string }) => [block.key, block.text]),
    );
    for (const { surface, blockKey, start, end } of data.article.mentions) {
      expect((texts.get(blockKey) as string).slice(start, end)).toBe(surface);
    }
    const roleOf = (name: string) =>
      data.article.mentions.find((mention: { entity: { name: string } }) => mention.entity.name === name).role;
    expect(roleOf('Ali Bagheri')).toEqual({ title: 'Foreign minister', interim: true });
    expect(roleOf('Hossein Amir-Abdollahian')).toBeNull();
  });

  test('a section front of fifty takes at most six statements, people included', async () => {
    const { data, errors, statements } = await newsroom.measure(
      shared('contract/web/section-front.graphql').replace(
        'section { slug name }',
        'section { slug name } people { name }',
      ),
      { slug: 'world', first: 50 },
    );
    expect(errors).toEqual([]);
    expect(data.section.articles.edges.length).toBeGreaterThan(15);
    expect(statements.length).toBeLessThanOrEqual(6);
  });

  test('the person page tells the post of a day, its source, the stories and the company', async () => {
    const { data, errors } = await ask('person-page', { slug: 'ali-bagheri', at: '2024-06-03', first: 2 });
    expect(errors).toEqual([]);
    expect(data.person.roles).toEqual([
      expect.objectContaining({
        title: 'Foreign minister',
        interim: true,
        startedOn: '2024-05-20',
        endedOn: '2024-08-21',
        sourceArticle: {
          slug: 'iran-confirms-secret-talks-with-the-us',
          title: 'Iran confirms secret talks with the U.S.',
        },
      }),
    ]);
    expect(data.person.articles.edges).toHaveLength(2);
    expect(data.person.mentionedWith[0].entity.slug).toBe('iran');
  });

  test('the latest stories come newest first, page by page, without gaps or doubles', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await ask('latest', { first: 7, after });
      expect(errors).toEqual([]);
      seen.push(...data.articles.edges.map((edge: { node: { slug: string } }) => edge.node.slug));
      expect(data.articles.pageInfo.hasPreviousPage).toBe(after !== null);
      after = data.articles.pageInfo.hasNextPage ? data.articles.pageInfo.endCursor : null;
      expect(data.articles.totalCount).toBeGreaterThanOrEqual(seen.length);
      if (!after) expect(seen).toHaveLength(data.articles.totalCount);
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a search answers whole, from the index that the outbox keeps', async () => {
    const follow = [(payload: unknown) => indexChange(newsroom.contextAs(operator), payload)];
    while ((await doJobs(newsroom.contextAs(operator), { change: follow, text: follow })) > 0);
    const { data, errors, statements, rounds } = await ask('search', { query: 'Iran confirms secret talks', first: 5 });
    expect(errors).toEqual([]);
    const { edges, facets, totalCount } = data.search;
    expect(edges[0].node).toMatchObject({ slug: 'iran-confirms-secret-talks-with-the-us', section: { name: 'Mena' } });
    expect(edges[0].score).toBeGreaterThan(0);
    expect(edges[0].highlight).toEqual(expect.any(String));
    expect(totalCount).toBeGreaterThanOrEqual(edges.length);
    expect(facets.sections).toContainEqual({ section: { slug: 'mena', name: 'Mena' }, count: expect.any(Number) });
    expect(facets.entities[0].entity).toEqual({ __typename: 'Place', slug: 'iran', name: 'Iran' });
    expect((await ask('search', { query: 'talks', first: 5 })).data.search.edges).toHaveLength(5);
    const filtered = await ask('search', { query: 'talks', first: 5, filter: { sections: ['culture'] } });
    expect(filtered.errors).toEqual([]);
    expect(statements.length).toBeLessThanOrEqual(6);
    expect(rounds).toBeLessThanOrEqual(4);
  });

  test('paths lead to stories, sections and people, and nowhere', async () => {
    const at = async (path: string) => (await ask('resolve-path', { path })).data.resolvePath;
    expect(await at('/mena/iran-confirms-secret-talks-with-the-us/')).toMatchObject({ __typename: 'Article' });
    expect(await at('/mena')).toEqual({ __typename: 'Section', slug: 'mena', name: 'Mena' });
    expect(await at('/people/ali-bagheri')).toEqual({ __typename: 'Person' });
    expect(await at('/mena/nothing-here')).toBeNull();
  });
});
