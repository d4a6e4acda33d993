import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { OperatorError } from '../kernel/errors.js';
import { createSchema, schemaText } from '../schema.js';
import { say } from './newsroom.js';

export function schemaCommand(): Command {
  const schema = new Command('schema').description('the GraphQL schema as text, and what changes in it');
  schema
    .command('print')
    .description('print it')
    .option('--write [file]', 'write it to a file, schema.graphql when none is named')
    .action(async ({ write }: { write?: string | true }) => {
      const text = schemaText(createSchema());
      if (write === undefined) process.stdout.write(text);
      else await writeFile(write === true ? 'schema.graphql' : write, text);
    });
  schema
    .command('diff')
    .description('compare it with an earlier one; exits with 1 when a client could break')
    .argument('[file]', 'the earlier schema', 'schema.graphql')
    .action(async (file: string) => {
      const changes = schemaChanges(await readSchema(file));
      for (const change of changes.dangerous) say(`could surprise: ${change}`);
      for (const change of changes.breaking) say(`BREAKS CLIENTS: ${change}`);
      if (!changes.same) say(`The schema differs from ${file}.`);
      else say(`The schema is the one in ${file}.`);
      if (changes.breaking.length > 0) process.exitCode = 1;
    });
  return schema;
}

/** What has changed since a schema was printed, in words. */
export function schemaChanges(earlier: string): { breaking: string[]; dangerous: string[]; same: boolean } {
  const before = buildSchema(earlier);
  const now = createSchema();
  return {
    breaking: findBreakingChanges(before, now).map((change) => change.description),
    dangerous: findDangerousChanges(before, now).map((change) => change.description),
    same: earlier === schemaText(now),
  };
}

async function readSchema(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new OperatorError(`There is no schema at ${file}: name the file to compare with.`);
  });
}
