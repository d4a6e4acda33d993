import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createContext, type Context } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { createSigner } from '../../src/kernel/signing.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { catchUp } from '../../src/syndication/feed/catch-up.commands.js';
import { cursorOf } from '../../src/syndication/feed/change.rules.js';
import { createPartner, grantProduct } from '../../src/syndication/partners/partner.commands.js';
import { createProduct } from '../../src/syndication/partners/product.commands.js';
import { rotateWebhookSecret } from '../../src/syndication/webhooks/secret.commands.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { createWebhook } from '../../src/syndication/webhooks/webhook.commands.js';
import { approvedStory, deskOn, openDesk, storyOf, type Desk } from './desk.js';
import type { Findings } from './editors.js';
import type { Place } from './places.js';
import { startPartnerMachine, type Inbox, type PartnerMachine } from './receiver.js';

const secretKey = 'a key for promises alone, long enough for one';
const addresses = { siteUrl: 'https://news.example', mediaUrl: 'https://news.example/media', siteName: 'Promises' };
const dispatchers = 4;
const patienceMs = 300_000;

interface Endpoint {
  partnerId: number;
  webhookId: number;
  inbox: Inbox;
}

/**
 * Stories are published, corrected and killed while four dispatchers send them to partners and are killed at random, the
 * partners' machine refuses, dies in the middle and is gone for a while, a secret is changed and one endpoint takes
 * nothing. Each other endpoint ends with all of its partner's feed, in order; what came twice has the same id.
 */
export async function webhooksArrive(
  place: Place,
  { stories, partners, kills }: { stories: number; partners: number; kills: number },
): Promise<Findings> {
  const database = await place.open();
  const machine = await startPartnerMachine();
  let stop = () => undefined as void;
  try {
    const desk = deskOn(database, { ...(await openDesk(database)), role: 'ADMIN' });
    const ctx = createContext(database, addresses, { viewer: operator, signer: createSigner(secretKey) });
    useWay(database, openWay({ plain: true }));
    const endpoints = await openEndpoints(ctx, machine, partners);
    const dying = startDispatchers(place.url);
    stop = () => dying.stop();
    const started = performance.now();
    const fire = setInterval(() => dying.kills < kills && dying.killOne(), 2_000);
    const trouble = makeTrouble(ctx, machine, endpoints);
    await write(desk, stories);
    await catchUp(ctx);
    await trouble;
    const good = endpoints.slice(0, partners);
    const isThere = await arrives(database, endpoints);
    clearInterval(fire);
    const seconds = (performance.now() - started) / 1_000;
    const broken = isThere ? [] : ['not everything was sent in time'];
    const counts = await Promise.all(good.map((each) => compare(database, each, broken)));
    const sum = (of: (count: Count) => number) => counts.reduce((total, count) => total + of(count), 0);
    const [sent, twice] = [sum(({ received }) => received), sum(({ received, distinct }) => received - distinct)];
    if (twice > 0.05 * sent) broken.push(`${twice} of ${sent} came twice`);
    const [poison] = await database.read<{ state: string; letters: number }>(
      sql`select state, (select count(*) from webhook_dead_letter d where d.webhookId = w.id) as letters
          from webhook w where id = ${endpoints.at(-1)!.webhookId}`,
      'primary',
    );
    if (poison?.state !== 'PAUSED') broken.push(`the endpoint that takes nothing is ${poison?.state}`);
    return {
      figures: {
        changes: sum(({ told }) => told),
        endpoints: `${partners} and one that takes nothing`,
        lost: sum(({ told, distinct }) => told - distinct),
        'came twice': `${twice} (${((100 * twice) / sent).toFixed(1)} %)`,
        'wrong signatures': sum(({ badSignatures }) => badSignatures),
        'out of order': sum(({ disorder }) => disorder),
        'refused by 503': machine.refused,
        'taken, then reset': machine.reset,
        'kills of dispatchers': dying.kills,
        'dead letters of the one': poison?.letters ?? 0,
        seconds: seconds.toFixed(0),
      },
      broken,
    };
  } finally {
    stop();
    machine.stop();
    await database.close();
  }
}

