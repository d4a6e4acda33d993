import { connect, type Socket } from 'node:net';
import { randomOf } from './random.js';
import { requestText, type RequestShape } from './requests.js';

/** A stretch of load: so many connections, each with one request under way, until the time or the count is over. */
export interface Stretch {
  port: number;
  shape: RequestShape;
  slugs: readonly string[];
  connections: number;
  seconds?: number | undefined;
  requests?: number | undefined;
  /** Names the sequence of slugs, so that all variants are asked the same. */
  seed: string;
}

export interface StretchResult {
  requests: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  meanBytes: number;
}

const patience = 30_000;

/** Puts load on a server of this machine; any answer but 200 with data and no errors ends it with an error. */
export async function putLoad(stretch: Stretch): Promise<StretchResult> {
  const random = randomOf(stretch.seed);
  const started = performance.now();
  const deadline = started + (stretch.seconds ?? Infinity) * 1_000;
  const most = stretch.requests ?? Infinity;
  const took: number[] = [];
  let asked = 0;
  let bytes = 0;
  const client = async (socket: Socket) => {
    const ask = exchange(socket);
    while (asked < most && performance.now() < deadline) {
      asked++;
      const text = requestText(stretch.shape, random.pick(stretch.slugs));
      const sent = performance.now();
      const body = await ask(text);
      took.push(performance.now() - sent);
      check(body);
      bytes += body.length;
    }
  };
  const sockets = Array.from({ length: stretch.connections }, () => connect(stretch.port, '127.0.0.1').setNoDelay());
  try {
    await Promise.all(sockets.map(client));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  const seconds = (performance.now() - started) / 1_000;
  const sorted = Float64Array.from(took).sort();
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  return { requests: took.length, seconds, p50: at(0.5), p99: at(0.99), meanBytes: bytes / took.length };
}

/** One connection kept open: a request in, the body of its answer out. */
function exchange(socket: Socket): (text: string) => Promise<Buffer> {
  let received = Buffer.alloc(0);
  let waiting: { resolve: (body: Buffer) => void; reject: (error: Error) => void } | undefined;
  const fail = (why: string) => waiting?.reject(new Error(`${why}: ${received.subarray(0, 600).toString()}`));
  socket.setTimeout(patience, () => fail('No answer in time'));
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => fail('The server closed the connection'));
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const end = received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = received.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? NaN);
    if (!head.startsWith('HTTP/1.1 200') || Number.isNaN(length)) return fail('Not an answer with 200 and a length');
    if (received.length < end + 4 + length) return;
    const body = received.subarray(end + 4, end + 4 + length);
    received = Buffer.alloc(0);
    waiting?.resolve(body);
  });
  return (text) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      socket.write(text);
    });
}

function check(body: Buffer): void {
  if (body.includes('"errors":') || /^\{"data":\{"\w+":null/.test(body.toString('latin1', 0, 40))) {
    throw new Error(`An answer has errors or no data: ${body.toString('utf8', 0, 600)}`);
  }
}

/** As a child process: each message is a stretch, each answer its result or the words of its error. */
if (process.send) {
  process.on('message', (stretch: Stretch) => {
    putLoad(stretch).then(
      (result) => process.send!({ result }),
      (error: unknown) => process.send!({ error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}
