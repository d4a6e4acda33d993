/** From offsets in code points to offsets in UTF-16 units; the same where there are no pairs. */
export function unitsOf(text: string): (point: number) => number {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return (point) => point;
  const units: number[] = [];
  let at = 0;
  for (const character of text) {
    units.push(at);
    at += character.length;
  }
  return (point) => (point >= units.length ? at + point - units.length : (units[point] ?? -1));
}
