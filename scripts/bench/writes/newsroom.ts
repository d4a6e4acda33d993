import { createAccount } from '../../../src/accounts/account.commands.js';
import { saveEdition } from '../../../src/articles/edition.commands.js';
import { readConfig } from '../../../src/config.js';
import { createContext, type Context } from '../../../src/kernel/context.js';
import type { Database } from '../../../src/kernel/database.js';
import { globalId } from '../../../src/kernel/global-id.js';
import { operator, type AccountViewer } from '../../../src/kernel/viewer.js';
import { openStorage } from '../../../src/storage.js';
import { deskOn, storyOf as heldStory } from '../../promises/desk.js';
import type { Slugs } from '../compare.js';
import { storyOf, type Scale } from '../generate.js';
import { dropNewsroom, prepareNewsroom } from '../newsroom.database.js';

/** A newsroom that is written to: never the one that pages are measured on, and gone afterwards. */
export interface Desk {
  url: string;
  database: Database;
  slugs: Slugs;
  ctx: Context;
  viewer: AccountViewer;
  /** Stories that may be published, each with the version it has. */
  approved: { articleId: number; expectedVersion: number }[];
  close(): Promise<void>;
}

export const account = { email: 'edith@bench.example', password: 'for a bench on loopback' };
const addresses = { siteUrl: 'https://bench.example', mediaUrl: 'https://bench.example/media', siteName: 'Bench' };

/** Makes a newsroom with somebody who works in it, and so many stories that only have to be published. */
export async function openDesk(url: string, scale: Scale, stories: number): Promise<Desk> {
  await dropNewsroom(url);
  const { slugs } = await prepareNewsroom(url, scale, () => undefined);
  const database = await openStorage(readConfig({ DATABASE_URL: url }).database);
  const made = await createAccount(createContext(database, addresses, { viewer: operator }), {
    ...account,
    name: 'Edith',
    role: 'CHIEF',
  });
  if (!('account' in made)) throw new Error(made.message);
  const viewer = { kind: 'account' as const, accountId: made.account.id, name: 'Edith', role: 'CHIEF' as const };
  const edith: AccountViewer = { ...viewer, sectionIds: null };
  const ctx = createContext(database, addresses, { viewer: edith });
  const desk = deskOn(database, edith);
  const approved: Desk['approved'] = [];
  for (let i = 1; i <= stories; i++) {
    const { publishedAt: _, corrections: __, ...edition } = storyOf(scale.articles + i, scale);
    const { articleId } = await saveEdition(ctx, edition);
    const saved = { articleId: globalId('Article', articleId), expectedVersion: 1 };
    const submitted = heldStory(await desk('submitArticle', saved));
    const { expectedVersion } = heldStory(await desk('approveArticle', { ...submitted }));
    approved.push({ articleId, expectedVersion });
  }
  return {
    url,
    database,
    slugs,
    ctx,
    viewer: edith,
    approved,
    close: async () => {
      await database.close();
      await dropNewsroom(url);
    },
  };
}
