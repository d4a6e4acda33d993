import 'reflect-metadata';
import { readConfig } from '../../src/config.js';
import { openStorage } from '../../src/storage.js';
import type { Errand } from './boundaries.js';
import { deskOn } from './desk.js';
import { onStatement } from './statements.js';

const { url, viewer, name, input, killedAt } = JSON.parse(process.argv[2]!) as Errand;
const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
let statements = 0;
onStatement(database, () => {
  statements += 1;
  if (statements === killedAt) process.kill(process.pid, 'SIGKILL');
});
await deskOn(database, viewer)(name, input);
process.exit(0);
