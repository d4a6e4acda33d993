import { importPage } from '../../src/newsroom/import/import.commands.js';
import { raw } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { hasShared, shared } from '../support/contract.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const page = `Skip to main content

Harbour of Beirut gets a new crane

2 min

The first of three cranes was lifted into place on Monday, four years after the blast that destroyed the port.

A crane above the quay © IRNA

The first of three cranes was lifted into place on Monday, four years after the blast that destroyed the port of Beirut.

Ali Bagheri, who was in Lebanon on the same day, did not attend. Bagheri left for Syria in the evening, the port authority said in a note to the press.

The other two cranes are due before the end of the year, and traders hope that ships which now unload at Tripoli will come back to the city.

Related

Israel

A ferry to Cyprus starts in spring

Passengers will be able to sail from Beirut again, says the company, which has bought a ship in Greece.

Subscribe to our newsletter
`;

const counts = async (newsroom: TestNewsroom) => {
  const [row] = await newsroom.database.read<Record<string, number>>(
    raw(`select (select count(*) from article) as articles, (select count(*) from edition) as editions,
         (select count(*) from publication) as publications, (select count(*) from picture) as pictures,
         (select count(*) from mention) as mentions`),
  );
  return row;
};

describe('a saved page', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
  });
  afterAll(() => newsroom.close());

  test('becomes a draft that readers do not see, and one story however often it comes', async () => {
    const before = await counts(newsroom);
    const report = await importPage(newsroom.context(), page, { publish: false });
    expect(report).toMatchObject({
      slug: 'harbour-of-beirut-gets-a-new-crane',
      title: 'Harbour of Beirut gets a new crane',
      outcome: 'made',
      published: false,
    });
    expect(report.notes.join('\n')).toMatch(/Made a brief of the related story “A ferry to Cyprus starts in spring”/);
    const { data } = await newsroom.ask('{ article(slug: "harbour-of-beirut-gets-a-new-crane") { title } }');
    expect(data).toEqual({ article: null });

    const once = await counts(newsroom);
    expect(once).toMatchObject({ articles: before!.articles! + 2, editions: before!.editions! + 2 });
    const again = await importPage(newsroom.context(), page, { publish: false });
    expect(again.outcome).toBe('unchanged');
    expect(await counts(newsroom)).toEqual(once);
  });

  test('is published whole when asked: names by name, alias and family name, credit, related story', async () => {
    const report = await importPage(newsroom.context(), page, { publish: true, section: 'mena' });
    expect(report.published).toBe(true);
    const { data, errors } = await newsroom.ask(
      `{ article(slug: "harbour-of-beirut-gets-a-new-crane") {
           path standfirst leadPicture { caption credit rendition(width: 640) { url } }
           credits { role text organisation { slug } }
           body { blocks { key ... on TextBlock { text } } }
           mentions { surface blockKey start end entity { slug } }
           related { edges { kicker node { title standfirst section { slug } } } } } }`,
    );
    expect(errors).toEqual([]);
    const { article } = data;
    expect(article).toMatchObject({
      path: '/mena/harbour-of-beirut-gets-a-new-crane',
      leadPicture: { caption: 'A crane above the quay', credit: '© IRNA', rendition: null },
      credits: [{ role: 'AGENCY', text: 'IRNA', organisation: { slug: 'irna' } }],
      related: {
        edges: [
          { kicker: 'Israel', node: { title: 'A ferry to Cyprus starts in spring', section: { slug: 'israel' } } },
        ],
      },
    });
    expect(article.body.blocks).toHaveLength(3);
    const texts = new Map<string, string>(
      article.body.blocks.map((block: { key: string; text: string }) => [block.key, block.text]),
    );
    for (const { blockKey, start, end, surface } of article.mentions)
      expect(texts.get(blockKey)!.slice(start, end)).toBe(surface);
    const named = article.mentions.map((mention: { surface: string; entity: { slug: string } }) => [
      mention.surface,
      mention.entity.slug,
    ]);
    expect(named).toEqual([
      ['Beirut', 'beirut'],
      ['Ali Bagheri', 'ali-bagheri'],
      ['Lebanon', 'lebanon'],
      ['Bagheri', 'ali-bagheri'],
      ['Syria', 'syria'],
    ]);
  });

  test('that has changed becomes a new edition of the same story', async () => {
    const before = await counts(newsroom);
    const changed = page.replace('due before the end of the year', 'due in spring');
    const report = await importPage(newsroom.context(), changed, { publish: true, section: 'mena' });
    expect(report.outcome).toBe('changed');
    expect(await counts(newsroom)).toMatchObject({ articles: before!.articles, editions: before!.editions! + 1 });
    const { data } = await newsroom.ask('{ article(slug: "harbour-of-beirut-gets-a-new-crane") { body { text } } }');
    expect(data.article.body.text).toContain('due in spring');
  });

  test('again does not turn back what editors have done since', async () => {
    const changed = page.replace('due before the end of the year', 'due in spring');
    const desk = deskOf(newsroom);
    await desk.publish({
      slug: 'harbour-of-beirut-gets-a-new-crane',
      source: { source: 'page', externalId: 'title:harbour-of-beirut-gets-a-new-crane' },
      title: 'Harbour of Beirut gets a new crane',
      paragraphs: ['An editor wrote this.'],
    });
    await desk.publish({
      slug: 'a-ferry-to-cyprus-starts-in-spring',
      source: { source: 'page', externalId: 'title:a-ferry-to-cyprus-starts-in-spring' },
      title: 'A ferry to Cyprus is cancelled',
      paragraphs: ['An editor wrote this too.'],
    });
    for (const text of [page, changed]) {
      expect((await importPage(newsroom.context(), text, { publish: true })).outcome).toBe('unchanged');
    }
    const { data } = await newsroom.ask(
      `{ a: article(slug: "harbour-of-beirut-gets-a-new-crane") { body { text } }
         b: article(slug: "a-ferry-to-cyprus-starts-in-spring") { title } }`,
    );
    expect(data).toEqual({
      a: { body: { text: 'An editor wrote this.' } },
      b: { title: 'A ferry to Cyprus is cancelled' },
    });
  });

  test('as a draft leaves the caption that readers see alone', async () => {
    await importPage(newsroom.context(), page.replaceAll('crane', 'lift'), { publish: true });
    const caption = async () =>
      (await newsroom.ask('{ article(slug: "harbour-of-beirut-gets-a-new-lift") { leadPicture { caption } } }')).data;
    const before = await caption();
    const other = page.replaceAll('crane', 'lift').replace('A lift above the quay', 'The quay from the sea');
    expect((await importPage(newsroom.context(), other, { publish: false })).outcome).toBe('changed');
    expect(await caption()).toEqual(before);
  });

  test.each([
    ['nothing', ''],
    ['a picture', '\u0000\u0001PNG'],
    ['a list of data', '{"title":"A story"}'],
    ['three words', 'Hello there, reader'],
  ])('that is %s is refused with a sentence, and nothing changes', async (_, text) => {
    const before = await counts(newsroom);
    await expect(importPage(newsroom.context(), text, { publish: true })).rejects.toThrow(/\w+.*\.$/);
    expect(await counts(newsroom)).toEqual(before);
  });

  test('for a section that is not there is refused, and nothing changes', async () => {
    const before = await counts(newsroom);
    const other = page.replaceAll('crane', 'hoist');
    await expect(importPage(newsroom.context(), other, { publish: true, section: 'moon' })).rejects.toThrow('"moon"');
    expect(await counts(newsroom)).toEqual(before);
  });
});

(hasShared ? describe : describe.skip)('the seed page', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
  });
  afterAll(() => newsroom.close());

  test('answers the article page document, every part filled', async () => {
    const report = await importPage(newsroom.context(), shared('seed/article-page.txt'), { publish: true });
    const { data, errors, statements, rounds } = await newsroom.measure(shared('contract/web/article-page.graphql'), {
      slug: report.slug,
    });
    expect(errors).toEqual([]);
    const { article } = data;
    const names = (of: { name: string }[]) => of.map(({ name }) => name).sort();
    expect(article).toMatchObject({
      title: 'Iran confirms secret talks with the U.S.',
      wordCount: 311,
      readingMinutes: 1,
      leadPicture: { caption: 'Ali Bagheri', credit: '© IRNA' },
    });
    expect(article.standfirst).toMatch(/^The newly appointed .* in Oman\.$/);
    expect(article.body.blocks).toHaveLength(10);
    expect(article.body.text).not.toMatch(/Skip to main|Subscribe|banner|cookie|Related/);
    expect(names(article.people)).toEqual([
      'Ali Bagheri',
      'Bashar al-Assad',
      'Ebrahim Raisi',
      'Hossein Amir-Abdollahian',
    ]);
    expect(names(article.organisations)).toEqual(['Financial Times', 'Hamas', 'Hezbollah', 'IAEA Board of Governors']);
    expect(names(article.places)).toEqual(
      expect.arrayContaining([
        'Beirut',
        'Gaza',
        'Iran',
        'Israel',
        'Lebanon',
        'Oman',
        'Syria',
        'Tehran',
        'United States',
        'Vienna',
      ]),
    );
    expect(article.credits).toMatchObject([{ role: 'AGENCY', text: 'IRNA', organisation: { slug: 'irna' } }]);
    expect(article.related.edges).toMatchObject([
      { kicker: 'Israel', node: { title: 'Israel busts spy ring acting for Iran, security services say' } },
    ]);
    expect(article.section.slug).toBeTruthy();
    expect(article.placements.length).toBeGreaterThan(0);
    expect(statements.length).toBeLessThanOrEqual(12);
    expect(rounds).toBeLessThanOrEqual(4);

    const again = await importPage(newsroom.context(), shared('seed/article-page.txt'), { publish: true });
    expect(again).toMatchObject({ slug: report.slug, outcome: 'unchanged' });
  });
});
