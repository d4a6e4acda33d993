import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Flag, Id, Instant, Json, Reference, Text, Whole } from '../../kernel/columns.js';
import type { FilterInput } from '../../articles/filter.rules.js';
import type { DocumentFormat, KeyScope, PicturesPassed, ProductDimension } from './partner.words.js';

/** A publisher who takes our stories. */
@Entity('partner')
@Index('partner_slug', ['slug'], { unique: true })
export class PartnerRow {
  @Id() id: number;
  @Text(80) slug: string;
  @Text(200) name: string;
  /** One that is not gets nothing, whatever keys it has. */
  @Flag() isActive: boolean;
  /** How often, and for how much, its keys may ask in a minute; none is as the settings have it. */
  @Whole({ nullable: true }) requestsPerMinute: number | null;
  @Whole({ nullable: true }) costPerMinute: number | null;
  @Whole() version: number;
  @Instant() createdAt: number;
}

/** What a partner shows to be known: only a keyed hash of it is here. */
@Entity('partner_key')
@Index('partner_key_slot', ['partnerId', 'slot'], { unique: true })
export class PartnerKeyRow {
  @Id() id: number;
  @Reference('partner') partnerId: number;
  /** 1 or 2 while it may be used, so that a partner never has more than two; none once it was revoked. */
  @Whole({ nullable: true }) slot: number | null;
  @Text(80) name: string;
  @Text(43) hash: string;
  @Json() scopes: KeyScope[];
  @Instant() createdAt: number;
  /** `forever` while nothing ends it. */
  @Instant() expiresAt: number;
  /** To the minute. */
  @Instant({ nullable: true }) lastUsedAt: number | null;
  @Instant({ nullable: true }) revokedAt: number | null;
}

/** What partners buy: a filter over stories, and what may be done with those it lets through. */
@Entity('product')
@Index('product_slug', ['slug'], { unique: true })
export class ProductRow {
  @Id() id: number;
  @Text(80) slug: string;
  @Text(200) name: string;
  @Whole() version: number;
  /** As it was given; `product_list` is what is searched by. */
  @Json() filter: FilterInput;
  /** Of how many dimensions a story has to be in a list. */
  @Whole() dimensions: number;
  /** By how much later (or earlier, when negative) than other partners its stories come, in milliseconds. */
  @Instant() shift: number;
  /** How long a story may be kept after it was first published, in days; none is without end. */
  @Whole({ nullable: true }) keepDays: number | null;
  @Text(10) pictures: PicturesPassed;
  @Json() formats: DocumentFormat[];
  /** Countries (ISO 3166-1, two letters) that stories may be shown in; empty is all. */
  @Json() territories: string[];
  @Text(1000, { nullable: true }) usageTerms: string | null;
  @Instant() createdAt: number;
}

/** The lists that a product's stories are in: one of each dimension that has any. */
@Entity('product_list')
@Index('product_list_list', ['list', 'productId'])
export class ProductListRow {
  @PrimaryColumn('int') productId: number;
  @PrimaryColumn('varchar', { length: 10 }) dimension: ProductDimension;
  @PrimaryColumn('varchar', { length: 24 }) list: string;
}

/** Who has which product. */
@Entity('partner_product')
@Index('partner_product_product', ['productId', 'partnerId'])
export class PartnerProductRow {
  @PrimaryColumn('int') partnerId: number;
  @PrimaryColumn('int') productId: number;
}

/** What a key took on a day (UTC), by product; product 0 is what belongs to none. */
@Entity('partner_usage')
export class PartnerUsageRow {
  @PrimaryColumn('int') partnerId: number;
  @PrimaryColumn('varchar', { length: 10 }) day: string;
  @PrimaryColumn('int') keyId: number;
  @PrimaryColumn('int') productId: number;
  @Whole() requests: number;
  @Whole() stories: number;
  @Instant() cost: number;
}
