import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const src = resolve(__dirname, '../../src');

/** The floor of each room; what is not named here is not part of the house. */
const floors: Record<string, number> = {
  kernel: 0,
  'config.ts': 1,
  text: 1,
  accounts: 1,
  sections: 1,
  media: 1,
  entities: 1,
  articles: 2,
  related: 3,
  site: 3,
  newsroom: 3,
  fronts: 3,
  storylines: 3,
  search: 2.5, // a landing: partners' saved searches are matched by its rules
  syndication: 3,
  feeds: 3,
  http: 4,
  work: 4,
  sample: 4,
  'node.resolver.ts': 4,
  'path.resolver.ts': 4,
  'schema.ts': 4,
  migrations: 4,
  'storage.ts': 4,
  'schedule.ts': 4,
  'app.ts': 5,
  'command-line': 5,
  'main.ts': 5,
};

/** Where a library may be imported, by the names of files. */
const libraries: Record<string, RegExp> = {
  'type-graphql': /\.(types|resolver)\.ts$|^kernel\/(page|scalars|errors)\.ts$|^schema\.ts$/,
  typeorm: /\.(rows|queries|commands)\.ts$|^kernel\/|^migrations\/|^storage\.ts$/,
};

interface Import {
  from: string;
  to: string;
}

/** Files that put together what stands beside them. */
const composers = new Set(['schema.ts', 'storage.ts']);

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** All imports of a text, type imports included. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);

const imports: Import[] = files.flatMap((from) =>
  importsOf(readFileSync(join(src, from), 'utf8')).map((name) => ({
    from,
    to: name.startsWith('.') ? relative(src, resolve(src, dirname(from), name)).replace(/\.js$/, '.ts') : name,
  })),
);

const roomOf = (file: string): string => file.split('/')[0]!;

/** Why an import may not be, or nothing. */
function objection({ from, to }: Import): string | undefined {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (to.startsWith('..') || !/\.ts$/.test(to)) return undefined;
  if (room === other) return undefined;
  const [floor, below] = [floors[room], floors[other]];
  if (floor === undefined || below === undefined) return `${from} → ${to}: a room without a floor`;
  if (below < floor) return undefined;
  const composing = below === floor && (floor === 5 || composers.has(from));
  return composing ? undefined : `${from} (floor ${floor}) → ${to} (floor ${below})`;
}

describe('the house', () => {
  test('has a floor for every room', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => floors[room] === undefined)).toEqual([]);
  });

  test('imports only from lower floors', () => {
    expect(imports.flatMap((each) => objection(each) ?? [])).toEqual([]);
  });

  test('knows a wrong direction when it sees one', () => {
    expect(objection({ from: 'kernel/page.ts', to: 'articles/article.rows.ts' })).toMatch(/floor 0.*floor 2/);
    expect(objection({ from: 'http/server.ts', to: 'sample/newsroom.ts' })).toMatch(/floor 4.*floor 4/);
    expect(objection({ from: 'site/site.queries.ts', to: 'related/related.queries.ts' })).toMatch(/floor 3.*floor 3/);
    expect(importsOf("import type { A } from '../site/a.js';\nexport { b } from './b.js';")).toEqual([
      '../site/a.js',
      './b.js',
    ]);
  });

  test.each(Object.keys(libraries))('keeps %s in its files', (library) => {
    const users = imports.filter(({ to }) => to === library).map(({ from }) => from);
    expect(users.length).toBeGreaterThan(0);
    expect([...new Set(users)].filter((file) => !libraries[library]!.test(file))).toEqual([]);
  });

  test('reads the environment in one place', () => {
    const readers = files.filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env'));
    expect(readers.filter((file) => !file.startsWith('command-line/'))).toEqual([]);
    for (const file of readers) {
      const uses = readFileSync(join(src, file), 'utf8').match(/process\.env[.[]/g);
      expect(uses).toBeNull();
    }
  });
});
