import { isDemonym } from './words.rules.js';
import {
  isField,
  isGiven,
  isOrganisationHead,
  isOtherBeginning,
  isOtherHead,
  isPlaceBeginning,
  isPlaceHead,
  isQuarter,
  isWellKnownPlace,
} from './name-words.rules.js';
import type { Piece } from './name-runs.rules.js';

/** What speaks for a name being a person's, an organisation's, a place's, or that of something else. */
export interface Sorts {
  person: number;
  organisation: number;
  place: number;
  other: number;
}

export const noSort: Sorts = { person: 0, organisation: 0, place: 0, other: 0 };

export const addSorts = (a: Sorts, b: Sorts): Sorts => ({
  person: a.person + b.person,
  organisation: a.organisation + b.organisation,
  place: a.place + b.place,
  other: a.other + b.other,
});

const speaking =
  /^,?\s+(?:said|says|told|tells|adds|added|warned|wrote|writes|argued|insisted|explained|noted|claimed|tweeted|denied|resigned|asked|asks|thinks|believes|recalled|replied|agreed|smiled|laughed|died|was born|lives|studied|grew up|is a |was a )\b|^\s*\(?,?\s+(?:who|aged|\d\d,)\b|^,?\s+(?:himself|herself)\b|^:\s/;
const called =
  /^,\s+(?:an?|the|our|its|their|his|her|then|former|now)?\s*(?:[\p{L}-]+\s+){0,4}(?:minister|president|director|spokesman|spokeswoman|spokesperson|chief|head|leader|editor|author|professor|founder|chairman|chairwoman|chair|commander|officer|biologist|scientist|analyst|artist|singer|actor|actress|player|coach|lawyer|journalist|reporter|researcher|candidate|ambassador|envoy|manager|executive|engineer|economist|writer|poet|historian|activist|son|daughter|wife|husband|brother|sister|mother|father)\b/u;
const placeBehind =
  /^(?:,\s+(?:\p{Lu}[\p{L}.]+)(?:\s\p{Lu}\p{L}+)?)?\s+(?:province|district|city|region|governorate|border|airport|river|valley|area|town|village|suburb|peninsula|countryside|coast|island|county|dam)\b/u;
const placeBefore: readonly [RegExp, number][] = [
  [
    /\b(?:city|cities|province|provinces|district|town|village|region|governorate|country|capital|area|suburb|port|island|state|county|countries|places)\s+(?:of|like)\s+(?:the\s+)?$/i,
    3,
  ],
  [
    /\b(?:northern|southern|eastern|western|central|north|south|east|west|north-?eastern|north-?western|south-?eastern|south-?western|downtown|rural|outside|near|throughout)\s+$/i,
    2.5,
  ],
  [/\b(?:[Ii]n|[Aa]cross|[Ii]nside|[Aa]round|between|towards?|into)\s+$/, 2],
  [/\b(?:in|across|throughout|around|near)\s+the\s+$/i, 1.2],
  [/\b(?:from|to|at|via|over|leave|left|visit|visited|visiting|enter|entered)\s+$/i, 0.9],
];
const organisationBefore =
  /\b(?:joined?|joining|works?(?:ed|ing)? (?:for|at|with)|member of|members of|spokesman for|spokeswoman for|employed by|published (?:in|by)|owned by|founded|co-founded|run by|according to|defeat|counter|degrade)\s+(?:the\s+)?$/i;
const organisationBehind =
  /^\s+(?:fighters|militants|officials|leaders|leadership|spokesman|spokeswoman|members|troops|forces|positions|targets|website|employees|staff|headquarters|operatives|terrorists|commanders)\b|^[-‑](?:held|controlled|led|backed|affiliated|owned|linked)\b/;
const placeEnding = /(?:stan|land|lands|ville|burg|burgh|grad|abad|shire|town|ton|borough|polis|heim|dorf|berg)$/i;

/** What a name and the words around it tell; `text` is that of the block. */
export function sortsOf({ words, titled }: Piece, text: string): Sorts {
  const [first, last] = [words[0]!, words.at(-1)!];
  const surface = text.slice(first.start, last.end);
  const before = text.slice(Math.max(0, first.start - 60), first.start);
  const behind = text.slice(last.end, last.end + 80);
  const count = words.length;
  const capitals = words.filter(({ text: each }) => /^\p{Lu}/u.test(each));
  const sorts = { ...noSort };
  const hasHead = words.some(({ text: each }) => isOrganisationHead(each));
  const hasPlaceHead = isPlaceHead(last.text) && !(count > 1 && words.at(-2)!.text === 'of');
  const isThe = /\bthe\s+(?:\p{Ll}[\p{L}-]*\s+)?$/iu.test(before);

  if (titled) sorts.person += 4;
  if (speaking.test(behind)) sorts.person += count === 1 ? 1.6 : 1.4;
  if (called.test(behind)) sorts.person += 2.5;
  if (isGiven(first.text)) sorts.person += count > 1 ? 3 : 2;
  if (count > 1 && words.some(({ text: each }, i) => /^\p{Lu}\.$/u.test(each) && i < count - 1)) sorts.person += 2.5;
  if (
    words.some(({ text: each }) => /^(?:bin|ibn|von|van|de|al|el)$|^al[-‑]|^Al[-‑]|^Mc\p{Lu}|^O['’]\p{Lu}/u.test(each))
  )
    sorts.person += 0.8;
  if (count >= 2 && count <= 3 && !hasHead && !hasPlaceHead && capitals.length === count && /^[^\d&]+$/.test(surface))
    sorts.person += 1.2;
  if (/\b(?:by|with|named|called)\s+$/.test(before)) sorts.person += 0.5;
  if (isThe) sorts.person -= isGiven(first.text) ? 0.8 : 2.5;
  if (/^\s+(?:regime|presidency|campaign|family|era)\b/.test(behind)) sorts.person += 1.2;

  if (isOrganisationHead(last.text) && count > 1) sorts.organisation += 4;
  else if (hasHead && count > 1) sorts.organisation += 2.5;
  else if (hasHead) sorts.organisation += 1;
  if (/^\p{Lu}[\p{Lu}\p{N}&]{1,6}$/u.test(surface)) sorts.organisation += 2.2;
  if (isThe) sorts.organisation += 1.2;
  if (/&/.test(surface)) sorts.organisation += 2;
  if (words.some(({ text: each }) => each === 'of' || each === 'for')) sorts.organisation += 0.8;
  if (/^\p{L}\p{Ll}+\p{Lu}\p{Ll}/u.test(surface) && count === 1 && !/^(?:Mc|Mac|De|La|O['’])/.test(surface))
    sorts.organisation += 1.2;
  sorts.organisation += 0.8 * words.filter(({ text: each }, i) => isField(each) && i > 0).length;
  if (count > 1 && isDemonym(first.text)) sorts.organisation += 1;
  if (organisationBefore.test(before)) sorts.organisation += 1;
  if (organisationBehind.test(behind)) sorts.organisation += 1;
  if (count > 3) sorts.organisation += 0.6;

  const isAmbiguous = isGiven(first.text);
  if (isWellKnownPlace(surface)) sorts.place += isAmbiguous && count === 1 ? 2.5 : 5;
  if (hasPlaceHead) sorts.place += count === 1 ? 0.3 : isAmbiguous ? 1 : 3.5;
  else if (count > 1 && words[1]!.text === 'of' && isPlaceHead(first.text)) sorts.place += 3;
  if (count > 1 && (isPlaceBeginning(first.text) || isQuarter(first.text)) && !hasHead) sorts.place += 2.2;
  if (count > 1 && isQuarter(first.text) && isWellKnownPlace(words[1]!.text) && count === 2) sorts.place += 3;
  if (count <= 3 && !hasHead) {
    sorts.place += placeBefore.find(([pattern]) => pattern.test(before))?.[1] ?? 0;
    if (placeBehind.test(behind)) sorts.place += 2.5;
    const [, next] = /^,\s+(\p{Lu}[\p{L}.]+(?:\s\p{Lu}\p{L}+)?)/u.exec(behind) ?? [];
    if (next !== undefined && (isWellKnownPlace(next) || isWellKnownPlace(next.split(' ')[0]!))) sorts.place += 3;
    const beside =
      /^\s+and\s+(?:in\s+)?(?:the\s+)?(\p{Lu}[\p{L}.]+)/u.exec(behind)?.[1] ??
      /(\p{Lu}[\p{L}.]+)(?:,|\s+and)\s+(?:in\s+)?(?:the\s+)?$/u.exec(before)?.[1];
    if (beside !== undefined && isWellKnownPlace(beside)) sorts.place += 1.2;
    if (/^[-‑]based\b/.test(behind)) sorts.place += 1.5;
    if (count === 1 && placeEnding.test(surface)) sorts.place += 0.8;
  }

  if (/^\p{Lu}{2,}s$/u.test(surface)) sorts.other += 3;
  if (
    isOtherHead(last.text) ||
    (count > 2 && words.some(({ text: each }, i) => isOtherHead(each) && words[i + 1]?.text === 'of'))
  )
    sorts.other += 3.5;
  if (count > 1 && isOtherBeginning(first.text)) sorts.other += 4;
  if (
    /^\p{Lu}{1,4}[-‑]?\p{N}+\p{L}*$/u.test(surface) ||
    words.some(({ text: each }) => /^\p{Lu}{1,3}[-‑]\p{N}/u.test(each))
  )
    sorts.other += 5;
  if (/["“‘']$/.test(before) && /^,?["”’']/.test(behind)) sorts.other += 2;
  return sorts;
}
