import type { DataSource } from 'typeorm';
import { AccountRow, AccountSectionRow, SessionRow, SignInFailureRow } from './accounts/account.rows.js';
import {
  ArticleRow,
  SlugClaimRow,
  CorrectionRow,
  ListingRow,
  PathRow,
  PublicationRow,
} from './articles/article.rows.js';
import { EditingRow } from './articles/editing.rows.js';
import { CreditRow, EditionRow, MentionRow, PictureUseRow, RelatedStoryRow } from './articles/edition.rows.js';
import type { DatabaseConfig } from './config.js';
import { EntityAliasRow, EntityFormRow, EntityRoleRow, EntityRow, EntitySlugClaimRow } from './entities/entity.rows.js';
import { FrontBlockRow, FrontEditionRow, FrontPinRow, FrontPublicationRow, FrontRow } from './fronts/front.rows.js';
import type { Database } from './kernel/database.js';
import { AuditRow, ChangeRow, CounterRow, IdempotencyRow, OutboxRow } from './kernel/ledger.rows.js';
import { mysqlSource, openMysql } from './kernel/mysql.database.js';
import { openSqlite, sqliteSource } from './kernel/sqlite.database.js';
import { PictureRow } from './media/picture.rows.js';
import { Search1764300000000 } from './migrations/1764300000000-search.js';
import { Freshness1764200000000 } from './migrations/1764200000000-freshness.js';
import { Newsroom1764000000000 } from './migrations/1764000000000-newsroom.js';
import { Desk1764100000000 } from './migrations/1764100000000-desk.js';
import { Entities1764100300000 } from './migrations/1764100300000-entities.js';
import { EntityForms1764100400000 } from './migrations/1764100400000-entity-forms.js';
import { NewestFound1764335000000 } from './migrations/1764335000000-newest-found.js';
import { Import1764310000000 } from './migrations/1764310000000-import.js';
import { Fronts1764320000000 } from './migrations/1764320000000-fronts.js';
import { Storylines1764325000000 } from './migrations/1764325000000-storylines.js';
import { Beside1764340000000 } from './migrations/1764340000000-beside.js';
import { WordingCountRow, WordingRow, WordingTermRow } from './newsroom/beside/wording.rows.js';
import { Syndication1764400000000 } from './migrations/1764400000000-syndication.js';
import { Webhooks1764410000000 } from './migrations/1764410000000-webhooks.js';
import { ImportVersions1764420000000 } from './migrations/1764420000000-import-versions.js';
import { ImportCancelled1764430000000 } from './migrations/1764430000000-import-cancelled.js';
import { PartnerNotes1764440000000 } from './migrations/1764440000000-partner-notes.js';
import { PassingOn1764450000000 } from './migrations/1764450000000-passing-on.js';
import { EntityMergeMoveRow, EntityMergeRow } from './newsroom/entities/merge.rows.js';
import { SearchRebuildRow, SearchWordRow } from './search/search.rows.js';
import { ImportAddressRow, ImportCancelledRow, ImportItemRow, ImportLinkRow } from './newsroom/import/import.rows.js';
import { SectionRow } from './sections/section.rows.js';
import { SavedSearchRow } from './syndication/alerts/saved-search.rows.js';
import { PartnerChangeRow, PartnerDueRow, PartnerStoryRow } from './syndication/feed/feed.rows.js';
import {
  PartnerKeyRow,
  PartnerProductRow,
  PartnerRow,
  PartnerUsageRow,
  ProductListRow,
  ProductRow,
} from './syndication/partners/partner.rows.js';
import { WebhookDeadLetterRow, WebhookRow } from './syndication/webhooks/webhook.rows.js';
import { BannerRow, ConsentCategoryRow, NewsletterRow, PlacementRow } from './site/site.rows.js';
import { StorylineEntryRow, StorylineRow, StorylineSlugClaimRow } from './storylines/storyline.rows.js';

/** Every table of the newsroom and every step of its history. */
const shape = {
  entities: [
    SectionRow,
    PictureRow,
    EntityRow,
    EntityAliasRow,
    EntityRoleRow,
    EntitySlugClaimRow,
    EntityFormRow,
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
    AccountRow,
    AccountSectionRow,
    SessionRow,
    SignInFailureRow,
    SlugClaimRow,
    PictureUseRow,
    EditingRow,
    AuditRow,
    ChangeRow,
    CounterRow,
    OutboxRow,
    IdempotencyRow,
    EntityMergeRow,
    EntityMergeMoveRow,
    SearchWordRow,
    SearchRebuildRow,
    ImportItemRow,
    ImportAddressRow,
    ImportLinkRow,
    ImportCancelledRow,
    FrontRow,
    FrontEditionRow,
    FrontBlockRow,
    FrontPinRow,
    FrontPublicationRow,
    StorylineRow,
    StorylineSlugClaimRow,
    StorylineEntryRow,
    WordingRow,
    WordingTermRow,
    WordingCountRow,
    PartnerRow,
    PartnerKeyRow,
    ProductRow,
    ProductListRow,
    PartnerProductRow,
    PartnerUsageRow,
    PartnerChangeRow,
    PartnerStoryRow,
    PartnerDueRow,
    SavedSearchRow,
    WebhookRow,
    WebhookDeadLetterRow,
  ],
  migrations: [
    Newsroom1764000000000,
    Desk1764100000000,
    Entities1764100300000,
    EntityForms1764100400000,
    Freshness1764200000000,
    Search1764300000000,
    Import1764310000000,
    Fronts1764320000000,
    Storylines1764325000000,
    NewestFound1764335000000,
    Beside1764340000000,
    Syndication1764400000000,
    Webhooks1764410000000,
    ImportVersions1764420000000,
    ImportCancelled1764430000000,
    PartnerNotes1764440000000,
    PassingOn1764450000000,
  ],
};

/** Opens the newsroom's database, without changing it. */
export function openStorage(config: DatabaseConfig): Promise<Database> {
  return config.kind === 'sqlite' ? openSqlite(config.path, shape) : openMysql(config.url, config.replicaUrls, shape);
}

/** The data source that TypeORM's own command line wants. */
export async function storageSource(config: DatabaseConfig): Promise<DataSource> {
  return config.kind === 'sqlite' ? sqliteSource(config.path, shape) : mysqlSource(config.url, shape);
}
