import { bodyByEdition } from '../../articles/article.queries.js';
import { blockText, withInner } from '../../articles/body.rules.js';
import { newsroomArticleById, type NewsroomArticleView } from '../../articles/newsroom-article.queries.js';
import { salienceOf } from '../../articles/salience.rules.js';
import { rolesByPerson, type EntityView } from '../../entities/entity.queries.js';
import { read, type Context } from '../../kernel/context.js';
import { dayOf } from '../../kernel/scalars.js';
import { sql } from '../../kernel/sql.js';
import { storiesBeside, type StoryBeside } from '../beside/beside.queries.js';
import { warningOf } from '../beside/repeat.rules.js';
import { storiesWordedLike, type Worded } from '../beside/worded.queries.js';
import type { WordedText } from '../beside/wording.rules.js';
import { relatedRows } from '../desk/related.queries.js';
import type { SuggestedMention, TextBlock } from './mention.rules.js';
import { namedIn, type Phrased, type UnknownNameView } from './named.queries.js';
import { rolesOutOfTime, type RoleWarning } from './role.rules.js';

export interface SuggestionsView {
  mentions: SuggestedMentionView[];
  unknownNames: UnknownNameView[];
  related: StoryBeside[];
  warnings: RoleWarning[];
}

interface SuggestedMentionView extends Omit<Phrased<SuggestedMention>, 'entityId' | 'alternatives'> {
  entity: EntityView;
  alternatives: { entity: EntityView; confidence: number }[];
}

/** What the newest text of a story names, and which stories belong beside it; nothing when it is not the viewer's to see. */
export async function suggestionsFor(
  ctx: Context,
  articleId: number,
  { stories = 10 }: { stories?: number } = {},
): Promise<SuggestionsView | null> {
  const article = await newsroomArticleById(ctx, articleId);
  if (!article) return null;
  const [blocks, now] = await Promise.all([textOf(ctx, article), clock(ctx)]);
  const worded = storiesWordedLike(ctx, wordedText(blocks, article.language));
  worded.catch(() => undefined); // thrown again where it is awaited
  const { known, mentions, unknownNames } = await namedIn(ctx, blocks, article.language);
  const at = article.publishedAt ?? article.firstPublishedAt ?? article.scheduled?.at ?? now;
  const [{ related, repeats }, warnings] = await Promise.all([
    relatedTo(ctx, article, { worded, mentions, at, first: stories, nameOf: (id) => known.get(id)!.name }),
    warningsFor(ctx, blocks, mentions, known, dayOf(at)),
  ]);
  const shown = mentions.map(({ entityId, alternatives, ...place }) => ({
    ...place,
    entity: known.get(entityId)!,
    alternatives: alternatives.map((other) => ({
      entity: known.get(other.entityId)!,
      confidence: other.confidence,
    })),
  }));
  return { mentions: shown, unknownNames, related, warnings: [...repeats, ...warnings] };
}

async function textOf(ctx: Context, { editionId, title, standfirst }: NewsroomArticleView): Promise<TextBlock[]> {
  const body = await bodyByEdition(ctx).load(editionId);
  const inBody = withInner(body?.blocks ?? []).map((block) => ({ key: block.key, text: blockText(block) }));
  return [{ key: 'title', text: title }, { key: 'standfirst', text: standfirst }, ...inBody];
}

function wordedText(blocks: readonly TextBlock[], language: string): WordedText {
  const [title, standfirst, ...body] = blocks.map(({ text }) => text);
  const paragraphs = body.flatMap((text) => text.split('\n'));
  return { language, title: title!, standfirst: standfirst!, paragraphs };
}

async function clock(ctx: Context): Promise<number> {
  const [row] = await read<{ now: number }>(ctx, sql`select ${ctx.database.now} as now`);
  return row!.now;
}

interface About {
  worded: Promise<Worded>;
  mentions: readonly SuggestedMention[];
  at: number;
  /** How many stories at most. */
  first: number;
  nameOf: (entityId: number) => string;
}

async function relatedTo(
  ctx: Context,
  article: NewsroomArticleView,
  { worded, mentions, at, first, nameOf }: About,
): Promise<{ related: SuggestionsView['related']; repeats: RoleWarning[] }> {
  const likely = mentions.filter(({ confidence }) => confidence >= 0.5);
  const beside = await relatedRows(ctx).load(article.editionId);
  const { stories, repeats } = await storiesBeside(
    ctx,
    {
      articleId: article.id,
      worded,
      named: salienceOf(likely, article.title),
      at,
      beside: beside.map((edge) => edge.articleId),
    },
    { nameOf, first },
  );
  return { related: stories, repeats: repeats.map(warningOf) };
}

async function warningsFor(
  ctx: Context,
  blocks: readonly TextBlock[],
  mentions: readonly SuggestedMention[],
  entities: ReadonlyMap<number, EntityView>,
  day: string,
): Promise<RoleWarning[]> {
  const ids = new Set(mentions.map(({ entityId }) => entityId));
  const people = [...ids].map((id) => entities.get(id)!).filter(({ __typename }) => __typename === 'Person');
  const roles = await Promise.all(people.map(({ id }) => rolesByPerson(ctx).load(id)));
  const known = new Map(people.map(({ id, name, diedOn }, i) => [id, { name, diedOn, roles: roles[i]! }]));
  return rolesOutOfTime(blocks, mentions, known, day);
}
