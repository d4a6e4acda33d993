import { bodyByEdition, creditsByEdition, mentionsByEdition, type CreditView } from '../../articles/article.queries.js';
import { picturesIn } from '../../articles/body.rules.js';
import { maxRelated, type RelationKind } from '../../articles/edition.rows.js';
import { namedIn } from '../../articles/mention.rules.js';
import type { EntityView } from '../../entities/entity.queries.js';
import type { EntityKind } from '../../entities/entity.rows.js';
import { read, type Addresses, type Context, type Reading } from '../../kernel/context.js';
import { loadManyWith } from '../../kernel/loader.js';
import { sql } from '../../kernel/sql.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import { mediaKeys } from '../../media/media-key.rules.js';
import { pictureById } from '../../media/picture.queries.js';
import { sectionTree, type SectionView } from '../../sections/section.queries.js';
import { lineage } from '../../sections/section.rules.js';
import { bodyFrom, picturesFrom, type BodyView, type SyndicatedPictureView } from './passed.rules.js';
import { keysLeft, passedStory, type PassedStory } from './rights.rules.js';
import { stillHis, type SyndicatedStoryView } from './story.loaders.js';

/** The text and the pictures of a story, as far as its partner may have them. */
export async function passedOf(ctx: Context, story: SyndicatedStoryView): Promise<PassedStory> {
  const { blocks } = (await bodyByEdition(ctx).load(story.editionId)) ?? { blocks: [] };
  const found = await Promise.all(picturesIn(blocks).map((id) => pictureById(ctx).load(id)));
  return passedStory(story, blocks, new Map(found.flatMap((picture) => (picture ? [[picture.id, picture]] : []))));
}

/** The text of a story, as far as its partner may have it. */
export const bodyOf = async (ctx: Context, story: SyndicatedStoryView): Promise<BodyView> =>
  bodyFrom(addressesFor(ctx, story), await passedOf(ctx, story));

/** The pictures of a story that its partner gets. */
export const picturesOf = async (ctx: Context, story: SyndicatedStoryView): Promise<SyndicatedPictureView[]> =>
  picturesFrom(addressesFor(ctx, story), await passedOf(ctx, story));

/** Where a partner fetches pictures: as long as readers do not see them yet, with a key that holds for twelve hours. */
export function addressesFor(ctx: Context, { embargoedUntil, readAt }: SyndicatedStoryView): Addresses {
  const mediaKey = embargoedUntil === null ? undefined : mediaKeys(ctx.signer, readAt);
  return { ...ctx.addresses, mediaKey };
}

/** Somebody or something a story names, and how much the story is about it, from 0 to 1. */
export interface NamedEntity extends Omit<EntityView, '__typename'> {
  __typename: `Syndicated${EntityKind}`;
  kind: EntityKind;
  salience: number;
}

/** Whom and what a story names where a partner can read it, those it is most about first. */
export async function entitiesOf(ctx: Context, story: SyndicatedStoryView): Promise<NamedEntity[]> {
  const [mentions, passed] = await Promise.all([mentionsByEdition(ctx).load(story.editionId), passedOf(ctx, story)]);
  const keys = keysLeft(passed);
  const left = mentions.filter(({ blockKey }) => keys.has(blockKey));
  const salience = new Map(left.map((mention) => [mention.entity.id, mention.salience]));
  return namedIn(left).map((entity) => {
    const __typename = `Syndicated${entity.__typename}` as const;
    return { ...entity, __typename, kind: entity.__typename, salience: salience.get(entity.id) ?? 0 };
  });
}

/** The section of a story and those above it, nearest first. */
export const sectionsOf = async (ctx: Context, { sectionId }: SyndicatedStoryView): Promise<SectionView[]> =>
  lineage((await sectionTree(ctx)).byId, sectionId);

export const creditsOf = (ctx: Context, story: SyndicatedStoryView): Promise<CreditView[]> =>
  creditsByEdition(ctx).load(story.editionId);

/** A story beside another, which the partner holds too. */
export interface RelatedStoryView {
  editionId: number;
  id: number;
  createdAt: number;
  kind: RelationKind;
  title: string;
  path: string;
}

const relatedHeld = loadManyWith(
  (reading: Reading, { partnerId }: { partnerId: number }, editionIds: readonly number[]) =>
    read<RelatedStoryView>(
      reading,
      sql`select r.editionId, a.id, a.createdAt, r.kind, e.title, p.path from related_story r
          join partner_story s on s.partnerId = ${partnerId} and s.articleId = r.articleId and s.state = 'HELD' and s.liftAt is null
          join partner_product h on h.partnerId = s.partnerId and h.productId = s.productId
          join publication p on p.id = s.publicationId and p.recalledAt is null
          join edition e on e.id = p.editionId
          join article a on a.id = r.articleId
          where r.editionId in ${editionIds} and r.position < ${maxRelated} and ${stillHis(reading, partnerId)}
          order by r.editionId, r.position`,
    ),
  (related) => related.editionId,
  'unkept',
);

/** The stories that the editor put beside one, those of them that the partner holds and may show already. */
export const relatedOf = (ctx: Context, story: SyndicatedStoryView): Promise<RelatedStoryView[]> =>
  relatedHeld(ctx, { partnerId: partnerIdOf(ctx.viewer) }).load(story.editionId);
