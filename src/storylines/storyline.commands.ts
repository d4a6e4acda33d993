import { isDeepStrictEqual } from 'node:util';
import { relatable, type Warning } from '../articles/draft.commands.js';
import { checkSlug } from '../entities/entity-input.rules.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing, staleVersion, type UserErrorView } from '../kernel/errors.js';
import { recordAudit, recordChange } from '../kernel/ledger.js';
import { perform, type CommandInput } from '../kernel/perform.js';
import { slugOf } from '../kernel/slug.js';
import { sql } from '../kernel/sql.js';
import { checkText, insertAll, insertUnlessThere, nowIn } from '../kernel/write.js';
import { reckonActivity } from './activity.commands.js';
import { newsroomStorylineIn, type NewsroomStorylineView } from './newsroom-storyline.queries.js';
import { storylineReach } from './storyline.queries.js';
import { StorylineEntryRow, StorylineRow, StorylineSlugClaimRow, type StorylineStatus } from './storyline.rows.js';
import { maxEntries, type Entry } from './storyline.rules.js';

export interface EntryInput {
  articleId?: number | null;
  at?: number | null;
  title?: string | null;
  text?: string | null;
  isTurningPoint?: boolean | null;
}

/** What an editor writes; what is absent stays as it is, `null` takes it away. */
export interface StorylineFields {
  slug?: string | null;
  title?: string | null;
  summary?: string | null;
  status?: StorylineStatus | null;
  pictureId?: number | null;
  entries?: readonly EntryInput[] | null;
  note?: string | null;
}

export interface StorylineTarget {
  storylineId: number;
  expectedVersion: number;
}

export interface SavedStoryline {
  __typename: 'StorylineSaved';
  storyline: NewsroomStorylineView;
  warnings: Warning[];
}

type Answer = Promise<SavedStoryline | UserErrorView>;

interface Columns {
  slug: string;
  title: string;
  summary: string;
  status: StorylineStatus;
  pictureId: number | null;
}

/** Begins a storyline: a draft, unless it is to be seen at once. */
export function createStoryline(ctx: Context, input: StorylineFields & CommandInput & { title: string }): Answer {
  return perform(ctx, 'createStoryline', input, async (tx) => {
    const empty: Columns = { slug: slugOf(input.title), title: '', summary: '', status: 'DRAFT', pictureId: null };
    const columns = await columnsFrom(tx, empty, input);
    const { entries, warnings } = await entriesFrom(ctx, tx, input.entries ?? []);
    const now = await nowIn(tx);
    const row = { ...columns, version: 1, createdAt: now, changedAt: now, activeAt: now };
    const isMade = await insertUnlessThere(tx, StorylineRow, row);
    const [made] = await tx.read<{ id: number }>(sql`select id from storyline where slug = ${columns.slug}`);
    if (!isMade || !(await claim(tx, columns.slug, made!.id))) throw taken(columns.slug);
    await storeEntries(tx, made!.id, entries);
    return ended(ctx, tx, { id: made!.id, version: 1, before: null, after: { ...columns, entries } }, input, warnings);
  });
}

/** Changes a storyline; entries that are given take the place of those before. */
export function saveStoryline(ctx: Context, input: StorylineFields & CommandInput & StorylineTarget): Answer {
  return change(ctx, 'saveStoryline', input, (tx, before) =>
    input.entries == null ? Promise.resolve({ entries: before, warnings: [] }) : entriesFrom(ctx, tx, input.entries),
  );
}

/** Adds an entry to a timeline; one of a story that is in it already takes the place of that. */
export function addToStoryline(
  ctx: Context,
  input: CommandInput & StorylineTarget & { entry: EntryInput; note?: string | null },
): Answer {
  return change(ctx, 'addToStoryline', input, async (tx, before) => {
    const { entries: added, warnings } = await entriesFrom(ctx, tx, [input.entry], 'entry');
    const others = before.filter(({ articleId }) => articleId === null || articleId !== added[0]!.articleId);
    return { entries: [...others, ...added], warnings };
  });
}

function change(
  ctx: Context,
  name: string,
  input: StorylineFields & CommandInput & StorylineTarget,
  entriesOf: (tx: Transaction, before: readonly Entry[]) => Promise<{ entries: readonly Entry[]; warnings: Warning[] }>,
): Answer {
  return perform(ctx, name, input, async (tx) => {
    const { storylineId: id, expectedVersion } = input;
    await tx.run(sql`update storyline set version = version where id = ${id}`);
    const [held] = await tx.read<Columns & { version: number }>(
      sql`select slug, title, summary, status, pictureId, version from storyline where id = ${id}`,
    );
    if (!held) throw missing('storyline', 'id');
    const { version, ...columns } = held;
    if (version !== expectedVersion) throw staleVersion('storyline', expectedVersion, version);
    const before = { ...columns, entries: await storedEntries(tx, id) };
    const { entries, warnings } = await entriesOf(tx, before.entries);
    const after = { ...(await columnsFrom(tx, columns, input)), entries };
    if (entries.length > maxEntries) throw tooMany(entries.length);
    if (isDeepStrictEqual(before, after)) {
      return { __typename: 'StorylineSaved', storyline: await newsroomStorylineIn(tx, id), warnings };
    }
    if (!(await claim(tx, after.slug, id))) throw taken(after.slug);
    const { entries: _, ...changed } = after;
    await tx.manager.update(StorylineRow, { id }, { ...changed, version: version + 1, changedAt: await nowIn(tx) });
    if (!isDeepStrictEqual(before.entries, entries)) {
      await tx.run(sql`delete from storyline_entry where storylineId = ${id}`);
      await storeEntries(tx, id, entries);
    }
    return ended(ctx, tx, { id, version: version + 1, before, after }, input, warnings);
  });
}

