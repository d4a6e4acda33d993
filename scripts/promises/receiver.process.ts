import { appendFileSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';

/**
 * A partner's machine. It writes down what it took before it says so; one in thirty it does not take, and of one in a
 * hundred that it took it dies before it can say so. `poison` takes nothing.
 */
const [port, folder] = process.argv.slice(2) as [string, string];
interface Message {
  data: { cursor: string; node: { story: { title: string } | null } };
}

const note = (file: string, line: string) => appendFileSync(join(folder, file), `${line}\n`);

createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('error', () => undefined);
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const answer = (status: number) => void response.writeHead(status).end();
    const path = request.url!.slice(1);
    if (request.method !== 'POST') return answer(204);
    if (path === 'poison') return answer(500);
    if (Math.random() < 1 / 30) {
      note('refused', path);
      return answer(503);
    }
    const body = Buffer.concat(pieces).toString();
    if (!isSigned(readFileSync(join(folder, `${path}.secret`), 'utf8'), body, request)) {
      note('unsigned', path);
      return answer(401);
    }
    const { cursor, node } = (JSON.parse(body) as Message).data;
    const { story, ...change } = node;
    note(path, JSON.stringify({ ...change, id: request.headers['webhook-id'], cursor, title: story?.title ?? null }));
    if (Math.random() < 0.01) {
      note('reset', path);
      return void request.socket.resetAndDestroy();
    }
    answer(204);
  });
}).listen(Number(port), '127.0.0.1');

function isSigned(secret: string, body: string, { headers }: IncomingMessage): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
