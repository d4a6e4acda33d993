import { PathRow } from '../../articles/article.rows.js';
import { makeStories, storeFirstTexts, type FirstText } from '../../articles/bring-in-many.commands.js';
import { checkedEdition } from '../../articles/edition.commands.js';
import type { NameIndex } from '../../articles/naming.rules.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput } from '../../kernel/errors.js';
import { sql } from '../../kernel/sql.js';
import { insertMany, nowIn } from '../../kernel/write.js';
import { nameOf } from './address.rules.js';
import { update } from './changed.commands.js';
import { ImportAddressRow, ImportItemRow, ImportLinkRow } from './import.rows.js';
import { picturesFor } from './pictures.commands.js';
import type { PreparedStory } from './prepare.rules.js';
import { shownFrom, textOf, type Shared, type StoryToWrite, type Written } from './story-text.rules.js';
import {
  entitiesNamed,
  hostsKnown,
  knownItems,
  pathOwners,
  storiesMeant,
  thingsKnown,
  type From,
  type KnownItem,
} from './write.queries.js';

export interface Writing {
  source: string;
  names: NameIndex;
}

/**
 * Writes a batch of stories, all or none: new ones in bulk, changed ones each as another text. What was written before
 * is found by its print and left alone; so is what an editor has worked on since.
 */
export async function writeStories(
  ctx: Context,
  tx: Transaction,
  stories: readonly StoryToWrite[],
  { source, names }: Writing,
): Promise<Written[]> {
  const known = await knownItems(
    tx,
    source,
    stories.map(({ story }) => story.externalId),
  );
  const now = await nowIn(tx);
  const fresh = stories.filter(({ story }) => !known.has(story.externalId));
  const made = await madeFor(tx, fresh, { source, now });
  const idOf = new Map<StoryToWrite, number>(fresh.map((each, i) => [each, made[i]!.id]));
  await insertAddresses(tx, fresh, idOf, source);
  const shared = await sharedBy(tx, stories, { source, names, now, known });
  const written = new Map<StoryToWrite, Written>();
  const firsts = fresh.map((each, i): FirstText => {
    const story = made[i]!;
    const { text, publishedAt, notes } = textOf(each, story.id, shared);
    written.set(each, { outcome: 'WRITTEN', articleId: story.id, slug: story.slug, notes });
    return { story, edition: checkedEdition(text), publishedAt };
  });
  const items: ItemValues[] = [];
  for (const each of stories) {
    const there = known.get(each.story.externalId);
    if (!there) continue;
    const { editionId, ...done } = await update(ctx, tx, each, there, shared);
    written.set(each, done);
    if (editionId === undefined) continue;
    items.push({ articleId: there.id, ...itemOf(each, editionId) });
    idOf.set(each, there.id);
  }
  const touched = [...idOf.keys()];
  await replaceLinks(tx, touched, idOf);
  await insertAddresses(tx, touched.slice(fresh.length), idOf, source);
  const editionIds = await storeFirstTexts(ctx, tx, firsts);
  items.push(...fresh.map((each, i) => ({ articleId: made[i]!.id, ...itemOf(each, editionIds[i]!) })));
  await replaceItems(tx, items);
  for (const { each, path } of await claimPaths(tx, touched, idOf, now)) {
    written.get(each)!.notes.push(lostNote(path));
  }
  return stories.map((each) => written.get(each)!);
}

/** What is told of an old path that does not lead to its story. */
export const lostNote = (path: string): string =>
  `Its old path ${path} is that of another page here: it does not lead to the story.`;

type ItemValues = { articleId: number } & ReturnType<typeof itemOf>;

/** What is remembered of an item that was brought in. */
const itemOf = ({ print, story }: StoryToWrite, editionId: number) => ({
  print,
  editionId,
  version: story.version ?? null,
});

/** What the names that were marked in some stories stand for here. */
export const thingsMarked = (from: From, stories: readonly PreparedStory[]): Promise<Map<string, number>> =>
  thingsKnown(from, [...new Set(stories.flatMap(({ named }) => named.flatMap(({ known }) => known)))]);

