import { globalId } from '../../src/kernel/global-id.js';
import { createContext } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { raw } from '../../src/kernel/sql.js';
import { createSigner } from '../../src/kernel/signing.js';
import { operator } from '../../src/kernel/viewer.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { createPartnerKey } from '../../src/syndication/partners/key.commands.js';
import { createPartner, grantProduct } from '../../src/syndication/partners/partner.commands.js';
import { createProduct } from '../../src/syndication/partners/product.commands.js';
import { documentOf, openDesk, storyOf, type Desk, type Fields, type Held, type MutationName } from './desk.js';
import type { Findings } from './editors.js';
import { ask, openFire, password, signIn } from './fire.js';
import { violations } from './invariants.js';
import { insisting } from './life.js';
import type { Place } from './places.js';
import { pull, type Taken, type Taker } from './takers.js';

/** By what partners take their feeds. */
const takers: readonly Taker[] = [pull];

/** A service lives long enough to be of use, and not for long. */
const pace = { service: [5_000, 10_000], database: [20_000, 20_000] } as const;

const secretKey = 'for a promise on loopback, 0123456789';
const sections = ['world', 'business'] as const;

interface Partner {
  name: string;
  partnerId: number;
  key: string;
  /** Whose stories he is entitled to. */
  sections: readonly string[];
}

