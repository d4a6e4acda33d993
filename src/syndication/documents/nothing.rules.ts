/** The same without what is nothing: `null`, `undefined`, empty texts and lists, and objects that have nothing left. */
export function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return filled(value.map(withoutNothing).filter((item) => item !== undefined));
  if (typeof value !== 'object' || value === null) return value === null || value === '' ? undefined : value;
  const left = Object.entries(value)
    .map(([name, inner]) => [name, withoutNothing(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

const filled = (items: unknown[]): unknown[] | undefined => (items.length === 0 ? undefined : items);
