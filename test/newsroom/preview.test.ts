import { previewOf } from '../../src/articles/preview.queries.js';
import { createContext } from '../../src/kernel/context.js';
import { operator } from '../../src/kernel/viewer.js';
import { createSigner } from '../../src/kernel/signing.js';
import { deskOf } from '../support/desk.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const minute = 60_000;

describe('a preview', () => {
  let newsroom: TestNewsroom;
  let articleId: number;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    const desk = deskOf(newsroom);
    await desk.draft({ slug: 'elsewhere', title: 'A draft elsewhere' });
    const far = await desk.draft({ slug: 'far', title: 'Three stories away' });
    const beside = (id: number) => [{ articleId: id, kind: 'RELATED' as const }];
    const near = await desk.draft({ slug: 'near', title: 'A draft beside it', related: beside(far.articleId) });
    const known = await desk.publish({
      slug: 'known',
      title: 'What readers know',
      publishedAt: '2024-06-03T17:40:00Z',
    });
    await desk.draft({ slug: 'known', title: 'What they will know' });
    const related = [...beside(near.articleId), ...beside(known.articleId)];
    articleId = (await desk.draft({ slug: 'draft', title: 'The draft', paragraphs: ['Its text.'], related })).articleId;
  });
  afterAll(() => newsroom.close());

  const page = `{ article(slug: "draft") { title path publishedAt publication { visibleFrom } body { text } seo { jsonLd }
    related { totalCount edges { node { title related { edges { node { title } } } } } } } }`;
  const previewing = async (id: number, expiresAt: number) => {
    const preview = await previewOf(newsroom.contextAs(operator), { articleId: id, expiresAt });
    return preview && createContext(newsroom.database, addresses, { preview });
  };
  const ask = async (document: string) =>
    (await newsroom.askIn((await previewing(articleId, Date.now() + minute))!, document)).data;

  test('shows a draft with the drafts beside it, and theirs', async () => {
    expect((await ask(page)).article).toEqual({
      title: 'The draft',
      path: '/world/draft',
      publishedAt: null,
      publication: null,
      body: { text: 'Its text.' },
      seo: { jsonLd: expect.not.stringContaining('datePublished') },
      related: {
        totalCount: 2,
        edges: [
          { node: { title: 'A draft beside it', related: { edges: [{ node: { title: 'Three stories away' } }] } } },
          { node: { title: 'What they will know', related: { edges: [] } } },
        ],
      },
    });
  });

  test('shows the draft in lists, by path and by id as well', async () => {
    const known = await ask('{ articles { nodes { title } } section(slug: "world") { articles { nodes { title } } } }');
    expect(known.articles.nodes).toEqual([{ title: 'What they will know' }]);
    expect(known.section.articles.nodes).toEqual([{ title: 'What they will know' }]);
    expect((await ask('{ resolvePath(path: "/world/known") { ... on Article { title } } }')).resolvePath).toEqual({
      title: 'What they will know',
    });
  });

  test('shows no draft that does not belong to it', async () => {
    expect((await ask('{ article(slug: "elsewhere") { title } }')).article).toBeNull();
  });

  test('is nothing to anybody without it', async () => {
    expect((await newsroom.ask(page)).data.article).toBeNull();
    expect((await newsroom.ask('{ article(slug: "known") { title } }')).data.article).toEqual({
      title: 'What readers know',
    });
  });

  test('ends by the clock of the database', async () => {
    expect(await previewing(articleId, Date.now() - minute)).toBeNull();
    expect(await previewing(articleId, Date.now() + minute)).not.toBeNull();
  });
});

describe('a token', () => {
  const signer = createSigner('a key that only we know');

  test('says what we made it say, for the purpose it was made for', () => {
    const token = signer.sign('preview', 'Ünïcode 12', 1_764_000_000_000);
    expect(token).toMatch(/^[\w-]+\.[\w]+\.[\w-]{43}$/);
    expect(signer.read('preview', token)).toEqual({ payload: 'Ünïcode 12', expiresAt: 1_764_000_000_000 });
    expect(signer.read('upload', token)).toBeNull();
    expect(createSigner('another key').read('preview', token)).toBeNull();
  });

  test('that somebody changed is none', () => {
    const token = signer.sign('preview', '12', 1_764_000_000_000);
    const [payload, expiry, signature] = token.split('.');
    const other = signer.sign('preview', '13', 1_764_000_000_000).split('.')[0];
    for (const forged of [
      `${other}.${expiry}.${signature}`,
      `${payload}.zzzzzzzz.${signature}`,
      `${payload}.${expiry}.${signature!.slice(0, -2)}AA`,
      `${payload}.${expiry}`,
      `${token}.more`,
      '',
    ]) {
      expect(signer.read('preview', forged)).toBeNull();
    }
  });
});
