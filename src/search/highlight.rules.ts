import { blockText, withInner, type Block } from '../articles/body.rules.js';
import { analyse, type Term } from '../text/analyse.rules.js';

/** A stretch of a snippet, in UTF-16 units, its end excluded. */
export interface Range {
  start: number;
  end: number;
}

export interface Snippet {
  /** Plain text as the story has it; `…` where it was cut. */
  text: string;
  ranges: Range[];
}

/** How long a snippet is, in characters, and how many paragraphs are looked through for the best one. */
const longest = 240;
const before = 60;
const mostParagraphs = 200;

/** What was sought, made ready to be looked for in many texts. */
export interface Sought {
  /** Tells cheaply how many of the words a paragraph has at most. */
  mostIn: (text: string) => number;
  /** Which of the words a form stands for. */
  whichOf: ReadonlyMap<string, readonly number[]>;
}

/** What is sought by some words, each any of its terms. */
export function soughtBy(words: readonly (readonly string[])[]): Sought {
  const whichOf = new Map<string, number[]>();
  for (const [i, any] of words.entries()) for (const form of any) whichOf.set(form, [...(whichOf.get(form) ?? []), i]);
  return { mostIn: mostWords(words), whichOf };
}

interface Story {
  title: string;
  standfirst: string;
  blocks: readonly Block[];
  language: string;
}

/** The place of a text that says most of what was sought; its beginning where it says none of it. */
export function snippetOf({ title, standfirst, blocks, language }: Story, sought: Sought): Snippet {
  const paragraphs = [
    standfirst,
    ...withInner(blocks)
      .slice(0, mostParagraphs)
      .flatMap((block) => blockText(block).split('\n')),
  ].filter((text) => text.trim() !== '');
  const likely = paragraphs
    .map((text, i) => ({ text, i, most: sought.mostIn(text) }))
    .filter(({ most }) => most > 0)
    .sort((a, b) => b.most - a.most || a.i - b.i);
  let best: { text: string; i: number; found: Met[]; says: number } | undefined;
  for (const { text, i, most } of likely) {
    if (best && most < best.says) break; // to take a text apart costs far more than to look whether it may say as much
    if (best && most === best.says && i > best.i) continue;
    const found = met(text, language, sought);
    const says = new Set(found.flatMap(({ words }) => words)).size;
    if (says > (best?.says ?? 0) || (best && says === best.says && i < best.i)) best = { text, i, found, says };
  }
  return best ? cut(best.text, merged(best.found)) : cut(paragraphs[0] ?? title, []);
}

/**
 * How many of some words a paragraph has at most: in a text of ASCII whatever is found begins, maybe parted
 * by a point or a hyphen, with a form of it but for the last letter, which an ending may change.
 */
function mostWords(words: readonly (readonly string[])[]): (text: string) => number {
  const each = words.flatMap((word) => {
    const forms = word.map((form) => form.replace('.', ''));
    const beginnings = forms.map((form) => form.slice(0, Math.max(2, Math.min(6, form.length - 1))));
    const heads = [...new Set(beginnings.filter((head) => /^[a-z0-9]+$/.test(head)))];
    if (heads.length === 0) return [];
    return [new RegExp(`\\b(?:${heads.map((head) => [...head].join('\\W?')).join('|')})`, 'i')];
  });
  return (text) =>
    /^[\x00-\x7f\u00a0\u2010-\u203f]*$/.test(text) ? each.filter((begins) => begins.test(text)).length : words.length;
}

/** The words of a headline that were sought. */
export const rangesIn = (text: string, language: string, sought: Sought): Range[] =>
  merged(met(text, language, sought));

/** A term of a text that was sought, and as which of the words. */
type Met = Pick<Term, 'start' | 'end'> & { words: number[] };

function met(text: string, language: string, { whichOf }: Sought): Met[] {
  return analyse(text, language).flatMap(({ term, word, others, start, end }) => {
    const which = new Set([term, word, ...others].flatMap((form) => whichOf.get(form) ?? []));
    return which.size === 0 ? [] : [{ start, end, words: [...which] }];
  });
}

function merged(terms: readonly Range[]): Range[] {
  const ranges: Range[] = [];
  for (const { start, end } of terms) {
    const last = ranges.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

/** A window around the first ranges, cut at spaces, and never in the middle of a character. */
function cut(text: string, ranges: readonly Range[]): Snippet {
  if (text.length <= longest) return { text, ranges: [...ranges] };
  const first = ranges[0]?.start ?? 0;
  const from = first <= before ? 0 : (spaceFrom(text, first - before, first) ?? whole(text, first - before));
  const to =
    from + longest >= text.length ? text.length : whole(text, lastSpace(text, from + longest - 20, from + longest));
  const head = from === 0 ? '' : '…';
  const tail = to === text.length ? '' : '…';
  return {
    text: head + text.slice(from, to) + tail,
    ranges: ranges
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start - from + head.length, end: end - from + head.length })),
  };
}

function spaceFrom(text: string, from: number, until: number): number | undefined {
  const at = text.slice(from, until).search(/\s/);
  return at < 0 ? undefined : from + at + 1;
}

function lastSpace(text: string, from: number, until: number): number {
  const at = /\s\S*$/.exec(text.slice(from, until));
  return at ? from + at.index : until;
}

const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);
