import { Command, CommanderError } from 'commander';
import { GraphQLError } from 'graphql';
import { OperatorError } from '../kernel/errors.js';
import { accountCommand } from './account.js';
import { evaluateCommand } from './evaluate.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { migrateCommand } from './migrate.js';
import { partnerCommand } from './partner.js';
import { sampleCommand } from './sample.js';
import { schemaCommand } from './schema.js';
import { searchCommand } from './search.js';
import { serveCommand } from './serve.js';
import { workCommand } from './work.js';

/**
 * Runs the command line; gives the exit code: 0 when all went well, 1 when not, 2 when the words were wrong. `release`
 * tells this code from other code.
 */
export async function run(argv: readonly string[], version: string, release = () => version): Promise<number> {
  const program = new Command('newsgraph')
    .description('A news organisation’s stories as one GraphQL graph.')
    .version(version)
    .showHelpAfterError('Add --help for the words it knows.')
    .exitOverride();
  for (const command of [
    serveCommand(release),
    workCommand(),
    accountCommand(),
    partnerCommand(),
    migrateCommand(),
    sampleCommand(),
    importCommand(),
    exportCommand(),
    searchCommand(),
    evaluateCommand(),
    schemaCommand(),
  ]) {
    program.addCommand(command);
  }
  overrideExits(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = sentenceFor(error);
    if (message === undefined) throw error;
    process.stderr.write(`${message}\n`);
    return 1;
  }
}

/** What the operator can do about an error, or nothing where it is a mistake of ours. */
function sentenceFor(error: unknown): string | undefined {
  if (error instanceof OperatorError || error instanceof GraphQLError) return error.message;
  const { code, path, port, message = '' } = error as { code?: string; path?: string; port?: number; message?: string };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what listens there, or set PORT to another.`;
  if (code === 'EACCES' || code === 'EROFS')
    return `${path ?? 'A file'} may not be written: check DATABASE_URL and MEDIA_DIR.`;
  if (code === 'SQLITE_NOTADB') return 'The file that DATABASE_URL names is no SQLite database: name another one.';
  if (code === 'SQLITE_CANTOPEN' || message.includes('Unable to open connection'))
    return 'The database file cannot be opened: check the path in DATABASE_URL.';
  return undefined;
}

function overrideExits(command: Command): void {
  for (const each of command.commands) {
    each.exitOverride();
    overrideExits(each);
  }
}
