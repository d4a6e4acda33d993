import { relatable, type Warning } from '../articles/draft.commands.js';
import type { FilterInput } from '../articles/filter.rules.js';
import { standingFor } from '../entities/survivor.queries.js';
import { entityKinds } from '../entities/entity.rows.js';
import type { Context } from '../kernel/context.js';
import type { Transaction } from '../kernel/database.js';
import { badInput, missing } from '../kernel/errors.js';
import { idIn } from '../kernel/global-id.js';
import { sql } from '../kernel/sql.js';
import { checkText } from '../kernel/write.js';
import { checkArrangement, maxBlocks, maxSize, type Block, type Fill, type Pin } from './front.rules.js';

export interface PinInput {
  articleId: number;
  /** The place behind the one before when absent. */
  position?: number | null;
  kicker?: string | null;
  title?: string | null;
  standfirst?: string | null;
}

export interface BlockInput {
  key?: string | null;
  title?: string | null;
  layout?: string | null;
  size: number;
  filter?: FilterInput | null;
  pins?: readonly PinInput[] | null;
}

/** Makes blocks of what an editor gives. Pinned stories that readers do not see yet are warned of. */
export async function blocksFrom(
  ctx: Context,
  tx: Transaction,
  inputs: readonly BlockInput[],
): Promise<{ blocks: Block[]; warnings: Warning[] }> {
  if (inputs.length > maxBlocks)
    throw badInput(`A front has at most ${maxBlocks} blocks, not ${inputs.length}.`, 'blocks');
  inputs.forEach(({ pins }, i) => {
    if ((pins?.length ?? 0) > maxSize)
      throw badInput(`A block shows from 1 to ${maxSize} stories.`, `blocks.${i}.pins`);
  });
  const pinned = inputs.flatMap(({ pins }) => pins?.map(({ articleId }) => articleId) ?? []);
  const stories = await relatable(ctx, tx, pinned);
  const warnings: Warning[] = [];
  const keys = new Set(inputs.flatMap(({ key }) => key ?? []));
  const blocks: Block[] = [];
  for (const [i, input] of inputs.entries()) {
    const path = `blocks.${i}`;
    const pins = pinsFrom(input.pins ?? [], `${path}.pins`);
    pins.forEach(({ articleId }, j) => {
      const story = stories.get(articleId);
      if (!story) throw missing('story', `${path}.pins.${j}.article`);
      if (story.liveEditionId !== null) return;
      const message = `Readers do not see “${story.title}”: it stands there once they do.`;
      warnings.push({ message, path: ['blocks', String(i), 'pins', String(j)] });
    });
    blocks.push({
      key: input.key == null ? freeKey(keys) : checkWord(`${path}.key`, input.key),
      title: checkText(`${path}.title`, input.title ?? '', { max: 200 }),
      layout: input.layout == null ? null : checkWord(`${path}.layout`, input.layout),
      size: input.size,
      fill: input.filter == null ? null : await fillFrom(tx, input.filter, `${path}.filter`),
      pins,
    });
  }
  checkArrangement({ title: '', description: '', blocks });
  return { blocks, warnings };
}

function pinsFrom(inputs: readonly PinInput[], path: string): Pin[] {
  let last = 0;
  return inputs.map(({ articleId, position, kicker, title, standfirst }, i) => {
    last = position ?? last + 1;
    const text = (field: string, value: string | null | undefined, max: number) =>
      value == null ? null : checkText(`${path}.${i}.${field}`, value, { max }) || null;
    return {
      position: last,
      articleId,
      kicker: text('kicker', kicker, 80),
      title: text('title', title, 300),
      standfirst: text('standfirst', standfirst, 1_000),
    };
  });
}

function freeKey(keys: Set<string>): string {
  for (let n = 1; ; n++) {
    const key = `block-${n}`;
    if (keys.has(key)) continue;
    keys.add(key);
    return key;
  }
}

function checkWord(field: string, value: string): string {
  const word = checkText(field, value, { min: 1, max: 40 });
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(word)) return word;
  throw badInput('That is lower-case letters and digits joined by hyphens, such as top-stories.', field);
}

const most = 50;

/** Checks a filter: all that it names must be there. */
async function fillFrom(tx: Transaction, filter: FilterInput, path: string): Promise<Fill> {
  const { sections, entities, kinds, languages, publishedAfter, publishedBefore } = filter;
  for (const [field, values] of Object.entries({ sections, entities, kinds, languages })) {
    if (values == null || (values.length >= 1 && values.length <= most)) continue;
    throw badInput(`${field} takes from 1 to ${most} values.`, `${path}.${field}`);
  }
  if (publishedAfter != null && publishedBefore != null && publishedBefore <= publishedAfter)
    throw badInput('It ends before it begins.', `${path}.publishedBefore`);
  return {
    sectionIds: sections ? await sectionsFor(tx, sections, `${path}.sections`) : undefined,
    entityIds: entities ? await entitiesFor(tx, entities, `${path}.entities`) : undefined,
    kinds: kinds ? [...new Set(kinds)] : undefined,
    languages: languages?.map((language, i) => languageFor(language, `${path}.languages.${i}`)),
    publishedAfter: publishedAfter ?? undefined,
    publishedBefore: publishedBefore ?? undefined,
  };
}

async function sectionsFor(tx: Transaction, slugs: readonly string[], path: string): Promise<number[]> {
  const rows = await tx.read<{ id: number; slug: string }>(sql`select id, slug from section where slug in ${slugs}`);
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  return [...new Set(slugs.map((slug, i) => ids.get(slug) ?? refuse('section', `${path}.${i}`)))];
}

async function entitiesFor(tx: Transaction, ids: readonly string[], path: string): Promise<number[]> {
  const asked = ids.map((id, i) => idIn(`${path}.${i}`, id, ...entityKinds));
  const standing = await standingFor(tx, asked);
  return [
    ...new Set(asked.map((id, i) => standing.get(id) ?? refuse('person, organisation or place', `${path}.${i}`))),
  ];
}

function languageFor(language: string, path: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0]!;
  } catch {
    throw badInput('A language is a tag such as en, fa or pt-BR.', path);
  }
}

function refuse(what: string, path: string): never {
  throw missing(what, path);
}
