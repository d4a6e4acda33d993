import { saveEdition } from '../../src/articles/edition.commands.js';
import { publishEdition } from '../../src/articles/bring-in.commands.js';
import type { Context } from '../../src/kernel/context.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { articleNode, search } from '../../src/search/search.queries.js';
import { rebuildIndex } from '../../src/search/rebuild.commands.js';
import { queries, sentences, type Wanted } from './gold.set.js';

export interface Outcome extends Wanted {
  found: string[];
  missed: string[];
  wrong: string[];
}

/** Publishes the sentences of the gold set in a newsroom and indexes them. */
export async function publishGold(ctxOf: () => Context): Promise<void> {
  const sectionId = await saveSection(ctxOf(), { slug: 'gold', name: 'Gold', description: '', position: 0 });
  for (const [language, texts] of Object.entries(sentences)) {
    for (const [name, text] of Object.entries(texts)) {
      const saved = await saveEdition(ctxOf(), {
        article: { source: 'gold', externalId: `${language}.${name}`, slug: `${language}-${name.toLowerCase()}` },
        ...{ kind: 'NEWS', language, title: text, standfirst: '', sectionId, blocks: [] },
        ...{ credits: [], related: [], mentions: [] },
      });
      await publishEdition(ctxOf(), saved);
    }
  }
  await rebuildIndex(ctxOf());
}

/** What the queries of the gold set find among its sentences. */
export async function askGold(ctxOf: () => Context): Promise<Outcome[]> {
  const filter = { facets: [], after: null, before: null };
  const outcomes: Outcome[] = [];
  for (const { query, stories } of queries) {
    const { edges } = await search(
      ctxOf(),
      { query, filter, of: 'READERS', isWhole: true },
      { first: 100 },
      articleNode,
    );
    const names = new Map(
      Object.entries(sentences).flatMap(([language, texts]) =>
        Object.keys(texts).map((name) => [`${language}-${name.toLowerCase()}`, `${language}.${name}`]),
      ),
    );
    const found = edges.map(({ node }) => names.get(node.slug)!);
    const missed = stories.filter((story) => !found.includes(story));
    outcomes.push({ query, stories, found, missed, wrong: found.filter((story) => !stories.includes(story)) });
  }
  return outcomes;
}

const sum = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  outcomes.reduce((total, outcome) => total + of(outcome), 0);

/** Recall and precision over all queries, each story counted once for each query. */
export function scoreOf(outcomes: readonly Outcome[]): { recall: number; precision: number } {
  const right = sum(outcomes, ({ found, wrong }) => found.length - wrong.length);
  return {
    recall: right / sum(outcomes, ({ stories }) => stories.length),
    precision: right / sum(outcomes, ({ found }) => found.length),
  };
}
