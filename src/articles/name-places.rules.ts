import { isWord } from '../entities/form.rules.js';
import {
  familiesOf,
  inReadingOrder,
  placeOf,
  reading,
  withFamilyNames,
  type Blocks,
  type FoundMention,
  type Match,
  type NamedBy,
  type NameIndex,
} from './naming.rules.js';

/** A name in a text with all that it could mean, and the words right around it where only a space parts them. */
export interface NamePlace extends Omit<FoundMention, 'entityId'> {
  candidates: { entityId: number; by: NamedBy }[];
  before: string | undefined;
  after: string | undefined;
}

/** The longest known names in the blocks, in reading order, with all that each could mean; family names alone as well. */
export function findPlaces(index: NameIndex, blocks: Blocks): NamePlace[] {
  const { texts, scanAll } = reading(blocks);
  const matches = withFamilyNames(index, scanAll(index), scanAll);
  const lone = scanAll(familiesOf([...index.entries.values()].flat(), 'LONE'));
  return withLone(matches, lone).flatMap((match) => {
    const by = new Map<number, NamedBy>();
    for (const entry of match.entries) if (!by.has(entry.entityId)) by.set(entry.entityId, entry.by ?? 'NAME');
    const place = placeOf(match, texts, blocks);
    const word = (at: number) => {
      const found = texts[match.block]?.[at]?.word ?? '';
      return isWord(found) ? found : undefined;
    };
    const candidates = [...by].map(([entityId, how]) => ({ entityId, by: how }));
    return place ? [{ ...place, candidates, before: word(match.start - 1), after: word(match.end) }] : [];
  });
}

/** Adds family names where nothing longer stands; at a place of the same length, where nobody was named in full before. */
function withLone(matches: readonly Match[], lone: readonly Match[]): Match[] {
  const taken = new Map<number, Match[]>();
  for (const match of matches) {
    const there = taken.get(match.block) ?? [];
    taken.set(match.block, there);
    there.push(match);
  }
  const alone = lone.filter((match) => {
    const overlap = taken.get(match.block)?.find(({ start, end }) => match.start < end && start < match.end);
    if (!overlap) return true;
    const same = overlap.start === match.start && overlap.end === match.end;
    if (same && !overlap.entries.some(({ by }) => by === 'FAMILY')) {
      overlap.entries = [...overlap.entries, ...match.entries];
    }
    return false;
  });
  return [...matches, ...alone].sort(inReadingOrder);
}
