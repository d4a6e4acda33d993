/** How many letters must be changed, put in, taken out or swapped to make one word of another; more than `most` is not told apart. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [twoAbove, above] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? twoAbove[j - 2]! + 1 : Infinity;
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), swap));
    }
    if (Math.min(...row) > most) return most + 1;
    [twoAbove, above] = [above, row];
  }
  return above[b.length]!;
}

/** The word in use that one most likely stands for; itself when it is in use, nothing when none is near. */
export function corrected(word: string, near: readonly { word: string; stories: number }[]): string | undefined {
  if (near.some((known) => known.word === word)) return word;
  const most = word.length < 8 ? 1 : 2;
  let best: { word: string; far: number; stories: number } | undefined;
  for (const { word: known, stories } of near) {
    const far = distance(word, known, most);
    if (far > most) continue;
    if (!best || far < best.far || (far === best.far && stories > best.stories)) best = { word: known, far, stories };
  }
  return best?.word;
}

/** A query with some of its words spelt otherwise, in capitals what was, and all else as it was typed. */
export function respelt(query: string, words: readonly { start: number; end: number; spelling: string }[]): string {
  let [text, from] = ['', 0];
  for (const { start, end, spelling } of words) {
    const isShouted = !/\p{Ll}/u.test(query.slice(start, end));
    text += query.slice(from, start) + (isShouted ? spelling.toUpperCase() : spelling);
    from = end;
  }
  return text + query.slice(from);
}
