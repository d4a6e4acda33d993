import { saveRoles } from '../../src/entities/entity.commands.js';
import { createFront } from '../../src/fronts/front.commands.js';
import { publishFront } from '../../src/fronts/publish.commands.js';
import { globalId } from '../../src/kernel/global-id.js';
import { operator } from '../../src/kernel/viewer.js';
import { createStoryline } from '../../src/storylines/storyline.commands.js';
import { rebuildIndex } from '../../src/search/rebuild.commands.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

/** What each kind of question may take: SQL statements, and rounds of them. */
const questions: Record<string, { document: string; statements: number; rounds: number }> = {
  'an article page': {
    document: `query ($slug: String!) { article(slug: $slug) {
      id title body { html text } section { name parent { name } } leadPicture { alt rendition(width: 640) { url } }
      credits { text person { name } organisation { name } }
      people { id name } organisations { name } places { name url }
      mentions { surface entity { name } role { title organisation { name } place { name } } }
      related(first: 20) { edges { kicker node { title section { name } leadPicture { alt } } } totalCount }
      corrections { note } seo { jsonLd } placements { slot banner { name image { url } } } }
      newsletters(first: 3) { nodes { name } } consentCategories { key } }`,
    statements: 4,
    rounds: 2,
  },
  'a section front with people': {
    document: `query ($section: String!, $first: Int!) { section(slug: $section) { name parent { name } placements { slot }
      articles(first: $first) { edges { node { title section { name } people { name } leadPicture { alt } } } } } }`,
    statements: 2,
    rounds: 2,
  },
  'the latest, counted': {
    document: `query ($section: String!, $first: Int!) {
      articles(first: $first, filter: { sections: [$section], kinds: [NEWS] }) { totalCount nodes { title section { name } } } }`,
    statements: 3,
    rounds: 3,
  },
  'a search with all that comes with it': {
    document: `query ($first: Int!) { search(query: "person number1", first: $first) { totalCount
      edges { score highlight highlightRanges { start } node { title section { name } people { name } } }
      entities { name } facets { sections { section { name } } entities { entity { name } } kinds { count } years { count } } } }`,
    statements: 7,
    rounds: 4,
  },
  'a search without words': {
    document: `query ($section: String!, $first: Int!) { search(query: "section:world", first: $first,
      filter: { sections: [$section], kinds: [NEWS] }) { edges { node { title section { name } } } } }`,
    statements: 3,
    rounds: 3,
  },
  'stories of stories': {
    document: `query ($first: Int!) { articles(first: $first) { nodes { title
      related(first: 2) { totalCount nodes { title credits { text } related(first: 2) { nodes { title } } } } } } }`,
    statements: 4,
    rounds: 3,
  },
  'everybody in the latest stories, their posts, stories and company': {
    document: `query ($first: Int!) { articles(first: $first) { nodes { people { name aliases
      roles { title sourceArticle { title } } articles(first: 2) { totalCount nodes { title } }
      mentionedWith(first: 3) { entity { name } articleCount } } } } }`,
    statements: 7,
    rounds: 4,
  },
  'a front with all its blocks and stories': {
    document: `query ($front: String!) { front(slug: $front) { title section { name } blocks { title layout stories(first: 50) {
      kicker title isPinned article { title standfirst section { name } leadPicture { alt rendition(width: 640) { url } } } } } } }`,
    statements: 3,
    rounds: 3,
  },
  'a front as it was': {
    document: `query ($front: String!) { front(slug: $front, asOf: "2099-01-01T00:00:00Z") { blocks { stories(first: 50) {
      article { title section { name } } } } } }`,
    statements: 4,
    rounds: 3,
  },
  'a storyline with its timeline': {
    document: `query ($storyline: String!, $first: Int!) { storyline(slug: $storyline) { title picture { alt }
      entries(first: $first) { at title text article { title section { name } storylines { title } } }
      mainEntities(first: $first) { articleCount entity { name } } } }`,
    statements: 4,
    rounds: 3,
  },
  'storylines with the newest of each': {
    document: `query ($first: Int!) { storylines(first: $first) { totalCount nodes { title
      entries(first: 2, newestFirst: true) { article { title } } mainEntities(first: 2) { entity { name } } } } }`,
    statements: 4,
    rounds: 2,
  },
  'all sections with their newest': {
    document: `query ($first: Int!) { sections { name children { name } articles(first: $first) { nodes { title } } } }`,
    statements: 1,
    rounds: 1,
  },
};

const of = (name: string) => ({ slug: name, front: name, storyline: name });

