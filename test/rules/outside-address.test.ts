import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkedAddress, isOutside, outsideLookup } from '../../src/kernel/outside-address.js';
import { bytesAt } from '../../src/newsroom/import/picture-fetch.commands.js';

const forbidden =
  `http://127.0.0.1/ http://127.1/ http://2130706433/ http://0x7f.1/ http://0x7f000001/ http://017700000001/
  http://0177.0.0.1/ http://0/ http://0.0.0.0/ http://①②⑦.⓪.⓪.①/ http://[::1]/ http://[::]/ http://[::ffff:127.0.0.1]/
  http://[::ffff:7f00:1]/ http://[::127.0.0.1]/ http://[0:0:0:0:0:ffff:0a00:0001]/ http://[64:ff9b::7f00:1]/
  http://[64:ff9b:1::1]/ http://[2002:7f00:1::]/ http://[2001:0:1::]/ http://[fe80::1]/ http://[fec0::1]/ http://[fc00::1]/ http://[fd00:ec2::254]/
  http://[ff02::1]/ http://[100::1]/ http://10.1.2.3/ http://172.16.0.1/ http://172.31.255.255/ http://192.168.0.1/
  http://169.254.169.254/latest/meta-data/ http://100.64.0.1/ http://198.18.0.1/ http://192.0.2.1/ http://198.51.100.1/
  http://203.0.113.1/ http://224.0.0.1/ http://240.0.0.1/ http://255.255.255.255/ http://192.0.0.1/
  http://168.63.129.16/machine/?comp=goalstate http://[::ffff:168.63.129.16]/ http://100.100.100.200/latest/meta-data/ http://192.0.0.192/opc/v2/
  ftp://pictures.example/ file:///etc/passwd data:image/png;base64,AA gopher://x/ javascript:1 //pictures.example/a
  http://user:password@pictures.example/ http://user@pictures.example/`.split(/\s+/);

describe('an address that is asked for a picture', () => {
  test.each(forbidden)('is not %s', (address) => {
    expect(() => checkedAddress(address)).toThrow();
  });

  test.each([
    'http://8.8.8.8/a.jpg',
    'https://[2606:4700::1111]/a',
    'https://pictures.example:8443/a?b=c',
    'http://172.32.0.1/',
    'http://168.63.129.17/',
  ])('may be %s', (address) => {
    expect(checkedAddress(address).href).toBe(address);
  });

  test('is looked at once more when its name is looked up, each of its addresses', async () => {
    const answer = (addresses: string[], all: boolean) =>
      new Promise((resolve) => {
        const lookup = outsideLookup((_, __, done) =>
          done(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          ),
        );
        lookup('x.example', { all }, (error, found) => resolve(error ? error.message : found));
      });
    expect(await answer(['93.184.216.34'], false)).toBe('93.184.216.34');
    expect(await answer(['93.184.216.34'], true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
    for (const bad of [['127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['::ffff:169.254.169.254'], []]) {
      expect(await answer(bad, true)).toMatch(/network of our own/);
    }
    expect(isOutside('not an address')).toBe(false);
  });
});

describe('what is fetched', () => {
  let inside: Server;
  let port: number;
  let asked: string[] = [];
  beforeAll(async () => {
    inside = createServer((request, response) => {
      asked.push(request.url!);
      const to = /^\/to\/(.*)$/.exec(request.url!)?.[1];
      if (to !== undefined) return void response.writeHead(302, { location: decodeURIComponent(to) }).end();
      if (request.url === '/endless') {
        response.writeHead(200);
        const send = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1_048_576)));
          if (!response.destroyed) response.once('drain', send);
        };
        return send();
      }
      if (request.url === '/gone') return void response.writeHead(404).end();
      response.end('bytes');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => inside.once('listening', resolve));
    port = (inside.address() as AddressInfo).port;
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => {
    inside.closeAllConnections();
    inside.close();
  });

  /** As if the name were of the open internet, and its server ours. */
  const astray: Parameters<typeof bytesAt>[1] = (_, options, done) =>
    options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

  test('never comes from within, whatever the name says', async () => {
    const rebound = outsideLookup((_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]));
    await expect(bytesAt(`http://pictures.example:${port}/a`, rebound)).rejects.toThrow(/network of our own/);
    await expect(bytesAt(`http://localhost:${port}/a`, outsideLookup())).rejects.toThrow(/network of our own/);
    expect(asked).toEqual([]);
  });

  test('comes over redirects, each looked at like the first', async () => {
    const at = (path: string) => `http://pictures.example:${port}${path}`;
    expect(String(await bytesAt(at(`/to/${encodeURIComponent('/a')}`), astray))).toBe('bytes');
    for (const bad of [
      `http://127.0.0.1:${port}/secret`,
      `http://[::ffff:7f00:1]:${port}/secret`,
      'file:///etc/passwd',
      `http://2130706433:${port}/secret`,
    ]) {
      await expect(bytesAt(at(`/to/${encodeURIComponent(bad)}`), astray)).rejects.toThrow();
    }
    expect(asked).not.toContain('/secret');
    await expect(bytesAt(at('/to/x'), astray)).rejects.toThrow(/for too long/);
    expect(asked.filter((path) => path === '/to/x')).toHaveLength(6);
  });

  test('is at most 20 MB, and of what is there', async () => {
    await expect(bytesAt(`http://pictures.example:${port}/endless`, astray)).rejects.toThrow(/20 MB/);
    await expect(bytesAt(`http://pictures.example:${port}/gone`, astray)).rejects.toThrow(/answered 404/);
  });
});
