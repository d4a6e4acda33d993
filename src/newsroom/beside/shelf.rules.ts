/** How many editions one after the other stand on one shelf, and the characters that each takes there. */
const onShelf = 2_048;
const each = 4;
export const shelfLength = onShelf * each;
/** A part of a text from 0 to 1 is kept as a whole number of 13 bits. */
const whole = 2 ** 13 - 1;

export const shelfOf = (editionId: number): number => Math.floor(editionId / onShelf);

/** An edition with the part of its text that a term is, as it stands on a shelf: three bytes, in Base64. */
export function shelved(editionId: number, part: number): string {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE((editionId % onShelf) + onShelf * Math.min(whole, Math.round(part * whole)), 0, 3);
  return bytes.toString('base64');
}

/** What stands on a shelf without some editions. */
export function without(editions: string, editionIds: readonly number[]): string {
  const gone = new Set(editionIds.map((id) => id % onShelf));
  const bytes = Buffer.from(editions, 'base64');
  let left = '';
  for (let i = 0; i < bytes.length; i += 3)
    if (!gone.has(bytes.readUIntLE(i, 3) % onShelf)) left += editions.slice((i / 3) * each, (i / 3 + 1) * each);
  return left;
}

/** How much each edition says of what is asked, summed up from shelves. */
export class Sayings {
  private readonly sums = new Map<number, Float32Array>();

  /** Adds what stands on some shelves: of each its term, its number and how many characters of `editions` are its. */
  add(shelves: readonly number[], editions: string, weightOf: (term: number) => number): void {
    const bytes = Buffer.from(editions, 'base64');
    let at = 0;
    for (let i = 0; i < shelves.length; i += 3) {
      const weight = weightOf(shelves[i]!);
      const sums = this.sumsOf(shelves[i + 1]!);
      for (const end = at + (shelves[i + 2]! / each) * 3; at < end; at += 3) {
        const known = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
        sums[known % onShelf]! += weight * Math.floor(known / onShelf);
      }
    }
  }

  private sumsOf(shelf: number): Float32Array {
    const sums = this.sums.get(shelf) ?? new Float32Array(onShelf);
    this.sums.set(shelf, sums);
    return sums;
  }

  /** The editions that say most, those first that say more. */
  most(limit: number): number[] {
    let best: { editionId: number; sum: number }[] = [];
    let least = 0;
    const cut = () => {
      best.sort((a, b) => b.sum - a.sum || b.editionId - a.editionId);
      best = best.slice(0, limit);
      if (best.length === limit) least = best.at(-1)!.sum;
    };
    for (const [shelf, sums] of this.sums) {
      for (let i = 0; i < onShelf; i++) {
        const sum = sums[i]!;
        if (sum === 0 || sum < least) continue;
        best.push({ editionId: shelf * onShelf + i, sum });
        if (best.length >= 4 * limit) cut();
      }
    }
    cut();
    return best.map(({ editionId }) => editionId);
  }
}
