import type { TextBlock } from './mention.rules.js';
import { isNoName, isTitle } from './words.rules.js';

export const guesses = ['PERSON', 'ORGANISATION', 'PLACE'] as const;
export type Guess = (typeof guesses)[number];

export interface UnknownNameView {
  surface: string;
  blockKey: string;
  start: number;
  end: number;
  guess: Guess | null;
}

interface Span {
  blockKey: string;
  start: number;
  end: number;
}

const capital = String.raw`\p{Lu}[\p{L}\p{M}\p{N}]*(?:['’&\-](?!s\b)\p{L}[\p{L}\p{M}\p{N}]*)*`;
const initial = String.raw`(?:\p{Lu}\.(?:\p{Lu}\.)*)`;
const lowered = String.raw`(?:al|el|ad|ash|as|an|ar|at|az)-\p{Lu}[\p{L}\p{M}\p{N}'’]*`;
const particle = String.raw`(?:(?:al|el|bin|ibn|ben|bint|abu|von|van|der|den|de|del|della|da|di|du|dos|la|le|of|for)[  ]){1,3}(?:the[  ])?`;
const word = `(?:${initial}|${capital}|${lowered})`;
const run = new RegExp(String.raw`(?<![\p{L}\p{N}@#/.])${word}(?:[  ](?:${particle})?${word})*`, 'gu');

const organisation =
  /(?:^|\s)(?:Ministry|University|College|School|Party|Bank|Company|Co|Group|Agency|Authority|Council|Committee|Commission|Union|Institute|Association|Foundation|Federation|Organi[sz]ation|Court|Corporation|Corp|Office|Department|Service|Services|Force|Forces|Army|Navy|Guard|Guards|Brigades?|Movement|Front|Alliance|League|Club|United|FC|Ltd|Inc|LLC|PLC|GmbH|Airlines|Airways|Press|News|Post|Times|Journal|Parliament|Senate|Congress|Fund|Centre|Center|Society|Network|Holdings)\b/;
const placeWord =
  /(?:^|\s)(?:City|Province|County|District|River|Lake|Mount|Mountains?|Island|Islands|Sea|Strait|Gulf|Bay|Street|Square|Airport|Valley|Coast|Desert|Peninsula)\b/;
const personAfter =
  /^,?\s+(?:said|says|told|adds|added|warned|wrote|argued|insisted|explained|noted|claimed|tweeted|denied|resigned|who|aged|\d\d,)\b/;
const placeBefore = /\b(?:in|at|near|outside|inside|from|across|around|throughout|of|to)\s+$/;

/** How many names are told at most. */
const most = 50;

