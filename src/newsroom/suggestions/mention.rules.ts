import type { NamePlace } from '../../articles/name-places.rules.js';
import type { FoundMention } from '../../articles/naming.rules.js';
import { isWord, pieces } from '../../entities/form.rules.js';
import type { EntityKind } from '../../entities/entity.rows.js';
import { isPartOfName, isTitle, stemsOf } from './words.rules.js';

export interface TextBlock {
  key: string;
  text: string;
}

/** What is known of somebody or something a text could name. */
export interface Candidate {
  id: number;
  kind: EntityKind;
  name: string;
  description: string;
}

/** How often stories named a candidate lately, and each of the others together with it. */
export interface Company {
  stories: number;
  with: ReadonlyMap<number, number>;
}

export interface SuggestedMention extends FoundMention {
  /** From 0 to 1. */
  confidence: number;
  /** Who else could be meant, most likely first. */
  alternatives: { entityId: number; confidence: number }[];
}

/** The names that are names here: "Biden" in "Jill Biden" is none, nor is "Omani" ever. */
export function realPlaces(places: readonly NamePlace[]): NamePlace[] {
  return places.flatMap((place) => {
    const candidates = place.candidates.filter(({ by }) => {
      if (by === 'NAME' || by === 'INITIALS') return true;
      return !isPartOfName(place.before) && (by === 'FAMILY' || by === 'INFLECTED' || !isPartOfName(place.after));
    });
    return candidates.length > 0 ? [{ ...place, candidates }] : [];
  });
}

/** Those whom a text names beyond doubt, and those between whom it must be decided. */
export function certainAndNot(places: readonly NamePlace[]): { certain: number[]; doubtful: number[] } {
  const certain = places.flatMap(({ candidates: [first, ...others] }) =>
    first && others.length === 0 && first.by !== 'LONE' && first.by !== 'INFLECTED' ? [first.entityId] : [],
  );
  const doubtful = places.flatMap(({ candidates }) =>
    candidates.length > 1 ? candidates.map(({ entityId }) => entityId) : [],
  );
  return { certain: [...new Set(certain)], doubtful: [...new Set(doubtful)] };
}

/**
 * Who or what each name means, most likely, in the order of the text. For whom the body names, the headline and the
 * standfirst are left out, as they are where mentions are found without asking.
 */
export function suggestMentions(
  places: readonly NamePlace[],
  blocks: readonly TextBlock[],
  known: ReadonlyMap<number, Candidate>,
  company: ReadonlyMap<number, Company>,
): SuggestedMention[] {
  let stems: ReadonlySet<string> | undefined;
  const said = () => (stems ??= new Set(stemsOf(blocks.map(({ text }) => text).join('\n'))));
  const { certain } = certainAndNot(places);
  const inFull = new Set(
    places
      .flatMap(({ candidates, surface }) => (candidates.length === 1 && wordCount(surface) > 1 ? candidates : []))
      .map(({ entityId }) => entityId),
  );
  const weighed = new Map<number, number>();
  const weigh = (entityId: number): number => {
    const weight = weighed.get(entityId) ?? evidenceFor(known.get(entityId), said(), certain, company.get(entityId));
    weighed.set(entityId, weight);
    return weight;
  };
  const suggested = places.flatMap((place): SuggestedMention[] => {
    const candidates = place.candidates.filter(({ entityId }) => known.has(entityId));
    const weights = candidates
      .map(({ entityId, by }) => {
        const evidence = candidates.length === 1 ? 0 : weigh(entityId);
        const weight = Math.exp(evidence + kindHint(known.get(entityId)!, place) + bonus[by]);
        return { entityId, weight, form: sureness(known.get(entityId)!, by, place, inFull) };
      })
      .sort((a, b) => b.weight - a.weight || a.entityId - b.entityId);
    const whole = weights.reduce((sum, { weight }) => sum + weight, 0);
    const [best, ...others] = weights.map(({ entityId, weight, form }) => ({
      entityId,
      confidence: Math.round((form * weight * 1_000) / whole) / 1_000,
    }));
    const { blockKey, start, end, surface } = place;
    return best ? [{ ...best, blockKey, start, end, surface, alternatives: others.slice(0, 5) }] : [];
  });
  const isHead = ({ blockKey }: FoundMention) => blockKey === 'title' || blockKey === 'standfirst';
  const inBody = new Set(suggested.filter((mention) => !isHead(mention)).map(({ entityId }) => entityId));
  return suggested.filter((mention) => !isHead(mention) || !inBody.has(mention.entityId));
}

/** Who was named in full before stands far ahead of namesakes; who is never named in full, far behind. */
const bonus = { NAME: 1, FAMILY: 4, GIVEN: 3, INITIALS: 4, LONE: 0, INFLECTED: 0 };

/** What speaks for a candidate besides his name: the others named, his description, how often he is in the news. */
function evidenceFor(
  candidate: Candidate | undefined,
  said: ReadonlySet<string>,
  certain: readonly number[],
  company: Company | undefined,
): number {
  if (!candidate) return 0;
  const named = certain.includes(candidate.id) ? 3 : 0;
  const own = new Set(stemsOf(candidate.name));
  const described = new Set(stemsOf(candidate.description).filter((stem) => said.has(stem) && !own.has(stem))).size;
  const beside = certain.reduce(
    (sum, id) => sum + Math.log1p(id === candidate.id ? 0 : (company?.with.get(id) ?? 0)),
    0,
  );
  return named + Math.min(2, 0.5 * described) + Math.min(3, beside) + 0.15 * Math.log1p(company?.stories ?? 0);
}

/** "in Jordan" is a place, "Mr Jordan" is not. */
function kindHint({ kind }: Candidate, { before }: NamePlace): number {
  if (before === undefined) return 0;
  if (isTitle(before)) return kind === 'Person' ? 1 : 0;
  return /^(?:in|at|near|across|throughout|outside|inside|to|from)$/i.test(before) && kind === 'Place' ? 1 : 0;
}

const wordCount = (name: string): number => pieces(name).filter(({ word }) => isWord(word)).length;

/** How sure a name is where only one can be meant: a full name more than an alias, and that more than a family name. */
function sureness(
  { id, name }: Candidate,
  by: NamePlace['candidates'][number]['by'],
  { surface, before, after }: NamePlace,
  inFull: ReadonlySet<number>,
): number {
  if (by === 'FAMILY') return 0.95;
  if (by === 'INITIALS') return 0.9;
  if (by === 'GIVEN') return 0.75;
  if (by === 'LONE') return 0.6;
  if (by === 'INFLECTED') return wordCount(surface) > 1 || inFull.has(id) ? 0.85 : 0.6;
  const own = surface.toLowerCase() === name.toLowerCase().replace(/^the /, '');
  if (wordCount(surface) > 1) return own ? 0.97 : 0.93;
  if (inFull.has(id)) return 0.95;
  return (own ? 0.9 : 0.85) * (isPartOfName(before) || isPartOfName(after) ? 0.75 : 1);
}
