import { PathRow } from '../../articles/article.rows.js';
import { makeStories, storeFirstTexts, type FirstText } from '../../articles/bring-in-many.commands.js';
import { publishText } from '../../articles/bring-in.commands.js';
import { checkedEdition, saveText, type CheckedEdition, type EditionText } from '../../articles/edition.commands.js';
import { maxMentions } from '../../articles/edition.rows.js';
import { mentionsIn } from '../../articles/mention.rules.js';
import type { NameIndex } from '../../articles/naming.rules.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput } from '../../kernel/errors.js';
import { sql } from '../../kernel/sql.js';
import { insertMany, nowIn } from '../../kernel/write.js';
import { nameOf } from './address.rules.js';
import { ImportAddressRow, ImportItemRow, ImportLinkRow } from './import.rows.js';
import { mentionsOfMarked, notesOnMarked, withMarked } from './named.rules.js';
import { picturesFor } from './pictures.commands.js';
import type { PreparedStory } from './prepare.rules.js';
import type { Section } from './sections.rules.js';
import { entitiesNamed, knownItems, storiesMeant, thingsKnown, type From, type KnownItem } from './write.queries.js';

export const outcomes = ['WRITTEN', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'FAILED'] as const;
export type Outcome = (typeof outcomes)[number];

/** A story to write, its section, and the print it will be known again by. */
export interface StoryToWrite {
  story: PreparedStory;
  section: Section;
  print: string;
}

export interface Written {
  outcome: Outcome;
  articleId?: number;
  slug?: string | undefined;
  /** Why it was left as it is. */
  reason?: string | undefined;
  notes: string[];
}

export interface Writing {
  source: string;
  names: NameIndex;
}

/** Why a story that is here is left as it is, whatever comes of it from outside. */
export function reasonToLeave({ editionId, newestEditionId, savedBy, workflowState }: KnownItem): string | undefined {
  const isTheirs = editionId === null ? savedBy !== null : editionId !== newestEditionId;
  if (isTheirs) return 'Somebody has worked on the story here since it was brought in: their text stays.';
  if (!/^(?:WITHDRAWN|KILLED|SCHEDULED)$/.test(workflowState)) return undefined;
  return `The story is ${workflowState.toLowerCase()} here: an editor decides what becomes of it.`;
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
  const shared = await sharedBy(tx, stories, { source, names, now });
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
    items.push({ articleId: there.id, print: each.print, editionId });
    idOf.set(each, there.id);
  }
  const touched = [...idOf.keys()];
  await replaceLinks(tx, touched, idOf);
  await insertAddresses(tx, touched.slice(fresh.length), idOf, source);
  const editionIds = await storeFirstTexts(ctx, tx, firsts);
  items.push(...fresh.map(({ print }, i) => ({ articleId: made[i]!.id, print, editionId: editionIds[i]! })));
  await replaceItems(tx, items);
  for (const { each, path } of await claimPaths(tx, touched, idOf, now)) {
    written.get(each)!.notes.push(`Its old path ${path} is that of another page here: it does not lead to the story.`);
  }
  return stories.map((each) => written.get(each)!);
}

interface ItemValues {
  articleId: number;
  print: string;
  editionId: number;
}

/** What the names that were marked in some stories stand for here. */
export const thingsMarked = (from: From, stories: readonly PreparedStory[]): Promise<Map<string, number>> =>
  thingsKnown(from, [...new Set(stories.flatMap(({ named }) => named.flatMap(({ known }) => known)))]);

/** What a batch looks up at once. */
async function sharedBy(
  tx: Transaction,
  stories: readonly StoryToWrite[],
  { source, names, now }: Writing & { now: number },
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
    names,
    now,
  };
}

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

interface Shared {
  pictures: ReadonlyMap<string, number>;
  meant: ReadonlyMap<string, number>;
  entities: ReadonlyMap<string, number>;
  things: ReadonlyMap<string, number>;
  names: NameIndex;
  now: number;
}

