import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createWebServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { operator } from '../../src/kernel/viewer.js';
import { createPartnerKey } from '../../src/syndication/partners/key.commands.js';
import { bodyMaker } from '../../src/syndication/webhooks/body.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { createWebhook } from '../../src/syndication/webhooks/webhook.commands.js';
import { runDeliveries } from '../../src/work/deliveries.js';
import { deskOf } from '../support/desk.js';
import { feedOf } from '../support/feed.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startNode, type Node } from '../support/node.js';
import { astray } from '../support/receiver.js';

const page = readFileSync(join(__dirname, '../../docs/partners.md'), 'utf8');
const text = /## In thirty lines[\s\S]*?```js\n([\s\S]*?)```/.exec(page)![1]!;
const secretKey = 'a key for the thirty lines, long enough for it';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

interface Front {
  url: string;
  /** When it was asked, in milliseconds. */
  asked: number[];
  stop(): void;
}

/** A front of a node that is out of order at first, in as many ways as there are answers; `null` hangs up. */
async function startFront(
  node: Node,
  troubles: ([status: number, headers: object, body: string] | null)[],
): Promise<Front> {
  const asked: number[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(performance.now());
    const body = Buffer.concat(await request.toArray());
    const trouble = troubles.shift();
    if (trouble === null) return void request.socket.destroy();
    if (trouble) return void response.writeHead(trouble[0], { ...trouble[1] }).end(trouble[2]);
    const headers = { authorization: request.headers.authorization!, 'content-type': 'application/json' };
    const given = await fetch(`${node.url}${request.url}`, { method: 'POST', headers, body });
    response.writeHead(given.status, { 'content-type': 'application/json' }).end(await given.text());
  };
  const server = createWebServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, stop: () => (server.closeAllConnections(), server.close()) };
}

describe('the thirty lines of docs/partners.md', () => {
  let newsroom: TestNewsroom;
  let node: Node;
  let front: Front;
  let partner: ChildProcess | undefined;
  let said = '';
  const stopping = new AbortController();
  let sending: Promise<void> | undefined;

  beforeAll(async () => {
    newsroom = await openNewsroom();
    node = await startNode(newsroom, { SECRET_KEY: secretKey });
    const spent = JSON.stringify({
      errors: [{ message: 'Try again in 2 seconds.', extensions: { code: 'RATE_LIMITED' } }],
    });
    front = await startFront(node, [
      null,
      [429, { 'retry-after': '2' }, spent],
      [502, {}, '<h1>Bad Gateway</h1>'],
      [200, {}, '{"data":{"syndication":null},"errors":[{"message":"Something went wrong."}]}'],
    ]);
  }, 120_000);
  afterAll(async () => {
    stopping.abort();
    await sending;
    partner?.kill();
    front.stop();
    await node.stop();
    await newsroom.close();
  }, 120_000);

  const says = async (line: string) => {
    for (let tries = 0; tries < 800 && !said.includes(line); tries++) await sleep(25);
    expect(said).toContain(line);
  };

  test('are no more than thirty, besides what they import', () => {
    const lines = text.trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('import ')).length).toBeLessThanOrEqual(30);
  });

  test('pull what is there, hear of what comes, and take down what is killed', async () => {
    await deskOf(newsroom).section('mena');
    const feed = feedOf(newsroom);
    const { partnerId } = await feed.partner('The Lake Post', await feed.product('everything'));
    const ctx = createContext(newsroom.database, addresses, { viewer: operator, signer: createSigner(secretKey) });
    const key = (await createPartnerKey(ctx, { partnerId, name: 'website', scopes: ['READ'] })) as { secret: string };
    const port = await freePort();
    useWay(newsroom.database, openWay({ lookup: astray, plain: true }));
    const url = `http://hooks.lake-post.example:${port}/`;
    const hook = (await createWebhook(ctx, { partnerId, url })) as { secret: string };

    const first = await feed.published('A quay gives way', 'mena');
    const file = join(newsroom.mediaDir, '..', 'partner.mjs');
    writeFileSync(file, text);
    const env = {
      PATH: process.env.PATH,
      NEWSGRAPH: front.url,
      KEY: key.secret,
      SECRET: hook.secret,
      PORT: String(port),
    };
    partner = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    partner.stdout!.on('data', (piece) => (said += String(piece)));
    partner.stderr!.on('data', (piece) => (said += String(piece)));
    await says('PUBLISH A quay gives way');
    const waits = front.asked.slice(1).map((moment, i) => moment - front.asked[i]!);
    [1, 2, 1, 1].forEach((seconds, i) => expect(waits[i]).toBeGreaterThan(1_000 * seconds - 50));
    expect(waits).toHaveLength(4);
    const cutOff = connect(port, '127.0.0.1');
    cutOff.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{', () => cutOff.destroy());

    sending = runDeliveries({
      contextOf: () =>
        createContext(newsroom.database, addresses, { viewer: operator, signer: createSigner(secretKey) }),
      makeBody: bodyMaker(newsroom.schema),
      onError: (error) => (said += String(error)),
      signal: stopping.signal,
      rest: 50,
    });
    await feed.correct(first, 'It was another quay.', { title: 'Another quay gives way' });
    await says('CORRECT Another quay gives way');
    await feed.withdraw(first, null, true);
    await says('REMOVE ');

    const before = said;
    const forged = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: {
        'webhook-id': 'a',
        'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
        'webhook-signature': 'v1,b',
      },
      body: '{}',
    });
    expect(forged.status).toBe(401);
    await sleep(200);
    expect(said).toBe(before);
  }, 60_000);
});
