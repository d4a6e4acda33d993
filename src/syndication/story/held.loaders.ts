import { read, type Context, type Reading } from '../../kernel/context.js';
import { loadManyWith } from '../../kernel/loader.js';
import { sql } from '../../kernel/sql.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import type { ChangeKind, StoryState } from '../feed/change.words.js';
import { syndicatedStory, type SyndicatedStoryView } from './story.loaders.js';

/** What a partner has, or had, of a story, and the newest that his feed said of it. */
interface Standing {
  articleId: number;
  createdAt: number;
  state: StoryState;
  publicationId: number;
  productId: number;
  /** When the text he has, or had, was taken from everybody. */
  recalledAt: number | null;
  kind: ChangeKind;
  version: number;
  at: number;
  note: string | null;
}

const standings = loadManyWith(
  (reading: Reading, { partnerId }: { partnerId: number }, articleIds: readonly number[]) =>
    read<Standing>(
      reading,
      sql`select s.articleId, a.createdAt, s.state, s.publicationId, s.productId, p.recalledAt, c.kind, c.version, c.at, c.note
          from partner_story s
          join article a on a.id = s.articleId
          join partner_change c on c.partnerId = s.partnerId and c.seq = s.seq
          left join publication p on p.id = s.publicationId
          where s.partnerId = ${partnerId} and s.articleId in ${articleIds}`,
    ),
  (standing) => standing.articleId,
  'unkept',
);

const standingOf = async (ctx: Context, articleId: number): Promise<Standing | undefined> =>
  (await standings(ctx, { partnerId: partnerIdOf(ctx.viewer) }).load(articleId))[0];

/** The text of a story that a partner has now; nothing when he has none. */
export async function heldStory(ctx: Context, articleId: number): Promise<SyndicatedStoryView | null> {
  const standing = await standingOf(ctx, articleId);
  return standing?.state === 'HELD' ? syndicatedStory(ctx).load(standing) : null;
}

/** A story that a partner had and must not show any more, with what his feed says of it. */
export interface EndedStoryView {
  __typename: 'EndedStory';
  id: number;
  createdAt: number;
  kind: ChangeKind;
  version: number;
  endedAt: number;
  note: string | null;
}

/** What a partner has of a story: its text, word that it has ended for him, or nothing, whether there is such a story or not. */
export async function storyOrItsEnd(
  ctx: Context,
  articleId: number,
): Promise<SyndicatedStoryView | EndedStoryView | null> {
  const standing = await standingOf(ctx, articleId);
  if (!standing) return null;
  const { createdAt, version, recalledAt, note, at } = standing;
  const ended = { __typename: 'EndedStory', id: articleId, createdAt, version } as const;
  if (standing.state === 'ENDED') return { ...ended, kind: standing.kind, endedAt: at, note };
  if (recalledAt !== null) return { ...ended, kind: 'WITHDRAWN', endedAt: recalledAt, note: null };
  return syndicatedStory(ctx).load(standing);
}
