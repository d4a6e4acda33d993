import type { ArticleKind, RelationKind } from '../../articles/edition.rows.js';
import { sameText, type Likeness } from './nearness.rules.js';

type Judged = Pick<Likeness, 'days' | 'named' | 'names' | 'same' | 'titled' | 'isNamedOtherwise' | 'worded'>;

/**
 * Whether a story is of another event of the same kind: another earthquake, another election. The words are alike and
 * the names are not: of what looks like a name next to nothing is in both, nor is anything rare that both name.
 */
export const isOtherEvent = ({ names, named, same, titled, isNamedOtherwise }: Judged): boolean =>
  names !== null && names < 0.06 && named < 0.15 && (titled < 0.6 || isNamedOtherwise) && same < sameText;

/** What a story of a kind is to the one it would stand beside. */
export function kindOf(like: Judged, kind: ArticleKind): RelationKind {
  const { days, named, names, same, worded } = like;
  if (same >= sameText) return 'SAME_EVENT';
  const apart = Math.abs(days);
  const isAboutThem = named >= 0.4 || (names ?? 0) >= 0.35;
  if (apart <= 3 && worded >= 0.2 && isAboutThem) return 'SAME_EVENT';
  if (kind === 'EXPLAINER' || kind === 'ANALYSIS') return 'BACKGROUND';
  if (!isAboutThem) return 'RELATED';
  return apart <= 30 ? 'FOLLOW_UP' : days < 0 ? 'BACKGROUND' : 'RELATED';
}
