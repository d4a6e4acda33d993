import { read, type Context } from '../../kernel/context.js';
import { runsIn } from './runs.rules.js';
import { countsOf, wordedLike, wordingsOfEditions, type WordedRow } from './wording.queries.js';
import {
  analysedText,
  isEverywhere,
  rarityIn,
  termsOf,
  weightFor,
  type WeighedTerm,
  type WordedTerm,
  type WordedText,
} from './wording.rules.js';

/** How a text is worded, and the stories that are worded most like it. */
export interface Worded {
  terms: readonly WeighedTerm[];
  runs: readonly number[];
  rows: readonly WordedRow[];
}

/** How much is looked at, so that no text and no newsroom is too large. */
const most = { counted: 600, asked: 160, met: 100_000, stories: 100 };

/** The stories that have most of the rarer words of a text. */
export async function storiesWordedLike(ctx: Context, text: WordedText): Promise<Worded> {
  const parts = analysedText(text);
  const terms = await weighedTerms(ctx, termsOf(parts));
  const editionIds = await wordedLike(ctx, askedTerms(terms), most.stories);
  return { terms, runs: runsIn(parts), rows: await wordingsOfEditions(ctx, editionIds) };
}

interface CountedTerm extends WeighedTerm {
  texts: number;
}

/** What the text says, each term with its weight in this newsroom. */
async function weighedTerms(ctx: Context, all: readonly WordedTerm[]): Promise<CountedTerm[]> {
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
function askedTerms(terms: readonly CountedTerm[]): { term: number; weight: number }[] {
  let left = most.met;
  return terms
    .filter(({ of, texts }) => of === null && texts > 0)
    .sort((a, b) => b.weight - a.weight || a.term - b.term)
    .filter(({ texts }) => texts <= left && (left -= texts) >= 0)
    .slice(0, most.asked);
}
