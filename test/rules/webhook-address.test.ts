import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { outsideLookup } from '../../src/kernel/outside-address.js';
import { send } from '../../src/syndication/webhooks/send.js';
import { openWay } from '../../src/syndication/webhooks/way.js';

/** This machine, in all ways to write it. */
const ourselves = `127.0.0.1 127.1 127.0.1 2130706433 0x7f.1 0x7f000001 0x7F.0x0.0x0.0x1 017700000001 0177.0.0.1
  0177.0x0.0.1 0 0.0.0.0 00000000000 ①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1]
  [0:0:0:0:0:ffff:7f00:0001] [::127.0.0.1] [64:ff9b::7f00:1] localhost 127.0.0.1. 127.127.127.127`.split(/\s+/);

describe('a machine inside', () => {
  let inside: Server;
  let port: number;
  let hits = 0;
  beforeAll(async () => {
    inside = createServer((request, response) => {
      hits += 1;
      const to = /^\/to\/(.*)$/.exec(request.url!)?.[1];
      if (to === undefined) return void response.end('inside');
      response.writeHead(302, { location: decodeURIComponent(to) }).end();
    }).listen(0, '::');
    await new Promise((resolve) => inside.once('listening', resolve));
    port = (inside.address() as AddressInfo).port;
  });
  beforeEach(() => {
    hits = 0;
  });
  afterAll(() => {
    inside.closeAllConnections();
    inside.close();
  });

  const post = (url: string, lookup?: LookupFunction) =>
    send(openWay({ plain: true, ...(lookup && { lookup }) }), { url, headers: {}, body: '{}' });
  const named = (...addresses: string[]): LookupFunction =>
    outsideLookup((_, __, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );

  test.each(ourselves)('is not sent to as %s', async (host) => {
    expect(await post(`http://${host}:${port}/`)).toMatchObject({ status: null, error: expect.any(String) });
    expect(hits).toBe(0);
  });

  test.each([['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['169.254.169.254']])(
    'is not sent to by a name that leads to %s',
    async (...addresses) => {
      const answer = await post(`http://hooks.partner.example:${port}/`, named(...addresses));
      expect(answer).toMatchObject({ status: null, error: 'It leads into a network of our own.' });
      expect(hits).toBe(0);
    },
  );

  test('is not sent to by a name that changes between two looks', async () => {
    let looks = 0;
    const rebinding: LookupFunction = (hostname, options, done) =>
      named(looks++ === 0 ? '93.184.216.34' : '127.0.0.1')(hostname, options, done);
    rebinding('hooks.partner.example', { all: true }, (error) => expect(error).toBeNull());
    expect((await post(`http://hooks.partner.example:${port}/`, rebinding)).error).toMatch(/network of our own/);
    expect({ hits, looks }).toEqual({ hits: 0, looks: 2 });
  });

  test('is not sent to by way of another: no redirect is followed', async () => {
    const astray: LookupFunction = (_, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
    const to = encodeURIComponent(`http://127.0.0.1:${port}/`);
    const answer = await post(`http://hooks.partner.example:${port}/to/${to}`, astray);
    expect(answer).toMatchObject({ status: 302, error: expect.stringMatching(/not followed/) });
    expect(hits).toBe(1);
  });

  test.each([`ftp://hooks.partner.example/`, 'file:///etc/passwd', 'https://u:p@hooks.partner.example/', 'nonsense'])(
    'is as little an endpoint as %s',
    async (url) => {
      expect(await post(url)).toMatchObject({ status: null, error: expect.any(String) });
    },
  );

  test('must be reached by https, unless a test says otherwise', async () => {
    const answer = await send(openWay(), { url: 'http://hooks.partner.example/', headers: {}, body: '{}' });
    expect(answer.error).toBe('It must begin with https://.');
  });
});
