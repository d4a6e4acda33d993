import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.js';
import { createContext } from '../../src/kernel/context.js';
import { operator } from '../../src/kernel/viewer.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { addresses } from '../support/newsroom.js';
import { send, startService, type Service } from './service.js';

const secret = 'a key that all nodes of this newsroom know';

describeWithRedis('a Redis that goes away', () => {
  let redis: TestRedis;
  let service: Service;
  let times = 0;
  beforeEach(async () => {
    redis = await startRedis('p4ssw0rd');
    service = await startService({ env: { REDIS_URL: redis.url, SECRET_KEY: secret, LOG_LEVEL: 'info' } });
    const ctx = createContext(service.app.database, addresses, { viewer: operator });
    await saveSection(ctx, { slug: 'world', name: 'World', description: '', position: 0 });
    for (let i = 0; i < 50; i++) await ask();
  });
  afterEach(async () => {
    await service.stop();
    await redis.stop();
  });

  /** Asks what nobody has asked yet; gives how long it took. */
  const ask = async (): Promise<number> => {
    const query = `{ a${times++}: __typename sections { name } }`;
    const { status, body, ms } = await send(`${service.url}/graphql?${String(new URLSearchParams({ query }))}`);
    expect([status, body.data.sections]).toEqual([200, [{ name: 'World' }]]);
    return ms;
  };
  const askMany = async (count: number): Promise<number[]> => {
    const took: number[] = [];
    for (let i = 0; i < count; i++) took.push(await ask());
    return took.sort((a, b) => b - a);
  };
  const said = () =>
    service.log
      .filter((line) => line.includes('Redis'))
      .map((line) => JSON.parse(line) as { level: number; msg: string; reason?: string });
  const until = async (done: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 400 && !(await done()); tries++) await sleep(10);
    expect(await done()).toBe(true);
  };
  const shares = async () => {
    const before = (await redis.answers()).length;
    await ask();
    await sleep(10);
    return (await redis.answers()).length > before;
  };

  test('by dying costs nobody anything, and is used again when it is back', async () => {
    await until(shares);
    service.log.length = 0;
    await redis.kill();
    const took = await askMany(100);
    expect(took[50]).toBeLessThan(45);
    const lost = [40, 'Redis does not answer: known answers and quotas are not shared'];
    expect(said().map(({ level, msg }) => [level, msg])).toEqual([lost]);
    await redis.start();
    await until(shares);
    expect(
      said()
        .slice(0, 2)
        .map(({ level, msg }) => [level, msg]),
    ).toEqual([lost, [30, 'Redis answers again: known answers and quotas are shared']]);
  });

  test('by standing still is waited for once', async () => {
    await until(shares);
    service.log.length = 0;
    redis.freeze();
    const first = await ask();
    expect(first).toBeGreaterThan(49);
    expect(first).toBeLessThan(250);
    expect((await askMany(99))[50]).toBeLessThan(45);
    const before = performance.now();
    await Promise.all(Array.from({ length: 50 }, ask));
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(said().map(({ reason }) => reason)).toEqual(['no answer in time']);
    redis.thaw();
    await until(shares);
  });

  test('does so over and over while readers ask, and nobody sees an error', async () => {
    let isOver = false;
    const readers = Array.from({ length: 4 }, async () => {
      while (!isOver) await ask();
    });
    for (const _ of [0, 1, 2]) {
      redis.freeze();
      await sleep(120);
      redis.thaw();
      await sleep(120);
      await redis.kill();
      await sleep(120);
      await redis.start();
      await sleep(120);
    }
    isOver = true;
    await Promise.all(readers);
    await until(shares);
  });

  test('before we start is not waited for, and its password is in no line of the log', async () => {
    await redis.kill();
    const wrong = await startRedis('another password');
    const urls = [redis.url, wrong.url.replace('another password', 'p4ssw0rd')];
    for (const url of urls) {
      const alone = await startService({ env: { REDIS_URL: url, SECRET_KEY: secret, LOG_LEVEL: 'debug' } });
      const { body } = await alone.ask('{ sections { name } }');
      expect(body.data).toEqual({ sections: [] });
      await alone.stop();
      expect(alone.log.filter((line) => line.includes('Redis does not answer'))).toHaveLength(1);
      expect(alone.log.join('')).not.toContain('p4ssw0rd');
    }
    await wrong.stop();
    await redis.start();
  });
});
