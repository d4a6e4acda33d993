import { execute, parse } from 'graphql';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { listOf } from '../../../src/articles/list.rules.js';
import { readConfig } from '../../../src/config.js';
import { createContext } from '../../../src/kernel/context.js';
import { globalId } from '../../../src/kernel/global-id.js';
import { cursorsOf } from '../../../src/kernel/page.js';
import { sql, type Sql } from '../../../src/kernel/sql.js';
import { createSchema } from '../../../src/schema.js';
import { openStorage } from '../../../src/storage.js';
import { entityOf, namedIds, sections, type Scale } from '../generate.js';
import { textOf, type RequestShape } from '../requests.js';

/** What is asked of newsrooms of every size. */
export interface Question {
  name: string;
  query: string;
  variables: Record<string, unknown>;
  /** Where the question is about any story: each request asks for another. */
  ofAnyStory?: true;
  /** Whether it is a line of the plot, which has room for a few. */
  plotted?: true;
}

/** In how many stories the persons are named that are asked for; fewer where there are not as many. */
export const named = [10, 1_000, 100_000];
const deepest = 10_000;

const stories = 'nodes { title standfirst url publishedAt section { name } }';
const inSection = (text: string) => `query($slug: String!, $after: String) { section(slug: $slug) { name ${text} } }`;
const ofPerson = (text: string) => `query($slug: String!) { person(slug: $slug) { name description ${text} } }`;
const filtered = (text: string) =>
  `query($filter: ArticleFilter!) { articles(first: 20, filter: $filter) { ${text} } }`;

/** The questions for one newsroom; where a page lies deep, its cursor is looked up. */
export async function questionsOf(url: string, scale: Scale): Promise<Question[]> {
  const section = { id: 1, slug: sections[0]!.slug };
  const persons = namedIds(scale).map((id) => ({ id: globalId('Person', id), slug: entityOf(id).slug }));
  const after = await cursorAt(url, listOf.section(section.id));
  const times = (i: number) => `in ${named[i]!.toLocaleString('en')}`;
  const page = `articles(first: 20, after: $after) { ${stories} pageInfo { endCursor } }`;
  const company = 'mentionedWith(first: 10) { articleCount entity { name } }';
  const [rare, , frequent] = persons as [(typeof persons)[0], (typeof persons)[0], (typeof persons)[0]];
  const filter = (name: string, by: object): Question => ({
    name: `filter: ${name}`,
    query: filtered(stories),
    variables: { filter: by },
  });
  return [
    {
      name: 'article page',
      query: await textOf('article'),
      variables: { slug: '\0' },
      ofAnyStory: true,
      plotted: true,
    },
    { name: 'section, page 1', query: inSection(page), variables: { slug: section.slug }, plotted: true },
    { name: 'section, 10,000 deep', query: inSection(page), variables: { slug: section.slug, after }, plotted: true },
    ...persons.map(({ slug }, i) => ({
      name: `person ${times(i)}`,
      query: ofPerson(`articles(first: 20) { ${stories} }`),
      variables: { slug },
      plotted: true as const,
    })),
    ...persons.map(({ slug }, i) => ({
      name: `company: person ${times(i)}`,
      query: ofPerson(company),
      variables: { slug },
    })),
    ...persons.map(({ slug }, i) => ({
      name: `count: person ${times(i)}`,
      query: ofPerson('articles(first: 1) { totalCount }'),
      variables: { slug },
    })),
    {
      name: 'count: section',
      query: inSection('articles(first: 1, after: $after) { totalCount }'),
      variables: { slug: section.slug },
    },
    { name: 'count: everything', query: '{ articles(first: 1) { totalCount } }', variables: {}, plotted: true },
    { ...filter('section, person in 100,000', { sections: [section.slug], entities: [frequent.id] }), plotted: true },
    filter('section, person in 10', { sections: [section.slug], entities: [rare.id] }),
    { ...filter('two kinds', { kinds: ['LIVE', 'EXPLAINER'] }), plotted: true },
    filter('two kinds, person in 10', { kinds: ['LIVE', 'EXPLAINER'], entities: [rare.id] }),
    {
      name: 'count: section, person in 100,000',
      query: filtered('totalCount'),
      variables: { filter: { sections: [section.slug], entities: [frequent.id] } },
    },
  ];
}

/** The cursor of the story 10,000 places down a list, or of the last but twenty where it is shorter. */
async function cursorAt(url: string, list: string): Promise<string> {
  const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
  try {
    const [row] = await database.read<{ total: number }>(
      sql`select count(*) as total from listing where list = ${list}`,
    );
    const depth = Math.min(deepest, Math.max(0, row!.total - 21));
    const [place] = await database.read<{ publishedAt: number; articleId: number }>(
      sql`select publishedAt, articleId from listing where list = ${list}
          order by publishedAt desc, articleId desc limit 1 offset ${depth}`,
    );
    return cursorsOf(list)([place!.publishedAt, place!.articleId]);
  } finally {
    await database.close();
  }
}

/** A question as it goes over the wire. */
export function shapeOf({ query, variables, ofAnyStory }: Question): RequestShape {
  const text = JSON.stringify({ query, variables });
  const [before = '', after = ''] = ofAnyStory ? text.split('\\u0000') : [text];
  return { path: '/graphql', before, after, bodyBytes: Buffer.byteLength(before + after) };
}

/** How many statements a question takes, and how many rows of tables and keys the database reads for them. */
export interface Cost {
  statements: number;
  /** Nothing where the database does not tell. */
  rowsRead: number | undefined;
}

/** Asks each question once, then sends its statements once more on a connection of which nobody else has the counters. */
export async function costsOf(url: string, questions: readonly Question[], slug: string): Promise<Cost[]> {
  const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
  const connection = url.startsWith('sqlite:') ? undefined : await createConnection(url.replace(/^mariadb:/, 'mysql:'));
  const schema = createSchema();
  const rowsRead = async (statements: readonly Sql[]): Promise<number | undefined> => {
    if (!connection) return undefined;
    await connection.query('flush status');
    for (const { text, values } of statements) await connection.query(text, [...values]);
    const [rows] = await connection.query<RowDataPacket[]>("show session status like 'Handler_read%'");
    return rows.reduce((sum, row) => sum + Number(row.Value), 0);
  };
  try {
    const costs: Cost[] = [];
    for (const { query, variables, ofAnyStory } of questions) {
      const statements: Sql[] = [];
      const spied = {
        ...database,
        read: <Row>(statement: Sql) => (statements.push(statement), database.read<Row>(statement)),
      };
      const contextValue = createContext(spied, { siteUrl: '', mediaUrl: '', siteName: '' });
      const variableValues = ofAnyStory ? { slug } : variables;
      const { errors } = await execute({ schema, document: parse(query), contextValue, variableValues });
      if (errors) throw errors[0]!;
      costs.push({ statements: statements.length, rowsRead: await rowsRead(statements) });
    }
    return costs;
  } finally {
    await connection?.end();
    await database.close();
  }
}
