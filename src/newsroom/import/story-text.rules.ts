import type { EditionText } from '../../articles/edition.commands.js';
import { maxMentions } from '../../articles/edition.rows.js';
import { mentionsIn } from '../../articles/mention.rules.js';
import type { NameIndex } from '../../articles/naming.rules.js';
import { mentionsOfMarked, notesOnMarked, withMarked } from './named.rules.js';
import type { PreparedStory } from './prepare.rules.js';
import type { Section } from './sections.rules.js';

export const outcomes = ['WRITTEN', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'FAILED'] as const;
export type Outcome = (typeof outcomes)[number];

/** A story to write, its section, and the print it will be known again by. */
export interface StoryToWrite {
  story: PreparedStory;
  section: Section;
  print: string;
}

export interface Written {
  outcome: Outcome;
  articleId?: number;
  slug?: string | undefined;
  /** Why it was left as it is. */
  reason?: string | undefined;
  notes: string[];
}

/** What a batch looks up at once. */
export interface Shared {
  pictures: ReadonlyMap<string, number>;
  meant: ReadonlyMap<string, number>;
  entities: ReadonlyMap<string, number>;
  things: ReadonlyMap<string, number>;
  /** The hosts of addresses of stories that are here, by their ids. */
  hosts: ReadonlyMap<number, ReadonlySet<string>>;
  source: string;
  names: NameIndex;
  now: number;
}

/** A story as the desk stores it, and from when on readers see it. */
export function textOf(
  { story, section }: StoryToWrite,
  articleId: number,
  { pictures, meant, entities, things, names, now }: Shared,
) {
  const blocks = story.blocks.map((block, i): EditionText['blocks'][number] => {
    const key = `b${i + 1}`;
    if (block.kind !== 'Picture') return { key, ...block };
    const { url, caption } = block.picture;
    return {
      key,
      kind: 'Picture',
      pictureId: pictures.get(url)!,
      ...(caption && { caption: caption.slice(0, 1_000) }),
    };
  });
  const body = { title: story.title, standfirst: story.standfirst, blocks };
  const lead = story.picture;
  const marked = mentionsOfMarked(story.named, things);
  const related = [...new Set(story.targets.flatMap((target) => meant.get(target) ?? []))];
  const text: EditionText = {
    ...{ kind: story.kind, language: story.language, ...body, sectionId: section.id },
    leadPicture: lead && { pictureId: pictures.get(lead.url)!, caption: lead.caption?.slice(0, 1_000) },
    credits: story.credits.map((credit) => ({ ...credit, entityId: entities.get(credit.text) })),
    related: related.filter((id) => id !== articleId).map((id) => ({ articleId: id, kind: 'RELATED' as const })),
    mentions: withMarked(marked, mentionsIn(names, body), maxMentions),
  };
  return { text, publishedAt: shownFrom(story, now), notes: notesOn(story, { now, things }) };
}

/** What is to be told of what a story says and the newsroom sees otherwise: its date, and names that were marked in it. */
export const notesOn = (
  story: PreparedStory,
  { now, things }: { now: number; things: ReadonlyMap<string, number> },
): string[] => [...notesOnDate(story, now), ...notesOnMarked(story.marked, story.named, things)];

function notesOnDate(story: PreparedStory, now: number): string[] {
  if (shownFrom(story, now) === null) return [];
  if (story.publishedAt === undefined) return ['It has no date that can be read: it carries the date of the import.'];
  if (story.publishedAt <= now) return [];
  const date = new Date(story.publishedAt).toISOString();
  return [`Its date, ${date}, is still to come: it carries the date of the import.`];
}

/** From when on readers see a story; `null` for a draft. */
export const shownFrom = ({ isDraft, publishedAt }: PreparedStory, now: number): number | null =>
  isDraft ? null : Math.min(publishedAt ?? now, now);
