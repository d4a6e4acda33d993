import {
  bestOf,
  type Books,
  type Due,
  foresee,
  forget,
  give,
  type HeldStory,
  isForPartners,
  type Match,
  storiesOf,
  take,
  tellOf,
  type ToldText,
} from './books.rules.js';

/** A change of ours. */
export interface OwnChange {
  seq: number;
  at: number;
  op: string;
  subject: string;
  subjectId: number;
  version: number;
  publicationId: number | null;
  note: string | null;
}

/** Tells partners of a change of a story, as each may have it; first what fell due before. */
export function tellStory(books: Books, change: OwnChange): void {
  const { op, subjectId: articleId, publicationId } = change;
  tellDue(books, articleId, change.at);
  if (op === 'KILLED' || op === 'WITHDRAWN') return takeBack(books, change);
  if (publicationId === null) return op === 'CORRECTED' ? noteMistake(books, change) : undefined;
  const text = books.texts.get(publicationId);
  if (!text || !isForPartners(text)) return op === 'CORRECTED' ? noteMistake(books, change) : undefined;
  const best = bestOf(books, publicationId);
  const had = books.stories.get(articleId) ?? new Map<number, HeldStory>();
  for (const story of storiesOf(books, articleId)) {
    if (!best.has(story.partnerId)) loseSight(books, story, change);
  }
  forget(books, { articleId, partnerId: null }, (due) => {
    return due.kind === 'ARRIVE' && due.publicationId < publicationId && !best.has(due.partnerId);
  });
  for (const match of best.values()) bring(books, { change, text, match, story: had.get(match.partnerId) });
}

/** A kill is told to whoever ever had the story, the rest to those that have it; nothing of it comes later. */
function takeBack(books: Books, { op, subjectId, at, version, note }: OwnChange): void {
  const kind = op === 'KILLED' ? 'KILLED' : 'WITHDRAWN';
  for (const story of storiesOf(books, subjectId)) {
    if (kind === 'KILLED' || story.state === 'HELD') take(books, story, { kind, at, version, note });
  }
  forget(books, { articleId: subjectId, partnerId: null });
}

/** A mistake in a text that stays as it is. */
function noteMistake(books: Books, { subjectId, at, version, note }: OwnChange): void {
  for (const story of storiesOf(books, subjectId)) sayMistake(books, story, { at, version, note });
}

/** Whoever has or had the story hears of the mistake; the text comes with it only for who has it. */
function sayMistake(
  books: Books,
  story: HeldStory,
  change: Pick<OwnChange, 'at' | 'version' | 'note'>,
  withText = true,
): void {
  const { at, version, note } = change;
  const told = { kind: 'CORRECTED' as const, at, version, note };
  if (story.state === 'HELD' && withText) tellOf(books, story, told);
  else tellOf(books, story, { ...told, ...withoutText });
}

const withoutText = { publicationId: null, productId: null, liftAt: null };

/** The newest text is not for a partner who has or had one before. */
function loseSight(books: Books, story: HeldStory, change: OwnChange): void {
  if (story.publicationId >= change.publicationId!) return;
  const { at, version } = change;
  if (change.op === 'CORRECTED') sayMistake(books, story, change, false);
  forget(books, story, (due) => due.kind === 'ARRIVE');
  const { state } = books.stories.get(story.articleId)!.get(story.partnerId)!;
  if (state === 'HELD') take(books, story, { kind: 'RIGHTS_EXPIRED', at, version });
}

interface Bringing {
  change: Pick<OwnChange, 'seq' | 'at' | 'op' | 'version' | 'note'>;
  text: ToldText;
  match: Match;
  story: HeldStory | undefined;
}

/** Brings a partner a text that is for him: now, or at its moment. */
function bring(books: Books, { change, text, match, story }: Bringing): void {
  const { id: publicationId, articleId } = text;
  const { partnerId, productId, moment } = match;
  const holds = story?.state === 'HELD';
  if (holds && story.publicationId > publicationId) return;
  if (holds && story.publicationId === publicationId) return goOn(books, { change, text, match, story });
  if (moment > books.now) {
    foresee(books, {
      ...{ partnerId, articleId, publicationId, productId },
      ...{ kind: 'ARRIVE', dueAt: moment, source: change.seq },
    });
    if (story && change.op === 'CORRECTED') sayMistake(books, story, change, false);
    return;
  }
  give(books, { text, match, kind: kindOf(change.op, story, text.visibleFrom <= books.now), ...said(change) });
}

