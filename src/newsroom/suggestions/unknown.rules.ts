import { certaintyOf, type Told } from './certainty.rules.js';
import type { TextBlock } from './mention.rules.js';
import { linked, standsFor, type Form, type Name, type Standing } from './name-links.rules.js';
import { namesOf, runsIn, wordsIn, type Piece, type Word } from './name-runs.rules.js';
import { addSorts, noSort, sortsOf, type Sorts } from './name-sorts.rules.js';
import { isGiven, isOrganisationHead, isPlaceHead, isWellKnownPlace } from './name-words.rules.js';
import { isOrdinary } from './words.rules.js';

export const guesses = ['PERSON', 'ORGANISATION', 'PLACE'] as const;
export type Guess = (typeof guesses)[number];
export const guessOf = { Person: 'PERSON', Organisation: 'ORGANISATION', Place: 'PLACE' } as const;

export interface UnknownName extends Standing {
  guess: Guess | null;
  /** From 0 to 1. */
  confidence: number;
  /** Where else it stands, in any of its forms. */
  elsewhere: Standing[];
}

interface Span {
  blockKey: string;
  start: number;
  end: number;
}

/** How many names are told at most, and at how many more places each. */
const most = { names: 200, found: 5_000, elsewhere: 200 };
/** What is less sure than this is told to nobody. */
const least = 0.45;

interface Said extends Told {
  within: ReadonlySet<string>;
}

/** Names that are not known, each where its fullest form first stands, with all other places of its forms. */
export function unknownNamesIn(blocks: readonly TextBlock[], known: readonly Span[]): UnknownName[] {
  const { names, told, inOrder } = likelyNamesIn(blocks, known);
  const views = names.flatMap((name) => viewOf(name, told, inOrder));
  return views.sort(inOrder).slice(0, most.names);
}

type Order = (a: Standing, b: Standing) => number;

/** All that may be names, sure or not, with what the texts have besides. */
export function likelyNamesIn(
  blocks: readonly TextBlock[],
  known: readonly Span[],
): { names: Name[]; told: Told; inOrder: Order } {
  const texts = blocks.map((block) => {
    const words = wordsIn(block.text);
    return { ...block, words, isHead: isHeadline(block.text, words) };
  });
  const said = saidIn(texts.filter(({ isHead }) => !isHead).flatMap(({ words }) => words));
  const forms = new Map<string, Form>();
  const weak: { place: Standing; piece: Piece; text: string }[] = [];
  let found = 0;
  for (const { key: blockKey, text, words, isHead } of texts) {
    if (isHead) continue;
    const taken = known.filter((span) => span.blockKey === blockKey);
    for (const piece of piecesIn(words, text)) {
      const own = opened(piece, said, text);
      const [first, last] = [own.piece.words[0], own.piece.words.at(-1)];
      if (!first || !last || ++found > most.found) continue;
      const place = { blockKey, start: first.start, end: last.end, surface: text.slice(first.start, last.end) };
      if (isTaken(place, taken) && !isLonger(place, taken)) continue;
      if (own.isSure) addForm(forms, own.piece, place, sortsOf(own.piece, text));
      else weak.push({ place, piece: own.piece, text });
    }
  }
  for (const { place, piece, text } of weak) {
    const form = formLike(forms, place.surface);
    if (form) addForm(forms, piece, place, sortsOf(piece, text));
  }
  for (const form of forms.values()) {
    if (isAcronym(form.surface) && forms.has(`${form.surface}s`))
      form.sorts = { ...form.sorts, other: form.sorts.other + 4 };
  }
  const order = new Map(blocks.map(({ key }, i) => [key, i]));
  const inOrder: Order = (a, b) => order.get(a.blockKey)! - order.get(b.blockKey)! || a.start - b.start;
  const all = [...forms.values()].map((form) => ({ ...form, places: form.places.sort(inOrder) }));
  all.sort((a, b) => inOrder(a.places[0]!, b.places[0]!));
  return { names: linked(all).filter(isOfOurSort), told: said, inOrder };
}

/** Whether it is not most likely the name of something else. */
function isOfOurSort({ sorts: { person, organisation, place, other } }: Name): boolean {
  return other < 2 || other <= Math.max(person, organisation, place);
}

