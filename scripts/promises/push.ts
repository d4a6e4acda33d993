import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { sql } from '../../src/kernel/sql.js';
import { rotateWebhookSecret } from '../../src/syndication/webhooks/secret.commands.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { createWebhook, type WebhookAndSecret } from '../../src/syndication/webhooks/webhook.commands.js';
import type { Partner } from './partners.js';
import type { PartnerMachine } from './receiver.js';

const patienceMs = 900_000;

/** An endpoint of each partner, and one that takes nothing. */
export interface Endpoints {
  pathOf(partner: Partner): string;
  /** Gives the first partner's endpoint another secret; tries again while the database is down. */
  rotate(ctx: Context): Promise<void>;
  /** How many changes are still to be sent to those that take any. */
  left(database: Database): Promise<number>;
  /** Waits until everything was sent; says what is not as it should be. */
  settled(database: Database, told: (left: number) => void): Promise<string[]>;
}

export async function openEndpoints(
  ctx: Context,
  machine: PartnerMachine,
  partners: readonly Partner[],
): Promise<Endpoints> {
  useWay(ctx.database, openWay({ plain: true }));
  const pathOf = ({ name }: Partner) => name.toLowerCase();
  const open = async ({ partnerId }: Partner, path: string) => {
    const { webhook, secret } = done(await createWebhook(ctx, { partnerId, url: machine.urlOf(path) }));
    machine.keepSecret(path, secret!);
    return webhook.id;
  };
  const ids: number[] = [];
  for (const partner of partners) ids.push(await open(partner, pathOf(partner)));
  const poison = await open(partners[0]!, 'poison');
  const left = async (database: Database) => {
    const [row] = await database.read<{ total: number }>(
      sql`select count(*) as total from webhook w join partner_change c on c.partnerId = w.partnerId and c.seq > w.place
          where w.id in ${ids}`,
      'primary',
    );
    return row!.total;
  };
  const states = (database: Database) =>
    database.read<{ id: number; state: string; letters: number }>(
      sql`select id, state, (select count(*) from webhook_dead_letter d where d.webhookId = w.id) as letters
          from webhook w order by id`,
      'primary',
    );
  return {
    pathOf,
    rotate: async (on) => {
      for (;;) {
        try {
          const rotated = await rotateWebhookSecret(on, { webhookId: ids[0]! });
          await sleep(1_000);
          machine.keepSecret(pathOf(partners[0]!), done(rotated).secret!); // what is signed for both is known by either
          return;
        } catch {
          await sleep(500);
        }
      }
    },
    left,
    settled: async (database, told) => {
      const until = performance.now() + patienceMs;
      for (;;) {
        const count = await left(database);
        const found = await states(database);
        const wrong = found.filter(({ id, state, letters }) =>
          id === poison ? state !== 'PAUSED' || letters !== 3 : state !== 'ACTIVE' || letters !== 0,
        );
        if (count === 0 && wrong.length === 0) return [];
        if (performance.now() > until) {
          const states = wrong.map(
            ({ id, state, letters }) => `endpoint ${id} is ${state} with ${letters} dead letters`,
          );
          return [`${count} changes were not sent in time`, ...states];
        }
        told(count);
        await sleep(1_000);
      }
    },
  };
}

function done<Name extends string>(answer: WebhookAndSecret<Name> | { message: string }): WebhookAndSecret<Name> {
  if (!('webhook' in answer)) throw new Error(answer.message);
  return answer;
}
