import { countWords } from '../../articles/body.rules.js';
import { saveEdition, type EditionInput, type SavedEdition } from '../../articles/edition.commands.js';
import type { CreditRole } from '../../articles/edition.rows.js';
import { knownNames } from '../../articles/known-names.queries.js';
import { mentionsIn } from '../../articles/mention.rules.js';
import type { NameIndex } from '../../articles/naming.rules.js';
import { publishEdition } from '../../articles/bring-in.commands.js';
import type { Context } from '../../kernel/context.js';
import { badInput } from '../../kernel/errors.js';
import { slugOf } from '../../kernel/slug.js';
import { keepPicture } from '../../media/picture.commands.js';
import { saveSection } from '../../sections/section.commands.js';
import { sectionTree } from '../../sections/section.queries.js';
import { databaseNow, entityNamed, sectionOfCompany, storyFrom, storyTitled } from './import.queries.js';
import { readPage } from './page.js';
import type { ImportedPage, ImportedTeaser } from './page.types.js';

export interface ImportOptions {
  publish: boolean;
  /** Slug of the section for stories that do not say theirs. */
  section?: string | undefined;
}

export interface ImportReport {
  slug: string;
  title: string;
  outcome: 'made' | 'changed' | 'unchanged';
  published: boolean;
  mentions: number;
  /** What an editor should know: what was guessed, made on the way, left out or could not be placed. */
  notes: string[];
}

const source = 'page';

/** Brings a saved page in as a story, or as a new edition of the story it became before; the same again changes nothing. */
export async function importPage(ctx: Context, text: string, options: ImportOptions): Promise<ImportReport> {
  const page = readPage(text);
  const names = await knownNames(ctx);
  const notes: string[] = [];
  const body = { title: page.title, standfirst: page.standfirst ?? '', blocks: page.blocks };
  const mentions = mentionsIn(names, body);
  const sectionId = await placeIn(ctx, page, mentions, options, notes);
  const shared = {
    language: page.language ?? 'en',
    publish: options.publish,
    publishedAt: await dateOf(ctx, page, notes),
  };
  const related: EditionInput['related'][number][] = [];
  for (const teaser of page.related) {
    const articleId = await storyOf(ctx, teaser, { ...shared, names, sectionId, notes });
    if (articleId !== undefined) related.push({ articleId, kind: 'RELATED' as const, kicker: teaser.kicker });
  }
  const edition: EditionInput = {
    article: { source, externalId: externalIdOf(page), slug: slugOf(page.title) },
    kind: 'NEWS',
    language: shared.language,
    ...body,
    sectionId,
    leadPicture: await pictureOf(ctx, page, notes),
    credits: await creditsOf(ctx, page),
    related: related.filter((edge, i) => related.findIndex((other) => other.articleId === edge.articleId) === i),
    mentions,
  };
  const saved = await saveEdition(ctx, edition, { unlessEver: true });
  if (options.publish && (saved.changed || !saved.seenBefore))
    await publishEdition(ctx, { ...saved, publishedAt: shared.publishedAt });
  notes.push(...page.unplaced.map((line) => `Could not place: “${line}”`));
  if (page.furniture.length > 0) notes.push(`Left out as page furniture: ${page.furniture.length} lines.`);
  return {
    slug: saved.slug,
    title: page.title,
    outcome: outcomeOf(saved),
    published: options.publish,
    mentions: mentions.length,
    notes,
  };
}

function outcomeOf({ changed, number }: SavedEdition): ImportReport['outcome'] {
  if (!changed) return 'unchanged';
  return number === 1 ? 'made' : 'changed';
}

const externalIdOf = ({ canonicalUrl, title }: { canonicalUrl?: string; title: string }): string =>
  (canonicalUrl ?? `title:${slugOf(title)}`).slice(0, 191);

const earliest = Date.UTC(1600, 0);

/** The moment a page says it was published, unless no page can have been. */
async function dateOf(ctx: Context, page: ImportedPage, notes: string[]): Promise<number | undefined> {
  const moment = page.publishedAt?.getTime();
  if (moment === undefined) {
    notes.push('The page has no date: it gets the date of the import.');
    return undefined;
  }
  if (moment >= earliest && moment <= (await databaseNow(ctx))) return moment;
  notes.push(
    `The page says it is of ${page.publishedAt?.toISOString()}, which cannot be: it gets the date of the import.`,
  );
  return undefined;
}

