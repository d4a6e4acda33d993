import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Server {
  port: number;
  pid: number;
  /** When it has ended. */
  ended: Promise<unknown>;
}

/** The processes that the bench started: none outlives it. */
const children = new Set<ChildProcess>();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Asks a server that may not be there yet for an address of its own. */
type Ask = (origin: string) => Promise<Response>;

/** Starts a server as its own process and waits until `/healthz` answers, or what is asked instead, at most 30 seconds. */
export async function startServer(
  args: readonly string[],
  env: Record<string, string>,
  ask: Ask = (origin) => fetch(`${origin}/healthz`),
): Promise<Server> {
  const port = await freePort();
  const child = spawnNode(args, { ...env, HOST: '127.0.0.1', PORT: String(port) });
  for (let tries = 0; tries < 1_500; tries++) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}.`);
    const answer = await ask(`http://127.0.0.1:${port}`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return { port, pid: child.pid!, ended: once(child, 'exit') };
    await sleep(20);
  }
  throw new Error(`${args.join(' ')} did not answer in 30 seconds.`);
}

/** Starts a script as its own process, and waits until it sends word that it is at work. */
export async function startProcess(script: string, env: Record<string, string>): Promise<{ pid: number }> {
  const child = spawnNode([script], env);
  await once(child, 'message');
  return { pid: child.pid! };
}

function spawnNode(args: readonly string[], env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      SECRET_KEY: 'for a bench on loopback, 0123456789',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.add(child);
  return child;
}

/** Starts a script that answers each message with one message; gives the function that asks it. */
export function startWorker<Question extends object, Answer>(script: string): (question: Question) => Promise<Answer> {
  const child = fork(script);
  children.add(child);
  return (question) =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`${script} ended.`));
      child.once('exit', ended);
      child.once('message', (answer: { result?: Answer; error?: string }) => {
        child.off('exit', ended);
        if (answer.error === undefined) resolve(answer.result!);
        else reject(new Error(answer.error));
      });
      child.send(question);
    });
}

/** Ends every process that was started here, at once, as nobody waits for its answers, and sees it gone. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...children].map(async (child) => {
      children.delete(child);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }),
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
