import { EntityRow } from '../../src/entities/entity.rows.js';
import { globalId, idIn } from '../../src/kernel/global-id.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { moved, staying } from '../../src/newsroom/entities/merge.rules.js';
import { saveRoles } from '../../src/entities/entity.commands.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, type People } from '../support/people.js';

const merged = `... on EntitiesMerged { articleCount merge { id } entity { id slug version aliases sameAs } }
  ... on StaleVersion { expectedVersion currentVersion }`;
const undone = '... on MergeUndone { merge { id undoneAt } }';

describe('two that are one and the same', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let names = 0;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    await deskOf(newsroom).section('world');
  });
  afterAll(() => newsroom.close());

  interface Known {
    id: string;
    slug: string;
    name: string;
    number: number;
  }

  /** Somebody whose name nobody else has. */
  const somebody = async (first: string, more: object = {}): Promise<Known> => {
    const name = `${first} Nr${++names}x`;
    const saved = await does(
      newsroom,
      people.editor,
      'savePerson',
      { name, ...more },
      '... on PersonSaved { person { id slug name } }',
    );
    return { ...saved.person, number: idIn('id', saved.person.id as string, 'Person') };
  };
  const versionOf = async (id: string): Promise<number> => {
    const rows = await newsroom.database.read<{ version: number }>(
      sql`select version from entity where id = ${idIn('id', id, 'Person', 'Place', 'Organisation')}`,
      'primary',
    );
    return rows[0]!.version;
  };
  const merge = async (from: { id: string }, into: { id: string }, more: object = {}) => {
    const versions = { fromVersion: await versionOf(from.id), intoVersion: await versionOf(into.id) };
    return does(
      newsroom,
      people.chief,
      'mergeEntities',
      { from: from.id, into: into.id, ...versions, ...more },
      merged,
    );
  };
  const undo = (id: string) => does(newsroom, people.chief, 'undoMerge', { merge: id }, undone);
  const publish = (slug: string, ...paragraphs: string[]) => deskOf(newsroom).publish({ slug, paragraphs });

  const storiesOf = async (slug: string): Promise<string[]> => {
    const { data, errors } = await newsroom.ask(
      `query ($slug: String!) { person(slug: $slug) { articles(first: 100) { nodes { slug } } } }`,
      { slug },
    );
    expect(errors).toEqual([]);
    return data.person?.articles.nodes.map((node: { slug: string }) => node.slug).sort() ?? null;
  };
  const namedIn = async (slug: string): Promise<string[]> => {
    const { data } = await newsroom.ask(`query ($slug: String!) { article(slug: $slug) { people { slug } } }`, {
      slug,
    });
    return data.article.people.map((one: { slug: string }) => one.slug).sort();
  };
  const tables = [
    'entity',
    'entity_alias',
    'entity_role',
    'entity_slug_claim',
    'entity_form',
    'mention',
    'credit',
    'listing',
  ];
  const dump = async () => {
    const rows: Record<string, string[]> = {};
    for (const table of tables) {
      const all = await newsroom.database.read<Record<string, unknown>>(raw(`select * from ${table}`), 'primary');
      rows[table] = all
        .map(({ version, updatedAt, ...row }) =>
          JSON.stringify(table === 'entity' ? row : { version, updatedAt, ...row }),
        )
        .sort();
    }
    return rows;
  };

  test('become one: stories, credits, posts and names go over, and the old address leads on', async () => {
    const from = await somebody('Muhammad', { aliases: ['Old Alias', 'Shared Alias'], wikidataId: 'Q777' });
    const into = await somebody('Mohammed', { aliases: ['Shared Alias'] });
    await publish('both', `${from.name} met ${into.name}.`);
    await publish('one', `${from.name} was alone.`);
    await deskOf(newsroom).publish({
      slug: 'by-him',
      paragraphs: ['Nobody is named.'],
      credits: [{ role: 'AUTHOR', text: from.name, entityId: from.number }],
    });
    await saveRoles(newsroom.context(), from.number, [
      { title: 'Mayor', interim: false, startedOn: '2020-01-01' },
      { title: 'Judge', interim: false },
    ]);
    await saveRoles(newsroom.context(), into.number, [{ title: 'Mayor', interim: false, startedOn: '2020-01-01' }]);

    expect(await merge(from, into, { note: 'One spelling' })).toEqual({
      __typename: 'EntitiesMerged',
      articleCount: 2,
      merge: { id: expect.any(String) },
      entity: {
        id: into.id,
        slug: into.slug,
        version: 2,
        aliases: ['Old Alias', 'Shared Alias', from.name],
        sameAs: ['https://www.wikidata.org/entity/Q777'],
      },
    });
    expect(await storiesOf(into.slug)).toEqual(['both', 'one']);
    expect(await namedIn('both')).toEqual([into.slug]);
    expect(await namedIn('one')).toEqual([into.slug]);
    const { data, errors } = await newsroom.ask(
      `query ($from: ID!, $slug: String!, $path: String!) {
         person(slug: $slug) { id }
         node(id: $from) { id ... on Person { slug roles { title } } }
         articles(first: 10, filter: { entities: [$from] }) { totalCount nodes { slug } }
         article(slug: "by-him") { credits { person { slug } } }
         resolvePath(path: $path) { __typename ... on Redirect { path permanent } } }`,
      { from: from.id, slug: from.slug, path: `/people/${from.slug}` },
    );
    expect(errors).toEqual([]);
    expect(data.person).toBeNull();
    expect(data.node).toEqual({ id: into.id, slug: into.slug, roles: [{ title: 'Mayor' }, { title: 'Judge' }] });
    expect(data.articles.totalCount).toBe(2);
    expect(data.article.credits).toEqual([{ person: { slug: into.slug } }]);
    expect(data.resolvePath).toEqual({ __typename: 'Redirect', path: `/people/${into.slug}`, permanent: true });
  });

  test('are found in new texts under both names as one', async () => {
    const from = await somebody('Besim');
    const into = await somebody('Bessim');
    await merge(from, into);
    await publish('found-after', `${from.name} spoke.`);
    expect(await namedIn('found-after')).toEqual([into.slug]);
    expect(await storiesOf(into.slug)).toEqual(['found-after']);
  });

  test('are one in a text that was written before and saved after', async () => {
    const from = await somebody('Cyrill');
    const into = await somebody('Kyrill');
    await merge(from, into);
    const mention = { entityId: from.number, blockKey: 'b1', start: 0, end: 3, surface: 'Him' };
    const credits = [{ role: 'AUTHOR' as const, text: 'Him', entityId: from.number }];
    await deskOf(newsroom).publish({ slug: 'late', paragraphs: ['Him again.'], mentions: [mention], credits });
    expect(await namedIn('late')).toEqual([into.slug]);
    expect(await storiesOf(into.slug)).toEqual(['late']);
  });

  test('are not parted by an import that still knows both', async () => {
    const from = await somebody('Imported');
    const into = await somebody('Kept');
    await merge(from, into);
    const before = await dump();
    const again = { slug: from.slug, aliases: ['Something else'] };
    expect(await deskOf(newsroom).entity('Person', from.name, again)).toBe(into.number);
    expect(await dump()).toEqual(before);
  });

  test('become two again, to the last byte', async () => {
    const from = await somebody('Ioannis', { aliases: ['Yannis', 'Johnny'], wikidataId: 'Q801' });
    const into = await somebody('Giannis', { aliases: ['Johnny'] });
    await publish('undo-both', `${from.name} met ${into.name}.`);
    await publish('undo-from', `${from.name} was alone.`);
    await publish('undo-into', `${into.name} was alone.`);
    await deskOf(newsroom).draft({
      slug: 'undo-draft',
      paragraphs: [`${from.name} and ${into.name}.`],
      credits: [{ role: 'AUTHOR', text: 'Both', entityId: from.number }],
    });
    await saveRoles(newsroom.context(), from.number, [{ title: 'Poet', interim: false }]);
    await saveRoles(newsroom.context(), into.number, [{ title: 'Poet', interim: false }]);
    const before = await dump();
    const { merge: made } = await merge(from, into);
    expect(await dump()).not.toEqual(before);
    expect(await undo(made.id)).toEqual({
      __typename: 'MergeUndone',
      merge: { id: made.id, undoneAt: expect.any(String) },
    });
    expect(await dump()).toEqual(before);
    expect(await storiesOf(from.slug)).toEqual(['undo-both', 'undo-from']);
    expect(await storiesOf(into.slug)).toEqual(['undo-both', 'undo-into']);
    expect(await undo(made.id)).toMatchObject({ __typename: 'InvalidInput', message: 'The merge was undone already.' });
    const moves = await newsroom.database.read(
      sql`select * from entity_merge_move where mergeId = ${idIn('id', made.id as string, 'EntityMerge')}`,
      'primary',
    );
    expect(moves).toEqual([]);
    expect(await merge(from, into)).toMatchObject({ __typename: 'EntitiesMerged', articleCount: 3 });
  });

  test('that go by one another’s names keep those they had', async () => {
    const from = await somebody('Known');
    const into = await somebody('As', { aliases: [from.name] });
    await does(newsroom, people.editor, 'savePerson', { id: from.id, expectedVersion: 1, aliases: [into.name] });
    const before = await dump();
    const { merge: made, entity } = await merge(from, into);
    expect(entity.aliases).toEqual([from.name]);
    await undo(made.id);
    expect(await dump()).toEqual(before);
  });

  test('become two again, and what was said since of the one that stood stays with it', async () => {
    const from = await somebody('Sara');
    const into = await somebody('Sarah');
    await publish('before-merge', `${from.name} spoke.`);
    const { merge: made } = await merge(from, into);
    await publish('between', `${from.name} spoke again.`);
    await undo(made.id);
    expect(await storiesOf(from.slug)).toEqual(['before-merge']);
    expect(await storiesOf(into.slug)).toEqual(['between']);
  });

  test('of three, the last merge is undone first', async () => {
    const [a, b, c] = [await somebody('Anna'), await somebody('Hanna'), await somebody('Johanna')];
    await publish('of-a', `${a.name} spoke.`);
    await publish('of-b', `${b.name} spoke.`);
    const first = await merge(a, b);
    const before = await dump();
    const second = await merge(b, c);
    expect(await storiesOf(c.slug)).toEqual(['of-a', 'of-b']);
    const nodes = async () =>
      (await newsroom.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [a.id, b.id, c.id] })).data.nodes;
    expect(await nodes()).toEqual([{ id: c.id }, { id: c.id }, { id: c.id }]);
    expect(await undo(first.merge.id)).toMatchObject({
      __typename: 'InvalidInput',
      path: ['merge'],
      message: `“${b.name}” was merged into “${c.name}” since: undo that merge first.`,
    });
    await undo(second.merge.id);
    expect(await dump()).toEqual(before);
    expect(await nodes()).toEqual([{ id: b.id }, { id: b.id }, { id: c.id }]);
    await undo(first.merge.id);
    expect(await nodes()).toEqual([{ id: a.id }, { id: b.id }, { id: c.id }]);
  });

  test('are refused when they are not there, not of one kind, changed since, or one already', async () => {
    const a = await somebody('Paul');
    const b = await somebody('Paula');
    const place = globalId('Place', await deskOf(newsroom).entity('Place', 'Paulstown'));
    const tried = (input: object) =>
      does(
        newsroom,
        people.chief,
        'mergeEntities',
        { from: a.id, fromVersion: 1, into: b.id, intoVersion: 1, ...input },
        merged,
      );
    expect(await tried({ into: a.id })).toMatchObject({ message: 'These are one already.', path: ['into'] });
    expect(await tried({ into: place })).toMatchObject({ __typename: 'InvalidInput', path: ['into'] });
    expect(await tried({ from: globalId('Person', 99_999) })).toMatchObject({ __typename: 'Missing', path: ['from'] });
    expect(
      await tried({ from: globalId('Organisation', a.number), into: globalId('Organisation', b.number) }),
    ).toMatchObject({
      __typename: 'Missing',
      path: ['from'],
    });
    expect(await tried({ intoVersion: 4 })).toMatchObject({
      __typename: 'StaleVersion',
      path: ['intoVersion'],
      expectedVersion: 4,
      currentVersion: 1,
    });
    expect(await tried({})).toMatchObject({ __typename: 'EntitiesMerged' });
    const already = `“${a.name}” was merged into “${b.name}”: change that one, or undo the merge.`;
    expect(await tried({ fromVersion: 2 })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['from'],
      message: already,
    });
    const save = { id: a.id, expectedVersion: 2, name: 'Another' };
    expect(await does(newsroom, people.editor, 'savePerson', save)).toMatchObject({ path: ['id'], message: already });
    const remove = { id: a.id, expectedVersion: 2 };
    expect(await does(newsroom, people.chief, 'deleteEntity', remove)).toMatchObject({
      path: ['id'],
      message: already,
    });
    expect(
      await does(
        newsroom,
        people.chief,
        'deleteEntity',
        { id: b.id, expectedVersion: 2 },
        '... on EntityInUse { uses { what count } }',
      ),
    ).toMatchObject({
      uses: [{ what: 'merges', count: 1 }],
    });
  });

  test('that are not one after all can be deleted once the merge is undone', async () => {
    const [a, b] = [await somebody('Short'), await somebody('Lived')];
    const { merge: made } = await merge(a, b);
    await undo(made.id);
    const remove = { id: b.id, expectedVersion: await versionOf(b.id) };
    expect(await does(newsroom, people.chief, 'deleteEntity', remove)).toMatchObject({ __typename: 'EntityDeleted' });
  });

  test('crossing merges of eight hands at once leave one of each two, and every story with it', async () => {
    const a = await somebody('Castor');
    const b = await somebody('Pollux');
    await publish('of-castor', `${a.name} spoke.`);
    await publish('of-pollux', `${b.name} spoke.`);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? merge(a, b) : merge(b, a))));
    expect(answers.filter(({ __typename }) => __typename === 'EntitiesMerged')).toHaveLength(1);
    const rows = await newsroom.database.read<{ id: number; mergedInto: number | null }>(
      sql`select id, mergedInto from entity where id in ${[a.number, b.number]} and mergedInto is null`,
      'primary',
    );
    expect(rows).toHaveLength(1);
    const survivor = rows[0]!.id === a.number ? a : b;
    expect(await storiesOf(survivor.slug)).toEqual(['of-castor', 'of-pollux']);
  });

  test('a ring of merges at once leaves no ring and loses no mention', async () => {
    const ring = await Promise.all(['Eins', 'Zwei', 'Drei', 'Vier'].map((name) => somebody(name)));
    for (const one of ring) await publish(`ring-${one.number}`, `${one.name} spoke.`);
    await Promise.all(ring.map((one, i) => merge(one, ring[(i + 1) % ring.length]!)));
    const ids = ring.map(({ number }) => number);
    const rows = await newsroom.database.read<{ id: number; mergedInto: number | null }>(
      sql`select id, mergedInto from entity where id in ${ids}`,
      'primary',
    );
    const standing = rows.filter(({ mergedInto }) => mergedInto === null).map(({ id }) => id);
    expect(standing.length).toBeGreaterThan(0);
    for (const { mergedInto } of rows) if (mergedInto !== null) expect(standing).toContain(mergedInto);
    const stories = await Promise.all(
      ring.filter(({ number }) => standing.includes(number)).map(({ slug }) => storiesOf(slug)),
    );
    expect(stories.flat().sort()).toEqual(ids.map((id) => `ring-${id}`).sort());
  });

  test('a merge while stories that name both are published leaves none with the one that went', async () => {
    const a = await somebody('Busy');
    const b = await somebody('Bee');
    const text = [`${a.name} met ${b.name}.`];
    await publish('busy-0', ...text);
    const publishing = Array.from({ length: 6 }, (_, i) => publish(`busy-${i + 1}`, ...text));
    const answer = await merge(a, b);
    await Promise.all(publishing);
    expect(answer.__typename).toBe('EntitiesMerged');
    const left = await newsroom.database.read(
      sql`select list from listing where list = ${`entity:${a.number}`} union all
          select surface from mention where entityId = ${a.number}`,
      'primary',
    );
    expect(left).toEqual([]);
    expect(await storiesOf(b.slug)).toEqual(Array.from({ length: 7 }, (_, i) => `busy-${i}`));
  });

  test('take as many statements for fifty mentions as for one', async () => {
    const counted = async (mentions: number) => {
      const [a, b] = [await somebody('Few'), await somebody('Many')];
      await publish(`counted-${mentions}`, Array.from({ length: mentions }, () => `${a.name} spoke.`).join(' '));
      let statements = 0;
      const stop = newsroom.database.listen(() => (statements += 1));
      const versions = { fromVersion: 1, intoVersion: 1 };
      const answer = await does(
        newsroom,
        people.chief,
        'mergeEntities',
        { from: a.id, into: b.id, ...versions },
        '... on EntitiesMerged { articleCount merge { id } }',
      );
      const merging = statements;
      await undo(answer.merge.id as string);
      stop();
      expect(answer.articleCount).toBe(1);
      return [merging, statements - merging];
    };
    const [merging, undoing] = await counted(1);
    expect(merging).toBeGreaterThan(10);
    expect(await counted(50)).toEqual([merging, undoing]);
  });

  test('are listed for the desk, newest first, with who did it and why', async () => {
    const [a, b] = [await somebody('Listed'), await somebody('Standing')];
    const { merge: made } = await merge(a, b, { note: 'The same man' });
    const { data, errors } = await newsroom.askAs(
      people.editor,
      `{ newsroom { entityMerges(first: 2) { totalCount pageInfo { hasNextPage endCursor }
           nodes { id at by { name } note undoneAt from { slug name } into { slug } } } } }`,
    );
    expect(errors).toEqual([]);
    const { nodes, totalCount, pageInfo } = data.newsroom.entityMerges;
    expect(nodes[0]).toEqual({
      id: made.id,
      at: expect.any(String),
      by: { name: 'Chima Chief' },
      note: 'The same man',
      undoneAt: null,
      from: { slug: a.slug, name: a.name },
      into: { slug: b.slug },
    });
    expect(totalCount).toBeGreaterThan(5);
    const { data: next } = await newsroom.askAs(
      people.editor,
      `{ newsroom { entityMerges(first: 2, after: "${pageInfo.endCursor}") { nodes { id } } } }`,
    );
    expect(next.newsroom.entityMerges.nodes).toHaveLength(2);
    expect(next.newsroom.entityMerges.nodes.map(({ id }: { id: string }) => id)).not.toContain(nodes[1].id);
  });

  test('every reference to an entity is moved by a merge, or stays on purpose', () => {
    const { connection } = newsroom.database.primary.manager;
    const entity = connection.getMetadata(EntityRow);
    const references = connection.entityMetadatas.flatMap(({ tableName, foreignKeys }) =>
      foreignKeys
        .filter(({ referencedEntityMetadata }) => referencedEntityMetadata === entity)
        .map(({ columnNames }) => `${tableName}.${columnNames.join()}`),
    );
    expect(references.sort()).toEqual([...moved, ...staying].sort());
  });
});
