import { momentIn } from '../moment.rules.js';

/** Why a story that is under an embargo is kept from readers, from what is said of its end; nothing when it has ended. */
export function heldBy(until: string, now: number): string | undefined {
  const said = until.trim().slice(0, 60);
  if (said === '') return 'It is under an embargo until further notice: it was kept as a draft.';
  const ends = momentIn(said);
  if (ends === undefined) return `Its embargo cannot be read: “${said}”: it was kept as a draft.`;
  return ends > now ? `It is under an embargo until ${said}: it was kept as a draft.` : undefined;
}
