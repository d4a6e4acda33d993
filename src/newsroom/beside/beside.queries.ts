import type { RelationKind } from '../../articles/edition.rows.js';
import { read, type Context } from '../../kernel/context.js';
import { storiesNaming } from './named.queries.js';
import { isOtherEvent, kindOf } from './kind.rules.js';
import { likenesses, sameText, withEdges, type Compared, type Likeness } from './nearness.rules.js';
import { reasonFor } from './reason.rules.js';
import { runsIn, unpackedRuns } from './runs.rules.js';
import { countsOf, edgesAmong, edgesOf, namedIn, wordedLike, wordingsOf, type WordedRow } from './wording.queries.js';
import {
  analysedText,
  isEverywhere,
  rarityIn,
  StoredTerms,
  termsOf,
  weightFor,
  type WeighedTerm,
  type WordedTerm,
  type WordedText,
} from './wording.rules.js';

/** A text that stories are looked for to stand beside. */
export interface Asked {
  articleId: number;
  text: WordedText;
  /** How much it is about each entity it names. */
  named: ReadonlyMap<number, number>;
  /** The date it carries. */
  at: number;
  /** The stories that stand beside it already. */
  beside: readonly number[];
}

export interface StoryBeside {
  articleId: number;
  kind: RelationKind;
  score: number;
  reason: string;
}

/** A story that says the same word for word. */
export interface Repeated {
  articleId: number;
  title: string;
  /** How much of the shorter text is in the other, from 0 to 1. */
  same: number;
  publishedAt: number;
}

/** How much is looked at, so that no text and no newsroom is too large. */
const most = { counted: 600, asked: 160, met: 100_000, worded: 100, named: 40 };
/** What is less near than this belongs nowhere. */
const least = 0.2;

/**
 * The stories that belong beside a text, nearest first, and those that say the same once more. They are found by their
 * words, by what both name and by edges made before; then each is compared as a whole. Edges that lead to or from the
 * story itself are never looked at.
 */
export async function storiesBeside(
  ctx: Context,
  asked: Asked,
  { nameOf, first }: { nameOf: (entityId: number) => string; first: number },
): Promise<{ stories: StoryBeside[]; repeats: Repeated[] }> {
  const { articleId, at } = asked;
  const parts = analysedText(asked.text);
  const [terms, naming, chosen] = await Promise.all([
    weighedTerms(ctx, termsOf(parts)),
    storiesNaming(ctx, asked.named),
    edgesOf(ctx, asked.beside, at),
  ]);
  const others = [...naming.articleIds.slice(0, most.named), ...chosen.flatMap(endsOf), ...asked.beside];
  const worded = await wordedLike(ctx, askedTerms(terms), most.worded);
  const rows = (await wordingsOf(ctx, { editionIds: worded, articleIds: [...new Set(others)] })).filter(
    (row) => row.articleId !== articleId,
  );
  const ids = rows.map((row) => row.articleId);
  const [named, edges] = await Promise.all([
    namedIn(
      ctx,
      rows.map(({ editionId }) => editionId),
      [...asked.named.keys()],
    ),
    edgesAmong(ctx, ids, at),
  ]);
  const compared = rows.map((row) => comparedOf(row, named));
  const asking = { terms, runs: runsIn(parts), named: naming.weights, at };
  const known = edges.filter((edge) => !endsOf(edge).includes(articleId));
  const found = withEdges(likenesses(asking, compared), known, new Set(asked.beside));
  const byId = new Map(rows.map((row) => [row.articleId, row]));
  const repeats = found.filter(({ same }) => same >= sameText).sort((a, b) => b.same - a.same);
  return {
    stories: chosenFrom(found, new Set(asked.beside))
      .slice(0, first)
      .map((like) => ({
        articleId: like.articleId,
        kind: kindOf(like),
        score: scoreOf(like),
        reason: reasonFor(like, {
          nameOf,
          besideTitle: like.beside === null ? undefined : byId.get(like.beside)?.title,
          at: byId.get(like.articleId)!.publishedAt,
          than: at,
        }),
      })),
    repeats: repeats.map(({ articleId: id, same }) => {
      const { title, publishedAt } = byId.get(id)!;
      return { articleId: id, title, same, publishedAt };
    }),
  };
}

function chosenFrom(found: readonly Likeness[], beside: ReadonlySet<number>): Likeness[] {
  return found
    .filter((like) => !beside.has(like.articleId) && scoreOf(like) >= least && !isOtherEvent(like))
    .sort((a, b) => b.score - a.score || b.articleId - a.articleId);
}

/** Nearness as a number below 1, in thousandths. */
const scoreOf = ({ score, same }: Likeness): number =>
  Math.round(1_000 * Math.max(same >= sameText ? 0.5 + same / 2 : 0, score / (score + 0.4))) / 1_000;

const endsOf = ({ beginsAt, leadsTo }: { beginsAt: number; leadsTo: number }): number[] => [beginsAt, leadsTo];

/** What the text says, each term with its weight in this newsroom. */
async function weighedTerms(ctx: Context, all: readonly WordedTerm[]): Promise<(WeighedTerm & { texts: number })[]> {
  const words = all.filter(({ of }) => of === null).sort((a, b) => b.said - a.said);
  const counts = await countsOf(
    ctx.database.dialect,
    (statement) => read(ctx, statement),
    words.slice(0, most.counted).map(({ term }) => term),
  );
  const rarity = rarityIn(counts);
  return all
    .filter(({ term, of }) => !(of ?? [term]).some((word) => isEverywhere(word, counts)))
    .map((term) => {
      const rare = rarity(term);
      return { ...term, rare, weight: weightFor(term.said, rare, term.of !== null), texts: counts.of(term.term) };
    });
}

/** The words that stories are looked up by: those that tell most, as long as few enough texts have them. */
function askedTerms(terms: readonly (WeighedTerm & { texts: number })[]): { term: number; weight: number }[] {
  let left = most.met;
  return terms
    .filter(({ of, texts }) => of === null && texts > 0)
    .sort((a, b) => b.weight - a.weight || a.term - b.term)
    .filter(({ texts }) => texts <= left && (left -= texts) >= 0)
    .slice(0, most.asked);
}

function comparedOf(row: WordedRow, named: readonly { editionId: number; entityId: number }[]): Compared {
  return {
    articleId: row.articleId,
    publishedAt: row.publishedAt,
    kind: row.kind,
    terms: new StoredTerms(row.terms),
    length: row.length,
    runs: unpackedRuns(row.runs),
    named: named.filter(({ editionId }) => editionId === row.editionId).map(({ entityId }) => entityId),
  };
}
