import type { SearchDocument } from './document.rules.js';
import type { Plan } from './plan.rules.js';

/** Whether a text is what a plan asks for: as an engine says that has it in its index. Its date is not looked at. */
export function isMatch({ terms, facets }: Pick<SearchDocument, 'terms' | 'facets'>, plan: Plan): boolean {
  const tokens = new Set(terms.trim().split(' '));
  const own = new Set(facets.trim().split(' '));
  const has = (token: string) => tokens.has(token);
  const hasRun = (ways: readonly string[]) => ways.some((way) => terms.includes(` ${way} `));
  return (
    plan.must.every((any) => any.some(has)) &&
    plan.runs.every(hasRun) &&
    plan.facets.every((any) => any.some((facet) => own.has(facet))) &&
    !plan.not.some(has) &&
    !plan.notRuns.some(hasRun) &&
    !plan.notFacets.some((facet) => own.has(facet))
  );
}

/** Whether a plan asks for anything at all. */
export const asksSomething = ({ must, runs, not, notRuns, facets, notFacets }: Plan): boolean =>
  [must, runs, not, notRuns, facets, notFacets].some(({ length }) => length > 0);
