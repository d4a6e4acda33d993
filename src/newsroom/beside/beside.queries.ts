import { articleById, type ArticleView } from '../../articles/article.queries.js';
import type { RelationKind } from '../../articles/edition.rows.js';
import type { Context } from '../../kernel/context.js';
import { storiesNaming } from './named.queries.js';
import { isOtherEvent, kindOf } from './kind.rules.js';
import { likenesses, nearOnes, sameText, withEdges, type Compared, type Likeness } from './nearness.rules.js';
import { reasonFor } from './reason.rules.js';
import { unpackedRuns } from './runs.rules.js';
import { edgesOf, wordingsOfStories, type WordedRow } from './wording.queries.js';
import { StoredTerms } from './wording.rules.js';
import type { Worded } from './worded.queries.js';

/** A text that stories are looked for to stand beside. */
export interface Asked {
  articleId: number;
  /** How it is worded, and what is worded like it. */
  worded: Promise<Worded>;
  /** How much it is about each entity it names. */
  named: ReadonlyMap<number, number>;
  /** The date it carries. */
  at: number;
  /** The stories that stand beside it already. */
  beside: readonly number[];
}

export interface StoryBeside {
  article: ArticleView;
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

/** How many stories that name the same are looked at. */
const mostNaming = 40;
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
  const [naming, chosen] = await Promise.all([storiesNaming(ctx, asked.named), edgesOf(ctx, asked.beside, at)]);
  const others = [...naming.articleIds.slice(0, mostNaming), ...chosen.flatMap(endsOf), ...asked.beside];
  const [near, { terms, runs, rows: worded }] = await Promise.all([wordingsOfStories(ctx, others), asked.worded]);
  const rows = [...new Map([...worded, ...near].map((row) => [row.articleId, row])).values()];
  const publishedAt = new Map(rows.map((row) => [row.articleId, row.publishedAt]));
  const alike = likenesses(
    { terms, runs, named: naming.weights, at },
    rows.filter((row) => row.articleId !== articleId).map(comparedOf),
  );
  const beside = new Set(asked.beside);
  const likely = chosenFrom(alike, beside).slice(0, first);
  const [edges] = await Promise.all([
    edgesOf(ctx, [...new Set([...nearOnes(alike), ...beside])], at),
    viewsOf(ctx, likely), // few of them are not chosen in the end
  ]);
  const known = edges.filter((edge) => !endsOf(edge).includes(articleId));
  const found = withEdges(alike, known, beside);
  const suggested = chosenFrom(found, beside).slice(0, first);
  const repeats = found.filter(({ same }) => same >= sameText).sort((a, b) => b.same - a.same);
  const views = await viewsOf(ctx, [...suggested, ...repeats]);
  return {
    stories: suggested.flatMap((like): StoryBeside[] => {
      const article = views.get(like.articleId);
      if (!article) return [];
      const reason = reasonFor(like, {
        nameOf,
        besideTitle: like.beside === null ? undefined : views.get(like.beside)?.title,
        at: publishedAt.get(like.articleId)!,
        than: at,
      });
      return [{ article, kind: kindOf(like, article.kind), score: scoreOf(like), reason }];
    }),
    repeats: repeats.flatMap(({ articleId: id, same }): Repeated[] => {
      const title = views.get(id)?.title;
      return title === undefined ? [] : [{ articleId: id, title, same, publishedAt: publishedAt.get(id)! }];
    }),
  };
}

/** Some stories as readers see them, with those that they are nearer for. */
async function viewsOf(ctx: Context, likes: readonly Likeness[]): Promise<ReadonlyMap<number, ArticleView>> {
  const ids = new Set(likes.flatMap(({ articleId, beside }) => (beside === null ? [articleId] : [articleId, beside])));
  const views = await Promise.all([...ids].map((id) => articleById(ctx).load(id)));
  return new Map(views.flatMap((view) => (view ? [[view.id, view] as const] : [])));
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

const comparedOf = ({ terms, runs, ...row }: WordedRow): Compared => ({
  ...row,
  terms: new StoredTerms(terms),
  runs: unpackedRuns(runs),
});
