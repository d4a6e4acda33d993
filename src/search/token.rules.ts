import { createHash } from 'node:crypto';

/**
 * Terms as engines get them: runs of `a-z` and `0-9`, three to eighty long, that begin with a letter no stopword of any
 * engine begins with. So neither a tokenizer, a least length, a stopword list nor an operator has a say.
 */
export function tokenOf(term: string): string {
  if (/^[a-z0-9]{2,79}$/.test(term)) return `x${term}`;
  const token = encoded(term);
  return token.length <= longest ? token : `q${createHash('sha256').update(term).digest('hex').slice(0, 40)}`;
}

/** InnoDB drops tokens of more than 84 characters; one of a title has a letter more. */
const longest = 80;

function encoded(term: string): string {
  if (/^[a-z0-9]$/.test(term)) return `y${term}0`;
  const units = Array.from({ length: term.length }, (_, i) => term.charCodeAt(i));
  const isNear = units.every((unit) => unit >= near && unit < near + 1_296);
  if (isNear) return `k${units.map((unit) => (unit - near).toString(36).padStart(2, '0')).join('')}`;
  return `z${units.map((unit) => unit.toString(16).padStart(4, '0')).join('')}`;
}

/** Greek, Cyrillic, Hebrew and Arabic lie from here on: two signs each are enough. */
const near = 0x370;

/** The token of a term of a title. */
export const titleToken = (term: string): string => `j${tokenOf(term)}`;

/** The token of something a story is told by other than words: its section, what it names, its kind, its year. */
export const facetToken = (facet: string): string => `v${facet.toLowerCase()}0`;
