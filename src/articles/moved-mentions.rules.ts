import { blockText, withInner, type Block } from './body.rules.js';
import type { FoundMention } from './naming.rules.js';

interface Text {
  title: string;
  standfirst: string;
  blocks: readonly Block[];
}

/** The mentions that a changed text still makes, each at its place in it, and those that it does not make any more. */
export function movedMentions(
  next: Text,
  mentions: readonly FoundMention[],
): { mentions: FoundMention[]; dropped: FoundMention[] } {
  const texts = new Map<string, string>([
    ['title', next.title],
    ['standfirst', next.standfirst],
    ...withInner(next.blocks).map((block) => [block.key, blockText(block)] as const),
  ]);
  const kept: FoundMention[] = [];
  const dropped: FoundMention[] = [];
  const taken = new Map<string, { start: number; end: number }[]>();
  for (const mention of mentions) {
    const spans = taken.get(mention.blockKey) ?? [];
    taken.set(mention.blockKey, spans);
    const start = nearest(texts.get(mention.blockKey) ?? '', mention, spans);
    if (start === undefined) dropped.push(mention);
    else {
      const moved = { ...mention, start, end: start + mention.surface.length };
      spans.push(moved);
      kept.push(moved);
    }
  }
  const order = [...texts.keys()];
  const place = ({ blockKey }: FoundMention) => order.indexOf(blockKey);
  kept.sort((a, b) => place(a) - place(b) || a.start - b.start);
  return { mentions: kept, dropped };
}

/** Where a name stands as words of their own, as near as can be to where it stood. */
function nearest(
  text: string,
  { surface, start }: FoundMention,
  taken: readonly { start: number; end: number }[],
): number | undefined {
  let best: number | undefined;
  for (let at = text.indexOf(surface); at >= 0; at = text.indexOf(surface, at + 1)) {
    const end = at + surface.length;
    const overlaps = taken.some((span) => at < span.end && span.start < end);
    if (overlaps || isLetter(text, at - 1) || isLetter(text, end)) continue;
    if (best === undefined || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best;
}

const isLetter = (text: string, at: number): boolean => /[\p{L}\p{N}]/u.test(text.charAt(at));
