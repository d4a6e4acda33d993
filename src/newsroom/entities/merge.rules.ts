/** The references to an entity that a merge moves to the survivor, as `table.column`. */
export const moved = [
  'mention.entityId',
  'credit.entityId',
  'entity_role.personId',
  'entity_role.organisationId',
  'entity_role.placeId',
  'entity_alias.entityId',
] as const;

export type Moved = (typeof moved)[number];

/** Those that stay with the one that was merged: its slugs lead on to the survivor, and merges are history. */
export const staying = ['entity_slug_claim.entityId', 'entity_merge.fromId', 'entity_merge.intoId'];

/** What an editor calls the uses of an entity that keep it from being deleted. */
export const useNames: Record<string, string> = {
  'mention.entityId': 'mentions',
  'credit.entityId': 'credits',
  'entity_role.organisationId': 'posts in it',
  'entity_role.placeId': 'posts there',
  'entity_merge.fromId': 'merges',
  'entity_merge.intoId': 'merges',
};
