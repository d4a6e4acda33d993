import { globalId } from '../../src/kernel/global-id.js';
import { migrateDown, migrateUp } from '../../src/kernel/migrate.js';
import { sql } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const person = `... on PersonSaved { person { id slug version name aliases description bornOn diedOn sameAs
  roles { title interim startedOn endedOn organisation { name } place { name } sourceArticle { slug } } } }
  ... on StaleVersion { expectedVersion currentVersion }`;
const uses = '... on EntityDeleted { entityId } ... on EntityInUse { uses { what count } }';

describe('people, organisations and places at the desk', () => {
  let newsroom: TestNewsroom;
  let people: People;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    await deskOf(newsroom).section('mena');
  });
  afterAll(() => newsroom.close());

  const savePerson = (input: object) => does(newsroom, people.editor, 'savePerson', input, person);
  const made = async (input: object) =>
    (await savePerson(input)).person as { id: string; slug: string; version: number };
  const refused = async (input: object) => {
    const { __typename, path, message } = await savePerson(input);
    return [__typename, path.join('.'), message];
  };
  const atPath = async (path: string) => {
    const { data } = await newsroom.ask(
      `query ($path: String!) { resolvePath(path: $path) { __typename ... on Redirect { path permanent } } }`,
      { path },
    );
    return data.resolvePath;
  };

  test('a person is made, with names, days and posts, and changed field by field', async () => {
    const desk = deskOf(newsroom);
    const ministry = globalId('Organisation', await desk.entity('Organisation', 'Foreign Ministry'));
    const iran = globalId('Place', await desk.entity('Place', 'Iran'));
    const story = await desk.publish({ slug: 'the-appointment', paragraphs: ['He was appointed.'] });
    const sourceArticle = globalId('Article', story.articleId);
    const created = await savePerson({
      name: ' Ali Bagheri ',
      aliases: ['علی باقری', 'Bagheri', 'Bagheri', 'Ali Bagheri'],
      wikidataId: 'Q5935085',
      website: 'https://bagheri.example',
      bornOn: '1967-10-05',
      roles: [
        {
          title: 'Foreign minister',
          interim: true,
          organisation: ministry,
          place: iran,
          startedOn: '2024-05-20',
          sourceArticle,
        },
      ],
    });
    const role = {
      title: 'Foreign minister',
      interim: true,
      startedOn: '2024-05-20',
      endedOn: null,
      organisation: { name: 'Foreign Ministry' },
      place: { name: 'Iran' },
      sourceArticle: { slug: 'the-appointment' },
    };
    expect(created).toEqual({
      __typename: 'PersonSaved',
      person: {
        id: expect.any(String),
        slug: 'ali-bagheri',
        version: 1,
        name: 'Ali Bagheri',
        aliases: ['علی باقری', 'Bagheri'],
        description: '',
        bornOn: '1967-10-05',
        diedOn: null,
        sameAs: ['https://www.wikidata.org/entity/Q5935085', 'https://bagheri.example'],
        roles: [role],
      },
    });
    const { id } = created.person;
    const changed = await savePerson({
      id,
      expectedVersion: 1,
      description: 'A diplomat',
      bornOn: null,
      website: null,
    });
    expect(changed.person).toEqual({
      ...created.person,
      version: 2,
      description: 'A diplomat',
      bornOn: null,
      sameAs: ['https://www.wikidata.org/entity/Q5935085'],
    });
    expect(await savePerson({ id, expectedVersion: 1, name: 'Too late' })).toMatchObject({
      __typename: 'StaleVersion',
      path: ['expectedVersion'],
      expectedVersion: 1,
      currentVersion: 2,
    });
    const cleared = await savePerson({ id, expectedVersion: 2, aliases: null, roles: null });
    expect(cleared.person).toMatchObject({ version: 3, aliases: [], roles: [], description: 'A diplomat' });
  });

  test('saving what is there already changes nothing, whatever the order of the posts', async () => {
    const roles = [
      { title: 'Mayor', startedOn: '2001-01-01' },
      { title: 'Judge', startedOn: '2005-01-01' },
    ];
    const { id } = await made({ name: 'Same Again', aliases: ['Again'], roles });
    const again = { id, expectedVersion: 1, name: 'Same Again', aliases: ['Again'], roles: [...roles].reverse() };
    expect((await savePerson(again)).person.version).toBe(1);
    expect((await savePerson({ ...again, aliases: ['Again', 'Once more'] })).person.version).toBe(2);
  });

  test('names of posts and of aliases that stay keep their rows', async () => {
    const { id } = await made({ name: 'Kept Rows', aliases: ['One', 'Two'], roles: [{ title: 'Mayor' }] });
    const rows = () =>
      newsroom.database.read<{ id: number }>(
        sql`select id from entity_alias where name = 'Two' union all select id from entity_role where title = 'Mayor'
            and personId = (select id from entity where name = 'Kept Rows')`,
        'primary',
      );
    const before = await rows();
    const roles = [{ title: 'Judge' }, { title: 'Mayor' }];
    const { person: after } = await savePerson({ id, expectedVersion: 1, aliases: ['Zero', 'Two', 'Three'], roles });
    expect(after.aliases).toEqual(['Zero', 'Two', 'Three']);
    expect(after.roles.map(({ title }: { title: string }) => title).sort()).toEqual(['Judge', 'Mayor']);
    expect(before).toHaveLength(2);
    expect(await rows()).toEqual(before);
  });

  test('the same name again gets the next free slug, and a namesake without accents too', async () => {
    expect((await made({ name: 'Ērika Šmite' })).slug).toBe('erika-smite');
    expect((await made({ name: 'Erika Smite' })).slug).toBe('erika-smite-2');
    expect((await made({ name: 'Érika Smité' })).slug).toBe('erika-smite-3');
  });

  test.each([
    ['محمد جواد ظریف', 'محمد-جواد-ظریف'],
    ['علي خامنئي', 'علي-خامنئي'],
    ['علی خامنئی', 'علی-خامنئی'],
    ['كاظم غريب‌آبادی', 'كاظم-غريب-آبادی'],
    ['Νίκος Αναστασιάδης', 'νίκος-αναστασιάδης'],
    ['Łukasz Żółć', 'łukasz-zołc'],
    ['İlham Əliyev', 'ilham-əliyev'],
    ['김정은', '김정은'],
    ['Rocket 🚀 Man', 'rocket-man'],
    ['🚀', 'untitled'],
    ["Séan O'Casey Jr.", 'sean-ocasey-jr'],
  ])('%s is found under /people/%s on every database', async (name, slug) => {
    const { id, version } = await made({ name });
    const { data } = await newsroom.ask(`query ($slug: String!) { person(slug: $slug) { id name slug } }`, { slug });
    expect(data.person).toEqual({ id, name, slug });
    expect(await atPath(`/people/${encodeURIComponent(slug)}`)).toEqual({ __typename: 'Person' });
    expect(version).toBe(1);
  });

  test('a name composed otherwise is the same name; a variant letter is another', async () => {
    const { id } = await made({ name: 'Zoe\u0308 Ba\u0301n', aliases: ['Zo\u00eb B\u00e1n', 'يحيى', 'یحیی'] });
    const { data } = await newsroom.ask(`query ($id: ID!) { node(id: $id) { ... on Person { name aliases } } }`, {
      id,
    });
    expect(data.node).toEqual({ name: 'Zo\u00eb B\u00e1n', aliases: ['يحيى', 'یحیی'] });
  });

  test('a slug that is changed goes on leading to it, and nobody else gets it', async () => {
    const { id } = await made({ name: 'Jane Miller' });
    expect((await savePerson({ id, expectedVersion: 1, slug: 'jane-smith', name: 'Jane Smith' })).person).toMatchObject(
      {
        slug: 'jane-smith',
        version: 2,
      },
    );
    expect(await atPath('/people/jane-miller')).toEqual({
      __typename: 'Redirect',
      path: '/people/jane-smith',
      permanent: true,
    });
    expect((await newsroom.ask('{ person(slug: "jane-miller") { id } }')).data.person).toBeNull();
    expect((await made({ name: 'Jane Miller' })).slug).toBe('jane-miller-2');
    expect(await refused({ name: 'Another', slug: 'jane-miller' })).toEqual([
      'InvalidInput',
      'slug',
      '“Jane Smith” has or had the slug "jane-miller": choose another one.',
    ]);
    const namesake = await made({ name: 'Namesake' });
    expect(await refused({ id: namesake.id, expectedVersion: 1, slug: 'jane-miller' })).toMatchObject([
      'InvalidInput',
      'slug',
      expect.stringContaining('“Jane Smith” has or had'),
    ]);
    expect((await savePerson({ id, expectedVersion: 2, slug: 'jane-miller' })).person.slug).toBe('jane-miller');
    expect(await atPath('/people/jane-smith')).toMatchObject({ path: '/people/jane-miller' });
    expect(await atPath('/places/jane-smith')).toBeNull();
  });

  test('what an import brings under an old slug is the one that had it', async () => {
    const { id } = await made({ name: 'Old Address' });
    await savePerson({ id, expectedVersion: 1, slug: 'new-address' });
    const again = await deskOf(newsroom).entity('Person', 'Old Address', { description: 'Brought in again' });
    expect(globalId('Person', again)).toBe(id);
    const { data } = await newsroom.ask('{ person(slug: "new-address") { version description } }');
    expect(data.person).toEqual({ version: 3, description: 'Brought in again' });
  });

  test.each([
    [{}, 'name', 'A new person needs a name.'],
    [{ name: '   ' }, 'name', 'name must not be empty.'],
    [{ name: 'Half \ud83d' }, 'name', 'name is not well-formed text (it has half a surrogate pair).'],
    [{ name: '\u200b\u200c' }, 'name', 'name has nothing that can be seen.'],
    [{ name: 'Two\nlines' }, 'name', 'name has line breaks or control characters.'],
    [{ name: 'x'.repeat(201) }, 'name', 'name has 201 characters; at most 200 fit.'],
    [
      { name: 'A', slug: 'Not A Slug' },
      'slug',
      'A slug is lower-case letters and digits of any script, joined by hyphens, such as "not-a-slug".',
    ],
    [{ name: 'A', aliases: ['fine', ' '] }, 'aliases.1', 'aliases.1 must not be empty.'],
    [
      { name: 'A', aliases: Array.from({ length: 201 }, (_, i) => `n${i}`) },
      'aliases',
      'At most 200 other names fit, not 201.',
    ],
    [{ name: 'A', wikidataId: '42' }, 'wikidataId', 'A Wikidata id is Q and a number, such as Q42.'],
    [
      { name: 'A', website: 'javascript:alert(1)' },
      'website',
      'A website is an address that begins with https:// or http://.',
    ],
    [{ name: 'A', website: '' }, 'website', 'website must not be empty.'],
    [
      { name: 'A', bornOn: '2000-01-02', diedOn: '2000-01-01' },
      'diedOn',
      '2000-01-01 is before 2000-01-02, when it begins.',
    ],
    [{ name: 'A', bornOn: '9000-01-02' }, 'bornOn', '9000-01-02 is still to come.'],
    [{ name: 'A', roles: [{ title: 'Good' }, { title: '' }] }, 'roles.1.title', 'roles.1.title must not be empty.'],
    [
      { name: 'A', roles: [{ title: 'Mayor', startedOn: '2024-02-01', endedOn: '2024-01-31' }] },
      'roles.0.endedOn',
      '2024-01-31 is before 2024-02-01, when it begins.',
    ],
    [
      { name: 'A', roles: Array.from({ length: 201 }, () => ({ title: 'Mayor' })) },
      'roles',
      'At most 200 posts fit, not 201.',
    ],
    [{ id: 'nonsense', name: 'A' }, 'id', '"nonsense" is not an id of ours.'],
    [
      { id: globalId('Place', 1), expectedVersion: 1 },
      'id',
      `"${globalId('Place', 1)}" is the id of a Place; expected Person.`,
    ],
    [
      { id: globalId('Person', 1) },
      'expectedVersion',
      'Say which version you saw: without it, the changes of somebody else could be lost.',
    ],
  ])('a field that cannot be taken is named, and says why (%#)', async (input, field, message) => {
    expect(await refused(input)).toEqual(['InvalidInput', field, message]);
  });

  test('what is not there is told by where it was asked for', async () => {
    const place = globalId('Place', await deskOf(newsroom).entity('Place', 'Nowhere'));
    const forged = globalId('Organisation', Number(Buffer.from(place, 'base64url').toString().split(':')[1]));
    const role = (more: object) => ({ name: 'A', roles: [{ title: 'Mayor' }, { title: 'Mayor', ...more }] });
    expect(await refused({ id: globalId('Person', 99_999), expectedVersion: 1 })).toEqual([
      'Missing',
      'id',
      'There is no such person.',
    ]);
    expect(await refused(role({ place: globalId('Place', 99_999) }))).toEqual([
      'Missing',
      'roles.1.place',
      'There is no such place.',
    ]);
    expect(await refused(role({ organisation: forged }))).toEqual([
      'Missing',
      'roles.1.organisation',
      'There is no such organisation.',
    ]);
    expect(await refused(role({ organisation: place }))).toMatchObject([
      'InvalidInput',
      'roles.1.organisation',
      expect.any(String),
    ]);
    expect(await refused(role({ sourceArticle: globalId('Article', 99_999) }))).toEqual([
      'Missing',
      'roles.1.sourceArticle',
      'There is no such story.',
    ]);
  });

  test('a story that is not the editor’s and that readers do not see is no source of his', async () => {
    const desk = deskOf(newsroom);
    const sport = await desk.section('sport');
    const elsewhere = await personOf(newsroom, { name: 'Elsa', role: 'EDITOR', sectionIds: [sport] });
    const hidden = await desk.draft({ slug: 'hidden', sectionId: await desk.section('mena'), paragraphs: ['Secret.'] });
    const input = (name: string) => ({
      name,
      roles: [{ title: 'Mayor', sourceArticle: globalId('Article', hidden.articleId) }],
    });
    expect(await does(newsroom, elsewhere, 'savePerson', input('By Elsa'))).toMatchObject({ __typename: 'Missing' });
    expect(await savePerson(input('By Edith'))).toMatchObject({ __typename: 'PersonSaved' });
  });

  test('a Wikidata id belongs to one of them, and a refusal says to whom', async () => {
    await made({ name: 'First Holder', wikidataId: 'Q900' });
    const message = 'The person “First Holder” has the Wikidata id Q900.';
    expect(await refused({ name: 'Second Holder', wikidataId: 'Q900' })).toEqual([
      'InvalidInput',
      'wikidataId',
      message,
    ]);
    expect(await does(newsroom, people.editor, 'savePlace', { name: 'Holder', wikidataId: 'Q900' })).toMatchObject({
      message,
    });
    const { id } = await made({ name: 'Third Holder' });
    expect(await refused({ id, expectedVersion: 1, wikidataId: 'Q900' })).toEqual([
      'InvalidInput',
      'wikidataId',
      message,
    ]);
    expect((await newsroom.ask('{ person(slug: "second-holder") { id } }')).data.person).toBeNull();
  });

  test('a place has a whole position or none', async () => {
    const savePlace = (input: object) =>
      does(
        newsroom,
        people.editor,
        'savePlace',
        input,
        '... on PlaceSaved { place { id version latitude longitude } }',
      );
    const { place } = await savePlace({ name: 'Beirut', latitude: 33.8938, longitude: 35.5018 });
    expect(place).toEqual({ id: expect.any(String), version: 1, latitude: 33.8938, longitude: 35.5018 });
    expect(await savePlace({ id: place.id, expectedVersion: 1, longitude: null })).toMatchObject({
      path: ['longitude'],
    });
    expect(await savePlace({ id: place.id, expectedVersion: 1, latitude: 90.1 })).toMatchObject({ path: ['latitude'] });
    expect(await savePlace({ id: place.id, expectedVersion: 1, longitude: -180.5 })).toMatchObject({
      path: ['longitude'],
    });
    const none = await savePlace({ id: place.id, expectedVersion: 1, latitude: null, longitude: null });
    expect(none.place).toMatchObject({ version: 2, latitude: null, longitude: null });
  });

  test('what was changed is in the audit and in the feed', async () => {
    const saved = await does(
      newsroom,
      people.editor,
      'saveOrganisation',
      { name: 'United Nations' },
      '... on OrganisationSaved { organisation { id } }',
    );
    const { id } = saved.organisation;
    await does(newsroom, people.editor, 'saveOrganisation', { id, expectedVersion: 1, name: 'UN', aliases: ['ONU'] });
    const number = Number(
      Buffer.from(id as string, 'base64url')
        .toString()
        .split(':')[1],
    );
    const trail = await newsroom.database.read<{ action: string; accountId: number; detail: string | null }>(
      sql`select action, accountId, detail from audit where subject = 'Organisation' and subjectId = ${number} order by id`,
      'primary',
    );
    expect(trail.map(({ detail, ...entry }) => ({ ...entry, detail: JSON.parse(detail ?? 'null') }))).toEqual([
      { action: 'create', accountId: people.editor.accountId, detail: null },
      {
        action: 'save',
        accountId: people.editor.accountId,
        detail: { before: { name: 'United Nations', aliases: [] }, after: { name: 'UN', aliases: ['ONU'] } },
      },
    ]);
    const feed = await newsroom.database.read(
      sql`select op, version from content_change where subject = 'Organisation' and subjectId = ${number} order by seq`,
      'primary',
    );
    expect(feed).toEqual([
      { op: 'ENTITY_SAVED', version: 1 },
      { op: 'ENTITY_SAVED', version: 2 },
    ]);
  });

  test('the same key makes one', async () => {
    const input = { name: 'Once Only', idempotencyKey: 'once' };
    expect((await made(input)).id).toBe((await made(input)).id);
    expect((await newsroom.ask('{ person(slug: "once-only-2") { id } }')).data.person).toBeNull();
  });

  test('eight who make the same name at once make eight, each with a slug of its own', async () => {
    const slugs = await Promise.all(Array.from({ length: 8 }, async () => (await made({ name: 'Eight Fold' })).slug));
    expect(slugs.sort()).toEqual(['eight-fold', ...[2, 3, 4, 5, 6, 7, 8].map((n) => `eight-fold-${n}`)]);
  });

  test('eight who want one address at once: one has it, the others are told who', async () => {
    const eight = await Promise.all(Array.from({ length: 8 }, (_, i) => made({ name: `Wishful ${i}` })));
    const answers = await Promise.all(eight.map(({ id }) => savePerson({ id, expectedVersion: 1, slug: 'the-one' })));
    expect(answers.map(({ __typename }) => __typename as string).sort()).toEqual([
      ...Array.from({ length: 7 }, () => 'InvalidInput'),
      'PersonSaved',
    ]);
    for (const { message } of answers)
      if (message) expect(message).toMatch(/^“Wishful \d” has or had the slug "the-one"/);
  });

  test('eight who change one at once: one does, the others are told', async () => {
    const { id } = await made({ name: 'Contested' });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => savePerson({ id, expectedVersion: 1, description: `By ${i}` })),
    );
    expect(answers.map(({ __typename }) => __typename as string).sort()).toEqual([
      'PersonSaved',
      ...Array.from({ length: 7 }, () => 'StaleVersion'),
    ]);
  });

  describe('deleting', () => {
    const deletes = (input: object) => does(newsroom, people.chief, 'deleteEntity', input, uses);

    test('one that nothing speaks of is deleted, and its slug is free again', async () => {
      const { id } = await made({ name: 'By Mistake', aliases: ['Mistake'], roles: [{ title: 'Nothing' }] });
      expect(await deletes({ id, expectedVersion: 7 })).toMatchObject({ __typename: 'StaleVersion' });
      expect(await deletes({ id, expectedVersion: 1 })).toEqual({ __typename: 'EntityDeleted', entityId: id });
      expect(await deletes({ id, expectedVersion: 1 })).toMatchObject({ __typename: 'Missing', path: ['id'] });
      const { data } = await newsroom.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id });
      expect(data.node).toBeNull();
      expect((await made({ name: 'By Mistake' })).slug).toBe('by-mistake');
    });

    test('one that stories, credits or posts speak of stays as it is', async () => {
      const desk = deskOf(newsroom);
      const entityId = await desk.entity('Organisation', 'Reuters Desk', { aliases: ['RD'] });
      await desk.draft({
        slug: 'by-the-desk',
        paragraphs: ['Reuters Desk said so. Reuters Desk said it twice.'],
        credits: [{ role: 'AGENCY', text: 'Reuters Desk', entityId }],
      });
      const id = globalId('Organisation', entityId);
      await made({ name: 'Desk Chief', roles: [{ title: 'Chief', organisation: id }] });
      expect(await deletes({ id, expectedVersion: 1 })).toEqual({
        __typename: 'EntityInUse',
        message:
          'The organisation “Reuters Desk” is in use (credits: 1, mentions: 2, posts in it: 1): merge it into another one, or take it out there first.',
        path: ['id'],
        uses: [
          { what: 'credits', count: 1 },
          { what: 'mentions', count: 2 },
          { what: 'posts in it', count: 1 },
        ],
      });
      const { data } = await newsroom.ask('{ organisation(slug: "reuters-desk") { version aliases } }');
      expect(data.organisation).toEqual({ version: 1, aliases: ['RD'] });
    });
  });
});

test('those that were there before slugs were kept have theirs kept too', async () => {
  const newsroom = await openNewsroom();
  try {
    const { editor } = await peopleOf(newsroom);
    const id = globalId('Place', await deskOf(newsroom).entity('Place', 'Byzantium'));
    const newest = async () => (await migrateDown(newsroom.database))[0];
    while ((await newest()) !== 'Entities1764100300000') continue;
    await migrateUp(newsroom.database);
    await does(newsroom, editor, 'savePlace', { id, expectedVersion: 1, slug: 'constantinople' });
    const { data } = await newsroom.ask('{ resolvePath(path: "/places/byzantium") { ... on Redirect { path } } }');
    expect(data.resolvePath).toEqual({ path: '/places/constantinople' });
  } finally {
    await newsroom.close();
  }
});
