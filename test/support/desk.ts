import type { Block } from '../../src/articles/body.rules.js';
import { saveEdition, type EditionInput, type SavedEdition } from '../../src/articles/edition.commands.js';
import { knownNames } from '../../src/articles/known-names.queries.js';
import { mentionsIn } from '../../src/articles/mention.rules.js';
import { publishEdition } from '../../src/articles/bring-in.commands.js';
import { saveEntity, type EntityInput } from '../../src/entities/entity.commands.js';
import { saveSection } from '../../src/sections/section.commands.js';
import type { TestNewsroom } from './newsroom.js';

export type StoryInput = Partial<Omit<EditionInput, 'article' | 'blocks'>> & {
  slug: string;
  paragraphs?: readonly string[];
  blocks?: readonly Block[];
  publishedAt?: string;
  /** Where the story came from, when not from the tests. */
  source?: { source: string; externalId: string };
};

/** What an editor of the tests does: short words for the commands, with everything a test does not care about filled in. */
export function deskOf(newsroom: TestNewsroom) {
  const section = (slug: string, parentSlug?: string) =>
    saveSection(newsroom.context(), { slug, name: slug, description: '', parentSlug, position: 0 });

  const entity = (kind: EntityInput['kind'], name: string, more: Partial<EntityInput> = {}) =>
    saveEntity(newsroom.context(), {
      kind,
      name,
      slug: name.toLowerCase().replaceAll(' ', '-'),
      description: `What ${name} is`,
      aliases: [],
      ...more,
    });

  const draft = async ({
    slug,
    paragraphs = [],
    blocks,
    publishedAt: _,
    source,
    ...more
  }: StoryInput): Promise<SavedEdition> => {
    const ctx = newsroom.context();
    const edition = {
      article: { source: 'test', externalId: slug, ...source, slug },
      kind: 'NEWS' as const,
      language: 'en',
      title: `The headline of ${slug}`,
      standfirst: '',
      blocks: blocks ?? paragraphs.map((text, i) => ({ key: `b${i + 1}`, kind: 'Paragraph' as const, text })),
      sectionId: more.sectionId ?? (await section('world')),
      credits: [],
      related: [],
      ...more,
    };
    return saveEdition(ctx, { mentions: mentionsIn(await knownNames(ctx), edition), ...edition });
  };

  const publish = async (story: StoryInput): Promise<SavedEdition> => {
    const saved = await draft(story);
    const publishedAt = story.publishedAt === undefined ? undefined : Date.parse(story.publishedAt);
    await publishEdition(newsroom.context(), { ...saved, publishedAt });
    return saved;
  };

  return { section, entity, draft, publish };
}
