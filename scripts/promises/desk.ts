import { execute, parse } from 'graphql';
import { createAccount } from '../../src/accounts/account.commands.js';
import { createContext } from '../../src/kernel/context.js';
import type { Database } from '../../src/kernel/database.js';
import { parseGlobalId } from '../../src/kernel/global-id.js';
import { migrateUp } from '../../src/kernel/migrate.js';
import { operator, type AccountViewer } from '../../src/kernel/viewer.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { createSchema } from '../../src/schema.js';

/** What a mutation answered, whichever it was. */
export interface Outcome {
  __typename: string;
  article?: { id: string; version: number; workflowState: string };
  currentVersion?: number;
  message?: string;
}

export type MutationName = keyof typeof mutations;
export type Fields = Record<string, unknown>;
/** Somebody at work: what he asks for is done, or it is not known whether it was, which throws. */
export type Desk = (name: MutationName, input: Fields) => Promise<Outcome>;

const mutations = {
  createDraft: ['CreateDraftInput', 'DraftSaved'],
  saveDraft: ['SaveDraftInput', 'DraftSaved'],
  setMentions: ['SetMentionsInput', 'DraftSaved'],
  submitArticle: ['MoveArticleInput', 'ArticleMoved'],
  approveArticle: ['MoveArticleInput', 'ArticleMoved'],
  publishArticle: ['PublishArticleInput', 'ArticlePublished'],
  schedulePublication: ['SchedulePublicationInput', 'PublicationScheduled'],
  unschedulePublication: ['MoveArticleInput', 'ArticleMoved'],
  correctArticle: ['CorrectArticleInput', 'ArticleCorrected'],
  withdrawArticle: ['WithdrawArticleInput', 'ArticleWithdrawn'],
} as const;

/** The document that asks for a mutation. */
export function documentOf(name: MutationName): string {
  const [input, done] = mutations[name];
  const stale = name === 'createDraft' ? '' : '... on StaleVersion { currentVersion }';
  return `mutation($input: ${input}!) { ${name}(input: $input) { __typename
    ... on ${done} { article { id version workflowState } } ${stale} ... on UserError { message } } }`;
}

const addresses = { siteUrl: 'https://news.example', mediaUrl: 'https://news.example/media', siteName: 'Promises' };
const schema = createSchema();

/** Somebody at work on a database, through the schema. */
export function deskOn(database: Database, viewer: AccountViewer): Desk {
  return async (name, input) => {
    const { data, errors } = await execute({
      schema,
      document: parse(documentOf(name)),
      contextValue: createContext(database, addresses, { viewer }),
      variableValues: { input },
    });
    if (errors?.[0]) throw errors[0].originalError ?? errors[0];
    return data![name] as Outcome;
  };
}

export const operatorOn = (database: Database) => createContext(database, addresses, { viewer: operator });

/** Brings an empty database up to date and gives it a section and somebody who works in it. */
export async function openDesk(database: Database, password: string | null = null): Promise<AccountViewer> {
  await migrateUp(database);
  const ctx = operatorOn(database);
  await saveSection(ctx, { slug: 'world', name: 'World', description: '', position: 0 });
  const made = await createAccount(ctx, { email, name: 'Edith', role: 'CHIEF', password });
  if (!('account' in made)) throw new Error(made.message);
  return { kind: 'account', accountId: made.account.id, name: 'Edith', role: 'CHIEF', sectionIds: null };
}

export const email = 'edith@news.example';

/** A story as somebody last saw it. */
export interface Held {
  articleId: string;
  expectedVersion: number;
}

/** The story that a mutation answered with; any other answer throws. */
export function storyOf(outcome: Outcome): Held {
  if (!outcome.article) throw new Error(`${outcome.__typename}: ${outcome.message}`);
  return { articleId: outcome.article.id, expectedVersion: outcome.article.version };
}

export const draft = (title: string): Fields => ({ title, section: 'world', body: { markdown: `About ${title}.` } });

/** A story that may be published. */
export async function approvedStory(desk: Desk, title: string): Promise<Held> {
  const begun = storyOf(await desk('createDraft', draft(title)));
  const submitted = storyOf(await desk('submitArticle', { ...begun }));
  return storyOf(await desk('approveArticle', { ...submitted }));
}

export const rowIdOf = ({ articleId }: Held): number => parseGlobalId(articleId).id;
