import { lineage } from '../../src/sections/section.rules.js';
import { placementsFor } from '../../src/site/placement.rules.js';
import { rendition } from './baseline.pictures.js';
import { siteUrl } from './baseline.settings.js';
import type { Execute } from './baseline.rows.js';

interface Label {
  slug: string;
  name: string;
  url: string;
}

/** A section as answers show it, and the one it is part of. */
interface Section {
  label: Label;
  parent: Label | null;
}

interface Furniture {
  sections: ReadonlyMap<number, Section>;
  sectionIds: ReadonlyMap<string, number>;
  placements: ReadonlyMap<number, object[]>;
  newsletters: object[];
  consentCategories: object[];
}

let held: Furniture;

/**
 * Sections, placements, newsletters and consent categories are held in memory and read again every ten seconds, as
 * anybody would who writes this by hand ("L1 3x execute" of our measurements reads none of them either).
 */
export const furniture = (): Furniture => held;

export async function holdFurniture(execute: Execute): Promise<void> {
  held = await readFurniture(execute);
  setInterval(() => {
    readFurniture(execute).then(
      (read) => (held = read),
      () => undefined,
    );
  }, 10_000).unref();
}

interface SectionColumns {
  id: number;
  slug: string;
  name: string;
  parentId: number | null;
}

interface PlacementColumns {
  slot: string;
  sectionId: number | null;
  name: string;
  title: string;
  url: string;
  file: string | null;
  width: number | null;
  alt: string;
}

async function readFurniture(execute: Execute): Promise<Furniture> {
  const [sectionRows, placementRows, newsletters, categories] = await Promise.all([
    execute<SectionColumns>('select id, slug, name, parentId from section', []),
    execute<PlacementColumns>(
      `select l.slot, l.sectionId, b.name, b.title, b.url, pic.file, pic.width, pic.alt
       from placement l join banner b on b.id = l.bannerId left join picture pic on pic.id = b.pictureId
       order by l.slot, l.position, l.id`,
      [],
    ),
    execute<object>('select slug, name, description from newsletter order by position, id limit 3', []),
    execute<{ code: string; name: string; description: string; required: number }>(
      'select code, name, description, required from consent_category order by position, id',
      [],
    ),
  ]);
  const byId = new Map(sectionRows.map((row) => [row.id, row]));
  const label = ({ slug, name }: SectionColumns): Label => ({ slug, name, url: `${siteUrl}/${slug}` });
  const sections = sectionRows.map((row): [number, Section] => {
    const parent = row.parentId === null ? undefined : byId.get(row.parentId);
    return [row.id, { label: label(row), parent: parent ? label(parent) : null }];
  });
  const placements = sectionRows.map(({ id }): [number, object[]] => {
    const line = lineage(byId, id).map((section) => section.id);
    return [id, placementsFor(placementRows, line).map(placement)];
  });
  return {
    sections: new Map(sections),
    sectionIds: new Map(sectionRows.map((row) => [row.slug, row.id])),
    placements: new Map(placements),
    newsletters: newsletters.map((row) => ({ ...row })),
    consentCategories: categories.map(({ code, name, description, required }) => ({
      key: code,
      name,
      description,
      required: required === 1,
    })),
  };
}

function placement({ slot, name, title, url, file, width, alt }: PlacementColumns): object {
  const image = width === null ? null : { url: rendition({ file, width, height: 1 }, width)?.url ?? null, alt };
  return { slot, banner: { name, title, url, image } };
}
