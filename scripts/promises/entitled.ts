import { groupBy } from '../../src/kernel/group.js';
import type { Partner } from './partners.js';
import type { Taken } from './pull.js';
import type { Act, WrittenStory } from './stories.js';

/** What a partner is to be told of something that was done. */
interface Expected {
  storyId: string;
  /** The version that it made. */
  made: number;
  told: string;
  /** The headline it brings, if it brings a text. */
  title: string | null;
  /** When it was to be told, where that is a moment and not the change itself. */
  at: number | null;
}

/** The order in which all of it was committed, by our own feed. */
export type Order = readonly { storyId: string; version: number }[];

const wordsOf = ({ kind, action, version, note }: Pick<Taken, 'kind' | 'action' | 'version' | 'note'>): string =>
  [kind, action, version, note].join(' ');

/**
 * What a partner is entitled to of a story, worked out from what its writer was told had been done and from what was
 * agreed with the partner, and from nothing else.
 */
function entitledTo({ wants, isEarly }: Partner, { id, acts }: WrittenStory, isHeldBack: boolean): Expected[] {
  const told: Expected[] = [];
  let has: 'nothing' | 'text' | 'had one' = 'nothing';
  let title: string | null = null;
  let last = 0;
  const tell = (kind: string, action: string, { version: made, at, note }: Act) => {
    const version = (last = Math.max(made, last + 1));
    told.push({ ...{ storyId: id, made, at, title }, told: wordsOf({ kind, action, version, note }) });
  };
  for (const act of acts) {
    const { op, text } = act;
    if (op === 'CORRECTED') {
      if (has !== 'nothing') tell(op, has === 'text' ? 'CORRECT' : 'NOTE', act);
    } else if (text && wants(text)) {
      title = text.title;
      if (has === 'text') tell(op, 'REPLACE', act);
      else if (isEarly && isHeldBack && act.at !== null) {
        tell('PUBLISHED', 'HOLD', { ...act, at: 0 });
        tell('EMBARGO_LIFTED', 'RELEASE', act);
      } else tell('PUBLISHED', 'PUBLISH', act);
      has = 'text';
    } else if (has === 'text' || (has === 'had one' && op === 'KILLED')) {
      title = null;
      tell(text ? 'RIGHTS_EXPIRED' : op, 'REMOVE', act);
      has = 'had one';
    }
  }
  return told;
}

/** What a partner got that he should not have, or did not get, or in another order. */
export function unlike(
  partner: Partner,
  { stories, order }: { stories: readonly WrittenStory[]; order: Order },
  taken: readonly Taken[],
): string[] {
  const broken: string[] = [];
  const gotBy = groupBy(taken, ({ storyId }) => storyId);
  const rightBy = new Map<string, Expected[]>();
  for (const story of stories) {
    const got = gotBy.get(story.id) ?? [];
    const right = entitledTo(partner, story, got[0]?.action === 'HOLD');
    rightBy.set(story.id, right);
    broken.push(...unlikeStory(story.id, right, got));
  }
  for (const id of gotBy.keys()) if (!rightBy.has(id!)) broken.push(`${id} is nobody’s story`);
  const inOrder = order.flatMap(({ storyId, version }) =>
    (rightBy.get(storyId) ?? []).filter(({ made, at }) => made === version && at === null),
  );
  const timed = new Set(
    [...rightBy].flatMap(([id, right]) => right.flatMap((each) => (each.at === null ? [] : keyOf(id, each.told)))),
  );
  const changes = taken.filter((each) => !timed.has(keyOf(each.storyId!, wordsOf(each))));
  const first = inOrder.findIndex(({ storyId, told }, i) => keyOf(storyId, told) !== wholeOf(changes[i]));
  if (first >= 0)
    broken.push(
      `change ${first} is ${wholeOf(changes[first])}, not ${inOrder[first]!.storyId} ${inOrder[first]!.told}`,
    );
  return [...broken, ...unlikeShelf(rightBy, taken)];
}

const keyOf = (storyId: string, told: string): string => `${storyId} ${told}`;
const wholeOf = (change: Taken | undefined): string => (change ? keyOf(change.storyId!, wordsOf(change)) : 'nothing');

/** What came of one story is what should have, in its order, not before its moment, and with its text. */
function unlikeStory(id: string, right: readonly Expected[], got: readonly Taken[]): string[] {
  const is = got.map(wordsOf).join(', ');
  const should = right.map(({ told }) => told).join(', ');
  if (is !== should) return [`${id} came as ${is || 'nothing'}; it is ${should || 'nothing'}`];
  return right.flatMap(({ title, at, told }, i) => {
    const { title: came, occurredAt } = got[i]!;
    const isGone = right.slice(i + 1).some((later) => later.told.includes(' REMOVE '));
    const isText = !told.includes(' NOTE ') && !told.includes(' REMOVE ');
    const wrong = isText ? came !== title && !(came === null && isGone) : came !== null;
    if (wrong) return [`${id}: ${told} came with ${came}, not ${title}`];
    return Date.parse(occurredAt) < (at ?? 0) ? [`${id}: ${told} came before its moment`] : [];
  });
}

/** A machine that did what it was told has exactly the stories that its partner may have, in their newest texts. */
function unlikeShelf(rightBy: ReadonlyMap<string, readonly Expected[]>, taken: readonly Taken[]): string[] {
  const shelf = new Map<string, string | null>();
  for (const { action, storyId, title } of taken) {
    if (action === 'REMOVE') shelf.delete(storyId!);
    else if (title !== null) shelf.set(storyId!, title);
  }
  return [...rightBy].flatMap(([id, right]) => {
    const title = right.at(-1)?.title ?? null;
    const has = shelf.get(id) ?? null;
    return has === title ? [] : [`${id} is on the shelf as ${has}, not ${title}`];
  });
}
