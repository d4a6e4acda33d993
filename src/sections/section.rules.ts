interface InTree {
  id: number;
  parentId: number | null;
}

/** A section and those above it, nearest first. A loop in the data ends it. */
export function lineage<Section extends InTree>(byId: ReadonlyMap<number, Section>, id: number | null): Section[] {
  const line: Section[] = [];
  for (let section = byId.get(id ?? -1); section && !line.includes(section);) {
    line.push(section);
    section = byId.get(section.parentId ?? -1);
  }
  return line;
}
