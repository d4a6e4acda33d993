/** A piece of SQL with its values, safe to nest in another. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export type SqlValue = string | number | bigint | boolean | null | Buffer;
type Part = Sql | SqlValue | readonly SqlValue[];

/** Builds SQL from a template: pieces of SQL are spliced in, a list becomes `(?, ?, …)`, all else is a bound value. */
export function sql(strings: TemplateStringsArray, ...parts: Part[]): Sql {
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  parts.forEach((part, i) => {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else if (Array.isArray(part)) {
      text += part.length === 0 ? '(null)' : `(${part.map(() => '?').join(', ')})`;
      values.push(...(part as SqlValue[]).map(bindable));
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