/** Words that the text has without a capital, those that have one within a sentence, and whether it is somebody's talk. */
function saidIn(words: readonly Word[]): Said {
  const [lower, within] = [new Set<string>(), new Set<string>()];
  for (const { text, opens } of words) {
    if (/^\p{Ll}/u.test(text)) lower.add(text);
    else if (!opens) within.add(text);
  }
  const selves = words.filter(({ text }) => /^I$|^I['’]|^(?:me|my|myself)$/.test(text)).length;
  return { lower, within, isTalk: selves > words.length / 100 };
}

/** Whether a text is all capitals, or has a capital on every word: then capitals tell nothing. */
function isHeadline(text: string, words: readonly Word[]): boolean {
  if (text === text.toUpperCase()) return true;
  const long = words.filter((word) => word.text.length >= 4);
  if (long.length < 4 || /[.!?]["”’]?$/.test(text)) return false;
  return long.filter((word) => /^\p{Lu}/u.test(word.text)).length / long.length >= 0.9;
}

const isAcronym = (text: string): boolean => /^\p{Lu}[\p{Lu}\p{N}]{1,7}$/u.test(text);

/** What may be names in a text: pieces of runs, and what an acronym in brackets says to be one name. */
function piecesIn(words: readonly Word[], text: string): Piece[] {
  const long = words.flatMap((word, i): Piece[] => {
    const isBracketed = text[word.start - 1] === '(' && /^[)\s,;]/.test(text.slice(word.end, word.end + 1));
    return isBracketed && /^\p{Lu}[\p{L}]{1,7}$/u.test(word.text) ? longForm(words, i) : [];
  });
  const isInside = (piece: Piece) =>
    long.some(({ words: own }) => piece.words[0]!.start < own.at(-1)!.end && own[0]!.start < piece.words.at(-1)!.end);
  return [
    ...runsIn(words)
      .flatMap(namesOf)
      .filter((piece) => !isInside(piece)),
    ...long,
  ];
}

/** The words before the bracket whose first letters it holds. */
function longForm(words: readonly Word[], at: number): Piece[] {
  for (let from = at - 2; from >= Math.max(0, at - 12); from--) {
    if (from < at - 1 && !words.slice(from + 1, at).every(({ near }) => near)) return [];
    const own = words.slice(from, at);
    if (
      /^\p{Lu}/u.test(own[0]!.text) &&
      standsFor(
        words[at]!.text,
        own.map(({ text }) => text),
      )
    )
      return [{ words: own, titled: false }];
  }
  return [];
}

const behindSpeaker =
  /^,?\s+(?:said|says|told|tells|adds|added|warned|wrote|argued|insisted|explained|noted|claimed|tweeted|denied|resigned|interviews|interviewed|spoke|speaks|announced|published|who|aged|\d\d,)\b|^['’]s?\s/;

/** At the start of a sentence a capital tells nothing: the name without such a word, and whether the rest must be one. */
function opened(piece: Piece, { lower, within }: Said, text: string): { piece: Piece; isSure: boolean } {
  const [first, ...others] = piece.words;
  if (!first?.opens || piece.titled) return { piece, isSure: isNameful(piece.words) };
  const isWord = lower.has(first.text.toLowerCase()) || isOrdinary(first.text);
  if (others.length > 0) {
    const ends = piece.words.at(-1)!.text;
    const isWhole =
      isOrganisationHead(ends) ||
      isPlaceHead(ends) ||
      isGiven(first.text) ||
      isAcronym(first.text) ||
      within.has(first.text);
    const begun = !isWhole && (isWord || (/(?:ing|ed|ly)$/.test(first.text) && isWellKnownPlace(others[0]!.text)));
    if (!begun) return { piece, isSure: isNameful(piece.words) };
    const from = others.findIndex(({ text: each }) => /^\p{Lu}/u.test(each));
    return from < 0
      ? { piece, isSure: false }
      : { piece: { ...piece, words: others.slice(from) }, isSure: isNameful(others.slice(from)) };
  }
  const isSure =
    within.has(first.text) ||
    isAcronym(first.text) ||
    /\p{Ll}\p{Lu}/u.test(first.text) ||
    isWellKnownPlace(first.text) ||
    (!isWord && (isGiven(first.text) || behindSpeaker.test(text.slice(first.end, first.end + 20))));
  return { piece, isSure: isSure && isNameful(piece.words) };
}

/** Not a letter alone, nor a word that only says what something is. */
const isNameful = (words: readonly Word[]): boolean =>
  words.length > 1 || (words[0]!.text.length > 1 && !/^\p{Lu}\.$|^\p{N}/u.test(words[0]!.text));

const isTaken = (span: Span, taken: readonly Span[]): boolean =>
  taken.some(({ start, end }) => span.start < end && start < span.end);

/** Whether a name is one of its own that only holds a known one: "Tehran University". */
function isLonger({ surface, start, end }: Standing, taken: readonly Span[]): boolean {
  const inside = taken.filter((span) => span.start < end && start < span.end);
  if (inside.some((span) => span.start < start || span.end > end)) return false;
  const rest = inside.reduceRight(
    (left, span) => left.slice(0, span.start - start) + left.slice(span.end - start),
    surface,
  );
  return rest.split(/\s+/).some((word) => isOrganisationHead(word) || isPlaceHead(word));
}

function addForm(forms: Map<string, Form>, { words, titled }: Piece, place: Standing, sorts: Sorts): void {
  const key = place.surface.replace(/[\s\u00a0]+/g, ' ');
  const form = forms.get(key) ?? {
    surface: key,
    words: words.map(({ text }) => text),
    places: [],
    sorts: noSort,
    within: 0,
    titled: false,
    opening: 0,
  };
  forms.set(key, form);
  form.places.push(place);
  form.sorts = addSorts(form.sorts, sorts);
  form.titled ||= titled;
  if (words[0]!.opens) form.opening += 1;
  else form.within += 1;
}

/** A form of a name that is sure, of which another is a part or which it is. */
function formLike(forms: ReadonlyMap<string, Form>, surface: string): Form | undefined {
  const same = forms.get(surface);
  if (same || surface.includes(' ')) return same;
  return [...forms.values()].find(
    ({ words }) => words.length > 1 && (words.at(-1) === surface || (words[0] === surface && words.length < 4)),
  );
}

/** What is told of a name; nothing when it is most likely none. */
function viewOf(name: Name, told: Told, inOrder: Order): UnknownName[] {
  const { person, organisation, place } = name.sorts;
  const best = Math.max(person, organisation, place);
  const confidence = certaintyOf(name, told);
  if (confidence < least) return [];
  const guess: Guess | null =
    best < 0.3 ? null : best === person ? 'PERSON' : best === place ? 'PLACE' : 'ORGANISATION';
  const [first, ...more] = name.forms[0]!.places;
  const elsewhere = [...more, ...name.forms.slice(1).flatMap(({ places }) => places)]
    .sort(inOrder)
    .slice(0, most.elsewhere);
  return [{ ...first!, guess, confidence, elsewhere }];
}
