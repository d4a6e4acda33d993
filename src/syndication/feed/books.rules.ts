import { groupBy } from '../../kernel/group.js';
import type { SqlValue } from '../../kernel/sql.js';
import type { ChangeKind, DueKind, StoryState } from './change.words.js';

/** A publication as far as telling partners of it goes. */
export interface ToldText {
  id: number;
  articleId: number;
  editionId: number;
  visibleFrom: number;
  visibleUntil: number;
  partnersFrom: number;
  partnersUntil: number;
  recalledAt: number | null;
  /** Its place in our own feed; none while it has none. */
  seq: number | null;
  /** When readers first saw the story, or will. */
  firstPublishedAt: number;
  articleVersion: number;
}

/** A product by which a partner may have a text, from a moment on. */
export interface Match {
  partnerId: number;
  productId: number;
  moment: number;
  /** When the product takes the story back; none when it may be kept. */
  expiresAt: number | null;
  /** How wide the product's rights are: more is wider. */
  breadth: number;
}

const lasts = ({ expiresAt }: Match): number => expiresAt ?? Infinity;
const widestFirst = (a: Match, b: Match): number =>
  b.breadth - a.breadth || lasts(b) - lasts(a) || a.productId - b.productId;

/** Matches in the order of their moments; of one moment, the one with the widest rights is first. */
export const bestFirst = (a: Match, b: Match): number => a.moment - b.moment || widestFirst(a, b);

/** Of the matches of a partner, the one that he has a text by now: of those whose moment has come the widest, else the first. */
export const bestAt = (matches: readonly Match[], now: number): Match | undefined =>
  matches.filter(({ moment }) => moment <= now).sort(widestFirst)[0] ?? matches.toSorted(bestFirst)[0];

/** What a partner has, or had, of a story: a row of `partner_story`. */
export interface HeldStory extends Record<string, SqlValue> {
  partnerId: number;
  articleId: number;
  state: StoryState;
  publicationId: number;
  productId: number;
  seq: number;
  liftAt: number | null;
}

/** What will be told at a moment: a row of `partner_due`. */
export interface Due extends Record<string, SqlValue> {
  partnerId: number;
  publicationId: number;
  kind: DueKind;
  articleId: number;
  productId: number;
  dueAt: number;
  source: number | null;
}

/** What a partner is told: a row of `partner_change`. */
export interface Told extends Record<string, SqlValue> {
  partnerId: number;
  seq: number;
  kind: ChangeKind;
  at: number;
  articleId: number | null;
  publicationId: number | null;
  productId: number | null;
  entityId: number | null;
  formerEntityId: number | null;
  version: number;
  note: string | null;
  liftAt: number | null;
}

/** A change of ours that a later moment refers to. */
export interface Source {
  op: string;
  version: number;
  note: string | null;
}

/** What is known while partners are told of some stories, and what is to be written afterwards. */
export interface Books {
  /** The database's clock, and no earlier than what has begun. */
  readonly now: number;
  readonly texts: ReadonlyMap<number, ToldText>;
  /** By publication: the products by which partners may have it. */
  readonly matches: ReadonlyMap<number, readonly Match[]>;
  readonly sources: ReadonlyMap<number, Source>;
  /** By article and partner. */
  readonly stories: Map<number, Map<number, HeldStory>>;
  readonly dues: Map<number, Due[]>;
  readonly told: Told[];
  readonly changed: { stories: Set<HeldStory>; dues: Set<number> };
  nextSeq: number;
}

export const storiesOf = (books: Books, articleId: number): readonly HeldStory[] => [
  ...(books.stories.get(articleId)?.values() ?? []),
];

/** The match that each partner has a text by, or will have it by first. */
export function bestOf(books: Books, publicationId: number): Map<number, Match> {
  const byPartner = groupBy(books.matches.get(publicationId) ?? [], ({ partnerId }) => partnerId);
  return new Map([...byPartner].map(([partnerId, matches]) => [partnerId, bestAt(matches, books.now)!]));
}

/**
 * Whether partners ever were to see a text: one that another took the place of before its moment they were not, nor one
 * that was taken back before it. What was taken back since is told as it was, so that the feed does not depend on when
 * somebody looks; its text is nobody's any more.
 */
export const isForPartners = ({ partnersFrom, partnersUntil }: ToldText): boolean => partnersFrom < partnersUntil;

