import { blockText, type Block } from './body.rules.js';
import type { ArticleKind, CreditRole, RelationKind } from './edition.rows.js';

/** A text with all that belongs to it, in words that an editor can read. */
export interface ComparedText {
  title: string;
  standfirst: string;
  kind: ArticleKind;
  language: string;
  section: string;
  blocks: readonly Block[];
  leadPicture: { picture: string; caption: string | null } | null;
  seo: { title: string | null; description: string | null };
  passingOn: { allowed: 'yes' | 'no'; usageTerms: string | null };
  credits: readonly { role: CreditRole; text: string; entity: string | null }[];
  related: readonly {
    article: string;
    kind: RelationKind;
    kicker: string | null;
    title: string | null;
    reason: string | null;
  }[];
  mentions: readonly { entity: string; surface: string; blockKey: string; start: number; end: number }[];
}

export interface Change {
  path: string;
  before: string | null;
  after: string | null;
}

/** What differs between two texts. */
export function changesBetween(before: ComparedText, after: ComparedText): Change[] {
  const [old, young] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...young.keys()])]
    .filter((path) => old.get(path) !== young.get(path))
    .map((path) => ({ path, before: old.get(path) ?? null, after: young.get(path) ?? null }));
}

function flat({
  blocks,
  leadPicture,
  seo,
  passingOn,
  credits,
  related,
  mentions,
  ...words
}: ComparedText): Map<string, string> {
  return new Map([
    ...(['title', 'standfirst', 'kind', 'language', 'section'] as const).map((name) => [name, words[name]] as const),
    ...blocks.map((block) => [`body.${block.key}`, blockText(block)] as const),
    ...[leadPicture].flatMap((lead) =>
      lead ? [['leadPicture', `${lead.picture} ${lead.caption ?? ''}`] as const] : [],
    ),
    ...(['title', 'description'] as const).map((name) => [`seo.${name}`, seo[name] ?? ''] as const),
    ...(['allowed', 'usageTerms'] as const).map((name) => [`passingOn.${name}`, passingOn[name] ?? ''] as const),
    ...credits.map(({ role, text, entity }, i) => [`credits.${i}`, `${role} ${text} ${entity ?? ''}`] as const),
    ...related.map(({ article, ...edge }) => [`related.${article}`, Object.values(edge).join(' ')] as const),
    ...mentions.map(({ entity, blockKey, start }) => [`mentions.${blockKey}.${start}`, entity] as const),
  ]);
}
