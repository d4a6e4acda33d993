/**
 * A name for addresses: lower-case letters and digits of any script, joined by hyphens, accents taken off Latin
 * letters; at most so many characters, cut between words.
 */
export function slugOf(text: string, max = 120): string {
  const plain = text
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const letters = [...plain];
  if (letters.length <= max) return plain || 'untitled';
  const cut = letters.slice(0, max + 1).join('');
  return cut.slice(0, Math.max(cut.lastIndexOf('-'), 0)) || letters.slice(0, max).join('');
}
