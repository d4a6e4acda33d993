import { blockText, withInner, type Block } from '../../articles/body.rules.js';
import type { Context } from '../../kernel/context.js';
import { raw } from '../../kernel/sql.js';
import { relatedRows } from '../../newsroom/desk/related.queries.js';
import { suggestionsFor } from '../../newsroom/suggestions/suggestion.queries.js';

/** A story that editors linked to others. */
export interface Asked {
  articleId: number;
  editionId: number;
  links: readonly number[];
}

export interface Trial {
  asked: Asked[];
  /** What each story says that readers see, without any address. */
  texts: ReadonlyMap<number, string>;
}

/** What was found for a story, nearest first, and how long it took in milliseconds. */
export interface Ranked {
  found: readonly number[];
  took: number;
}

/** The stories that readers see and the links between them that editors made. */
export async function editorsLinks({ database }: Context): Promise<Trial> {
  const stories = await database.read<{ articleId: number; title: string; standfirst: string; body: string }>(
    raw(`select p.articleId, e.title, e.standfirst, e.body from publication p join edition e on e.id = p.editionId
         where p.visibleUntil = (select max(visibleUntil) from publication) order by p.articleId`),
    'primary',
  );
  const links = await database.read<{ articleId: number; editionId: number; target: number }>(
    raw(`select p.articleId, p.editionId, r.articleId as target from publication p
         join related_story r on r.editionId = p.editionId
         where p.visibleUntil = (select max(visibleUntil) from publication) order by p.articleId, r.position`),
    'primary',
  );
  const texts = new Map(stories.map(({ articleId, ...text }) => [articleId, textOf(text)]));
  const asked = new Map<number, { articleId: number; editionId: number; links: number[] }>();
  for (const { articleId, editionId, target } of links) {
    if (!texts.has(target) || target === articleId) continue;
    const known = asked.get(articleId) ?? { articleId, editionId, links: [] };
    asked.set(articleId, known);
    known.links.push(target);
  }
  return { asked: [...asked.values()], texts };
}

const textOf = ({ title, standfirst, body }: { title: string; standfirst: string; body: string }): string =>
  [title, standfirst, ...withInner(JSON.parse(body) as Block[]).map(blockText)].join('\n');

/** As far as it is counted whether a link was found. */
export const mostFound = 20;

/** What the desk suggests for each story as if nothing stood beside it yet, so many for each. */
export async function rankedByUs(
  contextOf: () => Context,
  asked: readonly Asked[],
  progress: (done: number, total: number) => void,
  stories = mostFound,
): Promise<Ranked[]> {
  const ranked: Ranked[] = [];
  for (const { articleId, editionId } of asked) {
    const ctx = contextOf();
    relatedRows(ctx).prime(editionId, []); // so that its own links are not known
    const started = performance.now();
    const suggested = await suggestionsFor(ctx, articleId, { stories });
    ranked.push({
      found: (suggested?.related ?? []).map(({ article }) => article.id),
      took: performance.now() - started,
    });
    progress(ranked.length, asked.length);
  }
  return ranked;
}

/**
 * What plain TF-IDF finds: words as they are, how often each is there by how few texts have it, the cosine of both. Of an
 * archive only the texts that are asked for stay in memory.
 */
export function rankedByTfIdf({ asked, texts }: Trial): number[][] {
  const having = new Map<string, number>();
  for (const text of texts.values())
    for (const word of countedWords(text).keys()) having.set(word, (having.get(word) ?? 0) + 1);
  const vector = (text: string) => vectorOf(countedWords(text), having, texts.size);
  const own = asked.map(({ articleId }) => ({ articleId, vector: vector(texts.get(articleId)!), near: new Nearest() }));
  for (const [id, text] of texts) {
    const other = vector(text);
    for (const each of own) if (id !== each.articleId) each.near.add(id, cosine(each.vector, other));
  }
  return own.map(({ near }) => near.best());
}

/** The twenty that are nearest. */
class Nearest {
  private near: { id: number; cosine: number }[] = [];

  add(id: number, cosine: number): void {
    this.near.push({ id, cosine });
    if (this.near.length === 1_000) this.best();
  }

  best(): number[] {
    this.near.sort((a, b) => b.cosine - a.cosine || a.id - b.id);
    this.near = this.near.slice(0, 20);
    return this.near.map(({ id }) => id);
  }
}

function countedWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function vectorOf(words: ReadonlyMap<string, number>, having: ReadonlyMap<string, number>, texts: number) {
  const vector = new Map(
    [...words].map(([word, count]) => [word, count * (1 + Math.log((1 + texts) / (1 + having.get(word)!)))]),
  );
  const length = Math.sqrt([...vector.values()].reduce((sum, each) => sum + each ** 2, 0));
  for (const [word, weight] of vector) vector.set(word, weight / length);
  return vector;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}
