import { createFront, saveFront } from '../fronts/front.commands.js';
import { publishFront } from '../fronts/publish.commands.js';
import { createContext, type Context } from '../kernel/context.js';
import { raw, sql } from '../kernel/sql.js';
import { operator } from '../kernel/viewer.js';
import { createStoryline, saveStoryline } from '../storylines/storyline.commands.js';
import { sampleNewsroom } from './newsroom.js';

/** Tells the id of a sample by its name. */
type IdOf = (name: string) => number;

/** Loads the sample fronts and storylines; what is there already is brought up to date. */
export async function loadArranged(ctx: Context, storyId: IdOf, pictureId: IdOf): Promise<void> {
  const { database, addresses } = ctx;
  const { fronts, storylines } = sampleNewsroom;
  const as = () => createContext(database, addresses, { viewer: operator });
  for (const { slug, blocks, ...words } of fronts) {
    const there = await thereOf(ctx, 'front', slug);
    const arrangement = {
      ...words,
      blocks: blocks.map(({ pins, ...block }) => ({
        ...block,
        pins: pins.map(({ story, ...pin }) => ({ ...pin, articleId: storyId(story) })),
      })),
    };
    const saved = there
      ? await saveFront(as(), { ...arrangement, frontId: there.id, expectedVersion: there.version })
      : await createFront(as(), { ...arrangement, slug });
    const { id: frontId, version: expectedVersion } = made(saved, 'front');
    if (expectedVersion !== there?.version) made(await publishFront(as(), { frontId, expectedVersion }), 'front');
  }
  for (const { slug, picture, entries, ...words } of storylines) {
    const there = await thereOf(ctx, 'storyline', slug);
    const storyline = {
      ...words,
      pictureId: pictureId(picture),
      entries: entries.map(({ story, at, ...entry }) => ({
        ...entry,
        articleId: story === undefined ? null : storyId(story),
        at: at === undefined ? null : Date.parse(at),
      })),
    };
    made(
      there
        ? await saveStoryline(as(), { ...storyline, storylineId: there.id, expectedVersion: there.version })
        : await createStoryline(as(), { ...storyline, slug }),
      'storyline',
    );
  }
}

async function thereOf(
  { database }: Context,
  table: 'front' | 'storyline',
  slug: string,
): Promise<{ id: number; version: number } | undefined> {
  const [row] = await database.read<{ id: number; version: number }>(
    sql`select id, version from ${raw(table)} where slug = ${slug}`,
    'primary',
  );
  return row;
}

/** What a command made; a refusal is a mistake in the samples. */
function made<Name extends string>(answer: object, name: Name): { id: number; version: number } {
  if (name in answer) return (answer as Record<Name, { id: number; version: number }>)[name];
  throw new Error(`The samples are refused: ${JSON.stringify(answer)}`);
}
