import 'reflect-metadata';
import { addressesOf, readConfig } from '../../src/config.js';
import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { operator } from '../../src/kernel/viewer.js';
import { createSchema } from '../../src/schema.js';
import { openStorage } from '../../src/storage.js';
import { bodyMaker } from '../../src/syndication/webhooks/body.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { runDeliveries } from '../../src/work/deliveries.js';

/** A dispatcher that takes every name for this machine's, and makes of a day of trying some seconds. */
const config = readConfig(process.env);
const database = await openStorage(config.database);
const signer = createSigner(config.secretKey);
useWay(
  database,
  openWay({
    plain: true,
    lookup: (_, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
  }),
);
await runDeliveries({
  contextOf: () => createContext(database, addressesOf(config), { viewer: operator, signer }),
  makeBody: bodyMaker(createSchema()),
  pauseAfter: (tries) => (tries < 11 ? 150 * tries : null),
  leaseMs: 4_000,
  turnMs: 2_000,
  onError: (error) => {
    const { message } = error as Error;
    if (!/connect|closed|terminated|shutdown|busy|locked/i.test(message)) process.stderr.write(`${message}\n`);
  },
  signal: new AbortController().signal,
  rest: 50,
});
