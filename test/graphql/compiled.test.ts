import { execute, GraphQLError, parse, validate } from 'graphql';
import { Documents } from '../../src/http/compiled/documents.js';
import { Detour } from '../../src/http/compiled/run.js';
import { articlePage } from '../../src/http/article-page.document.js';
import { hasShared, shared } from '../support/contract.js';
import { documentsOf } from '../support/documents.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('a compiled query', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom({ samples: true });
  });
  afterAll(() => newsroom.close());

  type Variables = Record<string, unknown>;

  const ready = (text: string, variables: Variables, operationName?: string) => {
    const documents = new Documents(newsroom.schema);
    const document = parse(text);
    expect(validate(newsroom.schema, document)).toEqual([]);
    documents.learn(text, document);
    const found = documents.find({ text, print: undefined, operationName, variables });
    return found && { variables: found.variables, program: found.program() };
  };

  /** The answer of the short way as JSON; what it does not answer is told by name. */
  const short = async (text: string, variables: Variables = {}, operationName?: string): Promise<string> => {
    try {
      const query = ready(text, variables, operationName);
      if (!query) return 'not compiled';
      return query.program ? JSON.stringify(await query.program.run(newsroom.context(), query.variables)) : 'detour';
    } catch (error) {
      if (error instanceof Detour) return 'detour';
      if (error instanceof GraphQLError) return 'error';
      throw error;
    }
  };

  const long = async (text: string, variables: Variables = {}, operationName?: string): Promise<string> => {
    const { data, errors } = await execute({
      schema: newsroom.schema,
      document: parse(text),
      contextValue: newsroom.context(),
      variableValues: variables,
      operationName,
    });
    return errors ? 'error' : JSON.stringify(data);
  };

  const same = async (text: string, variables: Variables = {}, operationName?: string) => {
    const answered = await short(text, variables, operationName);
    expect(answered).toBe(await long(text, variables, operationName));
    return answered;
  };

  test('answers every article page as graphql-js does, to the letter', async () => {
    const { data } = await newsroom.ask('{ articles(first: 100) { nodes { slug } } }');
    const slugs = data.articles.nodes.map((node: { slug: string }) => node.slug) as string[];
    expect(slugs.length).toBeGreaterThan(40);
    for (const slug of [...slugs, 'no-such-story']) await same(articlePage.query, { slug });
  });

  test.each([
    ['aliases', '{ a: article(slug: $s) { t: title title } b: article(slug: "none") { title } }'],
    ['switches', '{ article(slug: $s) { title @include(if: $yes) slug @skip(if: $yes) kind @skip(if: $no) } }'],
    [
      'merged fields',
      '{ article(slug: $s) { section { name } section { slug parent { name } section: __typename } } }',
    ],
    [
      'named fragments',
      '{ article(slug: $s) { ...F people { ...E } } } fragment F on Article { title } fragment E on Entity { __typename name ... on Person { bornOn } }',
    ],
    [
      'interfaces and unions',
      '{ resolvePath(path: $p) { __typename } article(slug: $s) { mentions { entity { __typename name ... on Place { latitude } } } body { blocks { __typename ... on ParagraphBlock { html } } } } }',
    ],
    [
      'a variable in an argument',
      '{ articles(first: $n) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } }',
    ],
    [
      'a filter with variables in it',
      '{ articles(first: $n, filter: { sections: [$section], kinds: [NEWS] }) { nodes { title } } }',
    ],
    ['nodes of any type', '{ nodes(ids: [$id]) { __typename id } }'],
    ['__typename at the root', '{ __typename articles(first: 1) { __typename } }'],
    ['dates and enums', '{ article(slug: $s) { kind publishedAt mentions { role { startedOn interim } } } }'],
  ])('%s', async (_, selections) => {
    const { data } = await newsroom.ask('{ articles(first: 1) { nodes { id slug url section { slug } } } }');
    const [story] = data.articles.nodes;
    const given = {
      s: story.slug,
      p: new URL(story.url).pathname,
      n: 3,
      section: story.section.slug,
      id: story.id,
      yes: true,
      no: false,
    };
    const types: Record<keyof typeof given, string> = {
      s: 'String!',
      p: 'String!',
      n: 'Int!',
      section: 'String!',
      id: 'ID!',
      yes: 'Boolean!',
      no: 'Boolean!',
    };
    const used = (Object.keys(given) as (keyof typeof given)[]).filter((name) =>
      new RegExp(`\\$${name}\\b`).test(selections),
    );
    const head = used.length === 0 ? '' : `(${used.map((name) => `$${name}: ${types[name]}`).join(', ')})`;
    const variables = Object.fromEntries(used.map((name) => [name, given[name]]));
    const answered = await same(`query ${head} ${selections}`, variables);
    expect(answered).not.toBe('error');
  });

  test('is chosen by the name of the operation', async () => {
    const text = 'query One { articles(first: 1) { totalCount } } query Two { sections { name } }';
    expect(await same(text, {}, 'One')).toContain('totalCount');
    expect(await same(text, {}, 'Two')).toContain('sections');
    expect(await short(text)).toBe('not compiled');
    expect(await short(text, {}, 'Three')).toBe('not compiled');
  });

  test.each([
    ['a variable that is missing', 'query ($s: String!) { article(slug: $s) { title } }'],
    ['a mutation', 'mutation { signOut { __typename } }'],
    ['a mutation beside a query', 'query A { __typename } mutation B { signOut { __typename } }'],
  ])('%s is left to Apollo', async (_, text) => {
    expect(await short(text, {}, text.startsWith('query A') ? 'A' : undefined)).toBe('not compiled');
  });

  test('what would be too long to write is left to Apollo, and so is a name that objects have', async () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'name' : `mentionedWith(first: 1) { entity { name slug url description ${deep(levels - 1)} } }`;
    expect(await short(`{ place(slug: "iran") { ${deep(2)} } }`)).toMatch(/^{/);
    expect(await short(`{ place(slug: "iran") { ${deep(6)} } }`)).toBe('detour');
    expect(await short('{ articles(first: 1) { nodes { __proto__: title } } }')).toBe('detour');
  });

  test('what goes wrong is left to Apollo', async () => {
    expect(await short('{ articles(first: 1000) { totalCount } }')).toBe('error');
    expect(await short('{ articles(after: "x") { totalCount } }')).toBe('error');
    expect(await short('{ newsroom { articles { totalCount } } }')).toBe('error');
    expect(await short('{ __schema { queryType { name } } }')).toBe('detour');
  });

  test('every way down the schema answers as graphql-js does', async () => {
    const { data } = await newsroom.ask('{ articles(first: 1) { nodes { id slug } } }');
    const [{ id, slug }] = data.articles.nodes;
    const values = { id: [id], ids: [[id]], slug: [slug, 'mena', 'ali-bagheri'], path: ['/mena'], first: [2] };
    const answered = new Set<string>();
    for (const { edges, document } of documentsOf(newsroom.schema, 3, values)) {
      if (edges[0] === 'Query.newsroom' || validate(newsroom.schema, parse(document)).length > 0) continue;
      const found = await short(document);
      if (found === 'detour' || found === 'not compiled') continue;
      expect(found).toBe(await long(document));
      if (found !== 'error') edges.forEach((edge) => answered.add(edge));
    }
    expect(answered.size).toBeGreaterThan(60);
  });

  (hasShared ? test : test.skip).each([
    ['article-page', { slug: 'iran-confirms-secret-talks-with-the-us' }],
    ['person-page', { slug: 'ali-bagheri', at: '2024-06-03', first: 2 }],
    ['section-front', { slug: 'mena', first: 5 }],
    ['latest', { first: 7 }],
    ['resolve-path', { path: '/mena' }],
  ])('so does our clients’ own %s', async (file, variables) => {
    expect(await same(shared(`contract/web/${file}.graphql`), variables)).toMatch(/^{/);
  });
});
