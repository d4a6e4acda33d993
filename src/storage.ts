import type { DataSource } from 'typeorm';
import { ArticleRow, CorrectionRow, ListingRow, PathRow, PublicationRow } from './articles/article.rows.js';
import { CreditRow, EditionRow, MentionRow, RelatedStoryRow } from './articles/edition.rows.js';
import type { DatabaseConfig } from './config.js';
import { EntityAliasRow, EntityRoleRow, EntityRow } from './entities/entity.rows.js';
import type { Database } from './kernel/database.js';
import { mysqlSource, openMysql } from './kernel/mysql.database.js';
import { openSqlite, sqliteSource } from './kernel/sqlite.database.js';
import { PictureRow } from './media/picture.rows.js';
import { Newsroom1764000000000 } from './migrations/1764000000000-newsroom.js';
import { SectionRow } from './sections/section.rows.js';
import { BannerRow, ConsentCategoryRow, NewsletterRow, PlacementRow } from './site/site.rows.js';

/** Every table of the newsroom and every step of its history. */
const shape = {
  entities: [
    SectionRow,
    PictureRow,
    EntityRow,
    EntityAliasRow,
    EntityRoleRow,
    ArticleRow,
    EditionRow,
    MentionRow,
    CreditRow,
    CorrectionRow,
    PublicationRow,
    ListingRow,
    PathRow,
    RelatedStoryRow,
    BannerRow,
    PlacementRow,
    NewsletterRow,
    ConsentCategoryRow,
  ],
  migrations: [Newsroom1764000000000],
};

/** Opens the newsroom's database, without changing it. */
export function openStorage(config: DatabaseConfig): Promise<Database> {
  return config.kind === 'sqlite' ? openSqlite(config.path, shape) : openMysql(config.url, config.replicaUrls, shape);
}

/** The data source that TypeORM's own command line wants. */
export async function storageSource(config: DatabaseConfig): Promise<DataSource> {
  return config.kind === 'sqlite' ? sqliteSource(config.path, shape) : mysqlSource(config.url, [], shape);
}
