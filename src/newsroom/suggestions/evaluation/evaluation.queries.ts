import { read, type Context } from '../../../kernel/context.js';
import { sql } from '../../../kernel/sql.js';
import { namedIn, type Phrased } from '../named.queries.js';
import type { Standing } from '../name-links.rules.js';
import { guessOf } from '../unknown.rules.js';
import { evaluated, type Evaluation, type FoundName } from './evaluation.rules.js';
import type { GoldStory } from './gold.rules.js';

export interface Timed {
  milliseconds: number;
  words: number;
}

/** Asks of a story what the desk would be told, as the desk is told it, and adds how well that agrees with what is marked. */
export async function evaluateStory(
  ctx: Context,
  { sum, story }: { sum: Evaluation; story: GoldStory },
): Promise<{ sum: Evaluation; timed: Timed }> {
  const started = performance.now();
  const { known, mentions, unknownNames } = await namedIn(ctx, story.blocks);
  const milliseconds = performance.now() - started;
  const from = new Map(story.blocks.map((block) => [block.key, block.from]));
  const inBody = ({ blockKey, start, end, surface, phrase }: Phrased<Standing>) => {
    const at = from.get(blockKey);
    if (at === undefined) return [];
    const phraseStart = at + start - phrase.lastIndexOf(surface);
    const whole = { start: phraseStart, end: phraseStart + phrase.length };
    return [{ start: at + start, end: at + end, text: surface, phrase: whole }];
  };
  const knownNames = mentions.flatMap(({ entityId, confidence, ...place }): FoundName[] =>
    inBody(place).map((at) => ({
      ...at,
      confidence,
      entityId,
      formOf: undefined,
      guess: guessOf[known.get(entityId)!.__typename],
    })),
  );
  const others = unknownNames.flatMap(({ guess, confidence, elsewhere, ...place }): FoundName[] => {
    const [first] = [place, ...elsewhere].flatMap(inBody);
    const all = [place, ...elsewhere].flatMap(inBody);
    return all.map((at) => ({
      ...at,
      guess,
      confidence,
      entityId: undefined,
      formOf: at.start === first!.start ? undefined : first,
    }));
  });
  const words = story.blocks.reduce((count, { text }) => count + (text.match(/\S+/g)?.length ?? 0), 0);
  const found = [...knownNames, ...others];
  return { sum: evaluated(sum, story, found, await meaningsOf(ctx, story)), timed: { milliseconds, words } };
}

/** Which entities of ours what a gold story links to are: by their ids of Wikidata, or by the titles of pages of Wikipedia. */
async function meaningsOf(ctx: Context, { mentions }: GoldStory): Promise<Map<string, number>> {
  const titles = new Map([...new Set(mentions.flatMap(({ kb }) => kb ?? []))].map((kb) => [kb, titleOf(kb)]));
  if (titles.size === 0) return new Map();
  const names = [...new Set([...titles.values()].flatMap((title) => [title, title.replace(/ \([^)]*\)$/, '')]))];
  const rows = await read<{ id: number; name: string; rank: number }>(
    ctx,
    sql`select id, wikidataId as name, 0 as rank from entity where wikidataId in ${[...titles.keys()]} and mergedInto is null
        union all select id, name, 1 as rank from entity where name in ${names} and mergedInto is null
        union all select e.id, a.name, 2 as rank from entity_alias a join entity e on e.id = a.entityId where a.name in ${names} and e.mergedInto is null`,
  );
  const best = new Map<string, number>();
  const meant = new Map<string, number[]>();
  for (const { id, name, rank } of rows) {
    const key = name.toLowerCase();
    const rankOf = Number(rank);
    if (rankOf > (best.get(key) ?? 9)) continue;
    meant.set(key, rankOf === best.get(key) ? [...meant.get(key)!, id] : [id]);
    best.set(key, rankOf);
  }
  return new Map(
    [...titles].flatMap(([kb, title]) => {
      const ids = [kb, title, title.replace(/ \([^)]*\)$/, '')]
        .map((name) => meant.get(name.toLowerCase()))
        .find((each) => each);
      return ids && new Set(ids).size === 1 ? [[kb, ids[0]!] as const] : [];
    }),
  );
}

/** "University_of_Helsinki" or an address of Wikipedia that ends so, as a title. */
function titleOf(kb: string): string {
  const last = kb.replace(/^https?:\/\/[^/]+\/(?:wiki|entity)\//, '');
  try {
    return decodeURIComponent(last).replaceAll('_', ' ');
  } catch {
    return last.replaceAll('_', ' ');
  }
}
