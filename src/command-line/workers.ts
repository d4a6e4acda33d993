import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Config } from '../config.js';
import { OperatorError } from '../kernel/errors.js';
import { documentsByPrint, type Learned, type Siblings } from '../http/persisted.js';
import { untilTold } from './signals.js';

/** What a worker tells the process that started it: where it answers from now on, and what its siblings should know. */
type Message = { serving: string } | { learned: Learned };

/** One that is just ending need not hear it. */
const tell = (worker: Worker, message: Message): void => void worker.send(message, () => undefined);

const send = (message: Message): void => void process.send?.(message, () => undefined);

/** Tells the process that started this one that it answers. */
export const tellServing = (url: string): void => send({ serving: url });

/** The other workers, as one of them sees them. */
export const siblings: Siblings = {
  tell: (learned) => send({ learned }),
  whenTold: (hear) => void process.on('message', ({ learned }: { learned: Learned }) => hear(learned)),
};

const mostFailedStarts = 5;
const shortestPauseMs = 250;
const longestPauseMs = 10_000;

/**
 * Serves with as many processes as the configuration says, which share the port in turn, until it is told to stop; one
 * that ends is replaced. Of `onServing` the first address is told. Throws an `OperatorError` when none can start any more.
 */
export async function serveWithWorkers(config: Config, onServing: (url: string) => void): Promise<void> {
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  cluster.setupPrimary({ args: ['serve', '--prepared'] });
  const all = new Set<Worker>();
  const serving = new Set<Worker>();
  const known = documentsByPrint();
  const waiting = new Set<NodeJS.Timeout>();
  let end!: () => void;
  let giveUp!: (error: Error) => void;
  const ended = new Promise<void>((resolve, reject) => ([end, giveUp] = [resolve, reject]));
  let hasServed = false;
  let isStopping = false;
  let failedStarts = 0;

  const start = (place: number): void => {
    const worker = cluster.fork({
      WORKERS: 1,
      PORT: port,
      SECRET_KEY: config.secretKey,
      WORKER: config.worker && place === 0,
    });
    all.add(worker);
    worker.on('message', (message: Message) => {
      if ('learned' in message) {
        known.set(message.learned.print, message.learned.text);
        for (const other of serving) if (other !== worker) tell(other, message);
        return;
      }
      serving.add(worker);
      known.forEach((text, print) => tell(worker, { learned: { print, text } }));
      failedStarts = 0;
      if (hasServed) return;
      hasServed = true;
      onServing(message.serving);
      for (let other = 1; other < config.workers; other++) start(other);
    });
    worker.once('exit', (code, signal) => {
      all.delete(worker);
      if (!serving.delete(worker)) failedStarts += 1;
      if (isStopping) {
        if (all.size === 0) end();
      } else if (!hasServed) {
        process.exitCode = 1; // it has said why
        end();
      } else if (failedStarts >= mostFailedStarts && serving.size === 0) {
        giveUp(new OperatorError(`Workers ended ${failedStarts} times in a row before they could serve.`));
      } else {
        process.stderr.write(`Worker ${worker.process.pid} ended (${signal ?? code}): another takes its place.\n`);
        const again = setTimeout(
          () => {
            waiting.delete(again);
            start(place);
          },
          Math.min(longestPauseMs, shortestPauseMs * 2 ** failedStarts),
        );
        waiting.add(again);
      }
    });
  };

  const stop = () => {
    isStopping = true;
    for (const again of waiting) clearTimeout(again);
    for (const worker of all) worker.process.kill('SIGTERM');
    if (all.size === 0) end();
  };

  start(0);
  void untilTold().then(stop);
  try {
    await ended;
  } finally {
    for (const again of waiting) clearTimeout(again);
    for (const worker of all) worker.process.kill('SIGKILL');
  }
}

/** The port is chosen before the workers start, so that those that come later find it the same. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  try {
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch {
    return 0; // the first worker says what is wrong with the address
  } finally {
    server.close();
  }
}
