import { Command, Option } from 'commander';
import { changeAccount, createAccount } from '../accounts/account.commands.js';
import { accountOf, accounts, accountsWhere, type AccountView } from '../accounts/account.queries.js';
import { read, type Context } from '../kernel/context.js';
import { OperatorError } from '../kernel/errors.js';
import { migrateUp } from '../kernel/migrate.js';
import { sql } from '../kernel/sql.js';
import { accountRoles, type AccountRole } from '../kernel/viewer.js';
import { say, withNewsroom } from './newsroom.js';
import { readPassword } from './password.js';

const deactivated = ', but is deactivated: an admin can activate it with changeAccount.';

interface Created {
  email: string;
  name: string;
  role: string;
  section?: string[];
  passwordStdin?: boolean;
  withoutPassword?: boolean;
}

export function accountCommand(): Command {
  const account = new Command('account').description('look after who may work in the newsroom');
  account.hook('preAction', (_, command) => {
    if (command.opts<{ password?: string }>().password === undefined) return;
    command.error('A password in the arguments shows in lists of processes: leave it out, or use --password-stdin.');
  });
  account
    .command('create')
    .description('make an account; the password is asked for')
    .requiredOption('--email <email>', 'what they sign in with')
    .requiredOption('--name <name>', 'what the others know them by')
    .addOption(
      new Option('--role <role>', 'what they may do')
        .choices(accountRoles.map((role) => role.toLowerCase()))
        .makeOptionMandatory(),
    )
    .option('--section <slug...>', 'the sections they are limited to')
    .option('--password-stdin', 'read the password from standard input')
    .addOption(new Option('--password <password>').hideHelp())
    .option('--without-password', 'for those who sign in at your OpenID provider')
    .action((options: Created) =>
      withNewsroom(({ ctx, database }) => migrateUp(database, say).then(() => create(ctx, options))),
    );
  account
    .command('list')
    .description('list all accounts')
    .action(() => withNewsroom(({ ctx }) => list(ctx)));
  account
    .command('deactivate')
    .description('end all sessions of an account and let it sign in no more')
    .requiredOption('--email <email>', 'whose')
    .action(({ email }: { email: string }) =>
      withNewsroom(async ({ ctx }) => {
        await change(ctx, email, { active: false });
        say(`${email} cannot sign in any more; all sessions have ended.`);
      }),
    );
  account
    .command('reset-password')
    .description('set another password and end all sessions')
    .requiredOption('--email <email>', 'whose')
    .option('--password-stdin', 'read the password from standard input')
    .addOption(new Option('--password <password>').hideHelp())
    .action(({ email, passwordStdin = false }: { email: string; passwordStdin?: boolean }) =>
      withNewsroom(async ({ ctx }) => {
        const { active } = await change(ctx, email, { password: await readPassword(passwordStdin) });
        const then = active ? '; all sessions have ended.' : deactivated;
        say(`${email} has another password${then}`);
      }),
    );
  return account;
}

async function create(
  ctx: Context,
  { email, name, role, section, passwordStdin, withoutPassword }: Created,
): Promise<void> {
  const password = withoutPassword ? null : await readPassword(passwordStdin ?? false);
  const answer = await createAccount(ctx, {
    email,
    name,
    role: role.toUpperCase() as AccountRole,
    sections: section ?? null,
    password,
  });
  if ('message' in answer) throw new OperatorError(answer.message);
  say(`${answer.account.email} can sign in as ${answer.account.role}: docs/desk.md says how.`);
}

async function list(ctx: Context): Promise<void> {
  let after: string | null | undefined;
  do {
    const page = await accounts(ctx, { first: 100, after: after ?? null });
    for (const { node } of page.edges) {
      say([node.email, node.name, node.role, node.active ? 'active' : 'deactivated'].join('\t'));
    }
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
  } while (after);
}

async function change(
  ctx: Context,
  email: string,
  wanted: { active?: boolean; password?: string },
): Promise<AccountView> {
  const { id: accountId, version: expectedVersion } = await accountWith(ctx, email);
  const answer = await changeAccount(ctx, { accountId, expectedVersion, ...wanted });
  if ('message' in answer) throw new OperatorError(answer.message);
  return answer.account;
}

async function accountWith(ctx: Context, email: string): Promise<AccountView> {
  const [row] = await read<object>(ctx, accountsWhere(sql`a.email = ${email.trim().toLowerCase()}`));
  if (!row)
    throw new OperatorError(`There is no account with the email ${email}: \`newsgraph account list\` shows all.`);
  return accountOf(row);
}
