import fastify from 'fastify';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDrain } from '../../src/http/drain.js';
import { healthRoutes } from '../../src/http/health.route.js';
import { migrateUp } from '../../src/kernel/migrate.js';
import type { Database } from '../../src/kernel/database.js';
import { send, startService } from './service.js';

describe('health', () => {
  test('is alive before it is ready, and ready once the tables are there', async () => {
    const service = await startService({ migrated: false });
    expect((await send(`${service.url}/healthz`)).body).toEqual({ status: 'ok' });
    const early = await send(`${service.url}/readyz`);
    expect([early.status, early.body]).toEqual([503, { status: 'unavailable', failed: ['migrations'] }]);
    await migrateUp(service.app.database);
    const ready = await send(`${service.url}/readyz`);
    expect([ready.status, ready.body]).toEqual([200, { status: 'ready' }]);
    expect(ready.headers.get('cache-control')).toBe('no-store');
    await service.stop();
  });

  test('is not ready without its database, and says no more than that', async () => {
    const service = await startService();
    await send(`${service.url}/readyz`);
    await service.app.database.close();
    const answer = await send(`${service.url}/readyz`);
    expect([answer.status, answer.body]).toEqual([503, { status: 'unavailable', failed: ['database'] }]);
    expect((await send(`${service.url}/healthz`)).status).toBe(200);
    await service.stop().catch(() => undefined);
  });

  test('waits a second for a database that hangs, and asks it once however many probes come', async () => {
    let asked = 0;
    const hanging = { read: () => ((asked += 1), new Promise(() => undefined)) } as unknown as Database;
    const server = fastify();
    healthRoutes(server, hanging, () => false);
    const started = performance.now();
    const answers = await Promise.all([1, 2, 3].map(() => server.inject('/readyz')));
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503]);
    expect(asked).toBe(1);
    await server.close();
  });
});

describe('going away', () => {
  test('says so first, finishes what it is answering, and then is gone', async () => {
    const service = await startService({
      drainNotice: 300,
      before: ({ server }) => void server.get('/slow', () => sleep(600, { done: true })),
    });
    await send(`${service.url}/readyz`);
    const slow = send(`${service.url}/slow`);
    await sleep(50);
    const closed = service.stop();
    await sleep(50);
    const ready = await send(`${service.url}/readyz`);
    expect([ready.status, ready.body.failed]).toEqual([503, ['draining']]);
    expect(ready.headers.get('connection')).toBe('close');
    expect((await service.ask('{ sections { name } }')).body.data).toEqual({ sections: [] });
    expect((await slow).body).toEqual({ done: true });
    await closed;
    await expect(send(`${service.url}/healthz`)).rejects.toThrow('fetch failed');
    await service.app.close();
  });

  test('answers what was on its way when it closed', async () => {
    const service = await startService({
      before: ({ server }) => void server.get('/slow', () => sleep(400, { done: true })),
    });
    const slow = send(`${service.url}/slow`);
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\n');
    await sleep(50);
    const closed = service.stop();
    await sleep(50);
    socket.write('\r\n');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.toString()).toMatch(/^HTTP\/1.1 200 /);
    expect((await slow).status).toBe(200);
    await closed;
  });

  test('cuts off whoever does not finish', async () => {
    const server = fastify();
    const { drain } = createDrain(server, 300);
    server.get('/never', () => new Promise(() => undefined));
    const url = await server.listen({ port: 0 });
    const never = send(`${url}/never`).catch(() => 'cut off');
    await sleep(50);
    const started = performance.now();
    await drain(0);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await never).toBe('cut off');
  });

  test('a port that is taken is told in a sentence', async () => {
    const service = await startService();
    const { port } = new URL(service.url);
    await expect(startService({ env: { PORT: port } })).rejects.toThrow(`127.0.0.1:${port} is taken: set PORT`);
    await service.stop();
  });
});