type Whole = Columns & { entries: readonly Entry[] };

/** Reckons what follows from a change, and writes it into audit and feed. */
async function ended(
  ctx: Context,
  tx: Transaction,
  { id, version, before, after }: { id: number; version: number; before: Whole | null; after: Whole },
  { note }: { note?: string | null },
  warnings: Warning[],
): Promise<SavedStoryline> {
  await reckonActivity(tx, id);
  const subject = { subject: 'Storyline', subjectId: id };
  const said = note == null ? null : checkText('note', note, { max: 1_000 });
  const detail = before && changesOf(before, after);
  await recordAudit(ctx, tx, { ...subject, action: before ? 'save' : 'create', note: said, detail });
  const stories = [...(before?.entries ?? []), ...after.entries].flatMap(({ articleId }) => articleId ?? []);
  const slugs = [before?.slug ?? after.slug, after.slug].map((slug) => storylineReach({ slug }, stories));
  await recordChange(tx, { ...subject, op: 'STORYLINE_SAVED', version, touches: [...new Set(slugs.flat())] });
  return { __typename: 'StorylineSaved', storyline: await newsroomStorylineIn(tx, id), warnings };
}

/** What differs, before and after. */
function changesOf(before: Whole, after: Whole): { before: Partial<Whole>; after: Partial<Whole> } {
  const changed = (Object.keys(after) as (keyof Whole)[]).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  const only = (of: Whole): Partial<Whole> => Object.fromEntries(changed.map((key) => [key, of[key]]));
  return { before: only(before), after: only(after) };
}

async function columnsFrom(tx: Transaction, before: Columns, input: StorylineFields): Promise<Columns> {
  const pictureId = input.pictureId === undefined ? before.pictureId : input.pictureId;
  if (pictureId !== null && pictureId !== before.pictureId) {
    const [picture] = await tx.read<{ id: number }>(sql`select id from picture where id = ${pictureId}`);
    if (!picture) throw missing('picture', 'picture');
  }
  return {
    slug: input.slug == null ? before.slug : checkSlug(input.slug),
    title: checkText('title', input.title ?? before.title, { min: 1, max: 200 }),
    summary: input.summary === undefined ? before.summary : checkText('summary', input.summary ?? '', { max: 1_000 }),
    status: input.status ?? before.status,
    pictureId,
  };
}

/** Checks entries; stories that readers do not see yet are warned of. */
async function entriesFrom(
  ctx: Context,
  tx: Transaction,
  inputs: readonly EntryInput[],
  field = 'entries',
): Promise<{ entries: Entry[]; warnings: Warning[] }> {
  if (inputs.length > maxEntries) throw tooMany(inputs.length);
  const stories = await relatable(
    ctx,
    tx,
    inputs.flatMap(({ articleId }) => articleId ?? []),
  );
  const warnings: Warning[] = [];
  const seen = new Set<number>();
  const entries = inputs.map(({ articleId = null, at = null, title, text, isTurningPoint }, i): Entry => {
    const path = field === 'entries' ? `entries.${i}` : field;
    const said = (name: string, value: string | null | undefined, max: number) =>
      value == null ? null : checkText(`${path}.${name}`, value, { max }) || null;
    const entry = { articleId, at, title: said('title', title, 300), text: said('text', text, 1_000) };
    if (articleId === null) {
      if (entry.title === null) throw badInput('Something without a story needs a title.', `${path}.title`);
      if (at === null) throw badInput('Something without a story needs the moment when it happened.', `${path}.at`);
    } else {
      const story = stories.get(articleId);
      if (!story) throw missing('story', `${path}.article`);
      if (seen.has(articleId)) throw badInput('The story is in the timeline twice.', `${path}.article`);
      seen.add(articleId);
      if (story.liveEditionId === null) {
        const message = `Readers do not see “${story.title}”: it stands there once they do.`;
        warnings.push({ message, path: path.split('.') });
      }
    }
    return { ...entry, isTurningPoint: isTurningPoint ?? false };
  });
  return { entries, warnings };
}

const tooMany = (count: number) => badInput(`A timeline has at most ${maxEntries} entries, not ${count}.`, 'entries');

const taken = (slug: string) =>
  badInput(`Another storyline has or had the slug "${slug}": choose another one.`, 'slug');

/** Takes a slug for a storyline for good; says whether it has it now. */
async function claim(tx: Transaction, slug: string, storylineId: number): Promise<boolean> {
  if (await insertUnlessThere(tx, StorylineSlugClaimRow, { slug, storylineId })) return true;
  const [owner] = await tx.read<{ storylineId: number }>(
    sql`select storylineId from storyline_slug_claim where slug = ${slug}`,
  );
  return owner?.storylineId === storylineId;
}

const storeEntries = (tx: Transaction, storylineId: number, entries: readonly Entry[]): Promise<void> =>
  insertAll(
    tx,
    StorylineEntryRow,
    entries.map((entry, position) => ({ ...entry, storylineId, position })),
  );

async function storedEntries(tx: Transaction, storylineId: number): Promise<Entry[]> {
  const rows = await tx.read<Omit<Entry, 'isTurningPoint'> & { isTurningPoint: number }>(
    sql`select articleId, at, title, text, isTurningPoint from storyline_entry
        where storylineId = ${storylineId} order by position`,
  );
  return rows.map(({ articleId, at, title, text, isTurningPoint }) => {
    return { articleId, at, title, text, isTurningPoint: Number(isTurningPoint) === 1 };
  });
}