/** Enters a change into a partner's feed. */
export function enter(
  books: Books,
  change: Pick<Told, 'partnerId' | 'kind' | 'at' | 'version'> & Partial<Told>,
): number {
  const seq = books.nextSeq++;
  const nothing = { articleId: null, publicationId: null, productId: null, entityId: null, formerEntityId: null };
  books.told.push({ ...nothing, note: null, liftAt: null, ...change, seq });
  return seq;
}

interface Gift {
  text: ToldText;
  match: Match;
  kind: ChangeKind;
  at: number;
  version: number;
  note?: string | null;
}

/** Gives a partner a text, in the place of what he had of the story, and notes what will follow by itself. */
export function give(books: Books, { text, match, kind, at, version, note = null }: Gift): void {
  const { partnerId, productId, expiresAt } = match;
  const { articleId, id: publicationId } = text;
  const liftAt = text.visibleFrom > books.now ? text.visibleFrom : null;
  const seq = enter(books, { partnerId, kind, at, articleId, publicationId, productId, version, note, liftAt });
  const story: HeldStory = { partnerId, articleId, state: 'HELD', publicationId, productId, seq, liftAt };
  keep(books, story);
  forget(books, story, (due) => due.kind !== 'ARRIVE' || due.publicationId <= publicationId);
  const due = { partnerId, publicationId, articleId, productId, source: null };
  if (liftAt !== null) foresee(books, { ...due, kind: 'LIFT', dueAt: liftAt });
  if (expiresAt !== null) foresee(books, { ...due, kind: 'EXPIRE', dueAt: expiresAt });
  foreseeWider(books, text, match, books.matches.get(publicationId) ?? []);
}

/** Notes when a partner who has a text by one match will have it by one with wider rights. */
export function foreseeWider(
  books: Books,
  { articleId, id, seq }: ToldText,
  by: Match,
  matches: readonly Match[],
): void {
  const [next] = matches
    .filter(
      ({ partnerId, moment, breadth }) =>
        partnerId === by.partnerId && moment > Math.min(by.moment, books.now) && breadth > by.breadth,
    )
    .sort(bestFirst);
  if (!next) return;
  const { partnerId, productId, moment: dueAt } = next;
  foresee(books, { partnerId, productId, articleId, publicationId: id, kind: 'ARRIVE', dueAt, source: seq });
}

/** Tells a partner that he may not have a story any more. */
export function take(
  books: Books,
  story: HeldStory,
  { kind, at, version, note = null }: { kind: ChangeKind; at: number; version: number; note?: string | null },
): void {
  const { partnerId, articleId } = story;
  const seq = enter(books, { partnerId, kind, at, articleId, version, note });
  keep(books, { ...story, state: 'ENDED', seq, liftAt: null });
  forget(books, story, (due) => due.kind !== 'ARRIVE');
}

/** Tells something about a text that a partner has and goes on having, or had: how that ended stays as it was told. */
export function tellOf(
  books: Books,
  story: HeldStory,
  change: Pick<Told, 'kind' | 'at' | 'version'> & Partial<Told>,
): void {
  const { partnerId, articleId, publicationId, productId, liftAt } = story;
  const seq = enter(books, { partnerId, articleId, publicationId, productId, liftAt, ...change });
  if (story.state === 'HELD') keep(books, { ...story, seq });
}

function keep(books: Books, story: HeldStory): void {
  const ofArticle = books.stories.get(story.articleId) ?? new Map<number, HeldStory>();
  books.stories.set(story.articleId, ofArticle);
  books.changed.stories.delete(ofArticle.get(story.partnerId)!);
  ofArticle.set(story.partnerId, story);
  books.changed.stories.add(story);
}

/** Notes what will be told at a moment, in the place of what was noted so. */
export function foresee(books: Books, due: Due): void {
  forget(books, due, ({ kind, publicationId }) => kind === due.kind && publicationId === due.publicationId);
  books.dues.set(due.articleId, [...(books.dues.get(due.articleId) ?? []), due]);
  books.changed.dues.add(due.articleId);
}

/** Strikes out what was noted for a partner's story. */
export function forget(
  books: Books,
  { articleId, partnerId }: { articleId: number; partnerId: number | null },
  which: (due: Due) => boolean = () => true,
): void {
  const dues = books.dues.get(articleId) ?? [];
  const left = dues.filter((due) => (partnerId !== null && due.partnerId !== partnerId) || !which(due));
  if (left.length === dues.length) return;
  books.dues.set(articleId, left);
  books.changed.dues.add(articleId);
}
