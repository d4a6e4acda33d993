import type { EntityKind } from '../../../entities/entity.rows.js';
import { unitsOf } from '../../../text/units.rules.js';
import type { TextBlock } from '../mention.rules.js';
import { isOrdinary, isTitle } from '../words.rules.js';

/** A mention as people marked it in a text: by UTF-16 offsets in the body of the story. */
export interface GoldMention {
  start: number;
  end: number;
  text: string;
  /** The sort in the file's own words; empty where it has none. */
  type: string;
  /** What we would call it; nothing where it is of another sort. */
  kind: EntityKind | undefined;
  /** What it means: the title of a page of Wikipedia, or an id of Wikidata. */
  kb: string | undefined;
  /** Which mentions mean the same. */
  chain: string | undefined;
}

/** A block of a story, and where it begins in the body; the headline and the standfirst stand outside. */
export interface GoldBlock extends TextBlock {
  from: number | undefined;
}

export interface GoldStory {
  id: string;
  blocks: GoldBlock[];
  mentions: GoldMention[];
}

/** Why a line is no gold story: the message says what to mend. */
export class NotGold extends Error {
  override name = 'NotGold';
}

const most = { body: 1_000_000, mentions: 50_000 };

const kinds: readonly [EntityKind, RegExp][] = [
  ['Person', /^(?:b-|i-)?(?:per|pers|person|people)$/i],
  ['Organisation', /^(?:b-|i-)?(?:org|organi[sz]ation|company|corporation|agency|group)$/i],
  ['Place', /^(?:b-|i-)?(?:loc|location|place|gpe|geo|fac|facility|city|country|region)$/i],
];

/** A story of a gold file: `{id?, title?, summary?, body, entities: [{start, end, text?, type?, kb?, chain?}]}`. */
export function goldIn(row: unknown, number: number): GoldStory {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new NotGold('it is not an object.');
  const { id, title, summary, standfirst, body, entities } = row as Record<string, unknown>;
  if (typeof body !== 'string' || body === '') throw new NotGold('it has no text in `body`.');
  if (body.length > most.body) throw new NotGold('its `body` has more than a million characters.');
  if (!Array.isArray(entities)) throw new NotGold('it has no list of mentions in `entities`.');
  if (entities.length > most.mentions) throw new NotGold(`it has more than ${most.mentions} mentions.`);
  const unitOf = unitsOf(body);
  const mentions = entities.map((each, i) => mentionIn(each, `mention ${i + 1}`, body, unitOf));
  const head = [
    { key: 'title', text: textOf(title), from: undefined },
    { key: 'standfirst', text: textOf(standfirst ?? summary), from: undefined },
  ];
  return { id: textOf(id) || `line ${number}`, blocks: [...head, ...blocksOf(body)], mentions };
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

function mentionIn(value: unknown, what: string, body: string, unitOf: (point: number) => number): GoldMention {
  const { start, end, text, type, kb, chain } = (value ?? {}) as Record<string, unknown>;
  if (!Number.isInteger(start) || !Number.isInteger(end))
    throw new NotGold(`${what} has no whole \`start\` and \`end\`.`);
  const [first, last] = [start as number, end as number];
  const [from, to] = [unitOf(first), unitOf(last)];
  const there = body.slice(from, to);
  if (!(0 <= first && from < to && to <= body.length))
    throw new NotGold(`${what} stands from ${first} to ${last}, and the body has ${body.length} characters.`);
  if (typeof text === 'string' && text !== there)
    throw new NotGold(`${what} says "${text.slice(0, 60)}" where the body has "${there.slice(0, 60)}".`);
  const sort = textOf(type);
  const kind = kinds.find(([, pattern]) => pattern.test(sort))?.[0];
  return {
    start: from,
    end: to,
    text: there,
    type: sort,
    kind,
    kb: textOf(kb) || undefined,
    chain: textOf(chain) || undefined,
  };
}

/** The paragraphs of a body, as an import would make them. */
const blocksOf = (body: string): GoldBlock[] =>
  [...body.matchAll(/[^\n]+/g)].map((line, i) => ({ key: `b${i + 1}`, text: line[0], from: line.index }));

/** What a reading of a gold file asks for: where the names stand, what they are, and what else they mean. */
export interface Asked extends GoldMention {
  kind: EntityKind | undefined;
}

const hasCapital = /\p{Lu}|(?!\p{Ll})\p{Lo}/u;
const isOurs = ({ type, kind, text }: GoldMention): boolean =>
  (kind !== undefined || type === '') && hasCapital.test(text);

/** Every mention of a person, an organisation or a place with a capital in it, as it is marked: pronouns, whole phrases, names in names. */
export const asMarked = (mentions: readonly GoldMention[]): Asked[] => mentions.filter(isOurs);

const pronoun =
  /^(?:I|me|my|mine|we|us|our|ours|you|your|yours|he|him|his|she|her|hers|it|its|they|them|their|theirs|who|whom|whose)(?:['’]\p{L}+)?$/iu;
export const isPronoun = (text: string): boolean => text !== 'US' && pronoun.test(text);
const small =
  /^(?:of|the|and|for|in|on|at|de|del|della|di|da|do|dos|du|des|la|le|las|los|el|al|bin|ibn|von|van|der|den|und|y|e|to|&|[–-])$/iu;

/** The names alone: no pronouns, no phrases and titles that only speak of somebody; articles and titles before and a genitive behind are no part of a name. */
export function namesAlone(mentions: readonly GoldMention[]): Asked[] {
  return mentions.filter(isOurs).flatMap((mention): Asked[] => {
    const bare = bareName(mention);
    const words = bare.text.split(/\s+/);
    if (isPronoun(mention.text) || (mention.text === 'US' && mention.kind === 'Person')) return [];
    if (!words.every((word) => hasCapital.test(word) || small.test(word) || /^\p{N}/u.test(word))) return [];
    if (!words.some((word) => hasCapital.test(word) && !isOrdinary(word) && !isTitle(word))) return [];
    return [bare];
  });
}

/** A mention without the article and the titles before it and the genitive behind it. */
export function bareName<Span extends { start: number; text: string; end: number }>(mention: Span): Span {
  let before = /^(?:the|a|an)\s+(?=\S)/iu.exec(mention.text)?.[0].length ?? 0;
  for (;;) {
    const [title, word] = /^(\p{L}[\p{L}.-]*)\s+(?=\p{Lu})/u.exec(mention.text.slice(before)) ?? [];
    if (title === undefined || !isTitle(word!)) break;
    before += title.length;
  }
  const behind = /['’]s?$/u.exec(mention.text)?.[0].length ?? 0;
  if (before + behind >= mention.text.length) return mention;
  return {
    ...mention,
    start: mention.start + before,
    end: mention.end - behind,
    text: mention.text.slice(before, mention.text.length - behind),
  };
}

/** What a reader without any knowledge would take for names: runs of words with capitals, and small words between them. */
export function capitalisedRuns(text: string): { start: number; end: number; text: string }[] {
  const run = /\b[A-Z]\w+(?: (?:(?:of|the|and|for|de|al|bin|von|van) )*[A-Z]\w+)*/g;
  return [...text.matchAll(run)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    text: found[0],
  }));
}
