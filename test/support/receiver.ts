import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { openWay, type Way } from '../../src/syndication/webhooks/way.js';

export interface Received {
  path: string;
  id: string;
  headers: Record<string, string>;
  body: string;
}

type Answering = (request: IncomingMessage, response: ServerResponse, received: Received) => void;

/** A partner's machine that is sent webhooks, over HTTP on this one. */
export interface Receiver {
  /** An address of it, as if it were on the open internet. */
  url(path: string): string;
  received: Received[];
  /** What was sent to a path, by the ids of the messages, in order. */
  idsAt(path: string): string[];
  /** How a path answers from now on; without a word it is 204. */
  answer(path: string, answering: Answering): void;
  way: Way;
  stop(): Promise<void>;
}

/** As if every name were that of an open machine, which is this one. */
export const astray: LookupFunction = (_, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers = new Map<string, Answering>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const body = Buffer.concat(pieces).toString();
      const one = { path: request.url!, id: headers['webhook-id']!, headers, body };
      received.push(one);
      const answer = answers.get(one.path) ?? ((_, response) => void response.writeHead(204).end());
      answer(request, response, one);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://hooks.partner.example:${port}${path}`,
    received,
    idsAt: (path) => received.filter((each) => each.path === path).map(({ id }) => id),
    answer: (path, answering) => void answers.set(path, answering),
    way: openWay({ lookup: astray, plain: true }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
