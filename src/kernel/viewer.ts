/** What an account may be, each with all the rights of the one before. */
export const accountRoles = ['CONTRIBUTOR', 'EDITOR', 'CHIEF', 'ADMIN'] as const;
export type AccountRole = (typeof accountRoles)[number];

/** Somebody of the newsroom who is signed in. */
export interface AccountViewer {
  kind: 'account';
  accountId: number;
  name: string;
  role: AccountRole;
  /** The sections he works in, those below them included; `null` is all. */
  sectionIds: readonly number[] | null;
}

/** A partner's machine, known by its key. */
export interface PartnerViewer {
  kind: 'partner';
  partnerId: number;
  keyId: number;
  name: string;
  scopes: readonly string[];
}

/** Who asks: a reader, somebody of the newsroom, a partner, or whoever runs the service at its command line. */
export type Viewer = { kind: 'reader' } | AccountViewer | PartnerViewer | { kind: 'operator' };

/** The account that somebody acts by; none for readers and at the command line. */
export const accountIdOf = (viewer: Viewer): number | null => (viewer.kind === 'account' ? viewer.accountId : null);

/** The partner who asks; only for what the policy keeps for partners. */
export function partnerIdOf(viewer: Viewer): number {
  if (viewer.kind !== 'partner') throw new Error('this is for partners, and the policy has let somebody else in');
  return viewer.partnerId;
}

export const reader: Viewer = { kind: 'reader' };
export const operator: Viewer = { kind: 'operator' };

/** Whether somebody may look back at what was taken from readers: editors of all sections. */
export const seesRecalled = (viewer: Viewer): boolean =>
  viewer.kind === 'operator' ||
  (viewer.kind === 'account' && viewer.role !== 'CONTRIBUTOR' && viewer.sectionIds === null);

/** Whom something is published to; each sees it from a moment of its own on. */
export const audiences = ['PUBLIC', 'PARTNERS'] as const;
export type Audience = (typeof audiences)[number];
