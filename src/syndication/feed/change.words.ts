/** What a partner is told. */
export const changeKinds = [
  'PUBLISHED',
  'UPDATED',
  'CORRECTED',
  'WITHDRAWN',
  'KILLED',
  'EMBARGO_LIFTED',
  'RIGHTS_EXPIRED',
  'ENTITY_MERGED',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Whether a partner may have a story now. */
export const storyStates = ['HELD', 'ENDED'] as const;
export type StoryState = (typeof storyStates)[number];

/** What a moment brings: a story that comes later, the end of an embargo, the end of what may be kept. */
export const dueKinds = ['ARRIVE', 'LIFT', 'EXPIRE'] as const;
export type DueKind = (typeof dueKinds)[number];

/** What a partner's machine does about a change. */
export const changeActions = ['PUBLISH', 'HOLD', 'REPLACE', 'CORRECT', 'RELEASE', 'NOTE', 'REMOVE', 'RELINK'] as const;
export type ChangeAction = (typeof changeActions)[number];
