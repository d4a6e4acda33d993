import { mentionsIn } from '../articles/mention.rules.js';
import type { Block } from '../articles/body.rules.js';
import { reserveStory, saveEdition } from '../articles/edition.commands.js';
import { knownNames } from '../articles/known-names.queries.js';
import { issueCorrection, publishEdition } from '../articles/bring-in.commands.js';
import { saveEntity, saveRoles } from '../entities/entity.commands.js';
import type { Context } from '../kernel/context.js';
import { savePicture } from '../media/picture.commands.js';
import type { MediaStore } from '../media/media.store.js';
import { storeOriginal } from '../media/picture.store.js';
import { saveSection } from '../sections/section.commands.js';
import { saveBanner, saveConsentCategory, saveNewsletter } from '../site/site.commands.js';
import { loadArranged } from './arranged.commands.js';
import { sampleNewsroom } from './newsroom.js';
import type { SampleBlock, SampleStory } from './sample.types.js';

const source = 'sample';

/** Ids of what has been loaded, by the names the samples use. */
interface Loaded {
  sections: Map<string, number>;
  pictures: Map<string, number>;
  entities: Map<string, number>;
  stories: Map<string, number>;
}

/** How far loading has come: of how many steps, how many are done. */
export type Progress = (done: number, total: number) => void;

/** Loads the sample newsroom; what is there already is brought up to date. Gives the number of stories. */
export async function loadSamples(
  ctx: Context,
  store: MediaStore,
  progress: Progress = () => undefined,
): Promise<number> {
  const { sections, pictures, entities, stories } = sampleNewsroom;
  const total = sections.length + pictures.length + entities.length + 2 * stories.length;
  let done = 0;
  const step = () => progress(++done, total);
  const loaded: Loaded = { sections: new Map(), pictures: new Map(), entities: new Map(), stories: new Map() };

  for (const [position, { parent, ...section }] of sections.entries()) {
    loaded.sections.set(section.slug, await saveSection(ctx, { ...section, parentSlug: parent, position }));
    step();
  }
  for (const { key, svg, ...picture } of pictures) {
    const file = await storeOriginal(store, Buffer.from(svg));
    loaded.pictures.set(key, await savePicture(ctx, { ...picture, externalId: `${source}:${key}`, file }));
    step();
  }
  for (const entity of entities) {
    loaded.entities.set(entity.slug, await saveEntity(ctx, entity));
    step();
  }
  for (const { slug } of stories) {
    loaded.stories.set(slug, await reserveStory(ctx, { source, externalId: slug, slug }));
    step();
  }
  const names = await knownNames(ctx);
  for (const story of stories) {
    const edition = editionOf(story, loaded);
    const saved = await saveEdition(ctx, { ...edition, mentions: mentionsIn(names, edition) });
    await publishEdition(ctx, { ...saved, publishedAt: Date.parse(story.publishedAt) });
    for (const { note, issuedAt } of story.corrections ?? []) {
      await issueCorrection(ctx, { articleId: saved.articleId, note, issuedAt: Date.parse(issuedAt) });
    }
    step();
  }
  await loadRoles(ctx, loaded);
  await loadSite(ctx, loaded);
  await loadArranged(
    ctx,
    (slug) => of(loaded.stories, slug),
    (key) => of(loaded.pictures, key),
  );
  return stories.length;
}

function editionOf(story: SampleStory, loaded: Loaded) {
  return {
    article: { source, externalId: story.slug, slug: story.slug },
    kind: story.kind,
    language: story.language,
    title: story.title,
    standfirst: story.standfirst,
    blocks: story.body.map((block, i) => keyed(block, `b${i + 1}`, loaded)),
    sectionId: of(loaded.sections, story.section),
    leadPicture: story.picture && {
      pictureId: of(loaded.pictures, story.picture.key),
      caption: story.picture.caption,
    },
    credits: story.credits.map(({ role, text, person, organisation }) => {
      const slug = person ?? organisation;
      const name = sampleNewsroom.entities.find((entity) => entity.slug === slug)?.name;
      return { role, text: text ?? name ?? '', entityId: maybe(loaded.entities, slug) };
    }),
    related: story.related.map(({ slug, ...edge }) => ({ ...edge, articleId: of(loaded.stories, slug) })),
    seo: story.seo,
  };
}

function keyed(block: SampleBlock, key: string, loaded: Loaded): Block {
  if (block.kind === 'Picture') {
    return { key, kind: 'Picture', pictureId: of(loaded.pictures, block.picture), caption: block.caption };
  }
  if (block.kind === 'FactBox') {
    return { ...block, key, blocks: block.blocks.map((inner, i) => ({ ...inner, key: `${key}.${i + 1}` })) };
  }
  return { ...block, key };
}

async function loadRoles(ctx: Context, loaded: Loaded): Promise<void> {
  const { roles } = sampleNewsroom;
  for (const person of new Set(roles.map((role) => role.person))) {
    await saveRoles(
      ctx,
      of(loaded.entities, person),
      roles
        .filter((role) => role.person === person)
        .map(({ title, interim = false, organisation, place, startedOn, endedOn, sourceArticle }) => ({
          title,
          interim,
          organisationId: maybe(loaded.entities, organisation),
          placeId: maybe(loaded.entities, place),
          startedOn,
          endedOn,
          sourceArticleId: maybe(loaded.stories, sourceArticle),
        })),
    );
  }
}

async function loadSite(ctx: Context, loaded: Loaded): Promise<void> {
  const { banners, newsletters, consentCategories } = sampleNewsroom;
  for (const { picture, placements, ...banner } of banners) {
    await saveBanner(ctx, {
      ...banner,
      pictureId: of(loaded.pictures, picture),
      placements: placements.map(({ section, ...place }) => ({
        ...place,
        sectionId: maybe(loaded.sections, section),
      })),
    });
  }
  for (const [position, newsletter] of newsletters.entries()) await saveNewsletter(ctx, { ...newsletter, position });
  for (const [position, category] of consentCategories.entries()) {
    await saveConsentCategory(ctx, { ...category, position });
  }
}

/** The id that a sample's name stands for; a name nobody has is a mistake in the samples. */
function of(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The samples speak of "${name}", which is not among them.`);
  return id;
}

const maybe = (ids: ReadonlyMap<string, number>, name: string | undefined): number | undefined =>
  name === undefined ? undefined : of(ids, name);
