import type { SearchDocument } from './document.rules.js';
import type { Plan } from './plan.rules.js';

/** What an index is made with: our tokens are parted at spaces and left as they are. */
export const indexBody = {
  mappings: {
    dynamic: 'strict',
    properties: {
      articleId: { type: 'integer' },
      editionId: { type: 'integer' },
      isForReaders: { type: 'boolean' },
      isNewest: { type: 'boolean' },
      date: { type: 'date', format: 'epoch_millis' },
      facets: { type: 'keyword' },
      words: { type: 'text', analyzer: 'whitespace' },
      terms: { type: 'text', analyzer: 'whitespace' },
    },
  },
} as const;

/** A text as OpenSearch stores it. Words that spelling is corrected to are those of texts for readers. */
export const sourceOf = (document: SearchDocument): object => ({
  articleId: document.articleId,
  editionId: document.editionId,
  isForReaders: document.isForReaders,
  isNewest: document.isNewest,
  date: document.date,
  facets: document.facets.trim().split(' '),
  words: document.isForReaders ? document.words.join(' ') : '',
  terms: document.terms.trim(),
});

const any = (should: readonly object[]): object => ({ bool: { should, minimum_should_match: 1 } });
const term = (token: string): object => ({ term: { terms: { value: token } } });
const phrase = (run: string): object => ({ match_phrase: { terms: { query: run, slop: 0 } } });

/** The question for a plan: all must be there, newer stories weigh up to twice as much. */
export function searchBody(plan: Plan, at: number): object {
  const span = {
    ...(plan.after === null ? {} : { gte: plan.after }),
    ...(plan.before === null ? {} : { lt: plan.before }),
  };
  const query = {
    bool: {
      must: plan.must.map((group) => any(group.map(term))),
      filter: [
        { term: { [plan.of === 'READERS' ? 'isForReaders' : 'isNewest']: true } },
        ...plan.runs.map((ways) => any(ways.map(phrase))),
        ...plan.facets.map((group) => ({ terms: { facets: group } })),
        ...(Object.keys(span).length === 0 ? [] : [{ range: { date: { ...span, format: 'epoch_millis' } } }]),
      ],
      must_not: [
        ...(plan.not.length === 0 ? [] : [{ terms: { terms: plan.not } }]),
        ...plan.notRuns.flatMap((ways) => ways.map(phrase)),
        ...(plan.notFacets.length === 0 ? [] : [{ terms: { facets: plan.notFacets } }]),
      ],
    },
  };
  const newness = { exp: { date: { origin: String(at), scale: '30d', decay: 0.5 } } };
  return {
    size: plan.most,
    track_total_hits: false,
    _source: ['articleId', 'editionId', 'facets'],
    query: {
      function_score: { query, functions: [{ weight: 1 }, newness], score_mode: 'sum', boost_mode: 'multiply' },
    },
    track_scores: true,
    sort: [plan.isByDate ? { date: 'desc' } : { _score: 'desc' }, { articleId: 'desc' }],
  };
}

/** Asks for words spelt much like one, and in how many texts it is itself. */
export const spellingBody = (word: string): object => ({
  size: 0,
  track_total_hits: true,
  query: { term: { words: { value: word } } },
  suggest: {
    near: { text: word, term: { field: 'words', suggest_mode: 'always', max_edits: 2, prefix_length: 1, size: 20 } },
  },
});
