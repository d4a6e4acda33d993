import { Command, CommanderError } from 'commander';
import { GraphQLError } from 'graphql';
import { OperatorError } from '../kernel/errors.js';
import { importCommand } from './import.js';
import { migrateCommand } from './migrate.js';
import { sampleCommand } from './sample.js';
import { schemaCommand } from './schema.js';
import { serveCommand } from './serve.js';

/** Runs the command line; gives the exit code: 0 when all went well, 1 when not, 2 when the words were wrong. */
export async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('newsgraph')
    .description('A news organisation’s stories as one GraphQL graph.')
    .showHelpAfterError('Add --help for the words it knows.')
    .exitOverride();
  for (const command of [serveCommand(), migrateCommand(), sampleCommand(), importCommand(), schemaCommand()]) {
    program.addCommand(command);
  }
  overrideExits(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof OperatorError || error instanceof GraphQLError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

function overrideExits(command: Command): void {
  for (const each of command.commands) {
    each.exitOverride();
    overrideExits(each);
  }
}
