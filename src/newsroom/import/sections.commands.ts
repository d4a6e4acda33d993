import { read, type Context } from '../../kernel/context.js';
import { OperatorError } from '../../kernel/errors.js';
import { sql } from '../../kernel/sql.js';
import { slugOf } from '../../kernel/slug.js';
import { saveSection } from '../../sections/section.commands.js';
import type { ImportManyOptions } from './import-many.commands.js';
import { SectionFinder, type Section } from './sections.rules.js';

/** Finds the sections of an import by category; those that its map names and the default one are made when they are not there. */
export async function sectionsFor(
  ctx: Context,
  { section, sections: map = {}, dryRun }: Pick<ImportManyOptions, 'section' | 'sections' | 'dryRun'>,
): Promise<{ finder: SectionFinder; made: readonly string[] }> {
  const there = await read<Section>(ctx, sql`select id, slug, name from section order by position, id`);
  const made: string[] = [];
  const orMade = async (slug: string, name: string): Promise<Section> => {
    const found = there.find((each) => each.slug === slug);
    if (found) return found;
    if (slugOf(slug, 80) !== slug)
      throw new OperatorError(`"${slug}" is no slug for a section: write it in lower case, with hyphens.`);
    made.push(slug);
    const id = dryRun ? -made.length : await saveSection(ctx, { slug, name, description: '', position: 9_999 });
    there.push({ id, slug, name });
    return there.at(-1)!;
  };
  for (const [category, slug] of Object.entries(map)) await orMade(slug, category.slice(0, 120));
  const fallback = await orMade(section ?? 'unsorted', section ?? 'Unsorted');
  return { finder: new SectionFinder(there, map, fallback), made };
}
