import { entityTags, heldEntities, type EntityView } from '../entities/entity.queries.js';
import { read, type Context, type Reading } from '../kernel/context.js';
import { hold } from '../kernel/hold.js';
import { loadMany, loadManyWith, loadOne, untouched } from '../kernel/loader.js';
import { nothing, raw, sql, type Sql } from '../kernel/sql.js';
import { tag } from '../kernel/tags.js';
import { pictureColumns, pictureOf, type PictureColumns, type PictureView } from '../media/picture.queries.js';
import { maxCorrections, maxCredits, maxMentions, type ArticleKind, type CreditRole } from './edition.rows.js';
import type { Block } from './body.rules.js';
import { publications, visible } from './visibility.js';

/** What a story is made of, whoever looks at it. */
export interface StoryView {
  id: number;
  editionId: number;
  editionNumber: number;
  savedAt: number;
  slug: string;
  path: string;
  kind: ArticleKind;
  language: string;
  title: string;
  standfirst: string;
  wordCount: number;
  sectionId: number;
  firstPublishedAt: number | null;
  publishedAt: number | null;
  updatedAt: number | null;
  seoTitle: string | null;
  seoDescription: string | null;
  leadPicture: PictureView | null;
  /** Whether readers were ever told of a mistake in it. */
  isCorrected: boolean;
  /** The moment it is shown as of; now when absent. */
  asOf: number | null;
}

/** An article as readers see it: the edition whose publication holds now, or held at `asOf`. */
export interface ArticleView extends StoryView {
  __typename: 'Article';
  visibleFrom: number;
}

type StoryColumns = Omit<StoryView, 'leadPicture' | 'asOf' | 'isCorrected'> &
  PictureColumns & { leadPictureCaption: string | null; isCorrected: number };

/** Whether a story `a` has corrections, so that they are not asked for where there are none. */
export const isCorrected = raw('exists (select 1 from correction where correction.articleId = a.id) as isCorrected');

/** The columns `articleOf` wants, from `articleTables`. */
export const articleColumns = sql`a.id, p.editionId, e.number as editionNumber, e.savedAt, p.visibleFrom, p.slug, p.path, e.kind, e.language, e.title, e.standfirst,
  e.wordCount, e.sectionId, coalesce(a.firstPublishedAt, p.publishedAt) as firstPublishedAt, p.publishedAt, p.updatedAt, e.seoTitle,
  e.seoDescription, e.leadPictureCaption, ${isCorrected}, ${pictureColumns('pic')}`;

/** What must be joined to a publication `p` to make an article of it. */
export const articleTables = raw(`join article a on a.id = p.articleId
  join edition e on e.id = p.editionId
  left join picture pic on pic.id = e.leadPictureId`);

export function articleOf(row: object, asOf: number | null = null): ArticleView {
  return { __typename: 'Article', visibleFrom: (row as ArticleView).visibleFrom, ...storyOf(row, asOf) };
}

/** The story in a row that has the columns of `articleColumns`, `visibleFrom` aside. */
export function storyOf(row: object, asOf: number | null = null): StoryView {
  const columns = row as StoryColumns;
  const picture = pictureOf(columns);
  return {
    id: columns.id,
    editionId: columns.editionId,
    editionNumber: columns.editionNumber,
    savedAt: columns.savedAt,
    slug: columns.slug,
    path: columns.path,
    kind: columns.kind,
    language: columns.language,
    title: columns.title,
    standfirst: columns.standfirst,
    wordCount: columns.wordCount,
    sectionId: columns.sectionId,
    firstPublishedAt: columns.firstPublishedAt,
    publishedAt: columns.publishedAt,
    updatedAt: columns.updatedAt,
    seoTitle: columns.seoTitle,
    seoDescription: columns.seoDescription,
    isCorrected: columns.isCorrected === 1,
    leadPicture: picture && { ...picture, caption: columns.leadPictureCaption ?? picture.caption },
    asOf,
  };
}

/** Articles that readers may see, with columns of the edition besides. */
function selectVisible<Row extends object>(
  reading: Reading,
  condition: Sql,
  { more = nothing, asOf = null }: { more?: Sql; asOf?: number | null } = {},
): Promise<Row[]> {
  return read<Row>(
    reading,
    sql`select ${articleColumns}${more} from ${publications(reading)} p ${articleTables}
        where ${condition} and ${visible(reading, 'p', asOf)}`,
  );
}

/** Tags of what a story that is shown depends on. */
export const articleTags = ({ id, leadPicture }: StoryView): string[] => [
  tag('Article', id),
  ...(leadPicture ? [tag('Picture', leadPicture.id)] : []),
];

async function selectStories(reading: Reading, ids: readonly number[], asOf: number | null = null) {
  const rows = await selectVisible(reading, sql`p.articleId in ${ids}`, { asOf });
  return new Map(rows.map((row) => articleOf(row, asOf)).map((article) => [article.id, article]));
}

/** Stories as all readers see them now, without their texts. */
const heldStories = hold({ select: selectStories, touches: articleTags, most: 20_000 });

