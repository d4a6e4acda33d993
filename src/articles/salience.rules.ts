import type { FoundMention } from './naming.rules.js';

/**
 * How much a story is about each entity it names, from 0 to 1: half for standing in the headline, up to three tenths
 * for how early it is named, up to two tenths for how often.
 */
export function salienceOf(mentions: readonly FoundMention[], title: string): Map<number, number> {
  const byEntity = new Map<number, { first: number; surfaces: Set<string>; count: number }>();
  mentions.forEach((mention, place) => {
    const seen = byEntity.get(mention.entityId) ?? { first: place, surfaces: new Set<string>(), count: 0 };
    seen.surfaces.add(mention.surface);
    seen.count += 1;
    byEntity.set(mention.entityId, seen);
  });
  const most = Math.max(1, ...[...byEntity.values()].map((seen) => seen.count));
  const saliences = new Map<number, number>();
  for (const [entityId, { first, surfaces, count }] of byEntity) {
    const inTitle = [...surfaces].some((surface) => stands(title, surface)) ? 0.5 : 0;
    const early = 0.3 * (1 - first / mentions.length);
    const often = 0.2 * (count / most);
    saliences.set(entityId, Math.round((inTitle + early + often) * 1000) / 1000);
  }
  return saliences;
}

/** Whether a name stands in a text as a word of its own. */
function stands(text: string, name: string): boolean {
  const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + name.length])) return true;
  }
  return false;
}
