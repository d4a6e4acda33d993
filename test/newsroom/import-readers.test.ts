import { gzipSync } from 'node:zlib';
import { violations } from '../../scripts/promises/invariants.js';
import { raw } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { importsOf, lines } from '../support/imports.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf } from '../support/people.js';

describe('what readers of formats make of it', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  afterAll(async () => {
    expect(await violations(newsroom.database)).toEqual([]);
    end();
    await newsroom.close();
  });
  const { bring, story, end } = importsOf(() => newsroom);
  const statesOf = async (source: string) => {
    const rows = await newsroom.database.read<{ externalId: string; workflowState: string }>(
      raw(`select externalId, workflowState from article where source = '${source}' order by externalId`),
      'primary',
    );
    return Object.fromEntries(rows.map(({ externalId, workflowState }) => [externalId, workflowState]));
  };
  const ahead = new Date(Date.now() + 86_400_000 * 400).toISOString();

  test('embargoes that are empty or cannot be read hold a story, one that is over does not', async () => {
    const embargoes = ['', 'next week', '20990101T000000', '2099-01-01T00:00:00', '2020-01-01T00:00:00Z'];
    const newsml = (embargo: string, i: number) => `<newsItem guid="urn:e:g${i}" version="1"><itemMeta>
      <itemClass qcode="ninat:text"/>${embargo === '' ? '<embargoed/>' : `<embargoed>${embargo}</embargoed>`}</itemMeta>
      <contentMeta><headline>Held ${i}</headline></contentMeta><contentSet><inlineData>Text</inlineData></contentSet></newsItem>`;
    const { told } = await bring('newsml', `<newsMessage>${embargoes.map(newsml).join('')}</newsMessage>`, {
      source: 'held newsml',
    });
    const held = { 0: 'DRAFT', 1: 'DRAFT', 2: 'DRAFT', 3: 'DRAFT', 4: 'PUBLISHED' };
    const named = (prefix: string) => Object.fromEntries(Object.entries(held).map(([i, s]) => [prefix + i, s]));
    expect(await statesOf('held newsml')).toEqual(named('urn:e:g'));
    expect(told.map(({ notes }) => notes![0])).toEqual([
      'It is under an embargo until further notice: it was kept as a draft.',
      'Its embargo cannot be read: “next week”: it was kept as a draft.',
      'It is under an embargo until 20990101T000000: it was kept as a draft.',
      'It is under an embargo until 2099-01-01T00:00:00: it was kept as a draft.',
      'It has no date that can be read: it carries the date of the import.',
    ]);
    const items = [...embargoes, null].map((embargoed, i) => ({
      ...{ uri: `urn:e:n${i}`, embargoed, headlines: [{ value: `Held too ${i}` }] },
      bodies: [{ contentType: 'text/plain', value: 'Text' }],
    }));
    await bring('ninjs', lines(...items), { source: 'held ninjs' });
    expect(await statesOf('held ninjs')).toEqual({ ...named('urn:e:n'), 'urn:e:n5': 'PUBLISHED' });
  });

  test('what is marked as a draft in any way, or is dated ahead, is one', async () => {
    const marks = [
      { draft: 'true' },
      { draft: 1 },
      { draft: 'Yes' },
      { status: 'private' },
      { status: 'killed' },
      { publishedAt: ahead },
      { draft: 'no', status: 'Publish' },
      { status: 'usable', draft: false },
    ];
    const rows = marks.map((mark, i) => ({ id: `m${i}`, title: `Marked ${i}`, body: 'x', ...mark }));
    const { told } = await bring('jsonl', lines(...rows), { source: 'marked' });
    const states = ['DRAFT', 'DRAFT', 'DRAFT', 'DRAFT', 'DRAFT', 'DRAFT', 'PUBLISHED', 'PUBLISHED'];
    expect(await statesOf('marked')).toEqual(Object.fromEntries(states.map((state, i) => [`m${i}`, state])));
    expect(told[3]!.notes).toEqual(['Its status is "private": it was kept as a draft.']);
    expect(told[5]!.notes).toEqual([`Its date, ${ahead}, is still to come: it was kept as a draft.`]);
    const csv = `id,title,body,draft,date\nc1,Tabled one,x,true,\nc2,Tabled two,x,,${ahead}\nc3,Tabled three,x,no,\n`;
    await bring('csv', csv, { source: 'marked csv' });
    expect(await statesOf('marked csv')).toEqual({ c1: 'DRAFT', c2: 'DRAFT', c3: 'PUBLISHED' });
  });

  test('a packed file says what it is written in behind its packing', async () => {
    const rss = Buffer.from(
      '<?xml version="1.0" encoding="windows-1252"?><rss><channel><item><guid>u:gz1252</guid><title>\x93Caf\xe9\x94 packed</title><description>x</description></item></channel></rss>',
      'latin1',
    );
    await bring('rss', gzipSync(rss));
    expect(await story('cafe-packed')).toMatchObject({ title: '“Café” packed' });
    await bring('jsonl', gzipSync(Buffer.from(`\ufeff${lines({ id: '16', title: 'Größe', body: 'x' })}`, 'utf16le')), {
      source: 'packed',
    });
    expect(await story('große')).toMatchObject({ title: 'Größe' });
  });

  test('files of a folder with other names are told of; those of the web are taken', async () => {
    const page = (title: string) =>
      `<html><head><title>${title}</title></head><body><article><h1>${title}</h1><p>${'Some words of it. '.repeat(20)}</p></article></body></html>`;
    const { told } = await bring('html', {
      'index.php?id=12': page('Page twelve'),
      'old.shtml': page('Page of old'),
      'packed.htm.gz': gzipSync(page('Page packed')),
      'style.css': 'p {}',
    });
    expect(told.map(({ file, outcome, reason }) => [file, outcome, reason])).toEqual([
      ['style.css', 'skipped', 'Its name is not that of a saved page.'],
      ['index.php?id=12', 'written', undefined],
      ['old.shtml', 'written', undefined],
      ['packed.htm.gz', 'written', undefined],
    ]);
    const items = await bring('ninjs', { 'a.xml': '<x/>', 'b.json': lines({ uri: 'urn:f:1', headline: 'F' }) });
    expect(items.outcomes.map(([, outcome, reason]) => [outcome, reason])).toEqual([
      ['skipped', 'Its name is not that of an item of ninjs.'],
      ['written', undefined],
    ]);
    expect((await bring('newsml', { 'a.json': '{}', 'b.pdf': '' })).summary).toMatchObject({ read: 2, skipped: 2 });
  });

  test('a file that cannot be read is told of, and the others are brought in', async () => {
    const whole = gzipSync(lines({ id: 'w', title: 'Packed whole', body: 'x'.repeat(9_000) }));
    const { told, summary } = await bring(
      'jsonl',
      {
        'a.jsonl': lines({ id: 'a', title: 'Before it', body: 'x' }),
        'b.jsonl.gz': whole.subarray(0, whole.length - 9),
        'c.jsonl': 'BZh91AY&SY',
        'd.jsonl': lines({ id: 'd', title: 'Behind it', body: 'x' }),
      },
      { source: 'broken' },
    );
    expect(summary).toMatchObject({ read: 4, written: 2, failed: 2 });
    expect(told.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { file: 'b.jsonl.gz', reason: 'The file cannot be read to its end: unexpected end of file.' },
      { file: 'c.jsonl', reason: expect.stringMatching(/packed by bzip2/) },
    ]);
    const feeds = await bring('rss', {
      'a.xml': '<?xml version="1.0" encoding="klingon"?><rss/>',
      'b.xml': '<rss><channel><item><guid>u:after</guid><title>After Klingon</title></item></channel></rss>',
    });
    expect(feeds.summary).toMatchObject({ failed: 1, written: 1 });
    await expect(bring('rss', '<rss/>', { encoding: 'klingon' })).rejects.toThrow(/no encoding called "klingon"/);
  });

  test('one story that a mutation cannot store keeps none of the others back', async () => {
    const { chief } = await peopleOf(newsroom);
    await deskOf(newsroom).section('halves');
    const item = (externalId: string, body: object = { text: 'x' }) => ({
      externalId,
      title: `By ${externalId}`,
      body,
    });
    const bad = { externalId: 'p3', title: 'By p3', body: { text: '"'.repeat(999_990) } };
    const input = { source: 'halved', section: 'halves', items: [item('p1'), item('p2'), bad, item('p4')] };
    const answer = await does(
      newsroom,
      chief,
      'importArticles',
      input,
      '... on ArticlesImported { items { externalId outcome reason } }',
    );
    expect(answer.items).toEqual([
      { externalId: 'p1', outcome: 'WRITTEN', reason: null },
      { externalId: 'p2', outcome: 'WRITTEN', reason: null },
      { externalId: 'p3', outcome: 'FAILED', reason: 'The body is too long: at most two million characters fit.' },
      { externalId: 'p4', outcome: 'WRITTEN', reason: null },
    ]);
    expect(Object.keys(await statesOf('halved'))).toEqual(['p1', 'p2', 'p4']);
    const dated = { ...input, items: [{ ...item('p5'), publishedAt: ahead }] };
    await does(newsroom, chief, 'importArticles', dated);
    expect((await statesOf('halved')).p5).toBe('DRAFT');
  });

  test('a list of ninjs in an object is gone through, whether it is on one line or on many', async () => {
    const item = (n: number) => ({ uri: `urn:l:${n}`, headline: `Listed ${n}`, body_text: 'Text' });
    const lists = { items: [{ headline: 'Nameless' }, item(1), item(2)] };
    const outcomes = [
      [undefined, 'failed', 'It has no uri: it cannot be known again.'],
      ['urn:l:1', 'written', undefined],
      ['urn:l:2', 'written', undefined],
    ];
    const pretty = await bring('ninjs', JSON.stringify(lists, null, 2), { source: 'pretty' });
    expect(pretty.outcomes).toEqual(outcomes);
    const minified = await bring('ninjs', JSON.stringify(lists), { source: 'minified' });
    expect(minified.outcomes).toEqual(outcomes);
    expect(await statesOf('minified')).toEqual({ 'urn:l:1': 'PUBLISHED', 'urn:l:2': 'PUBLISHED' });
    const { told: places } = await bring('ninjs', lines({ item: [item(3), item(4)] }, item(5)), { source: 'mixed' });
    expect(places.map(({ id, line, item: nth }) => [id, line, nth])).toEqual([
      ['urn:l:3', 1, 1],
      ['urn:l:4', 1, 2],
      ['urn:l:5', 2, undefined],
    ]);
  });

  test('a WordPress export in several files: the picture of a post may be in any of them, and of its own site', async () => {
    const file = (site: string, ...items: string[]) =>
      `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:base_blog_url>${site}</wp:base_blog_url>${items.join('')}</channel></rss>`;
    const post = (title: string, picture: number) =>
      `<item><title>${title}</title><guid>urn:wp:${title}</guid><pubDate>Mon, 06 May 2019 05:08:09 +0000</pubDate><wp:status>publish</wp:status>
       <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>${picture}</wp:meta_value></wp:postmeta>
       <content:encoded>Text</content:encoded></item>`;
    const picture = (id: number, url: string) =>
      `<item><wp:post_id>${id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>${url}</wp:attachment_url></item>`;
    const { told } = await bring('wxr', {
      'a.xml': file('https://wp.example', post('In another', 9), post('In none', 77), post('Without', 0)),
      'b.xml': '<?xml version="1.0" encoding="klingon"?><rss/>',
      'c.xml': file('http://www.wp.example/', picture(9, 'https://wp.example/nine.jpg')),
      'd.xml': file('https://other.example', picture(9, 'https://other.example/9.jpg'), post('Of another site', 9)),
    });
    expect(told.filter(({ reason }) => !reason).map(({ id, notes }) => [id, notes])).toEqual([
      ['urn:wp:In another', ['Only the words of its picture were kept: https://wp.example/nine.jpg']],
      ['urn:wp:In none', ['Its picture is in none of the files: attachment 77.']],
      ['urn:wp:Without', []],
      ['urn:wp:Of another site', ['Only the words of its picture were kept: https://other.example/9.jpg']],
    ]);
    expect(told.filter(({ outcome }) => outcome === 'failed').map(({ file: name, reason }) => [name, reason])).toEqual([
      ['b.xml', 'There is no encoding called "klingon": --encoding says which it is.'],
    ]);
  });

  test('a table: the map before the name of a column, the headline for the id that is not there', async () => {
    await bring('csv', 'title,Headline,id,body\nMr,Mapped by the operator,t1,x\n', { columns: { title: 'Headline' } });
    expect(await story('mapped-by-the-operator')).toMatchObject({ title: 'Mapped by the operator' });
    const csv = 'title,date,body\nNo id,2020-01-01,x\nNo id,2020-01-02,y\n';
    const { told } = await bring('csv', csv, { source: 'no ids' });
    expect(Object.keys(await statesOf('no ids'))).toEqual(['No id#2020-01-01', 'No id#2020-01-02']);
    expect(told.map(({ notes }) => notes)).toEqual([
      ['The table has no column for an id: the headline and the date stand for it.'],
      [],
    ]);
    expect((await bring('csv', csv, { source: 'no ids' })).summary).toMatchObject({ unchanged: 2 });
  });

  test('a JSON Feed is told of by what stands behind its items', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      items: [{ id: 7, title: 'Dos', content_text: 'Hola' }],
      ...{ language: 'es', authors: [{ name: 'Ana' }], feed_url: 'https://f.example/feed.json' },
    };
    await bring('jsonfeed', JSON.stringify(feed));
    expect(await story('dos')).toMatchObject({ language: 'es', credits: [{ role: 'AUTHOR', text: 'Ana' }] });
    expect(await statesOf('jsonfeed')).toEqual({ 'https://f.example/feed.json#7': 'PUBLISHED' });
  });
});
