import { issueCorrection, publishEdition } from '../../src/articles/bring-in.commands.js';
import { sql } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('publishing', () => {
  let newsroom: TestNewsroom;
  let desk: ReturnType<typeof deskOf>;
  beforeEach(async () => {
    newsroom = await openNewsroom();
    desk = deskOf(newsroom);
  });
  afterEach(() => newsroom.close());

  const rows = (articleId: number) =>
    newsroom.database.read<{ publications: number; open: number; listings: number; lists: number }>(
      sql`select count(*) as publications,
            (select count(*) from publication where articleId = ${articleId} and visibleUntil > visibleFrom
               and visibleUntil = (select max(visibleUntil) from publication)) as open,
            (select count(*) from listing where articleId = ${articleId}) as listings,
            (select count(distinct list) from listing where articleId = ${articleId}) as lists
          from publication where articleId = ${articleId}`,
    );

  test('a new text takes the place of the old one in every list, and the first date stays', async () => {
    const first = await desk.publish({ slug: 'port', paragraphs: ['Old words.'], publishedAt: '2024-06-03T10:00:00Z' });
    await desk.publish({ slug: 'port', paragraphs: ['New words.'] });
    const { data } = await newsroom.ask(
      '{ article(slug: "port") { body { text } firstPublishedAt publishedAt updatedAt publication { visibleFrom edition { number } } } articles { totalCount } }',
    );
    expect(data).toMatchObject({
      article: {
        body: { text: 'New words.' },
        firstPublishedAt: '2024-06-03T10:00:00.000Z',
        publishedAt: '2024-06-03T10:00:00.000Z',
      },
      articles: { totalCount: 1 },
    });
    expect(data.article.publication).toEqual({ visibleFrom: data.article.updatedAt, edition: { number: 2 } });
    expect(Date.parse(data.article.updatedAt)).toBeGreaterThan(Date.parse('2025-01-01'));
    const [counted] = await rows(first.articleId);
    expect(counted).toMatchObject({ publications: 2, open: 1 });
    expect(counted!.listings).toBe(counted!.lists);
  });

  test('a story that moves to another section leaves a redirect', async () => {
    await desk.publish({ slug: 'port', sectionId: await desk.section('mena') });
    await desk.publish({ slug: 'port', sectionId: await desk.section('business') });
    const at = async (path: string) =>
      (
        await newsroom.ask(
          'query ($path: String!) { resolvePath(path: $path) { __typename ... on Redirect { path permanent } ... on Article { slug } } }',
          { path },
        )
      ).data.resolvePath;
    expect(await at('/mena/port')).toEqual({ __typename: 'Redirect', path: '/business/port', permanent: true });
    expect(await at('/business/port?from=mail#top')).toEqual({ __typename: 'Article', slug: 'port' });
    const { data } = await newsroom.ask(
      '{ mena: section(slug: "mena") { articles { totalCount } } business: section(slug: "business") { articles { totalCount } } }',
    );
    expect(data).toEqual({ mena: { articles: { totalCount: 0 } }, business: { articles: { totalCount: 1 } } });
  });

  test('the same text again changes nothing', async () => {
    const story = { slug: 'port', paragraphs: ['Words.'] };
    const first = await desk.publish(story);
    const again = await desk.publish(story);
    expect(again).toEqual({ ...first, changed: false, seenBefore: true });
    expect(await publishEdition(newsroom.context(), first)).toEqual({ changed: false });
    expect((await rows(first.articleId))[0]).toMatchObject({ publications: 1, open: 1 });
  });

  test('a save that changes nothing leaves the version as it was, one that does raises it', async () => {
    const version = async () =>
      (await newsroom.database.read<{ version: number }>(sql`select version from article`))[0]!.version;
    await desk.publish({ slug: 'port', paragraphs: ['Words.'] });
    const before = await version();
    await desk.publish({ slug: 'port', paragraphs: ['Words.'] });
    expect(await version()).toBe(before);
    await desk.draft({ slug: 'port', paragraphs: ['Other words.'] });
    expect(await version()).toBe(before + 1);
  });

  test('a date in the future is refused: nothing is shown early', async () => {
    await expect(desk.publish({ slug: 'port', publishedAt: '2999-01-01T00:00:00Z' })).rejects.toThrow('in the future');
    expect((await newsroom.ask('{ articles { totalCount } }')).data).toEqual({ articles: { totalCount: 0 } });
  });

  test('a second correction of one moment is refused, the same one again is kept once', async () => {
    const { articleId } = await desk.publish({ slug: 'port' });
    const issue = (note: string) =>
      issueCorrection(newsroom.context(), { articleId, note, issuedAt: 1_700_000_000_000 });
    expect([await issue('One.'), await issue('One.')]).toEqual([true, false]);
    await expect(issue('Two.')).rejects.toThrow('another correction');
  });

  test('twenty at once leave one text to be seen, and every list once', async () => {
    const first = await desk.publish({ slug: 'port', paragraphs: ['Words 0.'] });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => desk.publish({ slug: 'port', paragraphs: [`Words ${i + 1}.`] })),
    );
    const [counted] = await rows(first.articleId);
    expect(counted!.open).toBe(1);
    expect(counted!.listings).toBe(counted!.lists);
    const { data } = await newsroom.ask('{ articles { totalCount nodes { body { text } } } }');
    expect(data.articles).toMatchObject({
      totalCount: 1,
      nodes: [{ body: { text: expect.stringMatching(/^Words \d+\.$/) } }],
    });
  });

  test('the same story from ten hands at once is one story with one text', async () => {
    await desk.section('world');
    const saved = await Promise.all(
      Array.from({ length: 10 }, () => desk.publish({ slug: 'port', paragraphs: ['Words.'] })),
    );
    expect(new Set(saved.map(({ articleId }) => articleId)).size).toBe(1);
    expect(new Set(saved.map(({ editionId }) => editionId)).size).toBe(1);
    expect(saved.filter(({ changed }) => changed)).toHaveLength(1);
  });

  test('two stories that want one slug get one each, and keep it', async () => {
    const context = newsroom.context();
    const { reserveStory } = await import('../../src/articles/edition.commands.js');
    await Promise.all(
      ['a', 'b', 'c'].map((externalId) => reserveStory(context, { source: 'wire', externalId, slug: 'port' })),
    );
    await reserveStory(context, { source: 'wire', externalId: 'b', slug: 'port' });
    const slugs = await newsroom.database.read<{ slug: string }>(sql`select slug from article order by slug`);
    expect(slugs.map(({ slug }) => slug)).toEqual(['port', 'port-2', 'port-3']);
  });

  test('names in any script are right: slugs, mentions, and what is looked up by them', async () => {
    const baghi = await desk.entity('Person', 'علی باقری', { slug: 'علی-باقری', aliases: ['Élysée Ünal'] });
    await desk.publish({
      slug: 'سفر-به-بیروت',
      paragraphs: ['علی باقری دوشنبه به بیروت رفت.', 'Élysée Ünal was there.'],
    });
    const { data, errors } = await newsroom.ask(
      `query ($person: String!, $story: String!, $path: String!) {
         person(slug: $person) { name aliases articles { nodes { slug } } }
         article(slug: $story) { path mentions { surface } }
         resolvePath(path: $path) { __typename } }`,
      { person: 'علی-باقری', story: 'سفر-به-بیروت', path: encodeURI('/world/سفر-به-بیروت') },
    );
    expect(errors).toEqual([]);
    expect(baghi).toBeGreaterThan(0);
    expect(data).toEqual({
      person: { name: 'علی باقری', aliases: ['Élysée Ünal'], articles: { nodes: [{ slug: 'سفر-به-بیروت' }] } },
      article: { path: '/world/سفر-به-بیروت', mentions: [{ surface: 'علی باقری' }, { surface: 'Élysée Ünal' }] },
      resolvePath: { __typename: 'Article' },
    });
  });

  test('what does not fit is refused with its name, and nothing is kept', async () => {
    await expect(desk.draft({ slug: 'long', title: 'x'.repeat(301) })).rejects.toThrow(
      'title has 301 characters; at most 300 fit.',
    );
    await expect(desk.draft({ slug: 'empty', title: '   ' })).rejects.toThrow('title must not be empty.');
    await expect(desk.draft({ slug: 'half', title: 'half \ud800 a pair' })).rejects.toThrow('not well-formed');
    const stories = await newsroom.database.read(sql`select id from article`);
    expect(stories).toEqual([]);
  });
});
