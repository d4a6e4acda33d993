export interface Term {
  startedOn: string | null;
  endedOn: string | null;
}

/** The posts held on a day; the first day counts, and so does the last. */
export function heldOn<Role extends Term>(roles: readonly Role[], day: string): Role[] {
  return roles.filter(
    (role) => (role.startedOn === null || role.startedOn <= day) && (role.endedOn === null || day <= role.endedOn),
  );
}
