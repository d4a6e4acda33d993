import { Command, Option } from 'commander';
import { read, type Context } from '../kernel/context.js';
import { OperatorError } from '../kernel/errors.js';
import { migrateUp } from '../kernel/migrate.js';
import { createSigner } from '../kernel/signing.js';
import { parseInstant } from '../kernel/scalars.js';
import { sql } from '../kernel/sql.js';
import { createPartnerKey, revokePartnerKey } from '../syndication/partners/key.commands.js';
import { createPartner, grantProduct, savePartner, withdrawProduct } from '../syndication/partners/partner.commands.js';
import {
  keysByPartner,
  keysWhere,
  partnerOf,
  partners,
  partnersWhere,
  products,
  type PartnerView,
} from '../syndication/partners/partner.queries.js';
import { keyScopes, type KeyScope } from '../syndication/partners/partner.words.js';
import { productOf, productsWhere } from '../syndication/partners/product.queries.js';
import { usageOf } from '../syndication/usage/usage.queries.js';
import { say, withNewsroom } from './newsroom.js';
import { productCommand } from './product.js';

export function partnerCommand(): Command {
  const partner = new Command('partner').description('look after who takes our stories');
  partner
    .command('list')
    .description('list all partners and their keys')
    .action(() => withNewsroom(({ ctx }) => list(ctx)));
  partner
    .command('add')
    .description('make a partner')
    .requiredOption('--name <name>', 'what everybody knows them by')
    .option('--slug <slug>', 'what this command line knows them by; made from the name')
    .option('--product <slug...>', 'what they have bought')
    .action((options: Added) =>
      withNewsroom(({ ctx, database }) => migrateUp(database, say).then(() => add(ctx, options))),
    );
  partner
    .command('products')
    .description('list all products')
    .action(() => withNewsroom(({ ctx }) => listProducts(ctx)));
  partner.addCommand(productCommand());
  partner
    .command('grant')
    .description('give a partner a product')
    .argument('<slug>', 'whom')
    .argument('<product>', 'its slug')
    .action((slug: string, product: string) => withNewsroom(({ ctx }) => exchange(ctx, grantProduct, [slug, product])));
  partner
    .command('withdraw')
    .description('take a product from a partner')
    .argument('<slug>', 'from whom')
    .argument('<product>', 'its slug')
    .action((slug: string, product: string) =>
      withNewsroom(({ ctx }) => exchange(ctx, withdrawProduct, [slug, product])),
    );
  partner
    .command('save')
    .description('change a partner; what is not named stays')
    .argument('<slug>', 'whom')
    .option('--name <name>', 'what everybody knows them by')
    .option('--requests-per-minute <number>', 'what they may ask at most; `usual` is what the settings say')
    .option('--cost-per-minute <number>', 'what that may cost; `usual` is what the settings say')
    .option('--active', 'they get what they have bought')
    .addOption(new Option('--inactive', 'they get nothing; their keys and products are kept').conflicts('active'))
    .action((slug: string, options: Saved) => withNewsroom(({ ctx }) => save(ctx, slug, options)));
  partner
    .command('usage')
    .description('tell what a partner took, newest day first')
    .argument('<slug>', 'whose')
    .option('--days <days>', 'how many days, today included', '30')
    .action((slug: string, { days }: { days: string }) => withNewsroom(({ ctx }) => usage(ctx, slug, Number(days))));

  const key = partner.command('key').description('look after what partners are known by');
  key
    .command('create')
    .description('make a key, and print it on standard output, this once')
    .argument('<slug>', 'for whom')
    .requiredOption('--name <name>', 'what it is used for')
    .addOption(
      new Option('--scope <scope...>', 'what it is good for')
        .choices(keyScopes.map((scope) => scope.toLowerCase()))
        .default(['read']),
    )
    .option('--expires <moment>', 'when it ends by itself, such as 2027-01-01T00:00:00Z')
    .action((slug: string, options: Keyed) =>
      withNewsroom(({ ctx, config }) => {
        if (!config.keepsSecretKey) {
          throw new OperatorError('Set SECRET_KEY to what the service has: keys made with another one are refused.');
        }
        return createKey({ ...ctx, signer: createSigner(config.secretKey) }, slug, options);
      }),
    );
  key
    .command('revoke')
    .description('end a key at once, on all nodes')
    .argument('<prefix>', 'what it begins with, as list shows it')
    .option('--note <note>', 'why')
    .action((prefix: string, { note }: { note?: string }) => withNewsroom(({ ctx }) => revoke(ctx, prefix, note)));
  return partner;
}

interface Added {
  name: string;
  slug?: string;
  product?: string[];
}

interface Saved {
  name?: string;
  requestsPerMinute?: string;
  costPerMinute?: string;
  active?: true;
  inactive?: true;
}

interface Keyed {
  name: string;
  scope: string[];
  expires?: string;
}

async function list(ctx: Context): Promise<void> {
  for await (const { node } of pages((after) => partners(ctx, { first: 100, after }))) {
    say([node.slug, node.name, node.active ? 'active' : 'not active'].join('\t'));
    for (const { prefix, name, scopes, live, lastUsedAt } of await keysByPartner(ctx).load(node.id)) {
      const used = lastUsedAt === null ? 'never used' : `last used ${new Date(lastUsedAt).toISOString()}`;
      say(['', prefix, name, scopes.join(' '), live ? 'live' : 'not live', used].join('\t'));
    }
  }
}

async function listProducts(ctx: Context): Promise<void> {
  for await (const { node } of pages((after) => products(ctx, { first: 100, after }))) {
    say([node.slug, node.name, JSON.stringify(node.filter)].join('\t'));
  }
}

