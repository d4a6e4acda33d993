import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, day, double, flag, id, instant, int, json, key, optional, ref, text } from './table.js';

export class Newsroom1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'section', {
      columns: {
        id,
        slug: text(80),
        name: text(120),
        description: text(500),
        parentId: optional(ref('section')),
        position: int,
      },
      unique: { section_slug: ['slug'] },
    });
    await createTable(runner, 'picture', {
      columns: {
        id,
        externalId: optional(text(191)),
        file: optional(text(255)),
        width: optional(int),
        height: optional(int),
        alt: text(500),
        caption: text(1000),
        credit: text(255),
        licence: optional(text(80)),
        usageTerms: optional(text(500)),
        focalX: double,
        focalY: double,
        createdAt: instant,
      },
      unique: { picture_external_id: ['externalId'] },
    });
    await createTable(runner, 'entity', {
      columns: {
        id,
        kind: text(12),
        slug: text(160),
        name: text(200),
        description: text(500),
        bornOn: optional(day),
        diedOn: optional(day),
        latitude: optional(double),
        longitude: optional(double),
        wikidataId: optional(text(20)),
        website: optional(text(255)),
        version: { ...int, default: 1 },
        createdAt: instant,
        updatedAt: instant,
      },
      unique: { entity_slug: ['kind', 'slug'], entity_wikidata_id: ['wikidataId'] },
      index: { entity_name: ['name'] },
    });
    await createTable(runner, 'entity_alias', {
      columns: { id, entityId: ref('entity'), position: int, name: text(200) },
      unique: { entity_alias_name: ['entityId', 'name'] },
      index: { entity_alias_form: ['name'] },
    });
    await createTable(runner, 'article', {
      columns: {
        id,
        slug: text(160),
        version: int,
        firstPublishedAt: optional(instant),
        source: optional(text(40)),
        externalId: optional(text(191)),
        createdAt: instant,
      },
      unique: { article_slug: ['slug'], article_source: ['source', 'externalId'] },
    });
    await createTable(runner, 'entity_role', {
      columns: {
        id,
        personId: ref('entity'),
        title: text(160),
        interim: flag,
        organisationId: optional(ref('entity')),
        placeId: optional(ref('entity')),
        startedOn: optional(day),
        endedOn: optional(day),
        sourceArticleId: optional(ref('article')),
      },
      index: { entity_role_person: ['personId', 'startedOn'] },
    });
    await createTable(runner, 'edition', {
      columns: {
        id,
        articleId: ref('article'),
        number: int,
        kind: text(16),
        language: text(35),
        title: text(300),
        standfirst: text(1000),
        body: json,
        wordCount: int,
        sectionId: ref('section'),
        leadPictureId: optional(ref('picture')),
        leadPictureCaption: optional(text(1000)),
        seoTitle: optional(text(300)),
        seoDescription: optional(text(500)),
        contentHash: text(43),
        savedAt: instant,
      },
      unique: { edition_number: ['articleId', 'number'] },
      index: { edition_title: ['title'] },
    });
    await createTable(runner, 'mention', {
      columns: {
        id,
        editionId: ref('edition'),
        position: int,
        entityId: ref('entity'),
        blockKey: text(40),
        startOffset: int,
        endOffset: int,
        surface: text(255),
        salience: double,
      },
      unique: { mention_position: ['editionId', 'position'] },
      index: { mention_entity: ['entityId', 'editionId'] },
    });
    await createTable(runner, 'credit', {
      columns: {
        id,
        editionId: ref('edition'),
        position: int,
        role: text(16),
        text: text(255),
        entityId: optional(ref('entity')),
      },
      unique: { credit_position: ['editionId', 'position'] },
    });
    await createTable(runner, 'correction', {
      columns: { id, articleId: ref('article'), note: text(1000), issuedAt: instant },
      unique: { correction_article: ['articleId', 'issuedAt'] },
    });
    await createTable(runner, 'publication', {
      columns: {
        id,
        articleId: ref('article'),
        editionId: ref('edition'),
        visibleFrom: instant,
        visibleUntil: instant,
        publishedAt: instant,
        updatedAt: instant,
        path: text(255),
      },
      unique: { publication_start: ['articleId', 'visibleFrom'] },
    });
    await createTable(runner, 'listing', {
      columns: {
        list: key(text(24)),
        publishedAt: key(instant),
        articleId: key(int),
        publicationId: key(int),
        visibleFrom: instant,
        visibleUntil: instant,
      },
      index: { listing_publication: ['publicationId', 'list'] },
      withoutRowid: true,
    });
    await createTable(runner, 'path', {
      columns: { path: key(text(255)), articleId: ref('article'), createdAt: instant },
      index: { path_article: ['articleId'] },
    });
    await createTable(runner, 'related_story', {
      columns: {
        id,
        editionId: ref('edition'),
        position: int,
        articleId: ref('article'),
        kind: text(16),
        kicker: optional(text(80)),
        title: optional(text(300)),
        reason: optional(text(300)),
      },
      unique: { related_story_position: ['editionId', 'position'], related_story_target: ['editionId', 'articleId'] },
      index: { related_story_article: ['articleId'] },
    });
    await createTable(runner, 'banner', {
      columns: { id, name: text(120), title: text(200), url: text(500), pictureId: optional(ref('picture')) },
      unique: { banner_name: ['name'] },
    });
    await createTable(runner, 'placement', {
      columns: { id, slot: text(60), sectionId: optional(ref('section')), bannerId: ref('banner'), position: int },
      unique: { placement_position: ['slot', 'sectionId', 'position'] },
      index: { placement_section: ['sectionId', 'slot', 'position'] },
    });
    await createTable(runner, 'newsletter', {
      columns: { id, slug: text(80), name: text(120), description: text(500), position: int },
      unique: { newsletter_slug: ['slug'] },
    });
    await createTable(runner, 'consent_category', {
      columns: { id, code: text(60), name: text(120), description: text(1000), required: flag, position: int },
      unique: { consent_category_code: ['code'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    if (await runner.hasTable('section')) await runner.query('update section set parentId = null');
    for (const table of [...tables].reverse()) await runner.dropTable(table, true);
  }
}

const tables = [
  'section',
  'picture',
  'entity',
  'entity_alias',
  'article',
  'entity_role',
  'edition',
  'mention',
  'credit',
  'correction',
  'publication',
  'listing',
  'path',
  'related_story',
  'banner',
  'placement',
  'newsletter',
  'consent_category',
];
