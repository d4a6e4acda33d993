import { badInput } from '../../kernel/errors.js';
import { cursorsOf, parseCursor } from '../../kernel/page.js';

const list = 'changes';

/** What a partner hands back to go on behind a change; it never expires. */
export const cursorOf = (seq: number): string => cursorsOf(list)([seq]);

/** The place in a feed that a cursor in a field of an input means. */
export function placeIn(field: string, cursor: string): number {
  try {
    return parseCursor<[number]>(list, cursor, ['number'])[0];
  } catch {
    throw badInput('That is not a cursor of `syndication { changes }`.', field);
  }
}
