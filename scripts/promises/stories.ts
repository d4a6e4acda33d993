import { setTimeout as sleep } from 'node:timers/promises';
import { storyOf, type Desk, type Fields, type Held, type MutationName } from './desk.js';
import { insisting } from './life.js';

export const sections = ['world', 'business'] as const;

/** A text, as far as it decides who may have it. */
export interface Text {
  title: string;
  section: (typeof sections)[number];
  kind: 'NEWS' | 'OPINION';
  namesAda: boolean;
}

/** What was done and acknowledged. */
export interface Act {
  op: 'PUBLISHED' | 'UPDATED' | 'CORRECTED' | 'WITHDRAWN' | 'KILLED';
  version: number;
  note: string | null;
  /** What it brought; nothing when the text stayed, or was taken back. */
  text: Text | null;
  /** When it was to appear, if it was scheduled. */
  at: number | null;
}

/** A story, by all that its writer was told had been done. */
export interface WrittenStory {
  id: string;
  acts: Act[];
}

const note = 'Because it has to be said.';
const aheadMs = 6_000;

/** Which story it is, by its number: its section, kinds before and after, whether it names Ada, how it begins and ends. */
const plotOf = (n: number) => ({
  section: sections[n % 2]!,
  kinds: (
    [
      ['OPINION', 'OPINION'],
      ['NEWS', 'OPINION'],
      ['OPINION', 'NEWS'],
      ['NEWS', 'NEWS'],
    ] as const
  )[n % 4]!,
  namesAda: n % 5 !== 0,
  isScheduled: n % 7 === 3,
  end: ([null, 'WITHDRAWN', 'KILLED', null, null, 'KILLED'] as const)[n % 6]!,
});

/** Publishes a story, or schedules it; updates it, corrects it, and withdraws or kills it in turns. */
export async function write(
  desk: Desk,
  n: number,
  { person, count }: { person: string; count: () => void },
): Promise<WrittenStory> {
  const { section, kinds, namesAda, isScheduled, end } = plotOf(n);
  const acts: Act[] = [];
  let step = 0;
  let held: Held | undefined;
  const does = async (name: MutationName, fields: Fields = {}): Promise<number> => {
    const input = { ...held, ...fields, idempotencyKey: `${n}-${(step += 1)}` };
    held = storyOf(await insisting(desk)(name, input));
    return held.expectedVersion;
  };
  const did = (act: Pick<Act, 'op' | 'version'> & Partial<Act>) => {
    acts.push({ note: null, text: null, at: null, ...act });
    count();
  };
  const corrects = async (times: number) => {
    for (let i = 0; i < times; i++) {
      const said = `${note} (${(step += 1)})`;
      did({ op: 'CORRECTED', version: await does('correctArticle', { note: said }), note: said });
    }
  };
  const first: Text = { title: `Story ${n}`, section, kind: kinds[0], namesAda };
  const { title, kind } = first;
  await does('createDraft', { title, section, kind, standfirst: 'Ada has said it.', body: { markdown: 'So it is.' } });
  if (namesAda) {
    await does('setMentions', { mentions: [{ blockKey: 'standfirst', start: 0, end: 3, entity: person }] });
  }
  await does('submitArticle');
  await does('approveArticle');
  if (isScheduled) {
    const { at, version } = await schedule(does);
    await sleep(at - Date.now() + 300);
    did({ op: 'PUBLISHED', version, text: first, at });
  } else {
    did({ op: 'PUBLISHED', version: await does('publishArticle'), text: first });
  }
  await corrects(1);
  const second: Text = { ...first, title: `${title}, again`, kind: kinds[1] };
  await does('saveDraft', { title: second.title, kind: second.kind });
  did({ op: 'UPDATED', version: await does('publishArticle'), text: second });
  await corrects(4);
  if (end) {
    const isKill = end === 'KILLED';
    const publicNote = isKill ? 'Not true.' : null;
    did({ op: end, version: await does('withdrawArticle', { note, publicNote, kill: isKill }), note: publicNote });
  }
  return { id: held!.articleId, acts };
}

/** Schedules a story; when nobody answered until the moment had passed, at another. */
async function schedule(does: (name: MutationName, fields: Fields) => Promise<number>) {
  for (let tries = 1; ; tries++) {
    const at = Date.now() + aheadMs;
    try {
      return { at, version: await does('schedulePublication', { at: new Date(at).toISOString() }) };
    } catch (error) {
      if (tries === 5 || !/moment has passed/.test(String(error))) throw error;
    }
  }
}