/** Writers publish, correct and kill while everything is killed; each partner ends with exactly what he is entitled to. */
export async function everyPartnerIsTold(
  place: Place,
  { changes, writers }: { changes: number; writers: number },
): Promise<Findings> {
  const setUp = await place.open();
  await openDesk(setUp, password);
  const partners = await partnersOn(setUp);
  await setUp.close();
  const fire = await openFire(place, { SECRET_KEY: secretKey }, pace);
  const token = await signIn(fire.server());
  const desk: Desk = (name, input) =>
    ask(fire.server(), token, documentOf(name), { input }).then((data) => data[name]!);
  const running = await Promise.all(
    takers.flatMap((taker) =>
      partners.map(async (partner) => ({
        taker,
        partner,
        taking: await taker.begin({ ...partner, server: fire.server }),
      })),
    ),
  );
  const broken: string[] = [];
  const started = performance.now();
  let made = 0;
  let next = 0;
  const writer = async () => {
    while (made < changes) {
      const n = next++;
      await live(desk, n, () => (made += 1)).catch((error: unknown) => broken.push(`story ${n}: ${String(error)}`));
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const seconds = (performance.now() - started) / 1_000;
  await fire.cease();
  const taken = await Promise.all(running.map(async (each) => ({ ...each, changes: await each.taking.end() })));
  const database = await place.open();
  try {
    const own = await changesOf(database);
    for (const { taker, partner, changes: his } of taken) {
      broken.push(...unlike(own, partner, taker, his).map((what) => `${partner.name} by ${taker.name}: ${what}`));
    }
    broken.push(...(await violations(database)));
    const figures = {
      changes: own.length,
      stories: next,
      partners: partners.length,
      'told by pull': taken.reduce((sum, { changes: his }) => sum + his.length, 0),
      'kills of the service': fire.killed(),
      'kills of the database': fire.crashed(),
      'missing, twice, out of order or in a wrong hand': broken.length,
      seconds: seconds.toFixed(0),
    };
    return { figures, broken };
  } finally {
    await database.close();
  }
}

/** Partners with a product each: one has everything, two have a section. */
async function partnersOn(database: Database): Promise<Partner[]> {
  const addresses = { siteUrl: 'https://news.example', mediaUrl: 'https://news.example/media', siteName: 'Promises' };
  const ctx = createContext(database, addresses, { viewer: operator, signer: createSigner(secretKey) });
  await saveSection(ctx, { slug: 'business', name: 'Business', description: '', position: 1 });
  const made = async (name: string, of: readonly string[]): Promise<Partner> => {
    const filter = of.length === sections.length ? {} : { sections: [...of] };
    const product = await createProduct(ctx, { name, filter });
    const partner = await createPartner(ctx, { name, requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 });
    if (!('product' in product) || !('partner' in partner)) throw new Error(JSON.stringify([product, partner]));
    const partnerId = partner.partner.id;
    await grantProduct(ctx, { partnerId, productId: product.product.id });
    const key = await createPartnerKey(ctx, { partnerId, name: 'feed', scopes: ['READ'] });
    if (!('secret' in key) || key.secret === null) throw new Error(JSON.stringify(key));
    return { name, partnerId, key: key.secret, sections: of };
  };
  return [await made('All', sections), await made('World', ['world']), await made('Business', ['business'])];
}

const note = 'Because it has to be said.';

/** A story is published, and in turns updated, corrected twice, withdrawn, killed. */
async function live(desk: Desk, n: number, count: () => void): Promise<void> {
  let step = 0;
  let held: Held | undefined;
  const does = async (name: MutationName, fields: Fields, isChange = true): Promise<void> => {
    const input = { ...held, ...fields, idempotencyKey: `${n}-${(step += 1)}` };
    held = storyOf(await insisting(desk)(name, input));
    if (isChange) count();
  };
  const title = `Story ${n}`;
  const section = sections[n % sections.length];
  await does('createDraft', { title, section, body: { markdown: `About ${title}.` } }, false);
  await does('submitArticle', {}, false);
  await does('approveArticle', {}, false);
  await does('publishArticle', {});
  await does('correctArticle', { note: `${note} (1)` });
  await does('saveDraft', { title: `${title}, again` }, false);
  await does('publishArticle', {});
  for (let i = 2; i < 6; i++) await does('correctArticle', { note: `${note} (${i})` });
  if (n % 4 === 0) await does('withdrawArticle', { note, publicNote: 'Not true.', kill: true });
  else if (n % 4 === 1) await does('withdrawArticle', { note });
}

interface OwnChange {
  op: string;
  articleId: number;
  version: number;
  note: string | null;
  section: string;
  /** The headline that readers see of the story at the end; none when they see none. */
  title: string | null;
}

/** All that was changed, in the order of commits. */
const changesOf = (database: Database): Promise<OwnChange[]> =>
  database.read<OwnChange>(
    raw(`select c.op, c.subjectId as articleId, c.version, c.note,
           (select s.slug from edition e join section s on s.id = e.sectionId where e.articleId = c.subjectId and e.number = 1) as section,
           (select e.title from publication p join edition e on e.id = p.editionId
            where p.articleId = c.subjectId and p.recalledAt is null order by p.visibleFrom desc limit 1) as title
         from content_change c where c.subject = 'Article' order by c.seq`),
    'primary',
  );

/** What a partner got that he should not have, or did not get, or in another order. */
function unlike(own: readonly OwnChange[], partner: Partner, taker: Taker, taken: readonly Taken[]): string[] {
  const broken: string[] = [];
  const cursors = new Set(taken.map(({ cursor }) => cursor));
  if (!taker.mayRepeat && cursors.size < taken.length) broken.push(`${taken.length - cursors.size} came twice`);
  const his = own.filter(({ section }) => partner.sections.includes(section));
  const told = (change: { kind: string; storyId: string | null; version: number; note: string | null }) =>
    [change.kind, change.storyId, change.version, change.note].join(' ');
  const right = his.map(({ op, articleId, version, note: said }) =>
    told({ kind: op, storyId: globalId('Article', articleId), version, note: said }),
  );
  const seen = new Set<string>();
  const got = taken.filter(({ cursor }) => !seen.has(cursor) && seen.add(cursor)).map(told);
  if (got.length !== right.length) broken.push(`${got.length} changes came, not ${right.length}`);
  const first = right.findIndex((change, i) => change !== got[i]);
  if (first >= 0) broken.push(`change ${first} is ${got[first]}, not ${right[first]}`);
  const shelf = new Map<string, string | null>();
  for (const { action, storyId, title } of taken) {
    if (action === 'REMOVE') shelf.delete(storyId!);
    else if (title !== null) shelf.set(storyId!, title);
  }
  const alive = new Map(
    his.flatMap(({ articleId, title }) => (title === null ? [] : [[globalId('Article', articleId), title]])),
  );
  for (const [id, title] of alive) if (shelf.get(id) !== title) broken.push(`${id} is ${shelf.get(id)}, not ${title}`);
  for (const id of shelf.keys()) if (!alive.has(id)) broken.push(`${id} is on the shelf`);
  return broken.slice(0, 10);
}
