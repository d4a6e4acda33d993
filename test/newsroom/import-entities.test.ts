import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { violations } from '../../scripts/promises/invariants.js';
import { operator } from '../../src/kernel/viewer.js';
import { raw } from '../../src/kernel/sql.js';
import { importEntities } from '../../src/newsroom/import/wikidata/wikidata.commands.js';
import { indexChange } from '../../src/search/index.commands.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import { deskOf } from '../support/desk.js';
import { fingerprintOf } from '../support/fingerprint.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const words = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([language, value]) => [language, { language, value }]));
const item = (id: string) => ({ mainsnak: { snaktype: 'value', datavalue: { value: { id } } }, rank: 'normal' });
const time = (value: string, precision: number) => ({
  snaktype: 'value',
  datavalue: {
    value: { time: `+${value}T00:00:00Z`, precision, calendarmodel: 'http://www.wikidata.org/entity/Q1985727' },
  },
});

const dump = [
  {
    id: 'Q1001',
    labels: words({ en: 'Ali Bagheri', fa: 'علی باقری', de: 'Ali Bagheri' }),
    descriptions: words({ en: 'Iranian diplomat' }),
    aliases: { en: [{ language: 'en', value: 'Ali Bagheri Kani' }] },
    claims: {
      P31: [item('Q5')],
      P569: [{ mainsnak: time('1967-00-00', 9), rank: 'normal' }],
      P570: [{ mainsnak: time('2030-02-03', 11), rank: 'normal' }],
      P39: [
        { ...item('Q3003'), qualifiers: { P580: [time('2024-05-20', 11)], P582: [time('2024-08-00', 10)] } },
        { ...item('Q3003'), qualifiers: { P580: [time('2013-00-00', 9)] }, rank: 'deprecated' },
        { ...item('Q9999') },
      ],
    },
  },
  {
    id: 'Q1002',
    labels: words({ mul: 'IRNA' }),
    claims: {
      P31: [item('Q192283')],
      P856: [{ mainsnak: { snaktype: 'value', datavalue: { value: 'https://irna.example' } }, rank: 'normal' }],
    },
  },
  {
    id: 'Q1003',
    labels: words({ en: 'Muscat', ar: 'مسقط' }),
    claims: {
      P31: [item('Q515')],
      P625: [
        {
          mainsnak: {
            snaktype: 'value',
            datavalue: { value: { latitude: 23.6, longitude: 58.5, globe: 'http://www.wikidata.org/entity/Q2' } },
          },
          rank: 'preferred',
        },
      ],
    },
  },
  { id: 'Q1004', labels: words({ en: 'Ali Bagheri' }), claims: { P31: [item('Q5')] } },
  { id: 'Q3003', labels: words({ en: 'foreign minister of Iran' }), claims: { P31: [item('Q4164871')] } },
  { id: 'P31', labels: words({ en: 'instance of' }) },
];

describe('people, organisations and places of a Wikidata dump', () => {
  let newsroom: TestNewsroom;
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-wikidata-'));
  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  afterAll(async () => {
    await newsroom.close();
    rmSync(folder, { recursive: true });
  });

  const bring = (items: readonly unknown[], packed = false) => {
    const path = join(folder, 'dump');
    const text = `[\n${items.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(',\n')}\n]\n`;
    writeFileSync(path, packed ? gzipSync(text) : text);
    const sources = { paths: [path], totalBytes: statSync(path).size, bytesRead: 0 };
    return importEntities(newsroom.contextAs(operator), sources, { language: 'en' });
  };

  test('come in with names of all languages, days known to the day, places on earth and dated posts', async () => {
    expect(await bring([...dump, '{"id":'], true)).toEqual({
      read: 7,
      written: 4,
      updated: 0,
      unchanged: 0,
      skipped: 2,
      failed: 1,
    });
    const { data } = await newsroom.ask(`{
      person(slug: "ali-bagheri") { name description bornOn diedOn aliases(first: 9) roles(first: 9) { title startedOn endedOn } }
      organisation(slug: "irna") { name sameAs }
      place(slug: "muscat") { name aliases(first: 9) latitude longitude } }`);
    expect(data).toEqual({
      person: {
        ...{ name: 'Ali Bagheri', description: 'Iranian diplomat', bornOn: null, diedOn: '2030-02-03' },
        aliases: ['علی باقری', 'Ali Bagheri Kani'],
        roles: [{ title: 'foreign minister of Iran', startedOn: '2024-05-20', endedOn: '2024-08-31' }],
      },
      organisation: { name: 'IRNA', sameAs: ['https://www.wikidata.org/entity/Q1002', 'https://irna.example'] },
      place: { name: 'Muscat', aliases: ['مسقط'], latitude: 23.6, longitude: 58.5 },
    });
    const slugs = await newsroom.database.read<{ slug: string }>(
      raw("select slug from entity where wikidataId = 'Q1004'"),
      'primary',
    );
    expect(slugs).toEqual([{ slug: 'ali-bagheri-q1004' }]);
  });

  test('change nothing when they come again, and only add to what an editor wrote', async () => {
    const before = await fingerprintOf(newsroom);
    expect(await bring(dump)).toMatchObject({ written: 0, updated: 0, unchanged: 4 });
    expect(await fingerprintOf(newsroom)).toEqual(before);
    await newsroom.database.transaction((tx) =>
      tx.run(raw("update entity set description = 'Ours' where wikidataId = 'Q1003'")),
    );
    const more = { ...dump[2]!, labels: words({ en: 'Muscat', fr: 'Mascate' }), descriptions: words({ en: 'Theirs' }) };
    expect(await bring([more])).toMatchObject({ updated: 1 });
    const { data } = await newsroom.ask('{ place(slug: "muscat") { description aliases(first: 9) } }');
    expect(data.place).toEqual({ description: 'Ours', aliases: ['مسقط', 'Mascate'] });
  });

  test('with more names are found by these in what names them, and nobody’s save takes them away', async () => {
    const desk = deskOf(newsroom);
    const sectionId = await desk.section('mena');
    await desk.publish({ slug: 'in-muscat', sectionId, paragraphs: ['The talks were held in Muscat.'] });
    const follow = [(payload: unknown) => indexChange(newsroom.contextAs(operator), payload)];
    const work = async () => {
      while ((await doJobs(newsroom.contextAs(operator), { change: follow, text: follow })) > 0);
    };
    await work();
    const { data: seen } = await newsroom.ask('{ place(slug: "muscat") { id version } }');
    const more = { ...dump[2]!, labels: words({ en: 'Muscat', nl: 'Maskate' }) };
    expect(await bring([more])).toMatchObject({ updated: 1 });
    await work();
    expect((await newsroom.ask('{ search(query: "maskate") { nodes { slug } } }')).data).toEqual({
      search: { nodes: [{ slug: 'in-muscat' }] },
    });
    const { data } = await newsroom.askAs(
      operator,
      `mutation ($input: SavePlaceInput!) { savePlace(input: $input) {
        __typename ... on StaleVersion { expectedVersion currentVersion } } }`,
      { input: { id: seen.place.id, expectedVersion: seen.place.version, aliases: [] } },
    );
    const { version } = seen.place;
    expect(data.savePlace).toEqual({
      __typename: 'StaleVersion',
      ...{ expectedVersion: version, currentVersion: version + 1 },
    });
  });

  test('leave everything as it always is', async () => {
    expect(await violations(newsroom.database)).toEqual([]);
  });
});
