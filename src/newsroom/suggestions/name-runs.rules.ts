import {
  isField,
  isFollowing,
  isGiven,
  isNoNameHere,
  isOrganisationHead,
  isOtherHead,
  isPlaceHead,
  isWellKnownPlace,
} from './name-words.rules.js';
import { isDemonym, isNoName, isOrdinary, isTitle } from './words.rules.js';

/** A word of a text, and whether only a space parts it from the one before and whether it opens a sentence. */
export interface Word {
  text: string;
  start: number;
  end: number;
  near: boolean;
  opens: boolean;
}

/** Words that may be one name, as they stand beside each other. */
export type Run = readonly Word[];

const abbreviated =
  'Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Pvt|Pfc|Spc|Adm|Brig|Rep|Sen|Gov|Rev|Hon|Amb|St|Jr|Sr|Inc|Corp|Co|Ltd|Mt|Ft';
const rest = String.raw`[\p{L}\p{M}\p{N}]*(?:(?:['’](?!(?:s|m|d|ll|re|ve|t)(?![\p{L}\p{M}\p{N}]))|[-‑&](?=[\p{Lu}\p{N}]))[\p{L}\p{M}\p{N}]+)*`;
const joined = String.raw`(?:al|el|ad|ash|as|an|ar|at|az|ibn|bin|abu)[-‑]\p{Lu}${rest}`;
const wordPattern = new RegExp(
  String.raw`(?:\p{Lu}\.){2,}|\p{Lu}\.(?=\s?\p{Lu})|\b(?:${abbreviated})\.|${joined}|(?:\p{Lu}|d['’]\p{Lu})${rest}|\p{N}+(?:st|nd|rd|th)\b|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)?`,
  'gu',
);

