import type { Context } from '../kernel/context.js';
import { touchEverything } from '../kernel/ledger.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, insertAll, upsert } from '../kernel/write.js';
import { BannerRow, ConsentCategoryRow, NewsletterRow, PlacementRow } from './site.rows.js';

export interface BannerInput {
  name: string;
  title: string;
  url: string;
  pictureId?: number | undefined;
  /** Where it stands; without a section, everywhere. */
  placements: readonly { slot: string; sectionId?: number | undefined; position: number }[];
}

/** Makes a banner or changes the one of that name, its placements included. */
export function saveBanner(ctx: Context, input: BannerInput): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const bannerId = await upsert(
      tx,
      BannerRow,
      { name: checkText('name', input.name, { min: 1, max: 120 }) },
      {
        title: checkText('title', input.title, { max: 200 }),
        url: checkText('url', input.url, { min: 1, max: 500 }),
        pictureId: input.pictureId ?? null,
      },
    );
    await touchEverything(tx);
    await tx.manager.delete(PlacementRow, { bannerId });
    await insertAll(
      tx,
      PlacementRow,
      input.placements.map(({ slot, sectionId, position }) => ({
        slot,
        sectionId: sectionId ?? null,
        position,
        bannerId,
      })),
    );
    return bannerId;
  });
}

export function saveNewsletter(
  ctx: Context,
  input: { slug: string; name: string; description: string; position: number },
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await touchEverything(tx);
    return upsert(
      tx,
      NewsletterRow,
      { slug: checkText('slug', input.slug, { min: 1, max: 80 }) },
      {
        name: checkText('name', input.name, { min: 1, max: 120 }),
        description: checkText('description', input.description, { max: 500 }),
        position: input.position,
      },
    );
  });
}

export function saveConsentCategory(
  ctx: Context,
  input: { key: string; name: string; description: string; required: boolean; position: number },
): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await touchEverything(tx);
    return upsert(
      tx,
      ConsentCategoryRow,
      { code: checkText('key', input.key, { min: 1, max: 60 }) },
      {
        name: checkText('name', input.name, { min: 1, max: 120 }),
        description: checkText('description', input.description, { max: 1_000 }),
        required: input.required,
        position: input.position,
      },
    );
  });
}
