import type { Warning } from '../articles/draft.commands.js';
import { sectionLines } from '../articles/story.commands.js';
import { isTheirSection } from '../accounts/policy.js';
import { checkSlug } from '../entities/entity-input.rules.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing, type UserErrorView } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import { perform, type CommandInput } from '../kernel/perform.js';
import { slugOf } from '../kernel/slug.js';
import { sql } from '../kernel/sql.js';
import { accountIdOf } from '../kernel/viewer.js';
import { checkText, insertUnlessThere, nowIn } from '../kernel/write.js';
import { storeArrangement, storedArrangement } from './edition.commands.js';
import { FrontRow } from './front.rows.js';
import type { FrontText } from './front.rules.js';
import { isTheirFront, raiseVersion, takeFront, type FrontTarget } from './hold.commands.js';
import { blocksFrom, type BlockInput } from './input.commands.js';
import { newsroomFrontIn, type NewsroomFrontView } from './newsroom-front.queries.js';

/** What an editor writes; what is absent stays as it is. */
export interface FrontFields {
  title?: string | null;
  description?: string | null;
  blocks?: readonly BlockInput[] | null;
  note?: string | null;
}

export interface SavedFront {
  __typename: 'FrontSaved';
  front: NewsroomFrontView;
  warnings: Warning[];
}

type Answer = Promise<SavedFront | UserErrorView>;

/** Makes a front, which readers see once it is published. */
export function createFront(
  ctx: Context,
  input: FrontFields & CommandInput & { title: string; slug?: string | null; section?: string | null },
): Answer {
  return performOnFront(ctx, 'createFront', input, async (tx) => {
    const sectionId = input.section == null ? null : await sectionFor(tx, input.section);
    if (!isTheirSection(ctx, sectionId === null ? [] : (await sectionLines(tx))(sectionId)))
      throw badInput('That is not one of the sections you work in: say whose front it is.', 'section');
    const slug = checkSlug(input.slug ?? slugOf(input.title));
    const now = await nowIn(tx);
    const { text, warnings } = await written(ctx, tx, { title: '', description: '', blocks: [] }, input);
    const row = { slug, sectionId, version: 1, createdAt: now, changedAt: now };
    if (!(await insertUnlessThere(tx, FrontRow, row))) throw await taken(tx, slug);
    const [made] = await tx.read<{ id: number }>(sql`select id from front where slug = ${slug}`);
    await storeArrangement(tx, made!.id, text, { savedBy: accountIdOf(ctx.viewer), note: noteOf(input) });
    await recordAudit(ctx, tx, { action: 'create', subject: 'Front', subjectId: made!.id, note: input.note });
    return { __typename: 'FrontSaved', front: await newsroomFrontIn(tx, made!.id), warnings };
  });
}

async function taken(tx: Transaction, slug: string): Promise<Error> {
  const [other] = await tx.read<{ id: number }>(sql`select id from front where slug = ${slug}`);
  return other
    ? badInput(`Another front has the slug "${slug}": choose another one.`, 'slug')
    : badInput('The section has a front already: arrange that one.', 'section');
}

async function sectionFor(tx: Transaction, slug: string): Promise<number> {
  const [section] = await tx.read<{ id: number }>(sql`select id from section where slug = ${slug}`);
  if (!section) throw missing('section', 'section');
  return section.id;
}

/** Saves a new arrangement of a front; what readers see stays as it is. The newest again makes no other. */
export function saveFront(ctx: Context, input: FrontFields & CommandInput & FrontTarget): Answer {
  return amend(ctx, 'saveFront', input, (tx, before) => written(ctx, tx, before, input));
}

/** Makes an earlier arrangement of a front its newest again; what readers see stays. */
export function restoreFront(
  ctx: Context,
  input: CommandInput & FrontTarget & { revision: number; note?: string | null },
): Answer {
  return amend(ctx, 'restoreFront', input, async (tx) => {
    const { text } = await storedArrangement(tx, input.frontId, input.revision);
    return { text, warnings: [] };
  });
}

interface Written {
  text: FrontText;
  warnings: Warning[];
}

function amend(
  ctx: Context,
  name: 'saveFront' | 'restoreFront',
  input: CommandInput & FrontTarget & { note?: string | null },
  change: (tx: Transaction, before: FrontText) => Promise<Written>,
): Answer {
  return performOnFront(ctx, name, input, async (tx) => {
    const front = await takeFront(ctx, tx, input);
    const { text, warnings } = await change(tx, (await storedArrangement(tx, front.id, 'newest')).text);
    const by = { savedBy: accountIdOf(ctx.viewer), note: noteOf(input) };
    const stored = await storeArrangement(tx, front.id, text, by);
    if (stored) {
      await raiseVersion(tx, front);
      const action = name === 'restoreFront' ? 'restore' : 'save';
      const detail = { revision: stored.number };
      await recordAudit(ctx, tx, { action, subject: 'Front', subjectId: front.id, note: input.note, detail });
    }
    return { __typename: 'FrontSaved', front: await newsroomFrontIn(tx, front.id), warnings };
  });
}

async function written(ctx: Context, tx: Transaction, before: FrontText, input: FrontFields): Promise<Written> {
  const { blocks, warnings } =
    input.blocks == null ? { ...before, warnings: [] } : await blocksFrom(ctx, tx, input.blocks);
  const title = checkText('title', input.title ?? before.title, { min: 1, max: 200 });
  const description = checkText('description', input.description ?? before.description, { max: 500 });
  return { text: { title, description, blocks }, warnings };
}

const noteOf = ({ note }: { note?: string | null }): string | null =>
  note == null ? null : checkText('note', note, { max: 500 });

/** `perform` for what is answered with a front: a kept answer is given again only to somebody whose front it still is. */
export function performOnFront<Result extends { front: NewsroomFrontView }>(
  ctx: Context,
  name: string,
  input: CommandInput,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result | UserErrorView> {
  return perform(ctx, name, input, work, async (tx, { front }) => {
    if (!(await isTheirFront(ctx, tx, front.sectionId))) throw missing('front', 'id');
  });
}
