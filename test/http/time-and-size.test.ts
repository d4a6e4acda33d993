import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { send, startService } from './service.js';

const moments = ['2024-03-31T01:30:00Z', '2024-12-31T23:59:59.999Z', '1969-12-31T12:00:00Z'];
const rules = join(__dirname, '../../src/kernel/scalars.ts');

describe('time zones and sizes', () => {
  test('where the service stands changes no byte of a moment or a day', () => {
    const printed = ['UTC', 'America/Los_Angeles', 'Asia/Tehran', 'Pacific/Kiritimati'].map((TZ) =>
      execFileSync(process.execPath, ['-e', program], { env: { PATH: process.env.PATH, TZ }, encoding: 'utf8' }),
    );
    const [utc, ...elsewhere] = printed as [string, string, string, string];
    expect(JSON.parse(utc)).toEqual(moments.map((moment) => [new Date(moment).toISOString(), moment.slice(0, 10)]));
    expect(elsewhere).toEqual([utc, utc, utc]);
  });

  test('a field of seventeen megabytes is refused before it is read, and the service goes on', async () => {
    const service = await startService();
    try {
      const body = JSON.stringify({ query: '{ sections { slug } }', variables: { text: 'x'.repeat(17_000_000) } });
      const refused = await send(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).catch((error: unknown) => error as Error & { status?: number });
      expect(refused.status).toBe(413);
      expect((await service.ask('{ sections { slug } }')).status).toBe(200);
    } finally {
      await service.stop();
    }
  });
});

/** Prints moments and days as our scalars do, in a process whose zone is another. */
const program = `
  const ts = require(${JSON.stringify(require.resolve('typescript'))});
  const source = ts.transpileModule(require('node:fs').readFileSync(${JSON.stringify(rules)}, 'utf8'),
    { compilerOptions: { module: 'commonjs', target: 'es2022' } }).outputText;
  const scalars = {};
  new Function('exports', 'require', source)(scalars, (name) => name === 'graphql'
    ? require(${JSON.stringify(require.resolve('graphql'))}) : { badInput: (message) => new Error(message) });
  const { parseInstant, DateTime, Day, dayOf } = scalars;
  process.stdout.write(JSON.stringify(${JSON.stringify(moments)}.map((moment) =>
    [DateTime.serialize(parseInstant(moment)), Day.parseValue(dayOf(parseInstant(moment)))])));`;
