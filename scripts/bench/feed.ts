import 'reflect-metadata';
import { Command, Option } from 'commander';
import { publishEdition } from '../../src/articles/bring-in.commands.js';
import { saveEdition } from '../../src/articles/edition.commands.js';
import type { Database } from '../../src/kernel/database.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { catchUp } from '../../src/syndication/feed/catch-up.commands.js';
import { changesAfter } from '../../src/syndication/feed/change.queries.js';
import { watchOf } from '../../src/syndication/feed/watch.queries.js';
import { createPartner, grantProduct } from '../../src/syndication/partners/partner.commands.js';
import { createProduct } from '../../src/syndication/partners/product.commands.js';
import { openDesk, operatorOn } from '../promises/desk.js';
import { openPlace, type PlaceKind } from '../promises/places.js';

/** How quickly partners are told: how many changes a second, and how long after its commit one is there. */
const program = new Command('bench:feed')
  .description('measures how quickly partners are told of changes')
  .option('--changes <n>', 'how many changes wait to be told', Number, 500)
  .option('--events <n>', 'after how many commits somebody who waits is timed', Number, 200)
  .addOption(new Option('--on <database>', 'where').choices(['sqlite', 'mariadb']).default('mariadb'))
  .action(async ({ changes, events, on }: { changes: number; events: number; on: PlaceKind }) => {
    for (const partners of [10, 200]) {
      const place = await openPlace(on);
      const database = await place.open();
      try {
        const partnerIds = await setUp(database, partners);
        const publish = publisher(database);
        for (let i = 0; i < changes; i++) await publish();
        const began = performance.now();
        await untilTold(database);
        const seconds = (performance.now() - began) / 1_000;
        const latencies = await timed(database, publish, { partnerId: partnerIds[0]!, events });
        const at = (part: number) => latencies[Math.floor(part * (latencies.length - 1))]!.toFixed(0);
        process.stdout.write(
          `${place.kind}, ${partners} partners: ${(changes / seconds).toFixed(0)} changes/s told, ` +
            `${((changes * partners) / seconds).toFixed(0)} to partners; commit to visible p50 ${at(0.5)} ms, ` +
            `p99 ${at(0.99)} ms of ${latencies.length}\n`,
        );
      } finally {
        await database.close();
        await place.remove();
      }
    }
  });

async function setUp(database: Database, count: number): Promise<number[]> {
  await openDesk(database);
  const ctx = operatorOn(database);
  const product = await createProduct(ctx, { name: 'Everything' });
  const ids: number[] = [];
  for (let i = 0; i < count; i++) {
    const made = await createPartner(ctx, { name: `Partner ${i}` });
    if (!('partner' in made) || !('product' in product)) throw new Error(JSON.stringify([made, product]));
    ids.push(made.partner.id);
    await grantProduct(ctx, { partnerId: made.partner.id, productId: product.product.id });
  }
  return ids;
}

/** Publishes one more story each time, as an import does. */
function publisher(database: Database): () => Promise<void> {
  const section = saveSection(operatorOn(database), { slug: 'world', name: 'World', description: '', position: 0 });
  let count = 0;
  return async () => {
    const ctx = operatorOn(database);
    const slug = `story-${(count += 1)}`;
    const saved = await saveEdition(ctx, {
      article: { source: 'bench', externalId: slug, slug },
      ...{ kind: 'NEWS', language: 'en', title: slug, standfirst: '', sectionId: await section },
      blocks: [{ key: 'b1', kind: 'Paragraph', text: `What happened the ${count}th time.` }],
      ...{ mentions: [], credits: [], related: [] },
    });
    await publishEdition(ctx, saved);
  };
}

async function untilTold(database: Database): Promise<void> {
  const left = async () =>
    (
      await database.read<{ left: number }>({
        text: `select (select value from counter where name = 'change') - (select value from counter where name = 'syndicated') as left_`,
        values: [],
      })
    )[0] as unknown as { left_: number };
  while ((await left()).left_ > 0) await catchUp({ database });
}

/** How long after each commit somebody who waits has read it, shortest first. */
async function timed(
  database: Database,
  publish: () => Promise<void>,
  { partnerId, events }: { partnerId: number; events: number },
): Promise<number[]> {
  const ctx = operatorOn(database);
  const head = await database.read<{ seq: number }>({
    text: 'select max(seq) as seq from partner_change where partnerId = ?',
    values: [partnerId],
  });
  let seq = head[0]!.seq;
  const latencies: number[] = [];
  for (let i = 0; i < events; i++) {
    const news = watchOf(database).news({ partnerId, seq }, new AbortController().signal);
    await publish();
    const committed = performance.now();
    await news;
    const edges = await changesAfter(ctx, { partnerId, seq, limit: 100 });
    latencies.push(performance.now() - committed);
    seq = edges.at(-1)!.node.seq;
  }
  watchOf(database).close();
  return latencies.sort((a, b) => a - b);
}

await program.parseAsync();
