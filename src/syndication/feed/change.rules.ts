import { badInput } from '../../kernel/errors.js';
import { cursorsOf, parseCursor } from '../../kernel/page.js';
import type { ChangeAction, ChangeKind } from './change.words.js';

interface Change {
  kind: ChangeKind;
  publicationId: number | null;
  liftAt: number | null;
}

/** What a partner's machine does about a change. */
export function actionOf({ kind, publicationId, liftAt }: Change): ChangeAction {
  if (kind === 'ENTITY_MERGED') return 'RELINK';
  if (kind === 'CORRECTED' && publicationId === null) return 'NOTE';
  if (publicationId === null) return 'REMOVE';
  if (liftAt !== null) return 'HOLD';
  return kind in withText ? withText[kind as keyof typeof withText] : 'REMOVE';
}

const withText = {
  PUBLISHED: 'PUBLISH',
  UPDATED: 'REPLACE',
  CORRECTED: 'CORRECT',
  EMBARGO_LIFTED: 'RELEASE',
} as const;

const feed = 'syndication.changes';
const cursor = cursorsOf(feed);

/** The cursor of a place in a partner's feed: it holds for good, and for nobody else. */
export const cursorOf = (partnerId: number, seq: number): string => cursor([partnerId, seq]);

/** The place that a cursor stands for; the beginning when there is none. */
export function placeIn(partnerId: number, after: string | null | undefined): number {
  if (after == null) return 0;
  const [whose, seq] = parseCursor<[number, number]>(feed, after, ['number', 'number']);
  if (whose !== partnerId) throw badInput('`after` is a cursor of another partner’s feed: start with one of yours.');
  return seq;
}
