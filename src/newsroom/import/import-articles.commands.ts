import { isTheirSection } from '../../accounts/policy.js';
import { knownNames } from '../../articles/known-names.queries.js';
import { isForViewer, sectionLines } from '../../articles/story.commands.js';
import type { ArticleKind } from '../../articles/edition.rows.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, Refusal, type UserErrorView } from '../../kernel/errors.js';
import { globalId, parseGlobalId } from '../../kernel/global-id.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { raw, sql } from '../../kernel/sql.js';
import { checkText, nowIn } from '../../kernel/write.js';
import { keyOf } from './address.rules.js';
import { relateStoriesTo } from './late-links.commands.js';
import { aheadNote } from './moment.rules.js';
import { isOfOneStory, reasonIn } from './one-story.rules.js';
import { NoStory, prepare, printOf } from './prepare.rules.js';
import { SectionFinder, type Section } from './sections.rules.js';
import type { IncomingBody, IncomingStory } from './story.types.js';
import { knownItems, type KnownItem } from './write.queries.js';
import type { Outcome, StoryToWrite, Written } from './story-text.rules.js';
import { writeStories, type Writing } from './write.commands.js';

export interface ArticleToImport {
  externalId: string;
  url?: string | null;
  slug?: string | null;
  title?: string | null;
  standfirst?: string | null;
  body?: { html?: string | null; markdown?: string | null; text?: string | null } | null;
  kind?: ArticleKind | null;
  language?: string | null;
  publishedAt?: number | null;
  draft: boolean;
  categories?: readonly string[] | null;
  authors?: readonly string[] | null;
  picture?: { url: string; alt?: string | null; caption?: string | null; credit?: string | null } | null;
  related?: readonly string[] | null;
}

interface ImportedItemView {
  externalId: string;
  outcome: Outcome;
  articleId: string | null;
  slug: string | null;
  reason: string | null;
  notes: readonly string[];
}

export interface ArticlesImportedView {
  __typename: 'ArticlesImported';
  items: ImportedItemView[];
}

const mostItems = 100;
const mostCharacters = 1_000_000;

/** Brings in at most a hundred stories: each is told what became of it, and one that cannot be taken keeps none back. */
export async function importArticles(
  ctx: Context,
  input: CommandInput & { source: string; section: string; items: readonly ArticleToImport[] },
): Promise<ArticlesImportedView | UserErrorView> {
  const names = await knownNames(ctx);
  const answer = await perform(ctx, 'importArticles', input, async (tx) => {
    const source = checkText('source', input.source, { min: 1, max: 40 });
    if (input.items.length > mostItems) throw badInput(`At most ${mostItems} stories are taken at once.`, 'items');
    const finder = await finderIn(tx, input.section);
    const now = await nowIn(tx);
    const known = await knownItems(
      tx,
      source,
      input.items.map(({ externalId }) => keyOf(externalId)),
    );
    const mine = await refuser(ctx, tx, known);
    const ready: { i: number; write: StoryToWrite }[] = [];
    const done = new Map<number, Written>();
    const seen = new Set<string>();
    for (const [i, item] of input.items.entries()) {
      try {
        checkText(`items.${i}.externalId`, item.externalId, { min: 1, max: 1_000 });
        if (seen.has(item.externalId)) throw new NoStory('An earlier story of this list has the same id.');
        seen.add(item.externalId);
        const write = readyOf(item, i, { source, finder, now });
        await mine(write);
        ready.push({ i, write });
      } catch (error) {
        if (!(error instanceof NoStory) && !(error instanceof Refusal)) throw error;
        done.set(i, { outcome: 'FAILED', reason: error.message, notes: [] });
      }
    }
    const written = await writeWhatCan(
      ctx,
      tx,
      ready.map(({ write }) => write),
      { source, names },
    );
    for (const [n, { i, write }] of ready.entries()) {
      const { notes, ...each } = written[n]!;
      done.set(i, { ...each, notes: each.outcome === 'UNCHANGED' ? [] : [...write.story.notes, ...notes] });
    }
    return { __typename: 'ArticlesImported' as const, items: input.items.map((item, i) => viewOf(item, done.get(i)!)) };
  });
  if ('items' in answer) {
    const fresh = answer.items
      .filter(({ outcome }) => outcome === 'WRITTEN')
      .flatMap(({ articleId }) => articleId ?? []);
    if (fresh.length > 0)
      await relateStoriesTo(
        ctx,
        fresh.map((id) => parseGlobalId(id).id),
      );
  }
  return answer;
}

