import { linesOf, safeUrl, textOf, type Dom } from './page.dom.js';
import { isFurniture, isRelatedHeading } from './page.furniture.js';
import { countWords, LIMITS } from './page.limits.js';
import type { ImportedTeaser } from './page.types.js';

/** Boxes beside the story, by their names. */
export const NAMED_BOX =
  '[class*="related" i], [id*="related" i], [class*="recirc" i], [class*="recommended" i], aside, nav, footer';
const HEADINGS = 'h2, h3, h4, h5, h6';

/** Related stories: the headlines in boxes that are named so or stand under a heading that says so. */
export function relatedStories(body: Dom, pageLength: number, base?: string): ImportedTeaser[] {
  const stories: ImportedTeaser[] = [];
  const read = new Set<Dom>();
  for (const box of body.querySelectorAll(`${NAMED_BOX}, section`)) {
    if (isInside(box, read) || /^(?:html|body|main|article|nav|footer)$/.test(box.localName)) continue;
    const isNamed = /related|recirc|recommended/i.test(`${box.getAttribute('class')} ${box.getAttribute('id')}`);
    if (!isNamed && !isRelatedHeading(linesOf(box)[0]?.text ?? '')) continue;
    if (box.querySelector('h1') || textOf(box).length * 2 > pageLength) continue;
    read.add(box);
    const titles = [...box.querySelectorAll(`${HEADINGS}, a[href]`)].filter(isTitle);
    if (titles.length > 2 * LIMITS.related) continue;
    for (const title of titles) {
      const story = teaserOf(title, box, titles, base);
      if (story.title.length <= LIMITS.title && !stories.some((known) => known.title === story.title))
        stories.push(story);
    }
  }
  return stories;
}

function isInside(node: Dom, others: ReadonlySet<Dom>): boolean {
  for (let at: Dom | null = node; at; at = at.parentNode) if (others.has(at)) return true;
  return false;
}

function isTitle(node: Dom): boolean {
  const text = textOf(node);
  return countWords(text) >= 3 && !isRelatedHeading(text) && !isFurniture(text) && !node.querySelector(HEADINGS);
}

/** A related story, with what stands around its headline and belongs to no other. */
function teaserOf(title: Dom, box: Dom, titles: readonly Dom[], base?: string): ImportedTeaser {
  const text = textOf(title);
  const others = titles.filter((other) => textOf(other) !== text);
  let card = title;
  const holdsOthers = (node: Dom) => others.some((other) => isInside(other, new Set([node])));
  while (card !== box && card.parentNode && !holdsOthers(card.parentNode)) card = card.parentNode;
  const lines = linesOf(card).map((line) => line.text);
  const at = lines.indexOf(text);
  const above = lines.slice(0, Math.max(0, at)).filter((line) => !isRelatedHeading(line) && !isFurniture(line));
  const kicker = above.at(-1);
  const teaser = at < 0 ? undefined : lines.slice(at + 1).find((line) => countWords(line) >= 5 && !isFurniture(line));
  const url = safeUrl((title.closest('a[href]') ?? card.querySelector('a[href]'))?.getAttribute('href'), base);
  return {
    ...(kicker && countWords(kicker) <= 6 ? { kicker } : {}),
    title: text,
    ...(teaser && teaser.length <= LIMITS.standfirst ? { teaser } : {}),
    ...(url && url.length <= LIMITS.url ? { url } : {}),
  };
}
