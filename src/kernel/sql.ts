/** A piece of SQL with its values, safe to nest in another. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export type SqlValue = string | number | bigint | boolean | null | Buffer;
type Part = Sql | SqlValue | readonly SqlValue[];

/**
 * Builds SQL from a template: pieces of SQL are spliced in, all else is a bound value. A list becomes `(?, ?, …)` for
 * `in`: its last value is said again until there are 1, 2, 4, 8… so that a database sees few different texts.
 */
export function sql(strings: TemplateStringsArray, ...parts: Part[]): Sql {
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  parts.forEach((part, i) => {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else if (Array.isArray(part)) {
      const list = (part as SqlValue[]).map(bindable);
      const places = list.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(list.length));
      text += places === 0 ? '(null)' : `(${'?, '.repeat(places - 1)}?)`;
      for (let place = 0; place < places; place++) values.push(list[Math.min(place, list.length - 1)]!);
    } else {
      text += '?';
      values.push(bindable(part as SqlValue));
    }
    text += strings[i + 1] ?? '';
  });
  return { text, values };
}

/** SQL taken as it is written: never from input. */
export const raw = (text: string): Sql => ({ text, values: [] });

export const nothing = raw('');

/** Conditions that must all hold; none at all is always true. */
export const all = (conditions: readonly Sql[]): Sql => join(conditions, ' and ', '1 = 1');

export function join(pieces: readonly Sql[], separator: string, empty = ''): Sql {
  if (pieces.length === 0) return raw(empty);
  return {
    text: pieces.map((piece) => piece.text).join(separator),
    values: pieces.flatMap((piece) => piece.values),
  };
}

const isSql = (part: Part): part is Sql => typeof part === 'object' && part !== null && 'text' in part;

const bindable = (value: SqlValue): SqlValue => (typeof value === 'boolean' ? Number(value) : value);
