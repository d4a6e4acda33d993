import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { violations } from '../../scripts/promises/invariants.js';
import { importMany, type ImportManyOptions, type ItemReport } from '../../src/newsroom/import/import-many.commands.js';
import { pictureFetcher } from '../../src/newsroom/import/picture-fetch.commands.js';
import { readers, sourceOf, type Format } from '../../src/newsroom/import/readers.js';
import { indexTexts } from '../../src/search/index.commands.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import { diskStore } from '../../src/media/media.store.js';
import { operator } from '../../src/kernel/viewer.js';
import { raw } from '../../src/kernel/sql.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { fingerprintOf } from '../support/fingerprint.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

describe('stories of another system', () => {
  let newsroom: TestNewsroom;
  let people: People;
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-import-'));
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    const desk = deskOf(newsroom);
    await desk.section('world');
    await desk.section('sport', 'world');
    await desk.entity('Person', 'Ali Bagheri');
    await desk.entity('Organisation', 'IRNA');
  });
  afterAll(async () => {
    await newsroom.close();
    rmSync(folder, { recursive: true });
  });

  const bring = async (format: Format, text: string | Buffer, options: Partial<ImportManyOptions> = {}) => {
    const path = join(folder, 'source');
    writeFileSync(path, text);
    const sources = { paths: [path], totalBytes: text.length, bytesRead: 0 };
    const told: ItemReport[] = [];
    const summary = await importMany(
      newsroom.contextAs(operator),
      readers[format].read(sources, { now: Date.now() }),
      { source: sourceOf(format), ...options },
      (report) => void told.push(report),
    );
    return { summary, told };
  };
  const lines = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
  const story = async (slug: string) =>
    (
      await newsroom.ask(
        `query ($slug: String!) { article(slug: $slug) { title standfirst publishedAt language
          section { slug } credits { role text person { name } } people { name }
          body { text html } leadPicture { caption } related(first: 9) { edges { node { slug } } } } }`,
        { slug },
      )
    ).data.article;
  const leadsTo = async (path: string) =>
    (
      await newsroom.ask(
        'query ($path: String!) { resolvePath(path: $path) { __typename ... on Redirect { path } } }',
        { path },
      )
    ).data.resolvePath;

  const first = {
    id: 'a-1',
    url: 'https://old.example/2019/talks.html',
    title: 'Talks in Muscat',
    summary: 'They met in secret.',
    body: 'Ali Bagheri met them.\n\nNobody knew.',
    section: 'Sport',
    authors: [{ name: 'Ali Bagheri' }, { name: 'Ann Other' }],
    publishedAt: '2019-05-06T07:08:09+02:00',
  };

  test('are there with their section, credits, names, date and old address', async () => {
    const { summary } = await bring('jsonl', lines(first));
    expect(summary).toMatchObject({ read: 1, written: 1, failed: 0, madeSections: ['unsorted'] });
    expect(await story('talks-in-muscat')).toMatchObject({
      title: 'Talks in Muscat',
      standfirst: 'They met in secret.',
      publishedAt: '2019-05-06T05:08:09.000Z',
      section: { slug: 'sport' },
      credits: [
        { role: 'AUTHOR', text: 'Ali Bagheri', person: { name: 'Ali Bagheri' } },
        { role: 'AUTHOR', text: 'Ann Other', person: null },
      ],
      people: [{ name: 'Ali Bagheri' }],
      body: { text: 'Ali Bagheri met them.\n\nNobody knew.' },
    });
    expect(await leadsTo('/2019/talks.html')).toEqual({ __typename: 'Redirect', path: '/sport/talks-in-muscat' });
  });

  test('change nothing when they come again', async () => {
    const before = await fingerprintOf(newsroom);
    const { summary } = await bring('jsonl', lines(first));
    expect(summary).toMatchObject({ read: 1, written: 0, updated: 0, unchanged: 1 });
    expect(await fingerprintOf(newsroom)).toEqual(before);
  });

  test('write nothing on a dry run, and are told of as they would be', async () => {
    const before = await fingerprintOf(newsroom);
    const rows = lines({ ...first, body: 'Another text.' }, { id: 'dry', title: 'Dry', body: 'Run' }, { id: 'none' });
    const { summary } = await bring('jsonl', rows, { dryRun: true, section: 'not-there' });
    expect(summary).toMatchObject({ read: 3, written: 1, updated: 1, failed: 1, madeSections: ['not-there'] });
    expect(await fingerprintOf(newsroom)).toEqual(before);
  });

  test('are told of old paths that are others’ here on a dry run as for real', async () => {
    const story = (id: string, path: string, more = {}) => ({
      ...{ id, url: `https://paths.example/${path}`, title: `Path ${id}`, body: 'Text', publishedAt: '2020-01-01' },
      ...more,
    });
    const options = { source: 'paths', sections: { Arts: 'culture' } };
    await bring('jsonl', lines(story('0', 'here')), { source: 'paths' });
    const rows = lines(
      story('0', 'here', { body: 'Another text.' }),
      story('1', '2019/talks.html'),
      story('2', 'sport'),
      story('3', 'culture'),
      story('4', 'twice'),
      story('5', 'twice/'),
    );
    const notesOf = async (dryRun: boolean) => {
      const { told } = await bring('jsonl', rows, { ...options, dryRun });
      return told.map(({ id, outcome, notes }) => [id, outcome, notes]);
    };
    const lost = (path: string) => [
      `Its old path ${path} is that of another page here: it does not lead to the story.`,
    ];
    const expected = [
      ['0', 'updated', []],
      ['1', 'written', lost('/2019/talks.html')],
      ['2', 'written', lost('/sport')],
      ['3', 'written', lost('/culture')],
      ['4', 'written', []],
      ['5', 'written', lost('/twice')],
    ];
    expect(await notesOf(true)).toEqual(expected);
    expect(await notesOf(false)).toEqual(expected);
  });

  test('get another text when they changed, and the old one when an editor has worked on them since', async () => {
    const changed = { ...first, id: 'edited', title: 'Edited here', url: undefined };
    await bring('jsonl', lines(changed));
    const { summary } = await bring('jsonl', lines({ ...changed, body: 'A second text.' }));
    expect(summary).toMatchObject({ updated: 1 });
    expect((await story('edited-here')).body.text).toBe('A second text.');
    const back = await bring('jsonl', lines(changed));
    expect(back.summary).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await story('edited-here')).body.text).toBe('Ali Bagheri met them.\n\nNobody knew.');

    const asked = await newsroom.askAs(people.editor, '{ newsroom { articles(first: 1) { nodes { id version } } } }');
    const { id, version } = asked.data.newsroom.articles.nodes[0];
    const saved = await does(newsroom, people.editor, 'saveDraft', {
      articleId: id,
      expectedVersion: version,
      standfirst: 'An editor said so.',
    });
    expect(saved.__typename).toBe('DraftSaved');
    const { summary: after, told } = await bring('jsonl', lines({ ...changed, body: 'A third text.' }));
    expect(after).toMatchObject({ skipped: 1, updated: 0 });
    expect(told[0]!.reason).toMatch(/worked on the story here/);
    expect((await story('edited-here')).body.text).toBe('Ali Bagheri met them.\n\nNobody knew.');
  });

  test('stand beside those they lead to, whichever came first, and once', async () => {
    const early = {
      id: 'early',
      title: 'Early',
      body: 'See [that](https://old.example/2020/late).',
      bodyFormat: 'markdown',
    };
    await bring('jsonl', lines({ ...early, links: ['a-1'] }));
    expect((await story('early')).related.edges).toEqual([{ node: { slug: 'talks-in-muscat' } }]);
    const { summary } = await bring(
      'jsonl',
      lines({ id: 'late', url: 'http://www.old.example/2020/late/?utm_source=x', title: 'Late', body: 'Here.' }),
    );
    expect(summary).toMatchObject({ written: 1, related: 1 });
    expect((await story('early')).related.edges).toEqual([
      { node: { slug: 'talks-in-muscat' } },
      { node: { slug: 'late' } },
    ]);
    expect((await bring('jsonl', lines({ ...early, links: ['a-1'] }))).summary).toMatchObject({
      unchanged: 1,
      related: 0,
    });
  });

  test('in one batch stand beside one another', async () => {
    await bring(
      'jsonl',
      lines({ id: 'x', title: 'X one', body: 'x', links: ['y'] }, { id: 'y', title: 'Y one', body: 'y', links: ['x'] }),
    );
    expect((await story('x-one')).related.edges).toEqual([{ node: { slug: 'y-one' } }]);
    expect((await story('y-one')).related.edges).toEqual([{ node: { slug: 'x-one' } }]);
  });

  test('with one headline have slugs of their own', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => ({ id: `letters-${i}`, title: 'Letters', body: `Letter ${i}` }));
    expect((await bring('jsonl', lines(...rows))).summary).toMatchObject({ written: 12 });
    const slugs = await newsroom.database.read<{ slug: string }>(
      raw("select slug from article where slug like 'letters%' order by id"),
      'primary',
    );
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(12);
    expect(slugs.slice(0, 2)).toEqual([{ slug: 'letters' }, { slug: 'letters-2' }]);
  });

  test('whose categories a map knows stand in its sections, which are made; the others are told of', async () => {
    const rows = lines(
      { id: 'm1', title: 'Mapped', body: 'x', tags: ['Cup of Nations'] },
      { id: 'm2', title: 'Unmapped', body: 'x', section: 'Nowhere' },
    );
    const { summary } = await bring('jsonl', rows, { sections: { 'cup of nations': 'football' } });
    expect(summary.madeSections).toEqual(['football']);
    expect([...summary.unknownCategories]).toEqual([['Nowhere', 1]]);
    expect((await story('mapped')).section.slug).toBe('football');
    expect((await story('unmapped')).section.slug).toBe('unsorted');
  });

  test.each([
    ['what is no JSON', '{"id":', /not JSON/],
    ['what is no object', '[1]', /not an object/],
    ['a story without an id', '{"title":"T","body":"x"}', /neither an id nor a url/],
    ['a story without words', '{"id":"w"}', /neither a headline nor a text/],
    [
      'another story of the same id',
      lines({ id: 'twice', title: 'One', body: 'x' }, { id: 'twice', title: 'Two', body: 'y' }),
      /same id/,
    ],
    ['a body without end', JSON.stringify({ id: 'huge', title: 'Huge', body: 'word '.repeat(600_000) }), /too long/],
  ])('are told of by their place when there is %s, and the others are brought in', async (_, bad, reason) => {
    const { summary, told } = await bring(
      'jsonl',
      `${bad}\n${JSON.stringify({ id: `good ${bad.length}`, title: 'Good', body: 'Fine.' })}\n`,
    );
    expect(summary).toMatchObject({ failed: 1 });
    const failed = told.find(({ outcome }) => outcome === 'failed')!;
    expect(failed).toMatchObject({ line: bad.split('\n').length, reason: expect.stringMatching(reason) });
    expect(told.at(-1)).toMatchObject({ outcome: 'written', line: bad.split('\n').length + 1 });
  });

  test('with every odd string there is are stored or told of, and never break anything', async () => {
    const odd = [
      '\ud800 half',
      'nul \0 nul',
      '￾',
      'e\u0301',
      "'; drop table article; --",
      '<script>alert(1)</script>',
      '{{< x >}}',
      '\u202e right',
      '  ',
      '𝒳'.repeat(400),
    ];
    const rows = odd.flatMap((text, i) => [
      { id: `odd-${i}`, title: text, body: text },
      { id: `odd-h-${i}`, title: `Odd ${i}`, bodyHtml: `<p>${text}</p>` },
    ]);
    const { summary } = await bring('jsonl', lines(...rows));
    expect(summary.read).toBe(20);
    expect(summary.written + summary.failed).toBe(20);
    expect(summary.failed).toBeLessThan(4);
  });

  test('by a mutation are told of one by one, and once with one key', async () => {
    const input = {
      source: 'program',
      section: 'world',
      idempotencyKey: 'once',
      items: [
        {
          externalId: 'p1',
          title: 'By program',
          body: { html: '<p>Hello <b>there</b></p><script>1</script>' },
          categories: ['sport'],
          url: 'https://p.example/p1',
        },
        { externalId: 'p1', title: 'Again', body: { text: 'x' } },
        { externalId: 'p2' },
      ],
    };
    const selection = '... on ArticlesImported { items { externalId outcome slug reason notes } }';
    const answer = await does(newsroom, people.chief, 'importArticles', input, selection);
    expect(answer.items).toMatchObject([
      {
        externalId: 'p1',
        outcome: 'WRITTEN',
        slug: 'by-program',
        reason: null,
        notes: ['Left out: <script>.', 'It has no date that can be read: it carries the date of the import.'],
      },
      { externalId: 'p1', outcome: 'FAILED', reason: 'An earlier story of this list has the same id.' },
      { externalId: 'p2', outcome: 'FAILED', reason: 'It has neither a headline nor a text.' },
    ]);
    expect((await story('by-program')).body.html).toBe('<p>Hello <strong>there</strong></p>');
    expect(await does(newsroom, people.chief, 'importArticles', input, selection)).toEqual(answer);
    const anew = await does(
      newsroom,
      people.chief,
      'importArticles',
      { ...input, idempotencyKey: null, items: input.items.slice(0, 1) },
      selection,
    );
    expect(anew.items).toMatchObject([{ outcome: 'UNCHANGED' }]);
    expect(
      await does(newsroom, people.chief, 'importArticles', { ...input, idempotencyKey: null, section: 'moon' }),
    ).toMatchObject({ __typename: 'InvalidInput', path: ['section'] });
  });

  test('by a mutation stay in the sections that somebody works in', async () => {
    const sections = await newsroom.database.read<{ id: number; slug: string }>(
      raw('select id, slug from section'),
      'primary',
    );
    const sport = sections.find(({ slug }) => slug === 'sport')!.id;
    const chief = await personOf(newsroom, { name: 'Sam Sport', role: 'CHIEF', sectionIds: [sport] });
    const items = ['sport', 'world'].map((slug) => ({
      externalId: `of ${slug}`,
      title: `Of ${slug}`,
      body: { text: 'x' },
      categories: [slug],
    }));
    const selection = '... on ArticlesImported { items { outcome reason } }';
    const input = { source: 'program', section: 'world', items };
    const reason = 'It is of a section that you do not work in.';
    expect((await does(newsroom, chief, 'importArticles', input, selection)).items).toEqual([
      { outcome: 'WRITTEN', reason: null },
      { outcome: 'FAILED', reason },
    ]);
    await does(newsroom, people.chief, 'importArticles', input);
    const moved = { ...input, items: [{ ...items[1]!, body: { text: 'y' }, categories: ['sport'] }] };
    expect((await does(newsroom, chief, 'importArticles', moved, selection)).items).toEqual([
      { outcome: 'FAILED', reason },
    ]);
    expect((await story('of-world')).body.text).toBe('x');
  });

  test('have their pictures when these are fetched, and are told of those that cannot be', async () => {
    const png = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#123456' } })
      .png()
      .toBuffer();
    const server = createServer(
      (request, response) => void response.end(request.url === '/a.png' ? png : 'no picture'),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = `http://pictures.example:${(server.address() as AddressInfo).port}`;
    const row = {
      id: 'pictured',
      title: 'Pictured',
      bodyHtml: `<p>x</p><img src="${at}/a.png"><img src="${at}/b.png"><img src="http://127.0.0.1/c.png">`,
      publishedAt: '2020-01-01',
    };
    await bring('jsonl', lines(row));
    const fetchPictures = pictureFetcher(newsroom.contextAs(operator), {
      ...{ source: 'jsonl', store: diskStore(newsroom.mediaDir), most: 10 },
      lookup: (_, options, done) =>
        options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    });
    const { summary, told } = await bring('jsonl', lines(row), { fetchPictures });
    server.close();
    expect(summary).toMatchObject({ unchanged: 1 });
    expect(told[0]!.notes).toEqual([
      `Its picture was not fetched: ${at}/b.png: The file is none of the pictures we take: JPEG, PNG, WebP, AVIF and GIF.`,
      'Its picture was not fetched: http://127.0.0.1/c.png: It leads into a network of our own.',
    ]);
    const files = await newsroom.database.read<{ width: number; file: string }>(
      raw(`select width, file from picture where externalId like '%/a.png'`),
      'primary',
    );
    expect(files).toEqual([{ width: 80, file: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  });

  test('are looked at by the search once: a batch, drafts included, is one job', async () => {
    const jobs = () =>
      newsroom.database.read<{ topic: string }>(raw('select topic from outbox order by id'), 'primary');
    const index = [(payload: unknown) => indexTexts(newsroom.contextAs(operator), payload)];
    while ((await doJobs(newsroom.contextAs(operator), { texts: index })) > 0);
    const rows = [1, 2, 3].map((n) => ({ id: `found-${n}`, title: `Gooseberries ${n}`, body: 'x', draft: n === 3 }));
    await bring('jsonl', lines(...rows));
    expect(await jobs()).toEqual([{ topic: 'texts' }]);
    expect(await doJobs(newsroom.contextAs(operator), { texts: index })).toBe(1);
    const query = '(query: "gooseberries") { nodes { title } }';
    const { data } = await newsroom.ask(`{ search${query} }`);
    expect(data.search.nodes.map(({ title }: { title: string }) => title).sort()).toEqual([
      'Gooseberries 1',
      'Gooseberries 2',
    ]);
    const drafts = await newsroom.askAs(people.chief, `{ newsroomSearch${query} }`);
    expect(drafts.data.newsroomSearch.nodes).toHaveLength(3);
    await bring('jsonl', lines(...rows));
    expect(await jobs()).toEqual([]);
  });

  test('leave everything as it always is', async () => {
    expect(await violations(newsroom.database)).toEqual([]);
  });
});