async function openEndpoints(ctx: Context, machine: PartnerMachine, partners: number): Promise<Endpoint[]> {
  const product = await createProduct(ctx, { name: 'Everything' });
  if (!('product' in product)) throw new Error(product.message);
  const endpoints: Endpoint[] = [];
  const open = async (partnerId: number, path: string) => {
    const url = `http://hooks.partner.example:${machine.port}/${path}`;
    const made = await createWebhook(ctx, { partnerId, url });
    if (!('webhook' in made)) throw new Error(made.message);
    const inbox = { secrets: [made.secret!], ids: [], cursors: [], badSignatures: 0 };
    machine.inboxes.set(path, inbox);
    endpoints.push({ partnerId, webhookId: made.webhook.id, inbox });
  };
  for (let n = 0; n < partners; n++) {
    const partner = await createPartner(ctx, { name: `Partner ${n}` });
    if (!('partner' in partner)) throw new Error(partner.message);
    await grantProduct(ctx, { partnerId: partner.partner.id, productId: product.product.id });
    await open(partner.partner.id, `partner-${n}`);
  }
  await open(endpoints[0]!.partnerId, 'poison');
  return endpoints;
}

/** Publishes stories; every third is corrected, every tenth killed. */
async function write(desk: Desk, stories: number): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < stories) {
      const n = next++;
      let held = storyOf(await desk('publishArticle', { ...(await approvedStory(desk, `Story ${n}`)) }));
      if (n % 3 === 0) held = storyOf(await desk('correctArticle', { ...held, note: 'It was not so.' }));
      if (n % 10 === 0) await desk('withdrawArticle', { ...held, note: 'It was not so.', kill: true });
    }
  };
  await Promise.all(Array.from({ length: 4 }, writer));
}

/** Lets the partners' machine be gone for two seconds, and changes a secret while things are sent. */
async function makeTrouble(ctx: Context, machine: PartnerMachine, [first]: readonly Endpoint[]): Promise<void> {
  await sleep(4_000);
  await machine.outage(2_000);
  const rotated = await rotateWebhookSecret(ctx, { webhookId: first!.webhookId });
  if (!('webhook' in rotated)) throw new Error(rotated.message);
  await sleep(1_000);
  first!.inbox.secrets = [rotated.secret!]; // what is signed for both is known by either
}

async function arrives(database: Database, endpoints: readonly Endpoint[]): Promise<boolean> {
  const ids = endpoints.map(({ webhookId }) => webhookId);
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const behind = await database.read(
      sql`select 1 from webhook w where w.id in ${ids} and w.state = 'ACTIVE'
          and exists (select 1 from partner_change c where c.partnerId = w.partnerId and c.seq > w.place)`,
      'primary',
    );
    if (behind.length === 0) return true;
    await sleep(200);
  }
  return false;
}

interface Count {
  told: number;
  received: number;
  distinct: number;
  disorder: number;
  badSignatures: number;
}

async function compare(database: Database, { partnerId, inbox }: Endpoint, broken: string[]): Promise<Count> {
  const told = await database.read<{ seq: number }>(
    raw(`select seq from partner_change where partnerId = ${partnerId} order by seq`),
    'primary',
  );
  const want = told.map(({ seq }) => cursorOf(partnerId, seq));
  const cursorsById = new Map(inbox.ids.map((id, i) => [id, inbox.cursors[i]!]));
  const got = [...cursorsById.values()];
  const disorder = got.filter((cursor, i) => cursor !== want[i]).length;
  const { badSignatures } = inbox;
  if (got.length !== want.length) broken.push(`partner ${partnerId} was told ${want.length}, got ${got.length}`);
  if (disorder > 0) broken.push(`partner ${partnerId} got ${disorder} out of order`);
  if (badSignatures > 0) broken.push(`partner ${partnerId} got ${badSignatures} wrong signatures`);
  return { told: want.length, received: inbox.ids.length, distinct: got.length, disorder, badSignatures };
}

/** Dispatchers of which one is killed now and then, and another takes its place. */
function startDispatchers(url: string): { kills: number; killOne(): void; stop(): void } {
  const env = { PATH: process.env.PATH, DATABASE_URL: url, SECRET_KEY: secretKey, SITE_URL: addresses.siteUrl };
  const start = (): ChildProcess => fork(join(import.meta.dirname, 'webhooks.process.js'), { env });
  const running = Array.from({ length: dispatchers }, start);
  const dying = {
    kills: 0,
    killOne: () => {
      const i = Math.floor(Math.random() * running.length);
      running[i]!.kill('SIGKILL');
      running[i] = start();
      dying.kills += 1;
    },
    stop: () => running.forEach((child) => child.kill('SIGKILL')),
  };
  process.once('exit', () => dying.stop());
  return dying;
}