/** Writes stories, and without those that cannot be stored when there are some: halves of them are tried until one fails alone. */
async function writeWhatCan(
  ctx: Context,
  tx: Transaction,
  stories: readonly StoryToWrite[],
  to: Writing,
): Promise<Written[]> {
  await tx.run(raw('savepoint before_stories'));
  try {
    return await writeStories(ctx, tx, stories, to);
  } catch (error) {
    if (!isOfOneStory(error)) throw error;
    await tx.run(raw('rollback to savepoint before_stories'));
    if (stories.length === 1) return [{ outcome: 'FAILED', reason: reasonIn(error), notes: [] }];
  }
  const half = Math.ceil(stories.length / 2);
  const first = await writeWhatCan(ctx, tx, stories.slice(0, half), to);
  return [...first, ...(await writeWhatCan(ctx, tx, stories.slice(half), to))];
}

const viewOf = (
  { externalId }: ArticleToImport,
  { outcome, articleId, slug, reason, notes }: Written,
): ImportedItemView => ({
  ...{ externalId, outcome, slug: slug ?? null, reason: reason ?? null, notes },
  articleId: articleId === undefined ? null : globalId('Article', articleId),
});

async function finderIn(tx: Transaction, fallback: string): Promise<SectionFinder> {
  const sections = await tx.read<Section>(sql`select id, slug, name from section order by position, id`);
  const found = sections.find(({ slug }) => slug === fallback);
  if (!found) throw badInput(`There is no section with the slug "${fallback}".`, 'section');
  return new SectionFinder(sections, {}, found);
}

/** Refuses stories of sections, or into sections, that the viewer does not work in. */
async function refuser(ctx: Context, tx: Transaction, known: ReadonlyMap<string, KnownItem>) {
  const lineOf = await sectionLines(tx);
  return async ({ story, section }: StoryToWrite): Promise<void> => {
    const there = known.get(story.externalId);
    const isHere = there === undefined || (await isForViewer(ctx, tx, { id: there.id, createdBy: null }));
    if (!isHere || !isTheirSection(ctx, lineOf(section.id))) {
      throw new NoStory('It is of a section that you do not work in.');
    }
  };
}

function readyOf(
  item: ArticleToImport,
  i: number,
  { source, finder, now }: { source: string; finder: SectionFinder; now: number },
): StoryToWrite {
  const { url, slug, title, standfirst, kind, language, publishedAt, picture } = item;
  const ahead = item.draft ? undefined : aheadNote(momentOf(publishedAt), now);
  const story: IncomingStory = {
    externalId: item.externalId,
    ...{
      url: url ?? undefined,
      slug: slug ?? undefined,
      title: title ?? undefined,
      standfirst: standfirst ?? undefined,
    },
    ...{ kind: kind ?? undefined, language: language ?? undefined, publishedAt: momentOf(publishedAt) },
    body: bodyOf(item, i),
    isDraft: item.draft || ahead !== undefined,
    ...(ahead !== undefined && { notes: [ahead] }),
    categories: item.categories ?? [],
    credits: (item.authors ?? []).map((text) => ({ role: 'AUTHOR', text })),
    picture: picture
      ? { url: picture.url, alt: picture.alt ?? '', caption: picture.caption ?? '', credit: picture.credit ?? '' }
      : undefined,
    related: item.related ?? [],
  };
  const section = finder.of(story.categories ?? []);
  return {
    story: prepare(story, { source, language: 'en', drafts: false }),
    section,
    print: printOf(story, section.slug),
  };
}

const momentOf = (ms: number | null | undefined): string | undefined =>
  ms === null || ms === undefined ? undefined : new Date(ms).toISOString();

function bodyOf({ body }: ArticleToImport, i: number): IncomingBody | undefined {
  if (!body) return undefined;
  const { html, markdown, text } = body;
  const given = [html, markdown, text].filter((each) => each !== null && each !== undefined);
  if (given.length !== 1)
    throw badInput('Give the body in exactly one form: html, markdown or text.', `items.${i}.body`);
  if (given[0]!.length > mostCharacters) throw badInput('At most a million characters fit.', `items.${i}.body`);
  return html != null ? { html } : markdown != null ? { markdown } : { text: text! };
}