/** Stories by their ids, those of them that may be seen: now, or as readers saw them at a moment. */
export const storiesById = (
  reading: Reading,
  ids: Iterable<number>,
  asOf: number | null = null,
): Promise<Map<number, ArticleView>> => {
  const isEverybodys = reading.audience === 'PUBLIC' && reading.readFrom === 'replica' && !reading.preview;
  if (isEverybodys && asOf === null) return heldStories(reading, ids);
  const asked = [...new Set(ids)];
  return asked.length === 0 ? Promise.resolve(new Map<number, ArticleView>()) : selectStories(reading, asked, asOf);
};

export const articleById = loadOne(
  async (reading: Reading, ids: readonly number[]) => [...(await storiesById(reading, ids)).values()],
  (article) => article.id,
  (article, id) => (article ? articleTags(article) : [tag('Article', id)]),
);

const withBody = raw(', e.body');

/** By its slug a story is asked for to be read: its body comes with it, in the same statement. */
export async function articleBySlug(ctx: Context, slug: string): Promise<ArticleView | null> {
  const found = await withBodyBySlug(ctx).load(slug);
  if (!found) return null;
  bodyByEdition(ctx).prime(found.article.editionId, found.body);
  return found.article;
}

const withBodyBySlug = loadOne(
  async (ctx: Reading, slugs: readonly string[]) => {
    const rows = await selectVisible<BodyRow>(ctx, sql`p.slug in ${slugs}`, { more: withBody });
    return rows.map((row) => ({ article: articleOf(row), body: bodyOf(row) }));
  },
  ({ article }) => article.slug,
  (found, slug) => (found ? articleTags(found.article) : [tag('slug', slug)]),
);

/** The story that has or had this slug, as readers saw it at a moment. */
export async function articleAsOf(ctx: Context, slug: string, asOf: number): Promise<ArticleView | null> {
  const named = sql`p.articleId in (select s.articleId from slug_claim s where s.slug = ${slug})`;
  const [row] = await selectVisible(ctx, named, { asOf });
  return row ? articleOf(row, asOf) : null;
}

interface BodyRow {
  editionId: number;
  body: string;
}

export const bodyByEdition = loadOne(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<BodyRow>(reading, sql`select id as editionId, body from edition where id in ${ids}`);
    return rows.map(bodyOf);
  },
  (body) => body.editionId,
  untouched,
);

const bodyOf = ({ editionId, body }: BodyRow) => ({ editionId, blocks: (JSON.parse(body) as Block[]).map(typed) });

/** A stored block with its GraphQL type, its contents likewise. */
function typed(block: Block): Block {
  const inner = block.kind === 'FactBox' ? { blocks: block.blocks.map(typed) } : {};
  return Object.assign(block, { __typename: `${block.kind}Block` }, inner);
}

export interface MentionView {
  editionId: number;
  entity: EntityView;
  surface: string;
  blockKey: string;
  start: number;
  end: number;
  salience: number;
}

type MentionColumns = Omit<MentionView, 'entity' | 'start' | 'end'> & {
  entityId: number;
  startOffset: number;
  endOffset: number;
};

/** Where editions name entities, in the order of the text. */
export const mentionsByEdition = loadMany(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<MentionColumns>(
      reading,
      sql`select editionId, entityId, surface, blockKey, startOffset, endOffset, salience from mention
          where editionId in ${ids} and position < ${maxMentions}
          order by editionId, position`,
    );
    const entities = await heldEntities(
      reading,
      rows.map(({ entityId }) => entityId),
    );
    return rows.flatMap(({ entityId, startOffset: start, endOffset: end, ...row }): MentionView[] => {
      const entity = entities.get(entityId);
      return entity ? [{ ...row, entity, start, end }] : [];
    });
  },
  (mention) => mention.editionId,
  (mentions) => mentions.flatMap(({ entity }) => entityTags(entity)),
);

export interface CreditView {
  role: CreditRole;
  text: string;
  entity: EntityView | null;
}

export const creditsByEdition = loadMany(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<{ editionId: number; role: CreditRole; text: string; entityId: number | null }>(
      reading,
      sql`select editionId, role, text, entityId from credit where editionId in ${ids} and position < ${maxCredits}
          order by editionId, position`,
    );
    const entities = await heldEntities(
      reading,
      rows.flatMap(({ entityId }) => entityId ?? []),
    );
    return rows.map(({ entityId, ...row }) => ({ ...row, entity: entities.get(entityId ?? 0) ?? null }));
  },
  (credit) => credit.editionId,
  (credits) => credits.flatMap(({ entity }) => entityTags(entity)),
);

export interface CorrectionView {
  articleId: number;
  note: string;
  issuedAt: number;
}

/** Notes to readers, newest first: those issued until now, or until the moment the story is shown as of. */
export const correctionsOf = async (ctx: Context, { id, isCorrected, asOf }: StoryView): Promise<CorrectionView[]> =>
  isCorrected ? correctionsByArticle(ctx, { asOf }).load(id) : [];

const correctionsByArticle = loadManyWith(
  (reading: Reading, { asOf }: { asOf: number | null }, ids: readonly number[]) =>
    read<CorrectionView>(
      reading,
      sql`select articleId, note, issuedAt from
            (select articleId, note, issuedAt,
                    row_number() over (partition by articleId order by issuedAt desc, id desc) as place
             from correction where articleId in ${ids} and issuedAt <= ${asOf ?? reading.database.now}) ranked
          where place <= ${maxCorrections} order by articleId, place`,
    ),
  (correction) => correction.articleId,
  (_, id) => [tag('Article', id)],
);