/** The section a page says it is in, else the one asked for, else where stories with the same names are. */
async function placeIn(
  ctx: Context,
  page: ImportedPage,
  mentions: readonly { entityId: number }[],
  options: ImportOptions,
  notes: string[],
): Promise<number> {
  const { all, bySlug, byId } = await sectionTree(ctx);
  const said = page.section?.toLowerCase();
  const own = all.find((section) => section.name.toLowerCase() === said || section.slug === said);
  if (own) return own.id;
  if (page.section) notes.push(`There is no section “${page.section}”.`);
  if (options.section !== undefined) {
    const wanted = bySlug.get(options.section);
    if (!wanted) throw badInput(`There is no section with the slug "${options.section}".`);
    return wanted.id;
  }
  const guessed = await sectionOfCompany(ctx, [...new Set(mentions.map((mention) => mention.entityId))]);
  if (guessed !== undefined) {
    notes.push(
      `Placed in ${byId.get(guessed)?.name}, where most stories with the same names are; --section says otherwise.`,
    );
    return guessed;
  }
  notes.push('Placed in Unsorted, as nothing tells its section; --section says otherwise.');
  return saveSection(ctx, { slug: 'unsorted', name: 'Unsorted', description: '', position: 9_999 });
}

interface TeaserContext {
  names: NameIndex;
  language: string;
  sectionId: number;
  publish: boolean;
  publishedAt: number | undefined;
  notes: string[];
}

/** The story a teaser is about: the one we have under this headline, or a brief made of the teaser itself. */
async function storyOf(
  ctx: Context,
  teaser: ImportedTeaser,
  { names, notes, ...to }: TeaserContext,
): Promise<number | undefined> {
  const externalId = externalIdOf({ canonicalUrl: teaser.url, title: teaser.title });
  const known = (await storyTitled(ctx, teaser.title)) ?? (await storyFrom(ctx, source, externalId));
  if (known) {
    const text = teaser.teaser ?? '';
    const isBrief = known.standfirst === text && known.wordCount === countWords(text);
    if (to.publish && isBrief && known.firstPublishedAt === null)
      await publishEdition(ctx, { ...known, publishedAt: to.publishedAt });
    return known.articleId;
  }
  if (!teaser.teaser) {
    notes.push(
      `Could not place the related story “${teaser.title}”: we do not have it, and the page shows no text of it.`,
    );
    return undefined;
  }
  const kicker = teaser.kicker?.toLowerCase();
  const section = (await sectionTree(ctx)).all.find((each) => each.name.toLowerCase() === kicker);
  const body = {
    title: teaser.title,
    standfirst: teaser.teaser,
    blocks: [{ key: 'b1', kind: 'Paragraph' as const, text: teaser.teaser }],
  };
  const saved = await saveEdition(ctx, {
    article: { source, externalId, slug: slugOf(teaser.title) },
    kind: 'NEWS',
    language: to.language,
    ...body,
    sectionId: section?.id ?? to.sectionId,
    credits: [],
    related: [],
    mentions: mentionsIn(names, body),
  });
  if (to.publish) await publishEdition(ctx, { ...saved, publishedAt: to.publishedAt });
  const seen = to.publish ? ', and published it' : '';
  notes.push(`Made a brief of the related story “${teaser.title}”, which we did not have${seen}.`);
  return saved.articleId;
}

async function pictureOf(ctx: Context, page: ImportedPage, notes: string[]): Promise<EditionInput['leadPicture']> {
  const { picture } = page;
  if (!picture) return undefined;
  const caption = picture.caption ?? '';
  const pictureId = await keepPicture(ctx, {
    externalId: (picture.url ?? `${source}:${externalIdOf(page)}`).slice(0, 191),
    alt: caption,
    caption,
    credit: picture.credit ?? '',
  });
  notes.push('Kept the caption and the credit of the picture; the picture itself has to be added.');
  return { pictureId, caption };
}

async function creditsOf(ctx: Context, page: ImportedPage): Promise<EditionInput['credits']> {
  const supplier = page.picture?.credit?.replace(/^[^\p{L}]+/u, '').trim();
  const lines: { role: CreditRole; text: string }[] = [
    ...page.authors.map((text) => ({ role: 'AUTHOR' as const, text })),
    ...(supplier ? [{ role: 'AGENCY' as const, text: supplier }] : []),
  ];
  return Promise.all(lines.map(async (line) => ({ ...line, entityId: await entityNamed(ctx, line.text) })));
}
