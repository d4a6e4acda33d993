import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressesOf, readConfig } from '../../src/config.js';
import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { operator } from '../../src/kernel/viewer.js';
import { createSchema } from '../../src/schema.js';
import { openStorage } from '../../src/storage.js';
import { bodyMaker } from '../../src/syndication/webhooks/body.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { runDeliveries } from '../../src/work/deliveries.js';
import { startWorker } from '../../src/work/worker.js';

/** A worker that takes every name for this machine's, and makes of a day of trying some seconds. */
const config = readConfig(process.env);
const database = await open();
const signer = createSigner(config.secretKey);
const contextOf = () => createContext(database, addressesOf(config), { viewer: operator, signer });
const onError = (error: unknown) => {
  const { message } = error as Error;
  if (!/connect|closed|terminated|shutdown|busy|locked|ECONNRESET|does not answer/i.test(message))
    process.stderr.write(`${message}\n`);
};
useWay(
  database,
  openWay({
    plain: true,
    lookup: (_, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
  }),
);
process.send?.('at work');
startWorker({ contextOf, handlers: {}, onError, rest: 500 });
await runDeliveries({
  contextOf,
  makeBody: bodyMaker(createSchema()),
  pauseAfter: (tries) => (tries < 11 ? 50 * tries ** 2 : null),
  leaseMs: 4_000,
  onError,
  signal: new AbortController().signal,
  rest: 50,
});

/** Waits for a database that is down. */
async function open() {
  for (;;) {
    try {
      return await openStorage(config.database);
    } catch {
      await sleep(200);
    }
  }
}
