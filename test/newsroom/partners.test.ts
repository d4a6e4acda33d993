import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import type { PartnerViewer, Viewer } from '../../src/kernel/viewer.js';
import { isSameHash, newKey, readKey } from '../../src/syndication/partners/key.rules.js';
import { writeUsage } from '../../src/syndication/usage/usage.commands.js';
import { UsageCounters } from '../../src/syndication/usage/usage.counters.js';
import { hasShared, shared } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { syndicationOf } from '../support/partners.js';
import { peopleOf, type People } from '../support/people.js';

const refused = '... on UserError { message path }';

describe('partners at the desk', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let desk: ReturnType<typeof syndicationOf>;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    desk = syndicationOf(() => newsroom.contextAs(people.admin));
  });
  afterAll(() => newsroom.close());

  const partnerWith = (id: number, keyId = 1): PartnerViewer => ({
    kind: 'partner',
    partnerId: id,
    keyId,
    name: 'Somebody',
    scopes: ['READ'],
  });
  const rows = <Row>(statement: ReturnType<typeof sql>) => newsroom.database.read<Row>(statement, 'primary');
  const does = async (viewer: Viewer, field: string, type: string, input: object, answer: string) => {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${answer} ${refused} } }`;
    const { data, errors } = await newsroom.askAs(viewer, document, { input });
    expect(errors).toEqual([]);
    return data[field];
  };
  const listsOf = async (id: number) =>
    (
      await rows<{ dimension: string; list: string }>(
        sql`select dimension, list from product_list where productId = ${id} order by dimension, list`,
      )
    ).map(({ dimension, list }) => `${dimension} ${list}`);

  test('a product is made, bought, changed at the version that was seen, and taken back', async () => {
    await deskOf(newsroom).section('mena');
    const made = await does(
      people.chief,
      'createProduct',
      'CreateProductInput',
      { name: 'Middle East wire', filter: { sections: ['mena'], languages: ['EN-gb'] }, territories: ['gb', 'IR'] },
      `... on ProductSaved { product { id slug delayMinutes keepDays pictures formats territories usageTerms version
         filter { sections entities kinds languages } } }`,
    );
    expect(made.product).toEqual({
      id: expect.any(String),
      slug: 'middle-east-wire',
      delayMinutes: 0,
      keepDays: null,
      pictures: 'LICENSED',
      formats: ['JSON', 'NINJS', 'NEWSML', 'HTML'],
      territories: ['GB', 'IR'],
      usageTerms: null,
      version: 1,
      filter: { sections: ['mena'], entities: null, kinds: null, languages: ['en-GB'] },
    });
    const partner = await does(
      people.chief,
      'createPartner',
      'CreatePartnerInput',
      { name: 'The Lake Post', costPerMinute: 500 },
      '... on PartnerSaved { partner { id slug active requestsPerMinute costPerMinute version } }',
    );
    expect(partner.partner).toEqual({
      id: expect.any(String),
      slug: 'the-lake-post',
      active: true,
      requestsPerMinute: null,
      costPerMinute: 500,
      version: 1,
    });
    const ids = { partnerId: partner.partner.id, productId: made.product.id };
    const products = '... on PartnerSaved { partner { version products { name } } }';
    for (const _ of ['once', 'and again']) {
      expect(await does(people.chief, 'grantProduct', 'PartnerProductInput', ids, products)).toMatchObject({
        partner: { version: 2, products: [{ name: 'Middle East wire' }] },
      });
    }
    const change = { id: made.product.id, expectedVersion: 1, delayMinutes: -30, keepDays: 7 };
    const changed = '... on ProductSaved { product { name delayMinutes keepDays version filter { sections } } }';
    expect(await does(people.chief, 'saveProduct', 'SaveProductInput', change, changed)).toMatchObject({
      product: {
        name: 'Middle East wire',
        delayMinutes: -30,
        keepDays: 7,
        version: 2,
        filter: { sections: ['mena'] },
      },
    });
    expect(await does(people.chief, 'saveProduct', 'SaveProductInput', change, changed)).toMatchObject({
      __typename: 'StaleVersion',
      message: expect.stringContaining('it is at version 2, not 1'),
    });
    for (const _ of ['once', 'and again']) {
      expect(await does(people.chief, 'withdrawProduct', 'PartnerProductInput', ids, products)).toMatchObject({
        partner: { version: 3, products: [] },
      });
    }
    const audit = await rows<{ action: string; subject: string }>(
      sql`select action, subject from audit where subject in ('Partner', 'Product') order by id`,
    );
    expect(audit.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'create Product',
      'create Partner',
      'grant Partner',
      'save Product',
      'withdraw Partner',
    ]);
  });

  test('a product is looked for in one list of each kind', async () => {
    const entityId = await deskOf(newsroom).entity('Person', 'Ali Bagheri');
    const sectionId = await deskOf(newsroom).section('sport');
    const all = await desk.product('Everything');
    expect(await listsOf(all.id)).toEqual(['EVERYTHING all']);
    const narrow = await desk.product('Narrow', {
      filter: {
        sections: ['sport', 'sport'],
        entities: [globalId('Person', entityId)],
        kinds: ['NEWS', 'ANALYSIS'],
        languages: ['fa', 'en'],
      },
    });
    expect(await listsOf(narrow.id)).toEqual([
      `ENTITY entity:${entityId}`,
      'KIND kind:ANALYSIS',
      'KIND kind:NEWS',
      'LANGUAGE lang:en',
      'LANGUAGE lang:fa',
      `SECTION section:${sectionId}`,
    ]);
    const dimensions = await rows<{ dimensions: number }>(
      sql`select dimensions from product where id in ${[all.id, narrow.id]} order by id`,
    );
    expect(dimensions).toEqual([{ dimensions: 1 }, { dimensions: 4 }]);
  });

  test.each([
    ['createPartner', 'CreatePartnerInput', { name: '  ' }, 'name must not be empty.', ['name']],
    [
      'createPartner',
      'CreatePartnerInput',
      { name: 'x'.repeat(201) },
      'name has 201 characters; at most 200 fit.',
      ['name'],
    ],
    ['createPartner', 'CreatePartnerInput', { name: 'A', slug: "a' or 1=1" }, /such as "a-or-1-1"/, ['slug']],
    [
      'createPartner',
      'CreatePartnerInput',
      { name: 'A', requestsPerMinute: 0 },
      'requestsPerMinute is from 1 to 1000000.',
      ['requestsPerMinute'],
    ],
    [
      'createPartner',
      'CreatePartnerInput',
      { name: 'The Lake Post' },
      'There is a partner with the slug the-lake-post already.',
      ['slug'],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', filter: { sections: ['nowhere'] } },
      'There is no such section.',
      ['filter', 'sections', '0'],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', filter: { sections: [] } },
      'filter.sections takes from 1 to 50 values.',
      [],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', filter: { entities: ['x'] } },
      '"x" is not an id of ours.',
      [],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', filter: { entities: [globalId('Person', 9_999)] } },
      'There is no such person, organisation or place.',
      ['filter', 'entities', '0'],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', filter: { languages: ['not a tag'] } },
      /^A language is a tag/,
      ['filter', 'languages'],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', delayMinutes: -10_081 },
      /^delayMinutes is from/,
      ['delayMinutes'],
    ],
    ['createProduct', 'CreateProductInput', { name: 'A', keepDays: 0 }, 'keepDays is from 1 to 36500.', ['keepDays']],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', formats: [] },
      'A product needs at least one format.',
      ['formats'],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', territories: ['GB', 'UK'] },
      /^A territory is a country/,
      ['territories', '1'],
    ],
    [
      'createProduct',
      'CreateProductInput',
      { name: 'A', usageTerms: 'x'.repeat(1_001) },
      /at most 1000 fit/,
      ['usageTerms'],
    ],
    [
      'savePartner',
      'SavePartnerInput',
      { id: globalId('Partner', 99), expectedVersion: 1 },
      'There is no such partner.',
      ['id'],
    ],
    [
      'savePartner',
      'SavePartnerInput',
      { id: globalId('Product', 1), expectedVersion: 1 },
      /is the id of a Product/,
      ['id'],
    ],
    [
      'saveProduct',
      'SaveProductInput',
      { id: globalId('Product', 99), expectedVersion: 1 },
      'There is no such product.',
      ['id'],
    ],
    [
      'grantProduct',
      'PartnerProductInput',
      { partnerId: globalId('Partner', 99), productId: globalId('Product', 1) },
      'There is no such partner.',
      ['partnerId'],
    ],
    [
      'grantProduct',
      'PartnerProductInput',
      { partnerId: globalId('Partner', 1), productId: globalId('Product', 99) },
      'There is no such product.',
      ['productId'],
    ],
    [
      'createPartnerKey',
      'CreatePartnerKeyInput',
      { partnerId: globalId('Partner', 99), name: 'A' },
      'There is no such partner.',
      ['partnerId'],
    ],
    [
      'createPartnerKey',
      'CreatePartnerKeyInput',
      { partnerId: globalId('Partner', 1), name: 'A', scopes: [] },
      'A key needs at least one scope.',
      ['scopes'],
    ],
    [
      'createPartnerKey',
      'CreatePartnerKeyInput',
      { partnerId: globalId('Partner', 1), name: 'A', expiresAt: '2020-01-01T00:00:00Z' },
      'A key has to end later than now.',
      ['expiresAt'],
    ],
    ['revokePartnerKey', 'RevokePartnerKeyInput', { id: globalId('PartnerKey', 99) }, 'There is no such key.', ['id']],
  ])('%s(%s) refuses %j', async (field, type, input, message, path) => {
    expect(await does(people.admin, field, type, input, '')).toMatchObject({
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      path,
    });
  });

  test('a key is shown once, also to who asks again with the same idempotency key', async () => {
    const partner = await desk.partner('Once');
    const input = { partnerId: globalId('Partner', partner.id), name: 'website', idempotencyKey: 'a key for Once' };
    const make = () =>
      does(
        people.admin,
        'createPartnerKey',
        'CreatePartnerKeyInput',
        input,
        '... on PartnerKeyCreated { secret key { id prefix name scopes live createdAt expiresAt lastUsedAt revokedAt } }',
      );
    const [first, again] = [await make(), await make()];
    expect(readKey(first.secret)).toMatchObject({ text: first.secret });
    expect(first.secret.startsWith(first.key.prefix)).toBe(true);
    expect(first.key).toMatchObject({
      name: 'website',
      scopes: ['READ'],
      live: true,
      expiresAt: null,
      lastUsedAt: null,
    });
    expect(again).toEqual({ ...first, secret: null });
    const kept = await rows<object>(sql`select answer from idempotency`);
    const known = await rows<object>(sql`select * from partner_key`);
    const audit = await rows<object>(sql`select * from audit`);
    const random = first.secret.slice(first.key.prefix.length);
    for (const table of [kept, known, audit]) expect(JSON.stringify(table)).not.toContain(random);
  });

  test('a partner never has more than two keys, however many ask at once, and gets a place back by revoking', async () => {
    const partner = await desk.partner('Twice');
    const made = await Promise.allSettled(Array.from({ length: 6 }, () => desk.key(partner)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const why = made.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(new Set(why.map((text) => /two keys/.test(text)))).toEqual(new Set([true]));
    const [live] = await rows<{ total: number }>(
      sql`select count(*) as total from partner_key where partnerId = ${partner.id} and slot is not null`,
    );
    expect(live).toEqual({ total: 2 });
    const [{ id }] = (await rows<{ id: number }>(
      sql`select id from partner_key where partnerId = ${partner.id} order by id`,
    )) as [{ id: number }];
    const revoke = () =>
      does(
        people.admin,
        'revokePartnerKey',
        'RevokePartnerKeyInput',
        { id: globalId('PartnerKey', id), note: 'Lost' },
        '... on PartnerKeyRevoked { key { live revokedAt } }',
      );
    const first = await revoke();
    expect(first.key).toEqual({ live: false, revokedAt: expect.any(String) });
    expect(await revoke()).toEqual(first);
    const entries = await rows<{ note: string }>(sql`select note from audit where action = 'revoke'`);
    expect(entries).toEqual([{ note: 'Lost' }]);
    expect((await desk.key(partner)).key.live).toBe(true);
  });

  test('a key that has expired gives its place to the next one', async () => {
    const partner = await desk.partner('Expiring');
    await desk.key(partner);
    const soon = await desk.key(partner);
    await newsroom.database.transaction((tx) =>
      tx.run(sql`update partner_key set expiresAt = ${tx.now} - 1 where id = ${soon.key.id}`),
    );
    expect((await desk.key(partner)).key.live).toBe(true);
    await expect(desk.key(partner)).rejects.toThrow('two keys');
  });

  test('hashes are compared as wholes', () => {
    const [one, other] = ['a'.repeat(43), `${'a'.repeat(42)}b`];
    expect([isSameHash(one, one), isSameHash(one, other), isSameHash(one, null), isSameHash(one, '')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(isSameHash('-'.repeat(43), null)).toBe(false);
  });

  test('keys of ours are read back, and of a thousand near misses none is', () => {
    for (const id of [1, 35, 36, 1_000_000, 2_147_483_647]) {
      const key = newKey(id);
      expect(readKey(key)).toEqual({ id, text: key });
      for (let place = 0; place < key.length; place++) {
        const missed = key.slice(0, place) + (key[place] === 'x' ? 'y' : 'x') + key.slice(place + 1);
        expect(readKey(missed)).toBeNull();
      }
    }
    expect(readKey(newKey(2_147_483_648))).toBeNull();
  });

  test('what a process counted is added once, however often it is tried, and adds up with what others counted', async () => {
    const partner = await desk.partner('Counted');
    const product = await desk.product('Counted');
    await desk.grant(partner, product);
    const { key } = await desk.key(partner);
    const [{ now }] = (await rows<{ now: number }>(sql`select ${newsroom.database.now} as now`)) as [{ now: number }];
    const of = { partnerId: partner.id, keyId: key.id, at: now };
    const nodes = [new UsageCounters(), new UsageCounters()];
    const again = async (counters: UsageCounters) => {
      const batch = counters.next()!;
      await writeUsage(newsroom.database, counters);
      const left = [batch];
      const unheard = Object.assign(new UsageCounters(), { next: () => left.pop() ?? null });
      await writeUsage(newsroom.database, unheard);
    };
    for (const counters of nodes) {
      counters.add({ ...of, productId: 0 }, { requests: 3, cost: 40 });
      counters.add({ ...of, productId: product.id }, { stories: 2 });
      counters.add({ ...of, at: now - 86_400_000, productId: 0 }, { requests: 1 });
    }
    await Promise.all(nodes.map(again));
    const { data } = await newsroom.askAs(
      partnerWith(partner.id, key.id),
      `{ syndication { usage(days: 2) { requests stories cost keys { requests key { prefix } }
         products { requests stories cost product { name } } } partner { keys { lastUsedAt } } } }`,
    );
    expect(data.syndication.usage).toEqual([
      {
        requests: 6,
        stories: 4,
        cost: 80,
        keys: [{ requests: 6, key: { prefix: key.prefix } }],
        products: [
          { requests: 6, stories: 0, cost: 80, product: null },
          { requests: 0, stories: 4, cost: 0, product: { name: 'Counted' } },
        ],
      },
      {
        requests: 2,
        stories: 0,
        cost: 0,
        keys: [{ requests: 2, key: { prefix: key.prefix } }],
        products: [{ requests: 2, stories: 0, cost: 0, product: null }],
      },
    ]);
    const used = Date.parse(data.syndication.partner.keys[0].lastUsedAt as string);
    expect(used).toBe(Math.floor(now / 60_000) * 60_000);
    const id = globalId('Partner', partner.id);
    const atDesk = `query ($id: ID!) { newsroom { partner(id: $id) { name usage(days: 1) { requests } } } }`;
    expect((await newsroom.askAs(people.chief, atDesk, { id })).data.newsroom.partner).toEqual({
      name: 'Counted',
      usage: [{ requests: 6 }],
    });
  });

  test.each([0, -1, 401])('usage of %d days is refused', async (days) => {
    const { errors } = await newsroom.askAs(partnerWith(1), `{ syndication { usage(days: ${days}) { date } } }`);
    expect(errors.map(({ message }) => message)).toEqual([`\`days\` is from 1 to 400, not ${days}.`]);
  });

  test('a list of partners takes as many statements for fifty as for one', async () => {
    const document = `query ($first: Int!) { newsroom { partners(first: $first) { nodes { name products { name }
      keys { prefix } usage { date requests keys { key { name } } products { product { name } } } } } } }`;
    for (let i = 0; i < 8; i++) {
      const partner = await desk.partner(`Partner ${i}`);
      await desk.grant(partner, { id: 1 });
      const { key } = await desk.key(partner);
      const counters = new UsageCounters();
      counters.add({ partnerId: partner.id, keyId: key.id, productId: 1, at: Date.now() }, { stories: 1 });
      await writeUsage(newsroom.database, counters);
    }
    const [one, many] = [
      await newsroom.measure(document, { first: 1 }, people.chief),
      await newsroom.measure(document, { first: 50 }, people.chief),
    ];
    expect(many.data.newsroom.partners.nodes.length).toBeGreaterThan(10);
    expect(many.statements.length).toBeLessThanOrEqual(6);
    expect(one.statements.length).toBeLessThanOrEqual(many.statements.length);
  });

  test('a partner sees himself and nobody else', async () => {
    const [one, other] = [await desk.partner('One of two'), await desk.partner('Other of two')];
    const { data } = await newsroom.askAs(partnerWith(one.id), '{ syndication { partner { name } } }');
    expect(data.syndication.partner).toEqual({ name: 'One of two' });
    const ids = [globalId('Partner', other.id), globalId('PartnerKey', 1), globalId('Product', 1)];
    for (const id of ids) {
      const found = await newsroom.askAs(partnerWith(one.id), 'query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(found).toEqual({ data: { node: null }, errors: [] });
    }
  });

  (hasShared ? test : test.skip)('a partner’s own document runs unchanged', async () => {
    const partner = await desk.partner('Contracted');
    await desk.grant(partner, { id: 1 });
    const { data, errors } = await newsroom.askAs(partnerWith(partner.id), shared('contract/partner/account.graphql'));
    expect(errors).toEqual([]);
    expect(data).toEqual({
      syndication: { partner: { name: 'Contracted', products: [{ name: 'Middle East wire' }] }, usage: [] },
    });
  });
});
