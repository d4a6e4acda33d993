interface Placed {
  slot: string;
  sectionId: number | null;
}

/**
 * What stands in each slot of a page: the placements of the nearest section that has any for the slot, else those for
 * everywhere. `line` is the page's section and those above it, nearest first.
 */
export function placementsFor<Placement extends Placed>(
  all: readonly Placement[],
  line: readonly number[],
): Placement[] {
  const nearness = (placement: Placed): number =>
    placement.sectionId === null ? line.length : line.indexOf(placement.sectionId);
  const nearest = new Map<string, number>();
  const here = all.filter((placement) => nearness(placement) >= 0);
  for (const placement of here) {
    nearest.set(placement.slot, Math.min(nearness(placement), nearest.get(placement.slot) ?? Infinity));
  }
  return here.filter((placement) => nearness(placement) === nearest.get(placement.slot));
}
