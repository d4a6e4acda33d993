import type { Block } from '../../src/articles/body.rules.js';
import { publishArticle, withdrawArticle } from '../../src/articles/publish.commands.js';
import { forever } from '../../src/articles/visibility.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql, type Sql } from '../../src/kernel/sql.js';
import { operator, type PartnerViewer } from '../../src/kernel/viewer.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { syndicatedStory } from '../../src/syndication/story/story.loaders.js';
import { hasShared, shared } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { partnersOf } from '../support/told.js';

const fragment = hasShared ? shared('contract/partner/changes.graphql').replace(/^[^]*(?=fragment Story)/, '') : '';

describe('a story for a partner', () => {
  let newsroom: TestNewsroom;
  let desk: ReturnType<typeof deskOf>;
  let partners: ReturnType<typeof partnersOf>;
  let lakePost: PartnerViewer;
  let world: number;
  let talks: number;
  const pictures = { free: 0, bought: 0, noncommercial: 0 };

  const picture = (name: string, licence: string | undefined, file: string) =>
    savePicture(newsroom.context(), {
      externalId: name,
      file: file.repeat(32),
      width: 1600,
      height: 900,
      alt: `What ${name} shows`,
      caption: `The caption of ${name}`,
      credit: `The maker of ${name}`,
      licence,
      usageTerms: `The terms of ${name}`,
    });

  beforeAll(async () => {
    newsroom = await openNewsroom();
    desk = deskOf(newsroom);
    partners = partnersOf(newsroom);
    pictures.free = await picture('free', 'CC-BY-4.0', 'a');
    pictures.bought = await picture('bought', undefined, 'b');
    pictures.noncommercial = await picture('noncommercial', 'CC-BY-NC-4.0', 'c');
    await desk.section('world');
    const mena = await desk.section('mena', 'world');
    await desk.entity('Person', 'Ali Bagheri', { wikidataId: 'Q4725139' });
    await desk.entity('Place', 'Beirut', { latitude: 33.9, longitude: 35.5 });
    await desk.entity('Person', 'Somebody Pictured');
    const blocks: Block[] = [
      { key: 'b1', kind: 'Paragraph', text: 'Ali Bagheri spoke in Beirut.' },
      { key: 'b2', kind: 'Picture', pictureId: pictures.bought, caption: 'Somebody Pictured at the quay' },
      { key: 'b3', kind: 'Picture', pictureId: pictures.noncommercial },
      { key: 'b4', kind: 'Paragraph', text: 'Talks go on.' },
    ];
    const aside = await desk.publish({ slug: 'aside', title: 'Beside it', paragraphs: ['Aside.'] });
    const unheld = await desk.publish({ slug: 'unheld', title: 'Nobody was told', paragraphs: ['Unheld.'] });
    talks = (
      await desk.publish({
        slug: 'talks',
        title: 'Talks in Beirut',
        standfirst: 'They talk.',
        blocks,
        sectionId: mena,
        leadPicture: { pictureId: pictures.free },
        publishedAt: '2024-06-03T17:40:00Z',
        credits: [
          { role: 'AUTHOR', text: 'Ann Author' },
          { role: 'PHOTOGRAPHER', text: 'Phil Photo' },
        ],
        related: [
          { articleId: unheld.articleId, kind: 'RELATED' },
          { articleId: aside.articleId, kind: 'BACKGROUND' },
        ],
      })
    ).articleId;
    world = await partners.product('world', {
      pictures: 'LICENSED',
      territories: ['CH', 'AT'],
      usageTerms: 'For print.',
    });
    lakePost = await partners.partner('The Lake Post', [world]);
    await partners.tell(lakePost, talks, { productId: world });
    await partners.tell(lakePost, aside.articleId, { productId: world });
  });
  afterAll(() => newsroom.close());

  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  const idOf = (articleId: number) => globalId('Article', articleId);
  const ask = async (viewer: PartnerViewer, fields: string, articleId = talks) => {
    const { data, errors } = await newsroom.askAs(
      viewer,
      `query ($id: ID!) { syndication { story(id: $id) { ${fields} } } }`,
      { id: idOf(articleId) },
    );
    expect(errors).toEqual([]);
    return data.syndication.story;
  };

  test('has its text, who and what it names, and what may be done with it', async () => {
    const story = await ask(
      lakePost,
      `id uri version kind language title standfirst wordCount publishedAt embargoedUntil expiresAt attribution canonicalUrl
       usageTerms territories body { text } section { slug name } sections { slug } credits { role name }
       entities { __typename name uri sameAs ... on SyndicatedPlace { latitude longitude } }`,
    );
    expect({ ...story, entities: story.entities.toSorted(byName) }).toEqual({
      id: idOf(talks),
      uri: expect.stringMatching(new RegExp(`^urn:newsml:news\\.example:\\d{8}:${idOf(talks)}$`)),
      version: expect.any(Number),
      kind: 'NEWS',
      language: 'en',
      title: 'Talks in Beirut',
      standfirst: 'They talk.',
      wordCount: expect.any(Number),
      publishedAt: '2024-06-03T17:40:00.000Z',
      embargoedUntil: null,
      expiresAt: null,
      attribution: 'Ann Author / Newsgraph',
      canonicalUrl: 'https://news.example/mena/talks',
      usageTerms: 'For print. To be shown only in CH, AT.',
      territories: ['CH', 'AT'],
      body: { text: 'Ali Bagheri spoke in Beirut.\n\nTalks go on.' },
      section: { slug: 'mena', name: 'mena' },
      sections: [{ slug: 'mena' }, { slug: 'world' }],
      credits: [
        { role: 'AUTHOR', name: 'Ann Author' },
        { role: 'PHOTOGRAPHER', name: 'Phil Photo' },
      ],
      entities: [
        {
          __typename: 'SyndicatedPerson',
          name: 'Ali Bagheri',
          uri: 'https://news.example/people/ali-bagheri',
          sameAs: ['https://www.wikidata.org/entity/Q4725139'],
        },
        {
          __typename: 'SyndicatedPlace',
          name: 'Beirut',
          uri: 'https://news.example/places/beirut',
          sameAs: [],
          latitude: 33.9,
          longitude: 35.5,
        },
      ],
    });
  });

  test('leaves out pictures that may not be passed on, their captions and whom only those name, and says so', async () => {
    const story = await ask(
      lakePost,
      'body { html text } pictures { url caption credit licence usageTerms isLead } redactions { path reason }',
    );
    expect(story.pictures).toEqual([
      {
        url: `https://news.example/media/${'a'.repeat(32)}/1600.webp`,
        caption: 'The caption of free',
        credit: 'The maker of free',
        licence: 'CC-BY-4.0',
        usageTerms: 'The terms of free',
        isLead: true,
      },
    ]);
    expect(story.redactions).toEqual([
      { path: 'body.b2', reason: 'We have no licence of this picture that lets us pass it on.' },
      { path: 'body.b3', reason: 'Its licence, CC-BY-NC-4.0, does not let us pass it on.' },
    ]);
    expect(JSON.stringify(story)).not.toMatch(/Pictured|quay|bought|maker of non|bbbb|cccc/);
  });

  test('has all pictures by a product that has them, and none by one that has none', async () => {
    const all = await partners.product('all', { pictures: 'ALL' });
    const none = await partners.product('none', { pictures: 'NONE', formats: ['HTML'] });
    const [rich, poor] = [await partners.partner('Rich', [all]), await partners.partner('Poor', [none])];
    await partners.tell(rich, talks, { productId: all });
    await partners.tell(poor, talks, { productId: none });
    const withAll = await ask(rich, 'body { html } pictures { caption } redactions { path } entities { name }');
    expect(withAll).toMatchObject({
      pictures: [
        { caption: 'The caption of free' },
        { caption: 'Somebody Pictured at the quay' },
        { caption: 'The caption of noncommercial' },
      ],
      redactions: [],
    });
    expect(withAll.body.html).toContain(`<img src="https://news.example/media/${'b'.repeat(32)}/1200.webp"`);
    expect(withAll.entities.map(({ name }: { name: string }) => name)).toContain('Somebody Pictured');
    const without = await ask(poor, 'body { html } pictures { url } redactions { path }');
    expect(without.pictures).toEqual([]);
    expect(without.body.html).not.toContain('<figure');
    expect(without.redactions.map(({ path }: { path: string }) => path)).toEqual([
      'leadPicture',
      'body.b2',
      'body.b3',
      'ninjs',
      'newsml',
      'json',
    ]);
  });

  test('names beside it only what the partner has too', async () => {
    expect((await ask(lakePost, 'related { kind title }')).related).toEqual([
      { kind: 'BACKGROUND', title: 'Beside it' },
    ]);
    const asideOnly = sql`where partnerId = ${lakePost.partnerId} and articleId <> ${talks}`;
    const liftAt = (moment: number | null) =>
      newsroom.database.transaction((tx) => tx.run(sql`update partner_story set liftAt = ${moment} ${asideOnly}`));
    await liftAt(Date.now() + 60_000); // he has it under an embargo
    expect((await ask(lakePost, 'related { kind title }')).related).toEqual([]);
    await liftAt(null);
  });

  test('is nobody’s who was not told of it, has lost the product, or is a partner no more', async () => {
    const stranger = await partners.partner('Stranger', [world]);
    expect(await ask(stranger, 'title')).toBeNull();
    const former = await partners.partner('Former', [world]);
    await partners.tell(former, talks, { productId: world });
    expect(await ask(former, 'title')).toEqual({ title: 'Talks in Beirut' });
    const run = (statement: ReturnType<typeof sql>) => newsroom.database.transaction((tx) => tx.run(statement));
    await run(sql`update partner set isActive = 0 where id = ${former.partnerId}`);
    expect(await ask(former, 'title')).toBeNull();
    await run(sql`update partner set isActive = 1 where id = ${former.partnerId}`);
    await run(sql`delete from partner_product where partnerId = ${former.partnerId}`);
    expect(await ask(former, 'title')).toBeNull();
  });

  test('is asked for by its id, and by nothing else', async () => {
    const wrong = await newsroom.askAs(lakePost, `{ syndication { story(id: "${globalId('Person', 1)}") { id } } }`);
    expect(wrong.errors[0]?.message).toContain('is the id of a Person');
    expect(await ask(lakePost, 'title', 9_999)).toBeNull();
  });

  test('has its right to be kept end on its day', async () => {
    const week = await partners.product('week', { keepDays: 7 });
    const weekly = await partners.partner('Weekly', [week]);
    const publicationId = await partners.tell(weekly, talks, { productId: week });
    expect(await ask(weekly, 'expiresAt')).toEqual({ expiresAt: '2024-06-10T17:40:00.000Z' });
    await newsroom.database.transaction((tx) =>
      tx.run(sql`insert into partner_due (partnerId, publicationId, kind, articleId, productId, dueAt)
                 values (${weekly.partnerId}, ${publicationId}, 'EXPIRE', ${talks}, ${week}, 1000)`),
    );
    expect(await ask(weekly, 'title')).toBeNull();
  });

  test('keeps each text under the change that brought it, and none of one that was killed', async () => {
    const chief = newsroom.contextAs(operator);
    const { articleId } = await desk.publish({ slug: 'dam', title: 'The dam holds', paragraphs: ['It holds.'] });
    const first = await partners.tell(lakePost, articleId, { productId: world });
    await desk.draft({ slug: 'dam', title: 'The dam may not hold', paragraphs: ['It may not.'] });
    const version = async () =>
      (
        await newsroom.database.read<{ version: number }>(
          sql`select version from article where id = ${articleId}`,
          'primary',
        )
      )[0]!.version;
    await publishArticle(chief, { articleId, expectedVersion: await version() });
    const second = await partners.tell(lakePost, articleId, { productId: world, kind: 'UPDATED' });
    expect(second).not.toBe(first);
    const titles = async () => {
      const stories = syndicatedStory(newsroom.contextAs(lakePost));
      const both = [first, second].map((publicationId) => stories.load({ publicationId }));
      return (await Promise.all(both)).map((story) => story?.title);
    };
    expect(await titles()).toEqual(['The dam holds', 'The dam may not hold']);
    await withdrawArticle(chief, { articleId, expectedVersion: await version(), note: 'Wrong', kill: true });
    expect(await titles()).toEqual([undefined, undefined]);
  });

  test('before readers have it, says until when, and its pictures come with a key', async () => {
    const early = await desk.publish({ slug: 'early', title: 'Early', leadPicture: { pictureId: pictures.free } });
    await partners.tell(lakePost, early.articleId, { productId: world });
    const at = Date.now() + 3_600_000;
    await newsroom.database.transaction((tx) =>
      tx.run(
        sql`update publication set visibleFrom = ${at}, visibleUntil = ${forever} where articleId = ${early.articleId}`,
      ),
    );
    const story = await ask(lakePost, 'embargoedUntil pictures { url } body { text }', early.articleId);
    expect(story.embargoedUntil).toBe(new Date(at).toISOString());
    expect(story.pictures[0].url).toMatch(/\/1600\.webp\?key=[\w.-]+$/);
  });

  (hasShared ? test : test.skip)(
    'answers what partners’ own document asks, 50 stories in as many statements as one',
    async () => {
      const stories = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          desk.publish({
            slug: `story-${i}`,
            title: `Story ${i}`,
            paragraphs: ['Ali Bagheri was in Beirut.'],
            leadPicture: { pictureId: pictures.free },
          }),
        ),
      );
      for (const { articleId } of stories) await partners.tell(lakePost, articleId, { productId: world });
      const measured = async (count: number) => {
        const fields = stories
          .slice(0, count)
          .map(({ articleId }, i) => `s${i}: story(id: "${idOf(articleId)}") { ...Story }`);
        return newsroom.measure(`{ syndication { ${fields.join(' ')} } } ${fragment}`, {}, lakePost);
      };
      const [one, fifty] = [await measured(1), await measured(50)];
      expect(one.errors).toEqual([]);
      expect(fifty.errors).toEqual([]);
      expect(fifty.data.syndication.s49).toMatchObject({
        title: 'Story 49',
        entities: [{ name: 'Ali Bagheri' }, { name: 'Beirut' }],
        ninjs: { standard: { version: '3.2' }, headlines: [{ value: 'Story 49' }] },
      });
      expect(one.statements.length).toBeLessThanOrEqual(8);
      expect(fifty.statements.length).toBe(one.statements.length);
    },
  );

  // The last: libsql keeps the read of an `explain` open, and what is written after it would not be seen.
  (onMariadb ? test.skip : test)('is found by its story, however long the partner’s feed is', async () => {
    const asked: Sql[] = [];
    const { database } = newsroom;
    const spied = { ...database, read: <Row>(each: Sql) => (asked.push(each), database.read<Row>(each)) };
    const ctx = { ...newsroom.contextAs(lakePost), database: spied };
    await syndicatedStory(ctx).load({ publicationId: 1 });
    const { text, values } = asked.find((each) => each.text.includes('partner_change'))!;
    const plan = await database.read<{ detail: string }>({ text: `explain query plan ${text}`, values });
    const walked = plan.map(({ detail }) => detail).filter((detail) => /^(SEARCH|SCAN) [cxs] /.test(detail));
    expect(walked).toHaveLength(5);
    for (const detail of walked) expect(detail).toMatch(/articleId=\?/);
  });
});