/** The words of a text, in its order; a point belongs to an initial and to what is abbreviated. */
export function wordsIn(text: string): Word[] {
  let end = 0;
  let before = '';
  return Array.from(text.matchAll(wordPattern), (found) => {
    const gap = text.slice(end, found.index);
    const near = /^[\u200e\u200f]*[ \u00a0\u202f](?:& )?[\u200e\u200f]*$/.test(gap);
    const opens =
      end === 0 ||
      (!near && /[.!?:…•\n]|[“"‘«(\[]$|[–—]\s/u.test(gap) && !(gap.startsWith(' ') && before.endsWith('.')));
    end = found.index + found[0].length;
    before = found[0];
    return { text: found[0], start: found.index, end, near, opens };
  });
}

const hasCapital = ({ text }: Word): boolean =>
  /^\p{Lu}|^(?:al|el|ad|ash|as|an|ar|at|az|ibn|bin|abu)[-‑]|^d['’]|^\p{Ll}+\p{Lu}/u.test(text);
const isOrdinal = ({ text }: Word): boolean => /^\p{N}+(?:st|nd|rd|th)$/u.test(text);
const particle =
  /^(?:bin|ibn|ben|bint|abu|von|van|der|den|de|del|della|da|di|du|do|dos|la|le|los|las|y|al|el|ul|ur|az|ez|ash|esh)$/;
const plurals =
  /^(?:chiefs|knights|friends|sons|daughters|doctors|voice|house|centre|center|ministers|state|duke|museum|line)$/i;

/** Whether the words so far go on behind "of": "University of …", "Secretary of State", but not "Bagheri of Iran". */
function goesOn(run: Run, small: readonly Word[], next: Word): boolean {
  const last = run.at(-1)!.text;
  const words = small.map(({ text }) => text).join(' ');
  const isHead = isOrganisationHead(last) || plurals.test(last) || isOtherHead(last);
  if (small.every(({ text }) => particle.test(text))) return !isTitle(last) && !isOrdinary(last);
  if (words === 'of' || words === 'of the') return isHead || isPlaceHead(last) || (isTitle(last) && isField(next.text));
  if (words === 'for' || words === 'for the' || words === 'on' || words === 'against') return isHead;
  if (words === 'and' || words === 'and the') {
    const within = run.some(({ text }) => /^(?:of|for)$/.test(text));
    if (within && words === 'and the')
      return /^state$/i.test(run[run.findIndex(({ text }) => text === 'of') - 1]?.text ?? '');
    return isField(last) && isField(next.text) && (within || run.length === 1);
  }
  return false;
}

/** The runs of words with capitals in a text, with the small words that belong into names. */
export function runsIn(words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  for (let at = 0; at < words.length; at++) {
    const first = words[at]!;
    const follows = words[at + 1];
    if (!(hasCapital(first) || (isOrdinal(first) && follows?.near && hasCapital(follows)))) continue;
    const run = [first];
    for (;;) {
      let to = at + 1;
      while (to < words.length && to - at <= 3 && words[to]!.near && !hasCapital(words[to]!)) to++;
      const next = words[to];
      if (!next?.near || !hasCapital(next)) break;
      const small = words.slice(at + 1, to);
      if (small.length > 0 && !goesOn(run, small, next)) break;
      run.push(...small, next);
      at = to;
    }
    runs.push(run);
  }
  return runs;
}

const isHead = ({ text }: Word): boolean => isOrganisationHead(text) || isPlaceHead(text);
const modifier =
  /^(?:prime|foreign|vice|deputy|acting|interim|former|assistant|senior|chief|executive|special|presidential|staff|first|second|lead|co|crown|press|supreme|attorney|master|chargé|managing|associate|secretary)$/i;
const isBefore = (word: Word): boolean => isTitle(word.text) || modifier.test(word.text) || isField(word.text);

/** One name of a run, and whether a title stands before it. */
export interface Piece {
  words: Run;
  titled: boolean;
}

const isNone = (word: string): boolean => (isNoName(word) || isNoNameHere(word)) && !isNation(word) && word !== 'US';
/** Of a nation, a faith or a party. */
const isNation = (word: string): boolean => isDemonym(word) || isFollowing(word);

/** The names in a run: what is of no name is left out, and titles part what stands before them from whom they are of. */
export function namesOf(run: Run): Piece[] {
  const parts: Word[][] = [[]];
  for (const word of run) {
    const small = /^\p{Ll}/u.test(word.text) && !hasCapital(word);
    if (!small && isNone(word.text)) parts.push([]);
    else parts.at(-1)!.push(word);
  }
  return parts.flatMap((part) => split(trimmed(part))).flatMap(apart);
}

function split(words: readonly Word[]): Piece[] {
  if (words.length === 0) return [];
  const title = words.findLastIndex((word, i) => isTitle(word.text) && !(i > 0 && words[i - 1]!.text === 'of'));
  if (title < 0) return [{ words: withoutNation(words), titled: false }].filter((piece) => piece.words.length > 0);
  let after = title + 1;
  if (/^of$/.test(words[after]?.text ?? '')) {
    after += 2;
    while (words[after] && (/^(?:the|and)$/.test(words[after]!.text) || isField(words[after]!.text))) after += 1;
    after = Math.max(after, title + 3);
  }
  const behind = words.slice(after);
  if (behind.some(isHead) && after === title + 1) return [{ words: withoutNation(words), titled: false }];
  let before = title;
  while (before > 0 && isBefore(words[before - 1]!) && !(isHead(words[before - 1]!) && before > 1)) before -= 1;
  const ahead = trimmed(words.slice(0, before));
  return [...split(ahead), ...(behind.length > 0 ? [{ words: trimmed(behind), titled: true }] : [])].filter(
    (piece) => piece.words.length > 0,
  );
}

/** A place or an organisation and somebody right behind it are two: "Middle East" and "Ines Kolb". */
function apart({ words, titled }: Piece): Piece[] {
  if (words.length > 3 && !titled) {
    for (let to = words.length - 2; to > 0; to--) {
      const ahead = words.slice(0, to);
      const isWhole =
        isOrganisationHead(words[to - 1]!.text) || isWellKnownPlace(ahead.map(({ text }) => text).join(' '));
      if (isGiven(words[to]!.text) && !isOrganisationHead(words.at(-1)!.text) && isWhole)
        return [
          { words: ahead, titled },
          { words: words.slice(to), titled: true },
        ];
    }
  }
  return [{ words, titled }];
}

/** A nation before a name is none of it, except of an organisation's: "Syrian Democratic Forces". */
function withoutNation(words: Run): Run {
  if (words.some(isHead) || words.some(({ text }) => isField(text) || isOtherHead(text)))
    return words.length === 1 && isNation(words[0]!.text) ? [] : words;
  if (isWellKnownPlace(words.map(({ text }) => text).join(' '))) return words;
  let from = 0;
  while (words[from] && isNation(words[from]!.text)) from += 1;
  let to = words.length;
  while (to > from && isNation(words[to - 1]!.text)) to -= 1;
  return words.slice(from, to);
}

/** Without small words at either end. */
function trimmed(words: readonly Word[]): Word[] {
  const isSmall = (word: Word) => !hasCapital(word) && !isOrdinal(word);
  let [from, to] = [0, words.length];
  while (from < to && isSmall(words[from]!)) from += 1;
  while (to > from && (isSmall(words[to - 1]!) || isOrdinal(words[to - 1]!))) to -= 1;
  return words.slice(from, to);
}
