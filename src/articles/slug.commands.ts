import type { Transaction } from '../kernel/database.js';
import { badInput } from '../kernel/errors.js';
import { sql } from '../kernel/sql.js';
import { checkText, insertUnlessThere } from '../kernel/write.js';
import { ArticleRow, SlugClaimRow } from './article.rows.js';

/** Takes a slug for a story for good: what one story was found under never leads to another. */
export async function claimSlug(tx: Transaction, slug: string, articleId: number): Promise<void> {
  if (!(await tryToClaim(tx, slug, articleId))) {
    throw badInput(`Another story has or had the slug "${slug}": choose another one.`, 'slug');
  }
}

async function tryToClaim(tx: Transaction, slug: string, articleId: number): Promise<boolean> {
  if (await insertUnlessThere(tx, SlugClaimRow, { slug, articleId })) return true;
  const [claim] = await tx.read<{ articleId: number }>(sql`select articleId from slug_claim where slug = ${slug}`);
  return claim?.articleId === articleId;
}

export interface NewStory {
  source: string | null;
  externalId: string | null;
  createdBy: number | null;
  createdAt: number;
}

/** Makes a story under a slug; gives its id, or nothing when the slug or its place of origin is taken. */
export async function makeStory(tx: Transaction, slug: string, story: NewStory): Promise<number | undefined> {
  if (!(await insertUnlessThere(tx, ArticleRow, { ...story, slug, version: 0, changedAt: story.createdAt })))
    return undefined;
  const [made] = await tx.read<{ id: number }>(sql`select id from article where slug = ${slug}`);
  if (await tryToClaim(tx, slug, made!.id)) return made!.id;
  await tx.manager.delete(ArticleRow, { id: made!.id });
  return undefined;
}

/** The slugs to try for a wish, in their order. */
export function* slugsFor(wish: string): Generator<string> {
  const wished = checkText('slug', wish, { min: 1, max: 150 });
  yield wished;
  for (let n = 2; n <= 1_000; n++) yield `${wished}-${n}`;
}
