import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Brings `dist` up to date: what is tried as a process of its own is what operators start. */
export const build = (): void =>
  void execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'tsconfig.build.json'], { cwd: root });

export interface Serving {
  pid: number;
  url: string;
  /** What it has written, both streams. */
  said: () => string;
  /** The process ids of those that answer or answered, in the order in which they began. */
  workers: () => number[];
  ended: Promise<[code: number | null, signal: string | null]>;
}

/** Starts `newsgraph serve` as operators do; gives it once it has said where it answers, or has ended. */
export async function startServing(env: Record<string, string>): Promise<Serving> {
  const child = spawn(process.execPath, ['dist/src/main.js', 'serve'], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', SAMPLES: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const isUp = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('Health  ')) resolve();
      });
    }
  });
  const ended = once(child, 'exit') as Serving['ended'];
  await Promise.race([isUp, ended]);
  const listening = /"pid":(\d+),[^\n]*Server listening/g;
  return {
    pid: child.pid!,
    url: /GraphQL +(.*)\/graphql/.exec(said)?.[1] ?? '',
    said: () => said,
    workers: () => [...new Set([...said.matchAll(listening)].map((match) => Number(match[1])))],
    ended,
  };
}

export interface Sent {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of any shape
  body: any;
}

/** Sends a request on a connection of its own, so that workers take turns. */
export function sendAlone(
  url: string,
  { headers = {}, body, pause }: { headers?: Record<string, string>; body?: object; pause?: Promise<unknown> } = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const method = body ? 'POST' : 'GET';
    const sent = request(url, { method, agent: false, headers: { 'content-type': 'application/json', ...headers } });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(text) }));
    });
    const text = body ? JSON.stringify(body) : '';
    if (!pause) sent.end(text);
    else {
      sent.write(text.slice(0, 5));
      void pause.then(() => sent.end(text.slice(5)));
    }
  });
}
