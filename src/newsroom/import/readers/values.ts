/** Reading values of any shape out of data that others wrote. */

export type Json = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** A text, or a number as text; nothing when it is neither or has no words. */
export function textIn(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** The first of some fields that has a text. */
export const firstText = (object: Json, ...names: string[]): string | undefined =>
  names.map((name) => textIn(object[name])).find((text) => text !== undefined);

/** Names out of texts, or out of objects that have one. */
export const namesIn = (value: unknown, ...fields: string[]): string[] =>
  listOf(value).flatMap((each) => (isObject(each) ? firstText(each, ...fields) : textIn(each)) ?? []);

/** What is in a value that may be a text or an object with an address. */
export const addressIn = (value: unknown, ...fields: string[]): string | undefined =>
  isObject(value) ? firstText(value, ...fields) : textIn(value);
