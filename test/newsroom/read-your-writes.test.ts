import { execute, parse } from 'graphql';
import { issueCorrection, publishEdition } from '../../src/articles/bring-in.commands.js';
import { saveEdition } from '../../src/articles/edition.commands.js';
import { saveEntity, saveRoles } from '../../src/entities/entity.commands.js';
import { createContext, type Context } from '../../src/kernel/context.js';
import type { ReadFrom } from '../../src/kernel/database.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { saveBanner } from '../../src/site/site.commands.js';
import { deskOf } from '../support/desk.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('after a command, the request that gave it', () => {
  let newsroom: TestNewsroom;
  let ctx: Context;
  let readFrom: ReadFrom[];
  let sectionId: number;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    sectionId = await deskOf(newsroom).section('world');
  });
  beforeEach(() => {
    readFrom = [];
    const { database } = newsroom;
    ctx = createContext(
      {
        ...database,
        read: (statement, from = 'replica') => {
          readFrom.push(from);
          return database.read(statement, from);
        },
      },
      addresses,
    );
  });
  afterAll(() => newsroom.close());

  const ask = async (selection: string) => {
    const { data, errors = [] } = await execute({
      schema: newsroom.schema,
      document: parse(`{ ${selection} }`),
      contextValue: ctx,
    });
    expect(errors).toEqual([]);
    return JSON.parse(JSON.stringify(data));
  };

  const save = (text: string) =>
    saveEdition(ctx, {
      article: { source: 'test', externalId: 'port', slug: 'port' },
      kind: 'NEWS',
      language: 'en',
      title: `Headline of ${text}`,
      standfirst: '',
      blocks: [{ key: 'b1', kind: 'Paragraph', text }],
      sectionId,
      credits: [],
      related: [],
      mentions: [],
    });

  test('sees the new text of a story whose old one it had read', async () => {
    const story = `article(slug: "port") { title body { text } corrections { note } }
      section(slug: "world") { articles { totalCount nodes { title } } }
      resolvePath(path: "/world/port") { __typename }`;
    expect(await ask(story)).toEqual({
      article: null,
      section: { articles: { totalCount: 0, nodes: [] } },
      resolvePath: null,
    });
    for (const text of ['Old words.', 'New words.']) {
      const saved = await save(text);
      await publishEdition(ctx, saved);
      const title = `Headline of ${text}`;
      const seen = {
        article: { title, body: { text }, corrections: [] },
        section: { articles: { totalCount: 1, nodes: [{ title }] } },
        resolvePath: { __typename: 'Article' },
      };
      expect(await ask(story)).toEqual(seen);
      await ask(story);
    }
    const { articleId } = await save('New words.');
    await issueCorrection(ctx, { articleId, note: 'It was wrong.', issuedAt: 1 });
    expect(await ask(story)).toMatchObject({ article: { corrections: [{ note: 'It was wrong.' }] } });
  });

  test('sees the new name, posts and aliases of somebody', async () => {
    const person = 'person(slug: "nora") { name aliases roles { title } }';
    const nora = { kind: 'Person' as const, slug: 'nora', description: '', name: 'Nora Haddad', aliases: [] };
    expect(await ask(person)).toEqual({ person: null });
    const id = await saveEntity(ctx, nora);
    expect(await ask(person)).toEqual({ person: { name: 'Nora Haddad', aliases: [], roles: [] } });
    await saveRoles(ctx, id, [{ title: 'Mayor', interim: false, startedOn: '2024-01-01' }]);
    await saveEntity(ctx, { ...nora, name: 'Nora Saad', aliases: ['Nora Haddad'] });
    expect(await ask(person)).toEqual({
      person: { name: 'Nora Saad', aliases: ['Nora Haddad'], roles: [{ title: 'Mayor' }] },
    });
  });

  test('sees what is read whole: sections, and what they show', async () => {
    const sections = 'sections { slug placements { slot banner { name } } }';
    expect(await ask(sections)).toEqual({ sections: [{ slug: 'world', placements: [] }] });
    await saveSection(ctx, { slug: 'mena', name: 'mena', description: '', parentSlug: 'world', position: 1 });
    await saveBanner(ctx, {
      name: 'house',
      title: '',
      url: 'https://x.example',
      placements: [{ slot: 'top', position: 0 }],
    });
    const placements = [{ slot: 'top', banner: { name: 'house' } }];
    expect(await ask(sections)).toEqual({
      sections: [
        { slug: 'world', placements },
        { slug: 'mena', placements },
      ],
    });
  });

  test('reads from the primary, and did not before', async () => {
    const story = 'article(slug: "port") { title section { slug } mentions { surface } related { totalCount } }';
    await ask(story);
    expect(ctx.readFrom).toBe('replica');
    expect([...new Set(readFrom)]).toEqual(['replica']);
    await publishEdition(ctx, await save('Newest words.'));
    readFrom = [];
    expect(await ask(story)).toMatchObject({ article: { title: 'Headline of Newest words.' } });
    expect(ctx.readFrom).toBe('primary');
    expect(readFrom.length).toBeGreaterThan(0);
    expect([...new Set(readFrom)]).toEqual(['primary']);
    expect(newsroom.context().readFrom).toBe('replica');
  });
});