/** Capitalised names that are not known, each where it first stands; shorter forms of a longer one are the same name. */
export function unknownNamesIn(blocks: readonly TextBlock[], known: readonly Span[]): UnknownNameView[] {
  const whole = blocks.map(({ text }) => text).join('\n');
  const lower = new Set(whole.match(/(?<![\p{L}\p{N}])\p{Ll}[\p{L}\p{M}'’-]*/gu) ?? []);
  const within = new Set([...whole.matchAll(/(?<=[\p{Ll}\p{N},;)] )\p{Lu}[\p{L}\p{M}'’-]+/gu)].map(([found]) => found));
  const found: UnknownNameView[] = [];
  for (const { key: blockKey, text } of blocks) {
    if (isHeadline(text)) continue;
    const taken = known.filter((span) => span.blockKey === blockKey);
    for (const match of text.matchAll(run)) {
      const span = nameIn(text, match.index, match[0], { lower, within });
      if (!span || (isTaken(span, taken) && !isLonger(text, span, taken))) continue;
      const surface = text.slice(span.start, span.end);
      if (found.length < 1_000) found.push({ surface, blockKey, ...span, guess: guessOf(text, span, surface) });
    }
  }
  return merged(found).slice(0, most);
}

/** Whether a text is all capitals, or has a capital on every word: then capitals tell nothing. */
function isHeadline(text: string): boolean {
  if (text === text.toUpperCase()) return true;
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  const capitals = words.filter((each) => /^\p{Lu}/u.test(each)).length;
  return words.length >= 4 && capitals / words.length >= 0.9 && !/[.!?]["”’]?$/.test(text);
}

/** A name without titles, nations and ordinary words at its start; nothing when nothing is left that must be a name. */
function nameIn(
  text: string,
  at: number,
  raw: string,
  { lower, within }: { lower: ReadonlySet<string>; within: ReadonlySet<string> },
): { start: number; end: number } | undefined {
  const words = [...raw.matchAll(/\S+/g)].map((found) => ({ word: found[0], start: at + found.index }));
  let atStart =
    at === 0 || /(?:[.!?:…•]["”’»)]*\s+|["“‘«(]\s*|\n\s*|[–—]\s+)$/u.test(text.slice(Math.max(0, at - 5), at));
  while (words.length > 0) {
    const first = words[0]!.word;
    const alone = words.length === 1;
    const plain =
      lower.has(first.toLowerCase()) || (alone && !within.has(first) && !personAfter.test(text.slice(at + raw.length)));
    if (!isNoName(first) && !isTitle(first) && !/^\p{Ll}/u.test(first) && !(atStart && plain)) break;
    words.shift();
    atStart = false;
  }
  while (words.length > 0 && isNoName(words.at(-1)!.word)) words.pop();
  while (words.length > 0 && /^\p{Ll}+$/u.test(words.at(-1)!.word)) words.pop();
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last || first.word.length < 2 || (words.length === 1 && /^\p{Lu}\.$/u.test(first.word)))
    return undefined;
  return { start: first.start, end: last.start + last.word.length };
}

const isTaken = (span: { start: number; end: number }, taken: readonly Span[]): boolean =>
  taken.some(({ start, end }) => span.start < end && start < span.end);

/** Whether a name is one of its own that only holds a known one: "Tehran University". */
function isLonger(text: string, { start, end }: { start: number; end: number }, taken: readonly Span[]): boolean {
  const inside = taken.filter((span) => span.start < end && start < span.end);
  if (inside.some((span) => span.start < start || span.end > end)) return false;
  const rest = inside.reduceRight(
    (left, span) => left.slice(0, span.start - start) + left.slice(span.end - start),
    text.slice(start, end),
  );
  return organisation.test(rest) || placeWord.test(rest);
}

/** One of each: the longest form where it first stands, its shorter ones left out; what any of them tells of its sort counts. */
function merged(found: readonly UnknownNameView[]): UnknownNameView[] {
  const names = [...new Set(found.map(({ surface }) => surface))].sort((a, b) => b.length - a.length);
  const longest = new Map<string, string>();
  for (const name of names) {
    const longer = names.find(
      (other) => other.length > name.length && (other.endsWith(` ${name}`) || other.endsWith(`-${name}`)),
    );
    longest.set(name, longer === undefined ? name : (longest.get(longer) ?? longer));
  }
  const guess = new Map<string, Guess>();
  for (const each of found) {
    const name = longest.get(each.surface)!;
    if (each.guess !== null && !guess.has(name)) guess.set(name, each.guess);
  }
  return found
    .filter(
      ({ surface }, i) =>
        longest.get(surface) === surface && found.findIndex((other) => other.surface === surface) === i,
    )
    .map((each) => ({ ...each, guess: guess.get(each.surface) ?? null }));
}

function guessOf(text: string, { start, end }: { start: number; end: number }, surface: string): Guess | null {
  const before = text.slice(Math.max(0, start - 40), start);
  if (organisation.test(surface)) return 'ORGANISATION';
  if (placeWord.test(surface)) return 'PLACE';
  const title = /([\p{L}]+)\.?\s+$/u.exec(before)?.[1];
  if ((title !== undefined && isTitle(title)) || personAfter.test(text.slice(end, end + 20))) return 'PERSON';
  if (/^\p{Lu}{2,6}$/u.test(surface)) return 'ORGANISATION';
  if (
    /^\p{Lu}\p{Ll}+ (?:\p{Lu}\. )?(?:(?:bin|ibn|von|van|de|al|el) )?(?:al-)?\p{Lu}\p{L}+(?:-\p{Lu}\p{L}+)?$/u.test(
      surface,
    )
  ) {
    return /\b(?:in|near|across)\s+$/.test(before) ? 'PLACE' : 'PERSON';
  }
  return placeBefore.test(before) && !/\bof\s+$/.test(before) ? 'PLACE' : null;
}
