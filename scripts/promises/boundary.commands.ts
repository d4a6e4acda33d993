import { approvedStory, draft, storyOf, type Desk, type Fields, type MutationName } from './desk.js';

/** A command that is interrupted, what the audit calls it, and what has to be there before. */
export interface Interrupted {
  name: MutationName;
  act: string;
  prepare(desk: Desk, n: number): Promise<Fields>;
}

const note = 'Because it has to be said.';
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function published(desk: Desk, title: string): Promise<Fields> {
  return { ...storyOf(await desk('publishArticle', { ...(await approvedStory(desk, title)) })) };
}

export const commands: readonly Interrupted[] = [
  { name: 'createDraft', act: 'create', prepare: async (_, n) => draft(`Begun ${n}`) },
  {
    name: 'saveDraft',
    act: 'save',
    prepare: async (desk, n) => ({
      ...storyOf(await desk('createDraft', draft(`Saved ${n}`))),
      title: `Saved again ${n}`,
    }),
  },
  {
    name: 'publishArticle',
    act: 'publish',
    prepare: async (desk, n) => ({ ...(await approvedStory(desk, `New ${n}`)) }),
  },
  {
    name: 'schedulePublication',
    act: 'schedule',
    prepare: async (desk, n) => ({ ...(await approvedStory(desk, `Later ${n}`)), at: inAnHour() }),
  },
  {
    name: 'correctArticle',
    act: 'correct',
    prepare: async (desk, n) => {
      const seen = await published(desk, `Wrong ${n}`);
      return { ...storyOf(await desk('saveDraft', { ...seen, title: `Right ${n}` })), note };
    },
  },
  {
    name: 'withdrawArticle',
    act: 'withdraw',
    prepare: async (desk, n) => ({ ...(await published(desk, `Gone ${n}`)), note }),
  },
];
