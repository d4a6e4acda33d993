import { createHash } from 'node:crypto';
import { bodyText, countWords, picturesIn } from '../../src/articles/body.rules.js';
import { listsOf } from '../../src/articles/list.rules.js';
import { salienceOf } from '../../src/articles/salience.rules.js';
import { forever } from '../../src/articles/visibility.js';
import { formsOf } from '../../src/entities/form.rules.js';
import type { SqlValue } from '../../src/kernel/sql.js';
import { lineage } from '../../src/sections/section.rules.js';
import * as newsroom from './generate.js';

/** Rows to be written, by table; a row has a value for every column but a counted id. */
export type Rows = Record<string, Record<string, SqlValue>[]>;

const sectionRows = newsroom.sections.map(({ parentSlug, ...section }, i) => ({
  id: i + 1,
  ...section,
  parentId: parentSlug === undefined ? null : 1 + newsroom.sections.findIndex(({ slug }) => slug === parentSlug),
}));
const sectionById = new Map(sectionRows.map((section) => [section.id, section]));

/** What there is little of: the sections and the furniture of pages. */
export const furnitureRows = (): Rows => ({
  section: sectionRows,
  banner: newsroom.banners.map(({ placements: _, ...banner }, i) => ({
    id: i + 1,
    ...banner,
    pictureId: banner.pictureId ?? null,
  })),
  placement: newsroom.banners.flatMap(({ placements }, i) =>
    placements.map((place) => ({ bannerId: i + 1, ...place, sectionId: place.sectionId ?? null })),
  ),
  newsletter: newsroom.newsletters,
  consent_category: newsroom.consentCategories.map(({ key, ...category }) => ({ code: key, ...category })),
});

export function pictureRows(id: number, now: number): Rows {
  const { focalPoint, ...picture } = newsroom.pictureOf(id);
  const { file = null, licence = null, usageTerms = null } = picture;
  const { x: focalX, y: focalY } = focalPoint ?? { x: 0.5, y: 0.5 };
  return { picture: [{ id, ...picture, file, licence, usageTerms, focalX, focalY, createdAt: now }] };
}

export function entityRows(id: number, now: number): Rows {
  const { kind, slug, name, description, aliases, wikidataId = null } = newsroom.entityOf(id);
  const row = { id, kind, slug, name, description, wikidataId, version: 1, createdAt: now, updatedAt: now };
  return {
    entity: [row],
    entity_alias: aliases.map((alias, position) => ({ entityId: id, name: alias, position })),
    entity_slug_claim: [{ kind, slug, entityId: id }],
    entity_form: formsOf(kind, [name, ...aliases]).map((form) => ({ form, entityId: id })),
  };
}

export const roleRows = (id: number, scale: newsroom.Scale): Rows => ({
  entity_role: newsroom
    .rolesOf(id, scale)
    .map(({ organisationId = null, endedOn = null, ...role }) => ({ personId: id, ...role, organisationId, endedOn })),
});

const publishedVersion = 2;

/** A story as it is once saved and published for the first time. */
export function storyIdentity(id: number, scale: newsroom.Scale): Rows {
  const { article, publishedAt } = newsroom.storyOf(id, scale);
  const moments = { firstPublishedAt: publishedAt, createdAt: publishedAt, changedAt: publishedAt };
  return {
    article: [{ id, ...article, version: publishedVersion, workflowState: 'PUBLISHED', ...moments }],
    slug_claim: [{ slug: article.slug, articleId: id }],
  };
}

/** Everything else of a story: its edition and its publication, both with the id of the story. */
export function storyRows(id: number, scale: newsroom.Scale): Rows {
  const { publishedAt, corrections, ...input } = newsroom.storyOf(id, scale);
  const salience = salienceOf(input.mentions, input.title);
  const line = lineage(sectionById, input.sectionId);
  const { slug } = input.article;
  const path = `/${line[0]!.slug}/${slug}`;
  const pictures = new Set([...(input.leadPicture ? [input.leadPicture.pictureId] : []), ...picturesIn(input.blocks)]);
  const interval = {
    visibleFrom: publishedAt,
    visibleUntil: forever,
    partnersFrom: publishedAt,
    partnersUntil: forever,
  };
  const subject = { subject: 'Article', subjectId: id };
  const lists = listsOf({
    kind: input.kind,
    language: input.language,
    sectionIds: line.map((section) => section.id),
    entityIds: input.mentions.map((mention) => mention.entityId),
  });
  return {
    edition: [
      {
        id,
        articleId: id,
        number: 1,
        kind: input.kind,
        language: input.language,
        title: input.title,
        standfirst: input.standfirst,
        body: JSON.stringify(input.blocks),
        wordCount: countWords(bodyText(input.blocks)),
        sectionId: input.sectionId,
        leadPictureId: input.leadPicture?.pictureId ?? null,
        leadPictureCaption: input.leadPicture?.caption ?? null,
        seoTitle: input.seo?.title ?? null,
        seoDescription: input.seo?.description ?? null,
        contentHash: createHash('sha256')
          .update(JSON.stringify({ ...input, article: null }))
          .digest('base64url'),
        savedAt: publishedAt,
      },
    ],
    picture_use: [...pictures].map((pictureId) => ({ editionId: id, pictureId })),
    mention: input.mentions.map(({ start, end, ...mention }, position) => ({
      editionId: id,
      position,
      ...mention,
      startOffset: start,
      endOffset: end,
      salience: salience.get(mention.entityId) ?? 0,
    })),
    credit: input.credits.map(({ role, text, entityId = null }, position) => ({
      editionId: id,
      position,
      role,
      text,
      entityId,
    })),
    related_story: input.related.map(({ kicker = null, reason = null, ...related }, position) => ({
      editionId: id,
      position,
      ...related,
      kicker,
      reason,
    })),
    correction: corrections.map((correction) => ({ articleId: id, ...correction })),
    path: [{ path, articleId: id, createdAt: publishedAt }],
    publication: [
      { id, articleId: id, editionId: id, ...interval, publishedAt, updatedAt: publishedAt, path, slug, seq: id },
    ],
    audit: [{ at: publishedAt, ...subject, action: 'publish', detail: JSON.stringify({ publicationId: id }) }],
    content_change: [
      { seq: id, at: publishedAt, ...subject, op: 'PUBLISHED', version: publishedVersion, publicationId: id },
    ],
    listing: lists.map((list) => ({ list, publishedAt, articleId: id, publicationId: id, ...interval })),
  };
}