/** A story as the desk stores it, and from when on readers see it. */
function textOf(
  { story, section }: StoryToWrite,
  articleId: number,
  { pictures, meant, entities, things, names, now }: Shared,
) {
  const blocks = story.blocks.map((block, i): EditionText['blocks'][number] => {
    const key = `b${i + 1}`;
    if (block.kind !== 'Picture') return { key, ...block };
    const { url, caption } = block.picture;
    return {
      key,
      kind: 'Picture',
      pictureId: pictures.get(url)!,
      ...(caption && { caption: caption.slice(0, 1_000) }),
    };
  });
  const body = { title: story.title, standfirst: story.standfirst, blocks };
  const lead = story.picture;
  const marked = mentionsOfMarked(story.named, things);
  const related = [...new Set(story.targets.flatMap((target) => meant.get(target) ?? []))];
  const text: EditionText = {
    ...{ kind: story.kind, language: story.language, ...body, sectionId: section.id },
    leadPicture: lead && { pictureId: pictures.get(lead.url)!, caption: lead.caption?.slice(0, 1_000) },
    credits: story.credits.map((credit) => ({ ...credit, entityId: entities.get(credit.text) })),
    related: related.filter((id) => id !== articleId).map((id) => ({ articleId: id, kind: 'RELATED' as const })),
    mentions: withMarked(marked, mentionsIn(names, body), maxMentions),
  };
  return { text, publishedAt: shownFrom(story, now), notes: notesOn(story, { now, things }) };
}

/** What is to be told of what a story says and the newsroom sees otherwise: its date, and names that were marked in it. */
export const notesOn = (
  story: PreparedStory,
  { now, things }: { now: number; things: ReadonlyMap<string, number> },
): string[] => [
  ...notesOnDate(story, now),
  ...notesOnMarked(story.marked, mentionsOfMarked(story.named, things).length),
];

function notesOnDate(story: PreparedStory, now: number): string[] {
  if (shownFrom(story, now) === null) return [];
  if (story.publishedAt === undefined) return ['It has no date that can be read: it carries the date of the import.'];
  if (story.publishedAt <= now) return [];
  const date = new Date(story.publishedAt).toISOString();
  return [`Its date, ${date}, is still to come: it carries the date of the import.`];
}

/** From when on readers see a story; `null` for a draft. */
const shownFrom = ({ isDraft, publishedAt }: PreparedStory, now: number): number | null =>
  isDraft ? null : Math.min(publishedAt ?? now, now);

/** Makes another text of a story that is here, unless somebody has worked on it or it says the same. */
async function update(
  ctx: Context,
  tx: Transaction,
  each: StoryToWrite,
  there: KnownItem,
  shared: Shared,
): Promise<Written & { editionId?: number }> {
  const { id: articleId, slug, editionId } = there;
  if (there.print === each.print) return { outcome: 'UNCHANGED', articleId, slug, notes: [] };
  const reason = reasonToLeave(there);
  if (reason !== undefined) return { outcome: 'SKIPPED', articleId, slug, reason, notes: [] };
  const { text, publishedAt, notes } = textOf(each, articleId, shared);
  const edition: CheckedEdition = checkedEdition(text);
  const saved = await saveText(tx, { id: articleId, slug, firstPublishedAt: there.firstPublishedAt }, edition, {
    unlessEver: true,
  });
  const isShown = publishedAt !== null && (saved.changed || !saved.seenBefore);
  if (isShown) await publishText(ctx, tx, { articleId, editionId: saved.editionId, publishedAt });
  const outcome = saved.changed || isShown ? 'UPDATED' : 'UNCHANGED';
  return {
    outcome,
    articleId,
    slug,
    notes,
    editionId: saved.changed || editionId === null ? saved.editionId : editionId,
  };
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
  const owners = await tx.read<{ path: string; articleId: number }>(
    sql`select path, articleId from path where path in ${[...new Set(wanted.map(({ path }) => path))]}`,
  );
  const ownerOf = new Map(owners.map(({ path, articleId }) => [path, articleId]));
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
