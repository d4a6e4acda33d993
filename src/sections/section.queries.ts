import { read, type Reading } from '../kernel/context.js';
import { loadAll, untouched } from '../kernel/loader.js';
import { sql } from '../kernel/sql.js';

export interface SectionView {
  __typename: 'Section';
  id: number;
  slug: string;
  name: string;
  description: string;
  parentId: number | null;
}

/** The most sections a paper can have. */
export const maxSections = 1_000;

/** All sections of the paper; there are few, so a request reads them once, in one statement. */
export interface SectionTree {
  all: SectionView[];
  byId: ReadonlyMap<number, SectionView>;
  bySlug: ReadonlyMap<string, SectionView>;
}

export const sectionTree = loadAll(async (reading: Reading): Promise<SectionTree> => {
  const rows = await read<Omit<SectionView, '__typename'>>(
    reading,
    sql`select id, slug, name, description, parentId from section order by position, id limit ${maxSections}`,
  );
  const all = rows.map((row): SectionView => ({ __typename: 'Section', ...row }));
  return {
    all,
    byId: new Map(all.map((section) => [section.id, section])),
    bySlug: new Map(all.map((section) => [section.slug, section])),
  };
}, untouched);
