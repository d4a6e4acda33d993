import type { Context } from '../kernel/context.js';
import type { Database, Transaction } from '../kernel/database.js';
import { databaseEngine } from './database.engine.js';
import type { SearchDocument } from './document.rules.js';
import type { Plan } from './plan.rules.js';

/** A story that an engine found. */
export interface Found {
  articleId: number;
  score: number;
}

/** What an engine found, best first, the facets of all of it in no order, and the moment it told ages from. */
export interface Finding {
  at: number;
  found: readonly Found[];
  facets: string;
  /** Whether it stopped at as many as were asked for: some of them may not be among `found`, as nobody sees them now. */
  isCut: boolean;
}

/** The most that an engine finds for one question: further down nobody looks. */
export const mostFound = 1_000;

/** What finds stories by words. It answers with what it was given last; who may see it is not its business. */
export interface SearchEngine {
  readonly name: string;
  /** Has the engine say of some stories what `read` gives, and nothing else; safe to do twice and beside itself. */
  write(ctx: Context, articleIds: readonly number[], read: ReadStories): Promise<void>;
  /** The best texts for readers, those that readers do not see now left out; or the newest texts, whoever sees them. */
  find(ctx: Context, plan: Plan): Promise<Finding>;
  /** Words in use that are spelt much like one, with how many stories have them. */
  wordsNear(ctx: Context, word: string): Promise<{ word: string; stories: number }[]>;
  /** Prepares for being filled anew, and goes over to what was filled. */
  beginRebuild?(ctx: Context): Promise<void>;
  endRebuild?(ctx: Context): Promise<void>;
}

/** Reads what an index should hold of some stories, as it is in this transaction. */
export type ReadStories = (tx: Transaction) => Promise<SearchDocument[]>;

const engines = new WeakMap<Database, SearchEngine>();

/** Has the newsroom in a database be searched by another engine than the database itself. */
export const useEngine = (database: Database, engine: SearchEngine): unknown => engines.set(database, engine);

export const engineOf = ({ database }: Context): SearchEngine => engines.get(database) ?? databaseEngine;