describe('every question costs the same number of statements', () => {
  let newsroom: TestNewsroom;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    const desk = deskOf(newsroom);
    await desk.section('world');
    const sectionId = await desk.section('mena', 'world');
    const pictureId = await savePicture(newsroom.context(), {
      externalId: 'a',
      file: 'a'.repeat(32),
      width: 1600,
      height: 900,
      alt: 'A harbour',
      caption: '',
      credit: '',
    });
    const people: number[] = [];
    for (let i = 0; i < 200; i++) people.push(await desk.entity('Person', `Person Number${i}`));
    const organisationId = await desk.entity('Organisation', 'The Agency');
    const story = {
      sectionId,
      leadPicture: { pictureId },
      credits: [{ role: 'AUTHOR' as const, text: 'A', entityId: people[0] }],
    };
    const few = await desk.publish({ ...story, slug: 'first', paragraphs: ['Person Number1 spoke.'] });
    const others: number[] = [few.articleId];
    for (let i = 0; i < 50; i++) {
      const paragraphs = [`Person Number${i} met Person Number${i + 1}.`];
      const related = others.slice(-3).map((articleId) => ({ articleId, kind: 'RELATED' as const }));
      others.push((await desk.publish({ ...story, slug: `story-${i}`, paragraphs, related })).articleId);
    }
    const picture = { key: 'p', kind: 'Picture' as const, pictureId };
    const paragraphsOf = (texts: string[]) =>
      texts.map((text, i) => ({ key: `b${i + 1}`, kind: 'Paragraph' as const, text }));
    await desk.publish({
      ...story,
      slug: 'little',
      blocks: [picture, ...paragraphsOf(['Person Number1 spoke.'])],
      related: [{ articleId: few.articleId, kind: 'RELATED' }],
    });
    await desk.publish({
      ...story,
      slug: 'much',
      blocks: [picture, ...paragraphsOf(people.map((_, i) => `Then Person Number${i} spoke.`))],
      related: others.slice(0, 20).map((articleId) => ({ articleId, kind: 'RELATED' as const })),
    });
    for (const person of people) {
      await saveRoles(newsroom.context(), person, [
        { title: 'Envoy', interim: false, startedOn: '2000-01-01', organisationId, sourceArticleId: few.articleId },
      ]);
    }
    await rebuildIndex(newsroom.context());
    const as = () => newsroom.contextAs(operator);
    const pins = others.slice(0, 10).map((articleId) => ({ articleId }));
    const filter = { sections: ['mena'], kinds: ['NEWS' as const] };
    const arrangements = {
      little: [{ size: 2, filter, pins: pins.slice(0, 1) }],
      much: [
        { size: 50, filter, pins },
        ...Array.from({ length: 28 }, (_, i) => ({
          size: 10,
          filter: { entities: [globalId('Person', i + 1)], languages: ['en'] },
        })),
        { size: 50, filter: {} },
      ],
    };
    for (const [i, [title, blocks]] of Object.entries(arrangements).entries()) {
      const made = await createFront(as(), { title, blocks });
      if (!('front' in made)) throw new Error(JSON.stringify(made));
      await publishFront(as(), { frontId: i + 1, expectedVersion: 1 });
    }
    for (const [title, some] of [
      ['little', others.slice(0, 1)],
      ['much', others.slice(0, 50)],
    ] as const)
      await createStoryline(as(), {
        title,
        status: 'OPEN',
        pictureId,
        entries: some.map((articleId) => ({ articleId })),
      });
    for (let i = 0; i < 50; i++)
      await createStoryline(as(), { title: `Storyline ${i}`, status: 'OPEN', entries: [{ articleId: others[i]! }] });
  }, 240_000);
  afterAll(() => newsroom.close());

  test.each(Object.entries(questions))('%s', async (_, { document, statements, rounds }) => {
    const little = await newsroom.measure(document, { ...of('little'), section: 'mena', first: 1 });
    const much = await newsroom.measure(document, { ...of('much'), section: 'mena', first: 50 });
    expect([...little.errors, ...much.errors]).toEqual([]);
    expect(JSON.stringify(much.data).length).toBeGreaterThan(JSON.stringify(little.data).length);
    expect(much.statements).toHaveLength(little.statements.length);
    expect(much.statements.length).toBeLessThanOrEqual(statements);
    expect(much.rounds).toBeLessThanOrEqual(rounds);
  });

  test.each([
    ['related stories', '{ articles(first: 3) { nodes { related(first: 2) { nodes { slug } } } } }', 3 * 3],
    ['stories of sections', '{ sections { articles(first: 2) { nodes { slug } } } }', 2 * 3],
    ['company', '{ person(slug: "person-number1") { mentionedWith(first: 2) { articleCount } } }', 2],
  ])('the limit for each parent is in the SQL: %s', async (_, document, rows) => {
    const { errors, mostRows } = await newsroom.measure(document);
    expect(errors).toEqual([]);
    expect(mostRows).toBeLessThanOrEqual(rows);
    expect(mostRows).toBeGreaterThan(0);
  });

  test('200 mentions and 20 related stories are all there', async () => {
    const { data } = await newsroom.ask(
      `{ article(slug: "much") { mentions { surface } people(first: 500) { name } related(first: 50) { totalCount nodes { slug } } } }`,
    );
    expect(data.article.mentions).toHaveLength(200);
    expect(data.article.people).toHaveLength(200);
    expect(data.article.related.nodes).toHaveLength(20);
    expect(data.article.related.totalCount).toBe(20);
  });
});
