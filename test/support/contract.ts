import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where our clients' documents, the standards and the corpora lie: beside the project, or where SHARED_DIR says. */
export const sharedDir = resolve(process.env.SHARED_DIR ?? join(__dirname, '../../../shared'));

export const hasShared = existsSync(join(sharedDir, 'contract'));

export const shared = (path: string): string => readFileSync(join(sharedDir, path), 'utf8');
