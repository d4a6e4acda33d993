import type { Database, Transaction } from '../../src/kernel/database.js';
import type { Sql } from '../../src/kernel/sql.js';
import { ledgerChecks } from './ledger.checks.js';
import { publicationChecks } from './publication.checks.js';
import { textChecks } from './text.checks.js';

/** Something that holds after every commit: what breaks it, in rows of one column `what`, or as it is worked out. */
export interface Check {
  name: string;
  broken: Sql | ((tx: Transaction) => Sql | Promise<string[]>);
}

export const checks: readonly Check[] = [...publicationChecks, ...ledgerChecks, ...textChecks];

/** How many cases of one violation are told. */
const told = 5;

/**
 * What does not hold in a newsroom's database, each with the name of the check. Ask while nobody writes: its reads are
 * not of one moment.
 */
export const violations = (database: Database): Promise<string[]> => database.transaction(violationsIn);

/** What does not hold as a transaction sees it. */
export async function violationsIn(tx: Transaction): Promise<string[]> {
  const found: string[] = [];
  for (const { name, broken } of checks) {
    const cases = await casesOf(tx, broken);
    found.push(...cases.slice(0, told).map((what) => `${name}: ${what}`));
    if (cases.length > told) found.push(`${name}: ${cases.length - told} more`);
  }
  return found;
}

async function casesOf(tx: Transaction, broken: Check['broken']): Promise<string[]> {
  const made = typeof broken === 'function' ? broken(tx) : broken;
  if (made instanceof Promise) return made;
  return (await tx.read<{ what: string }>(made)).map(({ what }) => what);
}
