import type { ArticleKind, RelationKind } from '../../articles/edition.rows.js';
import { stemsOf } from './words.rules.js';

/** A published story as far as nearness goes. */
export interface Compared {
  articleId: number;
  words: string;
  entityIds: readonly number[];
  publishedAt: number;
  kind: ArticleKind;
}

export interface SuggestedStory {
  articleId: number;
  kind: RelationKind;
  score: number;
  reason: string;
}

interface Story {
  words: string;
  /** What it names, each with a weight from 0 to 1: how rare it is in stories, and how much this one is about it. */
  weights: ReadonlyMap<number, number>;
  at: number;
}

const day = 86_400_000;
/** After so many days recency counts half. */
const halfLife = 60;
/** What is less near than this belongs nowhere. */
const least = 0.15;

/** How rare an entity is that is named in so many of its newest stories: 1 for one story, a quarter for 200. */
export const rarity = (stories: number): number => 1 / (1 + (Math.log(Math.max(1, stories)) / Math.log(200)) * 3);

/** The stories nearest to one, by the rare things both name, by wording and by time; nearest first. */
export function nearest(
  story: Story,
  others: readonly Compared[],
  nameOf: (entityId: number) => string,
  most: number,
): SuggestedStory[] {
  const stems = others.map(({ words }) => new Set(stemsOf(words)));
  const own = new Set(stemsOf(story.words));
  const weightOf = rarityOfWords([own, ...stems]);
  const whole = [...story.weights.values()].reduce((sum, weight) => sum + weight, 0);
  return others
    .map((other, i): SuggestedStory => {
      const shared = other.entityIds.filter((id) => story.weights.has(id));
      shared.sort((a, b) => story.weights.get(b)! - story.weights.get(a)! || a - b);
      const named = whole === 0 ? 0 : shared.reduce((sum, id) => sum + story.weights.get(id)!, 0) / whole;
      const worded = alike(own, stems[i]!, weightOf);
      const days = (other.publishedAt - story.at) / day;
      const near =
        shared.length > 0 || worded > 0.2 ? 0.5 * named + 0.4 * worded + 0.1 * 0.5 ** (Math.abs(days) / halfLife) : 0;
      const reason = reasonFor(shared.map(nameOf), worded, other.publishedAt, story.at);
      return {
        articleId: other.articleId,
        kind: kindOf(named, worded, days, other.kind),
        score: Math.round(Math.min(1, near) * 1_000) / 1_000,
        reason,
      };
    })
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || b.articleId - a.articleId)
    .slice(0, most);
}

function kindOf(named: number, worded: number, days: number, kind: ArticleKind): RelationKind {
  const apart = Math.abs(days);
  if (apart <= 3 && named >= 0.5 && worded >= 0.25) return 'SAME_EVENT';
  if (kind === 'EXPLAINER' || kind === 'ANALYSIS') return 'BACKGROUND';
  if (apart <= 30 && named >= 0.4) return 'FOLLOW_UP';
  return days < -30 && named >= 0.4 ? 'BACKGROUND' : 'RELATED';
}

/** What a word is worth: the fewer of the stories have it, the more. */
function rarityOfWords(stories: readonly ReadonlySet<string>[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const words of stories) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + stories.length / (counts.get(word) ?? 1));
}

/** How alike two sets of words are, from 0 to 1. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>, weightOf: (word: string) => number): number {
  const lengthOf = (words: ReadonlySet<string>) => [...words].reduce((sum, word) => sum + weightOf(word) ** 2, 0);
  let common = 0;
  for (const word of a) if (b.has(word)) common += weightOf(word) ** 2;
  return common === 0 ? 0 : common / Math.sqrt(lengthOf(a) * lengthOf(b));
}

/** "Names Ali Bagheri and IAEA as well; the same day." */
function reasonFor(names: readonly string[], worded: number, at: number, than: number): string {
  const some = names.slice(0, 3);
  const last = some.pop();
  const listed = last === undefined ? undefined : [some.join(', '), last].filter((part) => part !== '').join(' and ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  const wording = worded >= 0.3 ? 'much the same words' : undefined;
  const said =
    listed === undefined ? undefined : `Names ${more === '' ? listed : listed.replace(' and ', ', ') + more} as well`;
  return `${[said, wording && (said ? `in ${wording}` : `Uses ${wording}`)].filter(Boolean).join(', ') || 'In the same section'}; ${apart(at, than)}.`;
}

function apart(at: number, than: number): string {
  const days = Math.round(at / day - 0.5) - Math.round(than / day - 0.5);
  const [count, unit] =
    Math.abs(days) < 14
      ? [Math.abs(days), 'day']
      : Math.abs(days) < 60
        ? [Math.round(Math.abs(days) / 7), 'week']
        : Math.abs(days) < 730
          ? [Math.round(Math.abs(days) / 30.4), 'month']
          : [Math.round(Math.abs(days) / 365.25), 'year'];
  if (count === 0) return 'the same day';
  return `${count} ${unit}${count === 1 ? '' : 's'} ${days < 0 ? 'before' : 'after'}`;
}
