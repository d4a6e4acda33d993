import 'reflect-metadata';
import { addressesOf, readConfig } from '../../src/config.js';
import { createContext } from '../../src/kernel/context.js';
import { operator } from '../../src/kernel/viewer.js';
import { openStorage } from '../../src/storage.js';
import { startWorker } from '../../src/work/worker.js';

const config = readConfig(process.env);
const database = await openStorage(config.database);
startWorker({
  contextOf: () => createContext(database, addressesOf(config), { viewer: operator }),
  handlers: {},
  onError: (error) => process.stderr.write(`${String(error)}\n`),
  rest: 500,
});