/** A list, page by page, to its end. */
async function* pages<Edge>(
  page: (
    after: string | null,
  ) => Promise<{ edges: Edge[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } }>,
): AsyncGenerator<Edge> {
  let after: string | null | undefined = null;
  while (after !== undefined) {
    const { edges, pageInfo }: Awaited<ReturnType<typeof page>> = await page(after);
    yield* edges;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
  }
}

async function add(ctx: Context, { name, slug, product: slugs = [] }: Added): Promise<void> {
  const wanted = await Promise.all(slugs.map((each) => productWith(ctx, each)));
  const made = await createPartner(ctx, { name, slug: slug ?? null });
  if ('message' in made) throw new OperatorError(made.message);
  const { id: partnerId, slug: known } = made.partner;
  for (const { id: productId } of wanted) {
    const granted = await grantProduct(ctx, { partnerId, productId });
    if ('message' in granted) throw new OperatorError(granted.message);
  }
  say(`${known} is a partner: \`newsgraph partner key create ${known} --name website\` makes a key.`);
}

async function exchange(
  ctx: Context,
  command: typeof grantProduct | typeof withdrawProduct,
  [slug, product]: [string, string],
): Promise<void> {
  const { id: partnerId } = await partnerWith(ctx, slug);
  const { id: productId } = await productWith(ctx, product);
  const exchanged = await command(ctx, { partnerId, productId });
  if ('message' in exchanged) throw new OperatorError(exchanged.message);
  say(`${slug} has ${product}${command === withdrawProduct ? ' no more' : ''}.`);
}

async function save(ctx: Context, slug: string, options: Saved): Promise<void> {
  const { name, active, inactive } = options;
  const change = {
    ...(name !== undefined && { name }),
    ...quota('requestsPerMinute', '--requests-per-minute', options),
    ...quota('costPerMinute', '--cost-per-minute', options),
    ...((active ?? inactive) && { active: active === true }),
  };
  if (Object.keys(change).length === 0) {
    throw new OperatorError('Say what is to be different: `newsgraph partner save --help` shows what can be.');
  }
  const { id, version: expectedVersion } = await partnerWith(ctx, slug);
  const saved = await savePartner(ctx, { id, expectedVersion, ...change });
  if ('message' in saved) throw new OperatorError(saved.message);
  const { partner } = saved;
  const quotas = `${partner.requestsPerMinute ?? 'the usual'} requests and ${partner.costPerMinute ?? 'the usual'} cost`;
  say([slug, partner.name, partner.active ? 'active' : 'not active', `${quotas} a minute`].join('\t'));
}

/** A quota that was given; `usual` takes back one of their own. */
function quota<Field extends 'requestsPerMinute' | 'costPerMinute'>(
  field: Field,
  option: string,
  { [field]: text }: Saved,
): Partial<Record<Field, number | null>> {
  if (text === undefined) return {};
  if (text !== 'usual' && !/^\d+$/.test(text)) throw new OperatorError(`${option} is a whole number, or usual.`);
  return { [field]: text === 'usual' ? null : Number(text) } as Record<Field, number | null>;
}

/** The key alone goes to standard output, so that it can be piped to where it is kept; all else is for people. */
async function createKey(ctx: Context, slug: string, { name, scope, expires }: Keyed): Promise<void> {
  const { id: partnerId } = await partnerWith(ctx, slug);
  const scopes = scope.map((each) => each.toUpperCase() as KeyScope);
  const expiresAt = expires === undefined ? null : parseInstant(expires);
  const made = await createPartnerKey(ctx, { partnerId, name, scopes, expiresAt });
  if ('message' in made) throw new OperatorError(made.message);
  process.stderr.write('This is the key; it is not shown again:\n');
  say(made.secret!);
}

async function revoke(ctx: Context, prefix: string, note: string | undefined): Promise<void> {
  const id = parseInt(/^ngp_([0-9a-z]{1,6})_/.exec(prefix)?.[1] ?? '', 36);
  const [found] = Number.isNaN(id) ? [] : await read<object>(ctx, keysWhere(sql`k.id = ${id}`, ctx.database.now));
  if (!found) throw new OperatorError('There is no such key: `newsgraph partner list` shows what they begin with.');
  const revoked = await revokePartnerKey(ctx, { id, note: note ?? null });
  if ('message' in revoked) throw new OperatorError(revoked.message);
  say(`${revoked.key.prefix}… is refused from now on.`);
}

async function usage(ctx: Context, slug: string, days: number): Promise<void> {
  if (!Number.isInteger(days)) throw new OperatorError('--days is a whole number from 1 to 400.');
  const { id: partnerId } = await partnerWith(ctx, slug);
  say(['date', 'requests', 'stories', 'cost'].join('\t'));
  for (const { date, requests, stories, cost } of await usageOf(ctx, { partnerId, days })) {
    say([date, requests, stories, cost].join('\t'));
  }
}

async function partnerWith(ctx: Context, slug: string): Promise<PartnerView> {
  const [row] = await read<object>(ctx, partnersWhere(sql`p.slug = ${slug}`));
  if (!row) throw new OperatorError(`There is no partner ${slug}: \`newsgraph partner list\` shows all.`);
  return partnerOf(row);
}

async function productWith(ctx: Context, slug: string): Promise<{ id: number }> {
  const [row] = await read<object>(ctx, productsWhere(sql`d.slug = ${slug}`));
  if (!row) throw new OperatorError(`There is no product ${slug}: \`newsgraph partner products\` shows all.`);
  return productOf(row);
}