/** Only what is said of a mistake is for partners. */
const said = ({ op, at, version, note }: Pick<OwnChange, 'op' | 'at' | 'version' | 'note'>) => ({
  ...{ at, version },
  note: op === 'CORRECTED' ? note : null,
});

/** Tells a partner what is new about a text that he has: it was given to him before its change was told. */
function goOn(books: Books, { change, text, match, story }: Bringing & { story: HeldStory }): void {
  if (story.liftAt !== null && text.visibleFrom <= books.now) lift(books, story, change);
  const by = books.matches.get(text.id)?.find((each) => isHis(each, story));
  const isWider = match.moment <= books.now && match.breadth > (by?.breadth ?? -1);
  if (isWider) give(books, { text, match, kind: change.op === 'CORRECTED' ? 'CORRECTED' : 'UPDATED', ...said(change) });
  else if (change.op === 'CORRECTED')
    sayMistake(books, books.stories.get(story.articleId)!.get(story.partnerId)!, change);
}

const isHis = (match: Match, { partnerId, productId }: { partnerId: number; productId: number }): boolean =>
  match.partnerId === partnerId && match.productId === productId;

/** What it is to the partner: one who has nothing of the story gets something new. */
function kindOf(op: string, story: HeldStory | undefined, isVisible: boolean) {
  if (!story) return 'PUBLISHED';
  if (op === 'CORRECTED') return 'CORRECTED';
  if (story.state === 'ENDED') return 'PUBLISHED';
  return story.liftAt !== null && isVisible ? 'EMBARGO_LIFTED' : 'UPDATED';
}

function lift(books: Books, story: HeldStory, { at, version }: Pick<OwnChange, 'at' | 'version'>): void {
  forget(books, story, (due) => due.kind === 'LIFT');
  tellOf(books, { ...story, liftAt: null }, { kind: 'EMBARGO_LIFTED', at, version });
}

/** Tells what fell due for a story until a moment, in the order in which it did. */
export function tellDue(books: Books, articleId: number, until: number): void {
  const due = (books.dues.get(articleId) ?? []).filter(({ dueAt }) => dueAt <= until);
  for (const each of due.sort(inOrder)) {
    if (!books.dues.get(articleId)!.includes(each)) continue; // what was told before it struck it out
    forget(books, each, (other) => other === each);
    const story = books.stories.get(articleId)?.get(each.partnerId);
    if (each.kind === 'ARRIVE') arrive(books, each, story);
    else if (story?.state !== 'HELD') continue;
    else if (each.kind === 'EXPIRE') expire(books, story, each.dueAt);
    else if (isLifted(books, story)) lift(books, story, { at: each.dueAt, version: versionOf(books, story) });
  }
}

/** Whether readers see what a partner had before them; what was scheduled anew they do not see yet. */
const isLifted = (books: Books, { publicationId, liftAt }: HeldStory): boolean =>
  liftAt !== null && (books.texts.get(publicationId)?.visibleFrom ?? Infinity) <= books.now;

export const inOrder = (a: Due, b: Due): number =>
  a.dueAt - b.dueAt || a.publicationId - b.publicationId || a.partnerId - b.partnerId;

const versionOf = (books: Books, { publicationId }: { publicationId: number }): number =>
  books.texts.get(publicationId)?.articleVersion ?? 1;

function arrive(books: Books, due: Due, story: HeldStory | undefined): void {
  const text = books.texts.get(due.publicationId);
  if (!text || !isForPartners(text)) return;
  const match = books.matches.get(text.id)?.find((each) => isHis(each, due));
  if (!match) return;
  const source = books.sources.get(due.source ?? text.seq ?? 0);
  const has = story?.state === 'HELD' && story.publicationId === text.id;
  const { version = text.articleVersion, note = null } = source ?? {};
  const change = { seq: text.seq ?? 0, at: due.dueAt, op: has ? 'UPDATED' : (source?.op ?? ''), version, note };
  bring(books, { change, text, match, story });
}

/** A product takes a story back; another by which the partner may have it takes its place. */
function expire(books: Books, story: HeldStory, at: number): void {
  const text = books.texts.get(story.publicationId);
  const version = versionOf(books, story);
  const other = bestOf(books, story.publicationId).get(story.partnerId);
  if (text && other && other.moment <= books.now) give(books, { text, match: other, kind: 'UPDATED', at, version });
  else take(books, story, { kind: 'RIGHTS_EXPIRED', at, version });
}
