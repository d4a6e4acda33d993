import { articleTags, storiesById, type ArticleView } from '../articles/article.queries.js';
import type { Narrowing } from '../articles/list.queries.js';
import { newestOf, type FoundNewest } from '../articles/newest.queries.js';
import { standingEntities, standingTags } from '../entities/standing.queries.js';
import { type Context, type Reading } from '../kernel/context.js';
import { loadOne } from '../kernel/loader.js';
import { tag } from '../kernel/tags.js';
import { frontContents } from './content.queries.js';
import { narrowingOfFill } from './fill.rules.js';
import type { FrontView } from './front.queries.js';
import { arranged, maxBlocks, wantedFor, type Block } from './front.rules.js';
import { newestAsOf } from './past.queries.js';

export interface FrontStoryView {
  kicker: string | null;
  title: string | null;
  standfirst: string | null;
  isPinned: boolean;
  article: ArticleView;
}

export interface FrontBlockView {
  key: string;
  title: string;
  layout: string | null;
  stories: FrontStoryView[];
}

/** What stands on a front. */
interface FrontPage {
  editionId: number;
  blocks: FrontBlockView[];
  /** Tags of all that decided what stands there. */
  tags: readonly string[];
}

/** How many fronts are arranged at once: so many that their filters fit one statement. */
const atOnce = Math.floor(250 / maxBlocks);

/** Finds what fills blocks. */
type FindNewest = (
  reading: Reading,
  asked: readonly { narrowing: Narrowing; limit: number }[],
) => Promise<FoundNewest[]>;

/** Arranges fronts whole, in a number of statements that is the same however many blocks and stories they have. */
async function pagesOf(
  reading: Reading,
  editionIds: readonly number[],
  findNewest: FindNewest,
  asOf: number | null = null,
): Promise<FrontPage[]> {
  const contents = await frontContents(reading, editionIds);
  const all = [...contents.values()].flat();
  const asked = [...new Set(all.flatMap(({ fill }) => fill?.entityIds ?? []))];
  const standing = await standingEntities(reading, asked);
  const [{ fillOf, fillTags }, pinned] = await Promise.all([
    fillsOf(reading, [...contents.values()], (id) => standing.get(id)?.id ?? id, findNewest),
    storiesById(
      reading,
      all.flatMap(({ pins }) => pins.map(({ articleId }) => articleId)),
      asOf,
    ),
  ]);
  const places = new Map(
    editionIds.map((editionId) => {
      const blocks = contents.get(editionId) ?? [];
      const fills = blocks.map((block) => fillOf.get(block) ?? []);
      return [editionId, { blocks, placed: arranged(blocks, fills, (id) => pinned.has(id)) }] as const;
    }),
  );
  const filling = [...places.values()].flatMap(({ placed }) => placed.flat().map(({ articleId }) => articleId));
  const stories = await storiesById(
    reading,
    filling.filter((id) => !pinned.has(id)),
    asOf,
  );
  const entityTags = asked.flatMap((id) => standingTags(id, standing.get(id)?.id ?? id));
  return [...places].map(([editionId, { blocks, placed }]) => {
    const shown = blocks.map(({ key, title, layout }, i) => ({
      ...{ key, title, layout },
      stories: placed[i]!.flatMap(({ articleId, pin }): FrontStoryView[] => {
        const article = pinned.get(articleId) ?? stories.get(articleId);
        const { kicker = null, title = null, standfirst = null } = pin ?? {};
        return article ? [{ kicker, title, standfirst, isPinned: pin !== null, article }] : [];
      }),
    }));
    const tags = [
      ...blocks.flatMap((block) => block.pins.map(({ articleId }) => tag('Article', articleId))),
      ...shown.flatMap(({ stories }) => stories.flatMap(({ article }) => articleTags(article))),
      ...blocks.flatMap((block) => fillTags.get(block) ?? []),
      ...entityTags,
    ];
    return { editionId, blocks: shown, tags: [...new Set(tags)] };
  });
}

/** The newest stories for each block that is filled; blocks of one filter are filled by one look. */
async function fillsOf(
  reading: Reading,
  fronts: readonly (readonly Block[])[],
  standing: (entityId: number) => number,
  findNewest: FindNewest,
): Promise<{ fillOf: Map<Block, readonly number[]>; fillTags: Map<Block, readonly string[]> }> {
  const looks = new Map<string, { narrowing: Narrowing; limit: number; blocks: Block[] }>();
  for (const blocks of fronts) {
    const wanted = wantedFor(blocks);
    blocks.forEach((block, i) => {
      if (!block.fill) return;
      const narrowing = narrowingOfFill(block.fill, standing);
      const name = JSON.stringify(narrowing);
      const look = looks.get(name) ?? { narrowing, limit: 0, blocks: [] };
      looks.set(name, { narrowing, limit: Math.max(look.limit, wanted[i]!), blocks: [...look.blocks, block] });
    });
  }
  const asked = [...looks.values()];
  const found = await findNewest(reading, asked);
  const each = asked.flatMap(({ blocks }, i) => blocks.map((block) => [block, found[i]!] as const));
  return {
    fillOf: new Map(each.map(([block, { articleIds }]) => [block, articleIds])),
    fillTags: new Map(each.map(([block, { tags }]) => [block, tags])),
  };
}

/** Fronts as they stand now, by their arrangements. */
const pageByEdition = loadOne(
  (reading: Reading, editionIds: readonly number[]) => pagesOf(reading, editionIds, newestOf),
  (page) => page.editionId,
  (page) => page?.tags ?? [],
  atOnce,
);

/** What an arrangement shows now: each story once, and nothing that is not to be seen. */
export async function blocksNow(ctx: Context, editionId: number): Promise<FrontBlockView[]> {
  return (await pageByEdition(ctx).load(editionId))?.blocks ?? [];
}

/** What stands on a front, or stood there at the moment it is shown as of. */
export async function blocksOf(ctx: Context, { editionId, asOf }: FrontView): Promise<FrontBlockView[]> {
  if (asOf === null) return blocksNow(ctx, editionId);
  const [page] = await pagesOf(ctx, [editionId], (_, asked) => newestAsOf(ctx, asked, asOf), asOf);
  return page?.blocks ?? [];
}
