import { sameText, type Likeness } from './nearness.rules.js';

const day = 86_400_000;

interface Told {
  nameOf: (entityId: number) => string;
  /** The headline of a story that it stands beside, which is near as well. */
  besideTitle: string | undefined;
  /** When it was published, and the text that it is suggested for. */
  at: number;
  than: number;
}

/** Why a story is suggested, in words: "Both name Ali Bagheri and IAEA, in much the same words; published 2 days earlier." */
export function reasonFor(
  like: Pick<Likeness, 'shared' | 'worded' | 'same' | 'titled'>,
  { nameOf, besideTitle, at, than }: Told,
): string {
  const { shared, worded, same, titled } = like;
  const parts: string[] = [];
  if (same >= sameText) parts.push(`${Math.round(same * 100)} % of the shorter text is in the other word for word`);
  if (shared.length > 0) parts.push(`both name ${listed(shared.map(nameOf))}`);
  else if (titled >= 0.7) parts.push('what its headline speaks of is in this text');
  if (worded >= 0.35 && same < sameText)
    parts.push(shared.length > 0 ? 'in much the same words' : 'both use much the same words');
  if (besideTitle !== undefined) parts.push(`it stands beside “${besideTitle}”`);
  if (parts.length === 0) parts.push('both use some of the same rare words');
  const said = parts.join(', ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}; published ${apart(at, than)}.`;
}

/** "A", "A and B", "A, B and C", "A, B, C and 4 more". */
export function listed(names: readonly string[]): string {
  const some = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return some.length < 2 ? (some[0] ?? '') : `${some.slice(0, -1).join(', ')} and ${some.at(-1)}`;
}

/** How far a day is from another: "the same day", "2 days earlier", "3 months later". */
export function apart(at: number, than: number): string {
  const days = Math.floor(at / day) - Math.floor(than / day);
  const many = Math.abs(days);
  const [count, unit] =
    many < 14
      ? [many, 'day']
      : many < 60
        ? [Math.round(many / 7), 'week']
        : many < 730
          ? [Math.round(many / 30.4), 'month']
          : [Math.round(many / 365.25), 'year'];
  if (count === 0) return 'the same day';
  return `${count} ${unit}${count === 1 ? '' : 's'} ${days < 0 ? 'earlier' : 'later'}`;
}
