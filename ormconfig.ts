import 'reflect-metadata';
import { readConfig } from './src/config.js';
import { storageSource } from './src/storage.js';

/** For TypeORM's own command line: `npm run typeorm -- migration:show`. */
export default storageSource(readConfig(process.env).database);