/** What a batch looks up at once. */
async function sharedBy(
  tx: Transaction,
  stories: readonly StoryToWrite[],
  { source, names, now, known }: Writing & { now: number; known: ReadonlyMap<string, KnownItem> },
): Promise<Shared> {
  const credited = stories.flatMap(({ story }) => story.credits.map(({ text }) => text));
  return {
    pictures: await picturesFor(tx, source, stories, now),
    meant: await storiesMeant(tx, [...new Set(stories.flatMap(({ story }) => story.targets))]),
    entities: await entitiesNamed(tx, [...new Set(credited)]),
    things: await thingsMarked(
      tx,
      stories.map(({ story }) => story),
    ),
    hosts: await hostsKnown(tx, changedOf(stories, known)),
    ...{ source, names, now },
  };
}

/** The ids of those that are here and come with another print. */
export const changedOf = (
  stories: readonly Pick<StoryToWrite, 'story' | 'print'>[],
  known: ReadonlyMap<string, KnownItem>,
): number[] =>
  stories.flatMap(({ story, print }) => {
    const there = known.get(story.externalId);
    return there && there.print !== print ? there.id : [];
  });

async function madeFor(
  tx: Transaction,
  fresh: readonly StoryToWrite[],
  { source, now }: { source: string; now: number },
) {
  const made = await makeStories(
    tx,
    fresh.map(({ story, section }) => ({
      ...{ source, externalId: story.externalId, slugs: story.slugs, sectionSlug: section.slug },
      publishedAt: shownFrom(story, now),
    })),
  );
  return made.map((story, i) => {
    if (!story)
      throw badInput(`Other stories have the slug "${fresh[i]!.story.slugs[0]!}" and all that is like it.`, 'slug');
    return story;
  });
}

async function insertAddresses(
  tx: Transaction,
  stories: readonly StoryToWrite[],
  idOf: ReadonlyMap<StoryToWrite, number>,
  source: string,
): Promise<void> {
  const addresses = stories.flatMap((each) =>
    [nameOf(source, each.story.externalId), ...each.story.addresses].map((address) => ({
      address,
      articleId: idOf.get(each)!,
    })),
  );
  await insertMany(tx, ImportAddressRow, addresses, { unlessThere: true });
}

/** Lets the paths that stories had before lead to them; gives those that lead elsewhere. */
async function claimPaths(
  tx: Transaction,
  stories: readonly StoryToWrite[],
  idOf: ReadonlyMap<StoryToWrite, number>,
  now: number,
): Promise<{ each: StoryToWrite; path: string }[]> {
  const wanted = stories.flatMap((each) => each.story.paths.map((path) => ({ each, path })));
  if (wanted.length === 0) return [];
  const sections = await tx.read<{ slug: string }>(sql`select slug from section`);
  const ofSections = new Set(sections.map(({ slug }) => `/${slug}`));
  const free = wanted.filter(({ path }) => !ofSections.has(path));
  await insertMany(
    tx,
    PathRow,
    free.map(({ each, path }) => ({ path, articleId: idOf.get(each)!, createdAt: now })),
    { unlessThere: true },
  );
  const ownerOf = await pathOwners(
    tx,
    wanted.map(({ path }) => path),
  );
  return wanted.filter(({ each, path }) => ownerOf.get(path) !== idOf.get(each));
}

async function replaceItems(tx: Transaction, items: readonly ItemValues[]): Promise<void> {
  if (items.length === 0) return;
  await tx.run(sql`delete from import_item where articleId in ${items.map(({ articleId }) => articleId)}`);
  await insertMany(
    tx,
    ImportItemRow,
    items.map((item) => ({ ...item })),
  );
}

async function replaceLinks(
  tx: Transaction,
  stories: readonly StoryToWrite[],
  idOf: ReadonlyMap<StoryToWrite, number>,
): Promise<void> {
  if (stories.length === 0) return;
  await tx.run(sql`delete from import_link where articleId in ${[...idOf.values()]}`);
  const links = stories.flatMap((each) =>
    each.story.targets.map((target, position) => ({ articleId: idOf.get(each)!, position, target })),
  );
  await insertMany(tx, ImportLinkRow, links);
}
