import { parseHTML } from 'linkedom';
import { textOf, type Dom } from './page.dom.js';
import { cleanText } from './page.limits.js';

// linkedom's own types need the browser's library
const parse = parseHTML as unknown as (html: string) => { document: Dom };

/** The words of a text that may have markup or named characters in it, on one line. */
export function plainText(text: string | undefined): string {
  if (text === undefined) return '';
  if (!/[&<]/.test(text)) return cleanText(text);
  const safe = text.slice(0, 100_000).replace(/<(?![a-z/!])/gi, '&lt;');
  const spaced = safe.replace(/<(?:\/p|\/div|\/li|br)\b[^>]*>/gi, ' $&');
  return textOf(
    parse(`<!doctype html><html><head></head><body>${spaced}</body></html>`).document.querySelector('body'),
  );
}
