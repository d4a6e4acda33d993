import type { EditionText } from './edition.commands.js';

type PassingOn = EditionText['passingOn'];

/** How a story may be passed on; nothing when it may as products have it. */
export const passingOnOf = (allowed: boolean, usageTerms: string | null | undefined): PassingOn =>
  allowed && !usageTerms ? undefined : { allowed, usageTerms: usageTerms || undefined };

/** How a story may be passed on after a change: what is absent stays, and only saying so allows what was withheld. */
export function passingOnAfter(
  before: PassingOn,
  input: { allowed?: boolean | null; usageTerms?: string | null } | null | undefined,
): PassingOn {
  if (input === undefined) return before;
  if (input === null) return undefined;
  const { usageTerms = before?.usageTerms } = input;
  return passingOnOf(input.allowed ?? before?.allowed ?? true, usageTerms);
}
