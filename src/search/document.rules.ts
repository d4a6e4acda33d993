import { bodyText, type Block } from '../articles/body.rules.js';
import type { ArticleKind } from '../articles/edition.rows.js';
import { listOf } from '../articles/list.rules.js';
import { analyse, type Term } from '../text/analyse.rules.js';
import { facetToken, titleToken, tokenOf } from './token.rules.js';
import { folded } from '../text/fold.rules.js';

/** A text of a story with all that it is found by. */
export interface Story {
  articleId: number;
  editionId: number;
  language: string;
  kind: string;
  title: string;
  standfirst: string;
  blocks: readonly Block[];
  /** Its section and those above it. */
  sectionIds: readonly number[];
  entityIds: readonly number[];
  /** The names of what it names, their other names, and its bylines. */
  names: readonly string[];
  createdBy: number | null;
  /** The date it carries; when it was saved, as long as it carries none. */
  date: number;
  /** Whether readers see it, or will without anybody doing more. */
  isForReaders: boolean;
  /** Whether it is the newest text of its story. */
  isNewest: boolean;
}

/** A text as it lies in an index. */
export interface SearchDocument {
  articleId: number;
  editionId: number;
  isForReaders: boolean;
  isNewest: boolean;
  date: number;
  /** How many terms it has. */
  size: number;
  /** ` s5 e17 kNEWS y2024 len ` and so on: what it is filtered and counted by. */
  facets: string;
  /** Its tokens in the order of the text, `.` where one thing ends; behind them what else it is found by. */
  terms: string;
  /** The words that spelling is corrected to, each once. */
  words: readonly string[];
}

/** No story has more of these, so that none is too large for an index. */
const most = { terms: 50_000, names: 300, facets: 80 };

/** How often the words of a title stand in the text of an index, so that they weigh more. */
const titleWeight = 5;

const line = (terms: readonly Term[]): string => terms.map(({ term }) => tokenOf(term)).join(' ');
const parted = (lines: readonly string[]): string => lines.filter((each) => each !== '').join(' . ');

export const facet = {
  section: (id: number): string => `s${id}`,
  entity: (id: number): string => `e${id}`,
  kind: (kind: string): string => `k${kind.toLowerCase()}`,
  year: (year: number): string => `y${year}`,
  language: (language: string): string =>
    `l${language
      .toLowerCase()
      .replace(/[^a-z0-9-]/g, '')
      .slice(0, 19)}`,
  creator: (accountId: number): string => `a${accountId}`,
};

/** The list that stories are in that have a facet: of a section, somebody or something named, a kind or a language. */
export function listOfFacet(named: string): string {
  const [sort, name] = [named[0], named.slice(1)];
  if (sort === 's') return listOf.section(Number(name));
  if (sort === 'e') return listOf.entity(Number(name));
  return sort === 'k' ? listOf.kind(name.toUpperCase() as ArticleKind) : listOf.language(name);
}

/** What becomes of a story in an index. */
export function documentOf(story: Story): SearchDocument {
  const { language } = story;
  const title = analyse(story.title, language);
  const standfirst = analyse(story.standfirst, language);
  const text = bodyText(story.blocks)
    .split('\n')
    .map((paragraph) => analyse(paragraph, language));
  const names = story.names.slice(0, most.names).map((name) => analyse(name, language));
  const flow = [title, standfirst, ...cut(text, most.terms)];
  const others = new Set<string>();
  for (const terms of [...flow, ...names]) {
    for (const { others: also } of terms) for (const other of also) others.add(other);
  }
  const facets = facetsOf(story);
  const titleTerms = title.map(({ term }) => titleToken(term)).join(' ');
  const titleOthers = title.flatMap((term) => term.others).map(titleToken);
  return {
    articleId: story.articleId,
    editionId: story.editionId,
    isForReaders: story.isForReaders,
    isNewest: story.isNewest,
    date: story.date,
    size: flow.reduce((sum, { length }) => sum + length, 0),
    facets: ` ${facets.join(' ')} `,
    terms: ` ${parted([
      ...flow.map(line),
      titleTerms,
      [...new Set(titleOthers)].join(' . '),
      ...names.map(line),
      [...others].map(tokenOf).join(' . '),
      ...Array.from({ length: titleWeight - 1 }, () =>
        [...new Set(title.map(({ term }) => tokenOf(term)))].join(' . '),
      ),
      facets
        .filter((each) => /^[se]/.test(each))
        .map(facetToken)
        .join(' . '),
    ])} `,
    words: wordsIn([title, standfirst, ...names]),
  };
}

/** The first so many terms of some paragraphs. */
function cut(paragraphs: readonly Term[][], most: number): Term[][] {
  let left = most;
  return paragraphs.map((terms) => {
    const some = terms.slice(0, left);
    left -= some.length;
    return some;
  });
}

function facetsOf(story: Story): string[] {
  return [
    ...story.sectionIds.map(facet.section),
    ...new Set([story.language, story.language.split('-', 1)[0]!].map(facet.language)),
    facet.kind(story.kind),
    facet.year(new Date(story.date).getUTCFullYear()),
    ...(story.createdBy === null ? [] : [facet.creator(story.createdBy)]),
    ...[...new Set(story.entityIds)].slice(0, most.facets).map(facet.entity),
  ];
}

/** Words that may be misspelt: of letters, with four of them or more. */
const wordsIn = (lines: readonly Term[][]): string[] => [
  ...new Set(
    lines.flatMap((terms) => terms.flatMap(({ word, isPiece }) => (!isPiece && isSpelled(word) ? [word] : []))),
  ),
];

const isSpelled = (word: string): boolean => /^\p{L}{4,40}$/u.test(word) && folded(word) === word;
