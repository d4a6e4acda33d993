import { violations } from '../../scripts/promises/invariants.js';
import { raw } from '../../src/kernel/sql.js';
import { fingerprintOf } from '../support/fingerprint.js';
import { importsOf, lines } from '../support/imports.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

describe('stories that come again', () => {
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
  const stateOf = async (slug: string) => {
    const rows = await newsroom.database.read<{ workflowState: string }>(
      raw(`select workflowState from article where slug = '${slug}'`),
      'primary',
    );
    return rows[0]?.workflowState;
  };
  const day = (n: number) => `2020-01-0${n}T00:00:00.000Z`;
  const stays = 'It is a draft there now and readers still see it here.';

  test('as drafts stay so when what they lead to comes later', async () => {
    const early = { id: 'l-a', title: 'Leads on', body: 'First text.', links: ['l-b'] };
    await bring('jsonl', lines(early));
    const changed = await bring('jsonl', lines({ ...early, body: 'A text for nobody yet.' }), { drafts: true });
    expect(changed.summary).toMatchObject({ updated: 1 });
    const { summary } = await bring('jsonl', lines({ id: 'l-b', title: 'Led to', body: 'x' }));
    expect(summary).toMatchObject({ written: 1, related: 1 });
    expect((await story('leads-on')).body.text).toBe('First text.');
  });

  const wire = (uri: string, version: number, pubStatus = 'usable') => ({
    uri,
    version,
    pubStatus,
    headlines: [{ value: `Wire ${uri.slice(-2)}` }],
    bodies: [{ contentType: 'text/plain', value: `Text ${version}` }],
  });

  test('cancelled are withdrawn, once', async () => {
    await bring('ninjs', lines(wire('urn:k:k1', 1)));
    expect(await story('wire-k1')).not.toBeNull();
    const withdrawn = 'It was cancelled there: the story was withdrawn.';
    const cancel = lines(wire('urn:k:k1', 2, 'canceled'));
    const dry = await bring('ninjs', cancel, { dryRun: true });
    expect(dry.outcomes).toEqual([['urn:k:k1', 'updated', withdrawn]]);
    expect(await story('wire-k1')).not.toBeNull();
    const { outcomes, summary } = await bring('ninjs', cancel);
    expect(outcomes).toEqual([['urn:k:k1', 'updated', withdrawn]]);
    expect(summary).toMatchObject({ read: 1, updated: 1 });
    expect(await story('wire-k1')).toBeNull();
    expect(await stateOf('wire-k1')).toBe('WITHDRAWN');
    const before = await fingerprintOf(newsroom);
    expect((await bring('ninjs', cancel)).outcomes).toEqual([
      ['urn:k:k1', 'skipped', 'It was cancelled there: the story is withdrawn here already.'],
    ]);
    expect(await fingerprintOf(newsroom)).toEqual(before);
    expect((await bring('ninjs', lines(wire('urn:k:k1', 1)))).summary).toMatchObject({ unchanged: 1 });
    expect(await stateOf('wire-k1')).toBe('WITHDRAWN');
  });

  test.each([
    ['after it', 'k2', [1, 2]],
    ['before it', 'k3', [2, 1]],
  ])('cancelled in the run that brings them, %s, are never shown', async (_, name, order) => {
    const items = order.map((version) => wire(`urn:k:${name}`, version, version === 2 ? 'canceled' : 'usable'));
    const { summary, outcomes } = await bring('ninjs', lines(...items));
    expect(summary).toMatchObject({ read: 2, written: 0, skipped: 2, failed: 0 });
    expect(outcomes.map(([, , reason]) => reason).sort()).toEqual([
      'A later version of it says that it was cancelled.',
      'It was cancelled there, and it is not here.',
    ]);
    expect(await stateOf(`wire-${name}`)).toBeUndefined();
  });

  test('cancelled and then said anew stay, however often the same archive comes', async () => {
    const archive = lines(wire('urn:k:k7', 1), wire('urn:k:k7', 2, 'canceled'), wire('urn:k:k7', 3));
    await bring('ninjs', archive);
    expect((await bring('ninjs', archive)).outcomes.map(([, outcome]) => outcome).sort()).toEqual([
      'skipped',
      'skipped',
      'unchanged',
    ]);
    expect(await stateOf('wire-k7')).toBe('PUBLISHED');
  });

  test('cancelled by another import while they are brought in are withdrawn', async () => {
    const fetchPictures = async () => {
      await bring('ninjs', lines(wire('urn:k:k8', 2, 'canceled')));
      return new Map<string, string>();
    };
    await bring('ninjs', lines(wire('urn:k:k8', 1)), { fetchPictures });
    expect(await stateOf('wire-k8')).toBe('WITHDRAWN');
  });

  test('cancelled without a version stay out in all versions', async () => {
    const { version: _, ...all } = wire('urn:k:k9', 0, 'canceled');
    await bring('ninjs', lines(wire('urn:k:k9', 2, 'canceled')));
    await bring('ninjs', lines(all));
    expect((await bring('ninjs', lines(wire('urn:k:k9', 3)))).summary).toMatchObject({ written: 0, skipped: 1 });
  });

  test('cancelled in an import before they came stay out, and come in when a later version says so', async () => {
    await bring('ninjs', lines(wire('urn:k:k6', 2, 'canceled')));
    for (const early of [1, 2]) {
      expect((await bring('ninjs', lines(wire('urn:k:k6', early)))).outcomes).toEqual([
        ['urn:k:k6', 'skipped', 'A later version of it says that it was cancelled.'],
      ]);
    }
    await bring('ninjs', lines(wire('urn:k:k6', 4, 'canceled')));
    await bring('ninjs', lines(wire('urn:k:k6', 1, 'canceled')));
    expect((await bring('ninjs', lines(wire('urn:k:k6', 3)))).summary).toMatchObject({ written: 0, skipped: 1 });
    expect(await stateOf('wire-k6')).toBeUndefined();
    expect((await bring('ninjs', lines(wire('urn:k:k6', 5)))).summary).toMatchObject({ written: 1 });
    expect(await stateOf('wire-k6')).toBe('PUBLISHED');
  });

  test('cancelled as NewsML-G2 are withdrawn, and a draft stays one', async () => {
    const item = (version: number, status: string) => `<newsItem guid="urn:g:k4" version="${version}"><itemMeta>
      <itemClass qcode="ninat:text"/><pubStatus qcode="stat:${status}"/></itemMeta><contentMeta><headline>G kill</headline></contentMeta>
      <contentSet><inlineData>Text</inlineData></contentSet></newsItem>`;
    await bring('newsml', item(1, 'usable'));
    expect((await bring('newsml', item(2, 'canceled'))).summary).toMatchObject({ updated: 1 });
    expect(await stateOf('g-kill')).toBe('WITHDRAWN');
    await bring('ninjs', lines(wire('urn:k:k5', 1, 'withheld')));
    expect((await bring('ninjs', lines(wire('urn:k:k5', 2, 'canceled')))).outcomes).toEqual([
      ['urn:k:k5', 'skipped', 'It was cancelled there: it is no more than a draft here.'],
    ]);
    expect(await stateOf('wire-k5')).toBe('DRAFT');
    expect((await bring('ninjs', lines(wire('urn:k:k5', 1)))).outcomes).toEqual([
      ['urn:k:k5', 'skipped', 'A later version of it says that it was cancelled.'],
    ]);
    expect(await stateOf('wire-k5')).toBe('DRAFT');
  });

  test('with the same words and another date carry that date', async () => {
    const row = { id: 'd-1', title: 'Dated', body: 'Same words.', publishedAt: day(1) };
    await bring('jsonl', lines(row));
    expect((await bring('jsonl', lines({ ...row, publishedAt: day(2) }))).summary).toMatchObject({ updated: 1 });
    expect(await story('dated')).toMatchObject({ publishedAt: day(2), body: { text: 'Same words.' } });
    expect((await bring('jsonl', lines({ ...row, publishedAt: day(2) }))).summary).toMatchObject({ unchanged: 1 });
  });

  test('as drafts while readers see them are told of each time, with the same and with other words', async () => {
    const row = { id: 'p-1', title: 'Private now', body: 'Words.', publishedAt: day(1) };
    await bring('jsonl', lines(row));
    for (const body of ['Words.', 'Other words.', 'Other words.']) {
      const { outcomes } = await bring('jsonl', lines({ ...row, body, status: 'private' }));
      expect(outcomes).toEqual([['p-1', 'skipped', stays]]);
      expect((await story('private-now')).body.text).toBe('Words.');
    }
    const dry = await bring('jsonl', lines({ ...row, draft: true }), { dryRun: true });
    expect(dry.outcomes).toEqual([['p-1', 'skipped', stays]]);
    expect((await bring('jsonl', lines(row))).summary).toMatchObject({ unchanged: 1 });
  });

  test('as they were before they changed are shown so again', async () => {
    const row = { id: 'b-1', title: 'There and back', body: 'A', publishedAt: day(1) };
    for (const body of ['A', 'B', 'A']) await bring('jsonl', lines({ ...row, body }));
    expect((await story('there-and-back')).body.text).toBe('A');
    const texts = await newsroom.database.read<{ number: number }>(
      raw("select e.number from edition e join article a on a.id = e.articleId where a.slug = 'there-and-back'"),
      'primary',
    );
    expect(texts.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
  });

  test('in an earlier version do not take the place of a later one', async () => {
    await bring('ninjs', lines(wire('urn:v:v1', 20240102030405)));
    const { outcomes } = await bring('ninjs', lines(wire('urn:v:v1', 20240102030404)));
    expect(outcomes).toEqual([['urn:v:v1', 'skipped', 'A later version of it is here already.']]);
    expect((await story('wire-v1')).body.text).toBe('Text 20240102030405');
    expect((await bring('ninjs', lines(wire('urn:v:v1', 20240102030406)))).summary).toMatchObject({ updated: 1 });
  });

  test('of another system under one name are told of, and a story that moved or was corrected is not one', async () => {
    const [n] = [{ id: 1, url: 'https://one.example/a', title: 'Harbour opens', body: 'x', publishedAt: day(1) }];
    await bring('jsonl', lines(n));
    const other = { id: 1, url: 'https://two.example/b', title: 'Cup final lost', body: 'y', publishedAt: day(2) };
    const reason = 'Story 1 of source "jsonl" is another one here: give each system its own --source.';
    expect((await bring('jsonl', lines(other))).outcomes).toEqual([['1', 'failed', reason]]);
    expect((await bring('jsonl', lines(other), { dryRun: true })).outcomes).toEqual([['1', 'failed', reason]]);
    expect(await story('harbour-opens')).toMatchObject({ title: 'Harbour opens', body: { text: 'x' } });
    const moved = { ...n, url: 'https://new.example/a', body: 'z' };
    expect((await bring('jsonl', lines(moved))).summary).toMatchObject({ updated: 1, failed: 0 });

    const bare = { id: 2, title: 'Budget passed', body: 'x', publishedAt: day(1) };
    await bring('jsonl', lines(bare));
    const another = { id: 2, title: 'Cup final lost', body: 'y', publishedAt: day(2) };
    expect((await bring('jsonl', lines(another))).summary).toMatchObject({ failed: 1 });
    expect((await bring('jsonl', lines({ ...another, publishedAt: day(1) }))).summary).toMatchObject({ updated: 1 });
  });
});
