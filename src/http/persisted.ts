import { LRUCache } from 'lru-cache';

/** A document by its print, as one worker tells it to the others. */
export interface Learned {
  print: string;
  text: string;
}

/** The other processes behind the same port. */
export interface Siblings {
  tell(learned: Learned): void;
  whenTold(hear: (learned: Learned) => void): void;
}

/** Texts by their prints, at most 30 MB, those least asked for forgotten first. */
export const documentsByPrint = (): LRUCache<string, string> =>
  new LRUCache({ maxSize: 30_000_000, sizeCalculation: (text, print) => 2 * (text.length + print.length) + 1 });

/**
 * The documents that clients sent with their prints. What one worker learns it tells its siblings, as the next request
 * with that print may reach any of them.
 */
export function persistedDocuments(siblings?: Siblings) {
  const known = documentsByPrint();
  siblings?.whenTold(({ print, text }) => void known.set(print, text));
  return {
    get: async (print: string) => known.get(print),
    set: async (print: string, text: string) => {
      if (!known.has(print)) siblings?.tell({ print, text });
      known.set(print, text);
    },
    delete: async (print: string) => known.delete(print),
  };
}
