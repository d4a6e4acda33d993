/** How words are made alike: one form for all ways to write the same letters. */

/** Letters that no normal form takes apart. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  // Arabic and Persian: alef and its hamzas, yeh, kaf, teh marbuta, hamza alone
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  ہ: 'ه',
  ؤ: 'و',
  ء: '',
};
const others = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

/** Accents of the scripts whose readers leave them out; Arabic vowel signs, the long stroke, Hebrew points; what cannot be seen. */
const marks =
  /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]/gu;

/** Digits of all scripts as those of ASCII; they come in tens, in order. */
const digit = (sign: string): string => {
  const code = sign.codePointAt(0)!;
  for (let zero = code; ; zero--)
    if (zero === code - 9 || !/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String((code - zero) % 10);
};

/** A word without case, accents, and ways to write that readers do not tell apart. */
export function folded(word: string): string {
  if (/^[a-z0-9]*$/.test(word)) return word;
  const lower = word.normalize('NFKC').toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return lower;
  return lower
    .replace(others, (letter) => letters[letter]!)
    .normalize('NFD')
    .replace(marks, '')
    .replace(/(?![0-9])\p{Nd}/gu, digit)
    .normalize('NFC');
}

/** A German word with its umlauts written out, where it has any: "Mueller" for "Müller". */
export const writtenOut = (word: string): string | undefined => {
  const lower = word.normalize('NFC').toLowerCase();
  return /[äöü]/.test(lower)
    ? folded(lower.replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter]!))
    : undefined;
};
