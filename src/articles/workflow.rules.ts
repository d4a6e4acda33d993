import { actions, policy, type Least } from '../accounts/policy.js';

/** Where a story stands between the first word and the last. */
export const workflowStates = [
  'DRAFT',
  'IN_REVIEW',
  'APPROVED',
  'SCHEDULED',
  'PUBLISHED',
  'CORRECTED',
  'WITHDRAWN',
  'KILLED',
] as const;
export type WorkflowState = (typeof workflowStates)[number];

/** What moves a story from one state to another. */
export const transitions = [
  'SAVE',
  'SUBMIT',
  'RETURN',
  'APPROVE',
  'SCHEDULE',
  'UNSCHEDULE',
  'PUBLISH',
  'CORRECT',
  'WITHDRAW',
  'KILL',
] as const;
export type Transition = (typeof transitions)[number];

interface Rule {
  /** The mutation that does it. */
  mutation: string;
  from: readonly WorkflowState[];
  /** Where it leads; `same` leaves the state as it is. */
  to: WorkflowState | 'same';
  /** Whether it must be said why. */
  note: boolean;
  description: string;
}

const beforeReaders = ['DRAFT', 'IN_REVIEW', 'APPROVED'] as const;
const withReaders = ['PUBLISHED', 'CORRECTED'] as const;

/** The whole workflow. What was approved is the text that was read: saving another one asks for another approval. */
export const workflow: Record<Transition, Rule> = {
  SAVE: {
    mutation: 'saveDraft',
    from: [...beforeReaders, 'SCHEDULED', ...withReaders, 'WITHDRAWN'],
    to: 'same',
    note: false,
    description: 'Save a new text. A story that was approved goes back to review; what readers see stays as it is.',
  },
  SUBMIT: {
    mutation: 'submitArticle',
    from: ['DRAFT'],
    to: 'IN_REVIEW',
    note: false,
    description: 'Hand it in for review.',
  },
  RETURN: {
    mutation: 'returnArticle',
    from: ['IN_REVIEW', 'APPROVED'],
    to: 'DRAFT',
    note: true,
    description: 'Give it back to its writer, saying what to change.',
  },
  APPROVE: {
    mutation: 'approveArticle',
    from: ['IN_REVIEW'],
    to: 'APPROVED',
    note: false,
    description: 'Say that it may be published as it is.',
  },
  SCHEDULE: {
    mutation: 'schedulePublication',
    from: ['APPROVED', 'SCHEDULED', ...withReaders],
    to: 'SCHEDULED',
    note: false,
    description: 'Have one of its texts appear at a moment, whatever is saved until then.',
  },
  UNSCHEDULE: {
    mutation: 'unschedulePublication',
    from: ['SCHEDULED'],
    to: 'APPROVED',
    note: false,
    description: 'Take the moment back before it comes. A story that readers see already stays published.',
  },
  PUBLISH: {
    mutation: 'publishArticle',
    from: ['APPROVED', 'SCHEDULED', ...withReaders, 'WITHDRAWN'],
    to: 'PUBLISHED',
    note: false,
    description:
      'Show a text to readers now; one that is out already is brought up to date, one withdrawn is shown again.',
  },
  CORRECT: {
    mutation: 'correctArticle',
    from: withReaders,
    to: 'CORRECTED',
    note: true,
    description: 'Tell readers what was wrong, and show them the text that is right.',
  },
  WITHDRAW: {
    mutation: 'withdrawArticle',
    from: ['SCHEDULED', ...withReaders],
    to: 'WITHDRAWN',
    note: true,
    description: 'Take it down: its addresses are gone, it can be published again.',
  },
  KILL: {
    mutation: 'withdrawArticle(kill: true)',
    from: ['SCHEDULED', ...withReaders, 'WITHDRAWN'],
    to: 'KILLED',
    note: true,
    description: 'Take it down for good and recall it from partners, earlier texts and pictures included.',
  },
};

/** Where a transition leads from a state. */
export const reached = (transition: Transition, from: WorkflowState): WorkflowState => {
  if (transition === 'SAVE') return from === 'APPROVED' ? 'IN_REVIEW' : from;
  const { to } = workflow[transition];
  return to === 'same' ? from : to;
};

/** What can be done with a story in a state. */
export const allowedFrom = (state: WorkflowState): Transition[] =>
  transitions.filter((transition) => workflow[transition].from.includes(state));

export interface Step {
  transition: Transition;
  to: WorkflowState;
  mutation: string;
  needsNote: boolean;
  description: string;
}

/** What can be done with a story in a state, as the schema explains it. */
export const stepsFrom = (state: WorkflowState): Step[] =>
  allowedFrom(state).map((transition) => {
    const { mutation, note, description } = workflow[transition];
    return { transition, to: reached(transition, state), mutation, needsNote: note, description };
  });

/** The least role for a transition, as the policy has it. */
export const leastFor = (transition: Transition): Least =>
  transition === 'KILL' ? actions.kill : policy.Mutation[workflow[transition].mutation as keyof typeof policy.Mutation];
