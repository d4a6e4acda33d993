import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { withNewsroom } from '../../src/command-line/newsroom.js';
import { run } from '../../src/command-line/run.js';
import { raw } from '../../src/kernel/sql.js';

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-cli-'));
  const environment = { ...process.env };
  beforeAll(() => {
    Object.assign(process.env, {
      DATABASE_URL: `sqlite:${join(folder, 'n.sqlite')}`,
      MEDIA_DIR: join(folder, 'media'),
      LOG_LEVEL: 'silent',
    });
    delete process.env.NODE_ENV;
  });
  afterAll(() => {
    process.env = environment;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs it with some words; gives what it said and its exit code. */
  async function newsgraph(...words: string[]) {
    const said: string[] = [];
    const out: string[] = [];
    const listen = (stream: NodeJS.WriteStream, ...to: string[][]) =>
      jest.spyOn(stream, 'write').mockImplementation((text) => (to.forEach((each) => each.push(String(text))), true));
    const spies = [listen(process.stdout, said, out), listen(process.stderr, said)];
    process.exitCode = 0;
    const code = await run(['node', 'newsgraph', ...words], '1.2.3').finally(() =>
      spies.forEach((spy) => spy.mockRestore()),
    );
    process.exitCode = 0;
    return Object.defineProperty({ code, said: said.join(''), out: '' }, 'out', {
      value: out.join(''),
      enumerable: false,
    });
  }

  test('helps, tells its version, and knows wrong words', async () => {
    expect(await newsgraph('--help')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/serve[^]*migrate[^]*sample[^]*import[^]*search[^]*schema/),
    });
    expect(await newsgraph('--version')).toEqual({ code: 0, said: '1.2.3\n' });
    expect(await newsgraph('publish')).toMatchObject({
      code: 2,
      said: expect.stringContaining("unknown command 'publish'"),
    });
    expect(await newsgraph('import', 'wordperfect', 'file')).toMatchObject({
      code: 2,
      said: expect.stringContaining('page'),
    });
  });

  test('migrates, tells where it stands, and takes back', async () => {
    expect(await newsgraph('migrate', 'status')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^pending {2}Newsroom/),
    });
    expect(await newsgraph('migrate')).toMatchObject({ code: 0, said: expect.stringContaining('Ran Newsroom') });
    expect(await newsgraph('migrate', 'up')).toMatchObject({
      code: 0,
      said: expect.stringContaining('Up to date: SQLite'),
    });
    expect(await newsgraph('migrate', 'status')).toMatchObject({ code: 0, said: expect.stringMatching(/^done/) });
    expect(await newsgraph('migrate', 'down')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^Took back [A-Z]\w+\d{13}/),
    });
  });

  test('scores names against a gold file, and says which line is wrong', async () => {
    const body = 'They met Ruth Amsel in Quorlheim. Amsel left.';
    const mark = (text: string, type: string, at = body.indexOf(text)) => ({
      start: at,
      end: at + text.length,
      text,
      type,
    });
    const good = {
      id: 'one',
      body,
      entities: [mark('Ruth Amsel', 'person'), mark('Quorlheim', 'place'), mark('Amsel', 'person', 34)],
    };
    const file = join(folder, 'gold.jsonl');
    writeFileSync(file, `${JSON.stringify(good)}\n`);
    const text = await newsgraph('evaluate', 'mentions', file);
    expect(text.code).toBe(0);
    expect(text.said).toMatch(/1 stories, 8 words, p50 [\d.]+ ms for 500 words/);
    expect(text.said).toMatch(/names alone +3 +3 +100\.0 +100\.0 +100\.0 +100\.0 +100\.0 +100\.0 +85\.7/);
    expect(text.said).toMatch(/PERSON +2 +2 +100\.0/);
    expect(text.said).toMatch(/Expected calibration error: [\d.]+ %/);
    const json = JSON.parse((await newsgraph('evaluate', 'mentions', file, '--json')).said);
    expect(json).toMatchObject({
      stories: 1,
      names: { exact: { asked: 3, found: 3, f1: 1 } },
      byKind: { PLACE: { right: 1 } },
    });
    writeFileSync(file, `${JSON.stringify(good)}\n{"body": "x"\n`);
    expect(await newsgraph('evaluate', 'mentions', file)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/gold\.jsonl, line 2: it is not JSON/),
    });
    writeFileSync(file, `${JSON.stringify({ ...good, entities: [{ ...good.entities[0], text: 'Rob' }] })}\n`);
    expect(await newsgraph('evaluate', 'mentions', file)).toEqual({
      code: 1,
      said: `${file}, line 1: mention 1 says "Rob" where the body has "Ruth Amsel".\n`,
    });
    expect(await newsgraph('evaluate', 'mentions', join(folder, 'none.jsonl'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('There is no file'),
    });
    expect(await newsgraph('evaluate', 'mentions', file, '--half', 'third')).toMatchObject({ code: 2 });
  });

  test('loads the samples, twice the same, and never in production', async () => {
    expect(await newsgraph('sample')).toMatchObject({ code: 0, said: expect.stringMatching(/is there: \d+ stories/) });
    expect(await newsgraph('sample')).toMatchObject({ code: 0 });
    expect(await newsgraph('search', 'rebuild')).toEqual({
      code: 0,
      said: 'The index is up to date: 49 stories were looked at.\n',
    });
    process.env.NODE_ENV = 'production';
    process.env.SECRET_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789';
    expect(await newsgraph('sample')).toMatchObject({ code: 1, said: expect.stringContaining('never loaded') });
    delete process.env.NODE_ENV;
  });

  test('makes the first account, once, with the password from standard input', async () => {
    const words = ['--email', 'ada@news.example', '--name', 'Ada', '--role', 'admin', '--password-stdin'];
    const typing = (text: string) =>
      Object.defineProperty(process, 'stdin', { value: Readable.from([text]), configurable: true });
    typing('short\n');
    expect(await newsgraph('account', 'create', ...words)).toMatchObject({
      code: 1,
      said: expect.stringContaining('take at least 12'),
    });
    typing('correct horse battery\n');
    expect(await newsgraph('account', 'create', ...words)).toMatchObject({
      code: 0,
      said: expect.stringContaining('ada@news.example can sign in as ADMIN'),
    });
    typing('correct horse battery\n');
    expect(await newsgraph('account', 'create', ...words)).toMatchObject({
      code: 1,
      said: 'There is an account with the email ada@news.example already.\n',
    });
    expect(await newsgraph('account', 'list')).toEqual({ code: 0, said: 'ada@news.example\tAda\tADMIN\tactive\n' });
    expect(await newsgraph('account', 'deactivate', '--email', 'ada@news.example')).toMatchObject({
      code: 1,
      said: expect.stringContaining('the last active admin'),
    });
    const argued = await newsgraph('account', 'create', ...words, '--password=hunter2 hunter2');
    expect(argued).toMatchObject({ code: 2, said: expect.stringContaining('use --password-stdin') });
    expect(argued.said).not.toContain('hunter2');
    expect(await newsgraph('account', 'create', '--role', 'king', '--email', 'a@b', '--name', 'x')).toMatchObject({
      code: 2,
    });
  });

  test('makes a partner and a key, which alone goes to standard output', async () => {
    expect((await newsgraph('partner', 'add', '--name', 'The Lake Post')).said).toContain(
      'the-lake-post is a partner: `newsgraph partner key create the-lake-post --name website` makes a key.\n',
    );
    const { SECRET_KEY } = process.env;
    delete process.env.SECRET_KEY;
    const create = ['partner', 'key', 'create', 'the-lake-post', '--name', 'website'];
    expect(await newsgraph(...create)).toEqual({
      code: 1,
      said: 'Set SECRET_KEY to what the service has: keys made with another one are refused.\n',
    });
    process.env.SECRET_KEY = 'a key that all nodes of this newsroom know';
    const { code, said, out } = await newsgraph(...create, '--scope', 'read', 'manage');
    delete process.env.SECRET_KEY;
    if (SECRET_KEY !== undefined) process.env.SECRET_KEY = SECRET_KEY;
    expect([code, out, said]).toEqual([
      0,
      expect.stringMatching(/^ngp_1_[\w-]{49}\n$/),
      `This is the key; it is not shown again:\n${out}`,
    ]);
    expect((await newsgraph('partner', 'list')).said).toBe(
      'the-lake-post\tThe Lake Post\tactive\n\tngp_1_\twebsite\tREAD MANAGE\tlive\tnever used\n',
    );
    expect(await newsgraph('partner', 'key', 'revoke', 'ngp_1_')).toEqual({
      code: 0,
      said: 'ngp_1_… is refused from now on.\n',
    });
    expect((await newsgraph('partner', 'list')).said).toContain('not live');
    expect((await newsgraph('partner', 'products')).said).toBe('');
    expect((await newsgraph('partner', 'usage', 'the-lake-post')).said).toBe('date\trequests\tstories\tcost\n');
    for (const words of [
      ['usage', 'nobody'],
      ['key', 'revoke', 'ngp_9_'],
      ['add', '--name', 'A', '--product', 'nothing'],
      ['usage', 'the-lake-post', '--days', 'x'],
    ]) {
      expect({ words, ...(await newsgraph('partner', ...words)) }).toMatchObject({ words, code: 1 });
    }
  });

  test('makes a product, gives it to a partner and takes it away, and changes a partner', async () => {
    const partner = async (...words: string[]) => newsgraph('partner', ...words);
    expect((await partner('add', '--name', 'The Sea Post')).code).toBe(0);
    const rights = ['--delay-minutes', '-30', '--keep-days', '90', '--pictures', 'all', '--format', 'json', 'ninjs'];
    const more = ['--kind', 'news', '--language', 'en', 'pt-br', '--territory', 'gb', '--usage-terms', 'Online only.'];
    expect(await partner('product', 'add', '--name', 'Wire in English', ...rights, ...more)).toEqual({
      code: 0,
      said: 'wire-in-english is a product: `newsgraph partner grant <partner> wire-in-english` gives it to somebody.\n',
    });
    expect((await partner('products')).said).toBe(
      'wire-in-english\tWire in English\t{"kinds":["NEWS"],"languages":["en","pt-BR"]}\n',
    );
    const rows = (statement: string) => withNewsroom(({ database }) => database.read<object>(raw(statement)));
    expect(await rows('select shift, keepDays, pictures, formats, territories, usageTerms from product')).toEqual([
      {
        ...{ shift: -1_800_000, keepDays: 90, pictures: 'ALL', formats: '["JSON","NINJS"]' },
        ...{ territories: '["GB"]', usageTerms: 'Online only.' },
      },
    ]);
    const held = 'select p.slug from partner_product h join partner p on p.id = h.partnerId';
    expect(await partner('grant', 'the-sea-post', 'wire-in-english')).toEqual({
      code: 0,
      said: 'the-sea-post has wire-in-english.\n',
    });
    expect(await rows(held)).toEqual([{ slug: 'the-sea-post' }]);
    expect(await partner('withdraw', 'the-sea-post', 'wire-in-english')).toEqual({
      code: 0,
      said: 'the-sea-post has wire-in-english no more.\n',
    });
    expect(await rows(held)).toEqual([]);

    const kept = `select name, isActive, requestsPerMinute, costPerMinute from partner where slug = 'the-sea-post'`;
    const quotas = ['--requests-per-minute', '60', '--cost-per-minute', '5000'];
    expect(await partner('save', 'the-sea-post', '--name', 'The Ocean Post', '--inactive', ...quotas)).toEqual({
      code: 0,
      said: 'the-sea-post\tThe Ocean Post\tnot active\t60 requests and 5000 cost a minute\n',
    });
    expect(await rows(kept)).toEqual([
      { name: 'The Ocean Post', isActive: 0, requestsPerMinute: 60, costPerMinute: 5000 },
    ]);
    expect((await partner('save', 'the-sea-post', '--active', '--cost-per-minute', 'usual')).said).toBe(
      'the-sea-post\tThe Ocean Post\tactive\t60 requests and the usual cost a minute\n',
    );
    expect(await rows(kept)).toEqual([
      { name: 'The Ocean Post', isActive: 1, requestsPerMinute: 60, costPerMinute: null },
    ]);
  });

  test('says why a partner or a product cannot be as it is told', async () => {
    for (const [code, said, words] of [
      [1, 'There is no partner nobody: `newsgraph partner list` shows all.\n', ['grant', 'nobody', 'wire-in-english']],
      [1, 'There is no product x: `newsgraph partner products` shows all.\n', ['grant', 'the-sea-post', 'x']],
      [1, 'There is no product x: `newsgraph partner products` shows all.\n', ['withdraw', 'the-sea-post', 'x']],
      [
        1,
        'Say what is to be different: `newsgraph partner save --help` shows what can be.\n',
        ['save', 'the-sea-post'],
      ],
      [1, '--cost-per-minute is a whole number, or usual.\n', ['save', 'the-sea-post', '--cost-per-minute', 'much']],
      [1, 'requestsPerMinute is from 1 to 1000000.\n', ['save', 'the-sea-post', '--requests-per-minute', '0']],
      [2, expect.stringContaining('cannot be used with'), ['save', 'the-sea-post', '--active', '--inactive']],
      [1, '--keep-days is a whole number.\n', ['product', 'add', '--name', 'A', '--keep-days', '']],
      [
        1,
        'There is a product with the slug wire-in-english already.\n',
        ['product', 'add', '--name', 'Wire in English'],
      ],
      [1, 'There is no such section: nowhere.\n', ['product', 'add', '--name', 'A', '--section', 'nowhere']],
      [1, 'A language is a tag such as en, fa or pt-BR.\n', ['product', 'add', '--name', 'A', '--language', '?']],
      [
        2,
        expect.stringContaining('Allowed choices are json, ninjs'),
        ['product', 'add', '--name', 'A', '--format', 'doc'],
      ],
    ] as [number, string, string[]][]) {
      expect({ words, ...(await newsgraph('partner', ...words)) }).toEqual({ words, code, said });
    }
  });

  test('gives an account another password, and leaves a deactivated one as it is', async () => {
    const typing = (text: string) =>
      Object.defineProperty(process, 'stdin', { value: Readable.from([text]), configurable: true });
    const gone = ['--email', 'gone@news.example'];
    typing('correct horse battery\n');
    const words = [...gone, '--name', 'Gone', '--role', 'editor', '--password-stdin'];
    expect(await newsgraph('account', 'create', ...words)).toMatchObject({ code: 0 });
    typing('another horse @ battery\n');
    expect(await newsgraph('account', 'reset-password', ...gone, '--password-stdin')).toEqual({
      code: 0,
      said: 'gone@news.example has another password; all sessions have ended.\n',
    });
    expect(await newsgraph('account', 'deactivate', ...gone)).toMatchObject({ code: 0 });
    typing('a third horse battery\n');
    expect(await newsgraph('account', 'reset-password', ...gone, '--password-stdin')).toEqual({
      code: 0,
      said: 'gone@news.example has another password, but is deactivated: an admin can activate it with changeAccount.\n',
    });
    expect((await newsgraph('account', 'list')).said).toContain('gone@news.example\tGone\tEDITOR\tdeactivated\n');
  });

  test('imports what it can, says why not the rest, and fails when there is a rest', async () => {
    const page = join(folder, 'page.txt');
    const sentence = 'The first of three cranes was lifted into place on the quay of Beirut on Monday morning.';
    writeFileSync(
      page,
      ['A new crane in the port', sentence, `${sentence} It was heavy.`, `${sentence} It was red.`].join('\n\n'),
    );
    expect(await newsgraph('import', 'page', page)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/made “A new crane in the port”.*not published/),
    });
    const mixed = await newsgraph('import', 'page', page, join(folder, 'none'), '--publish');
    expect(mixed.code).toBe(1);
    expect(mixed.said).toMatch(/unchanged “A new crane/);
    expect(mixed.said).toMatch(/none: there is no such file\.\n1 of 2 could not be imported\./);
  });

  test('prints the schema and tells what a change does to clients', async () => {
    const committed = readFileSync(join(__dirname, '../../schema.graphql'), 'utf8');
    expect(await newsgraph('schema', 'print')).toEqual({ code: 0, said: committed });
    const file = join(folder, 'old.graphql');
    writeFileSync(file, committed.replace('type Query {', 'type Query {\n  yesterday: Int'));
    expect(await newsgraph('schema', 'diff', file)).toMatchObject({
      code: 1,
      said: expect.stringContaining('BREAKS CLIENTS: Query.yesterday was removed.'),
    });
    await newsgraph('schema', 'print', '--write', file);
    expect(await newsgraph('schema', 'diff', file)).toMatchObject({
      code: 0,
      said: `The schema is the one in ${file}.\n`,
    });
    expect(await newsgraph('schema', 'diff', join(folder, 'none'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('There is no schema at'),
    });
  });

  test('says what to do about a wrong environment or a file that is no database', async () => {
    process.env.PORT = 'http';
    expect(await newsgraph('serve')).toMatchObject({
      code: 1,
      said: expect.stringContaining('PORT must be a whole number'),
    });
    delete process.env.PORT;
    const url = process.env.DATABASE_URL;
    writeFileSync(join(folder, 'text.sqlite'), 'This is no database, it is a text. '.repeat(100));
    process.env.DATABASE_URL = `sqlite:${join(folder, 'text.sqlite')}`;
    expect(await newsgraph('migrate')).toMatchObject({ code: 1, said: expect.stringContaining('no SQLite database') });
    process.env.DATABASE_URL = 'mariadb://nobody@127.0.0.1:1/none';
    expect(await newsgraph('migrate')).toMatchObject({
      code: 1,
      said: expect.stringContaining('The database did not answer'),
    });
    process.env.DATABASE_URL = url;
  });

  test('makes a dry run of an import in a database without tables, and refuses it where they are those of another version', async () => {
    const before = process.env.DATABASE_URL;
    process.env.DATABASE_URL = `sqlite:${join(folder, 'dry', 'new.sqlite')}`;
    try {
      const archive = join(folder, 'dry.jsonl');
      writeFileSync(archive, JSON.stringify({ id: 1, title: 'First', body: 'One.', publishedAt: '2001-01-01' }));
      const dry = ['import', 'jsonl', archive, '--dry-run', '--report', join(folder, 'dry-report.jsonl')];
      expect(await newsgraph(...dry)).toMatchObject({
        code: 0,
        said: expect.stringMatching(
          /nothing was written\. .*: 1 read, 1 written, .* 0 failed\n[^]*Sections to be made: unsorted\n/,
        ),
      });
      const untouched = await newsgraph('migrate', 'status');
      expect(untouched.code).toBe(1);
      expect(untouched.said).not.toContain('done');
      await newsgraph('migrate', 'up');
      await newsgraph('migrate', 'down');
      const older = await newsgraph('migrate', 'status');
      expect(older.said).toMatch(/^pending {2}\w+\n$/m);
      expect(await newsgraph(...dry)).toEqual({
        code: 1,
        said: `SQLite, ${join(folder, 'dry', 'new.sqlite')} has the tables of another version, and a dry run changes none: run \`newsgraph migrate\` first, or name a copy of it in DATABASE_URL.\n`,
      });
      expect(await newsgraph('migrate', 'status')).toEqual(older);
    } finally {
      process.env.DATABASE_URL = before;
    }
  });

  test('brings an archive in, tells what became of it and where to look, and takes it all out and in again', async () => {
    const at = (name: string) => join(folder, name);
    const rows = [
      {
        id: 1,
        title: 'First',
        body: 'One.',
        section: 'Sport',
        publishedAt: '2001-01-01',
        url: 'https://old.example/1',
      },
      { id: 2, title: 'Second', body: 'Two.', image: { url: 'https://old.example/2.jpg' } },
      { title: 'Nameless' },
    ];
    writeFileSync(at('archive.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
    writeFileSync(at('map.csv'), 'Sport,sport\n"Arts, books",culture\n');
    const words = ['import', 'jsonl', at('archive.jsonl'), '--sections', at('map.csv'), '--report', at('report.jsonl')];
    expect(await newsgraph(...words, '--dry-run')).toMatchObject({
      code: 1,
      said: expect.stringMatching(
        /nothing was written\. Without --dry-run .*: 3 read, 2 written, .* 1 failed\n[\d.]+ s, \d+ items? a second, \d+ MB of memory at most\nSections to be made: sport, unsorted/,
      ),
    });
    const first = await newsgraph(...words);
    expect(first).toMatchObject({
      code: 1,
      said: expect.stringMatching(/3 read, 2 written, 0 updated, 0 unchanged, 0 skipped, 1 failed/),
    });
    expect(first.said).toContain(`What failed:\n  ${at('archive.jsonl')}, line 3: It has neither an id nor a url`);
    expect(first.said).toContain(`2 items to look at, a line for each in ${at('report.jsonl')}:\n  It has neither`);
    expect(
      readFileSync(at('report.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      {
        file: at('archive.jsonl'),
        line: 3,
        outcome: 'failed',
        reason: expect.stringMatching(/neither an id nor a url/),
      },
      {
        ...{ file: at('archive.jsonl'), line: 2, id: '2', outcome: 'written', slug: 'second' },
        notes: [
          'It has no date that can be read: it carries the date of the import.',
          expect.stringMatching(/2\.jpg$/),
        ],
      },
      { summary: expect.objectContaining({ read: 3, written: 2, failed: 1, unknownCategories: {} }) },
    ]);
    writeFileSync(
      at('archive.jsonl'),
      rows
        .slice(0, 2)
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    expect(await newsgraph(...words, '--most-pictures', 'all')).toMatchObject({
      code: 2,
      said: expect.stringContaining("'all' is invalid. It must be a whole number."),
    });
    writeFileSync(at('report.jsonl'), '{"file":"of the run that was cut off"}\n{"file":"half a li');
    expect(await newsgraph(...words)).toMatchObject({ code: 0, said: expect.stringContaining('2 unchanged') });
    const goneOn = readFileSync(at('report.jsonl'), 'utf8').trim().split('\n');
    expect(goneOn).toEqual(['{"file":"of the run that was cut off"}', expect.stringMatching(/^\{"summary":/)]);
    await newsgraph(...words);
    expect(readFileSync(at('report.jsonl'), 'utf8')).toMatch(/^\{"summary":.*\n$/);

    Object.defineProperty(process, 'stdin', {
      value: Readable.from(['{"id":1,"title":"Piped","body":"In."}']),
      configurable: true,
    });
    const piped = await newsgraph('import', 'jsonl', '-', '--source', 'piped', '--report', at('report.jsonl'));
    expect(piped).toMatchObject({ code: 0, said: expect.stringContaining('1 read, 1 written') });
    writeFileSync(at('dump.bz2'), Buffer.from('BZh91AY&SYxx'));
    expect(await newsgraph('import', 'entities', at('dump.bz2'))).toMatchObject({
      code: 1,
      said: expect.stringContaining(`bzcat ${at('dump.bz2')} | newsgraph import … -`),
    });

    expect(await newsgraph('export', at('whole'))).toMatchObject({ code: 0, said: expect.stringMatching(/rows\.\n$/) });
    const { DATABASE_URL } = process.env;
    process.env.DATABASE_URL = `sqlite:${at('other.sqlite')}`;
    expect(await newsgraph('import', 'newsgraph', at('whole'))).toMatchObject({
      code: 0,
      said: expect.stringMatching(/\d+ rows, 0 pictures\.\n$/),
    });
    expect(await newsgraph('export', at('again'))).toMatchObject({ code: 0 });
    process.env.DATABASE_URL = DATABASE_URL;
    expect(readFileSync(at('again'), 'utf8')).toBe(readFileSync(at('whole'), 'utf8'));
    expect(await newsgraph('import', 'newsgraph', at('whole'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('another newsroom'),
    });
  });

  test.each([
    [['jsonl', 'not-there'], /no file not-there/],
    [['csv', __filename, '--columns', 'not-there'], /no file not-there/],
    [['rss', __filename, '--source', 'x'.repeat(41)], /at most 40/],
    [['rss', __filename, '--encoding', 'klingon'], /no encoding called/],
  ])('tells what is wrong with `import %s`', async (words, sentence) => {
    expect(await newsgraph('import', ...words)).toMatchObject({ code: 1, said: expect.stringMatching(sentence) });
  });
});
