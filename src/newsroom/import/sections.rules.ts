import { slugOf } from '../../kernel/slug.js';

/** Which section each category of another system belongs to: by its name as it is there, to the slug of a section. */
export type SectionMap = Readonly<Record<string, string>>;

export interface Section {
  id: number;
  slug: string;
  name: string;
}

/** The most categories without a section that are told of by name. */
const mostTold = 1_000;

const folded = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/** Finds the sections of stories by their categories, and remembers which categories have none. */
export class SectionFinder {
  /** How many stories stand in the default section for want of one for these categories. */
  readonly unknown = new Map<string, number>();
  readonly slugs: ReadonlySet<string>;
  private readonly byName = new Map<string, Section>();

  constructor(
    sections: readonly Section[],
    map: SectionMap,
    private readonly fallback: Section,
  ) {
    for (const section of [...sections].reverse()) {
      this.byName.set(folded(section.slug), section);
      this.byName.set(folded(section.name), section);
    }
    const bySlug = new Map(sections.map((section) => [section.slug, section]));
    this.slugs = new Set(bySlug.keys());
    for (const [category, slug] of Object.entries(map)) {
      const section = bySlug.get(slug);
      if (section) this.byName.set(folded(category), section);
    }
  }

  /** The section of the first category that has one, else the default. */
  of(categories: readonly string[]): Section {
    for (const category of categories) {
      const found = this.byName.get(folded(category)) ?? this.byName.get(slugOf(category));
      if (found) return found;
    }
    for (const category of new Set(categories.slice(0, 1))) {
      if (this.unknown.has(category) || this.unknown.size < mostTold) {
        this.unknown.set(category, (this.unknown.get(category) ?? 0) + 1);
      }
    }
    return this.fallback;
  }
}
