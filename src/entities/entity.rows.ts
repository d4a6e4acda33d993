import { Entity, Index, PrimaryColumn } from 'typeorm';
import { CalendarDay, Flag, Fraction, Id, Instant, Reference, Text, Whole } from '../kernel/columns.js';

export const entityKinds = ['Person', 'Organisation', 'Place'] as const;
export type EntityKind = (typeof entityKinds)[number];

/** A person, an organisation or a place that stories name. */
@Entity('entity')
@Index('entity_name', ['name'])
@Index('entity_slug', ['kind', 'slug'], { unique: true })
@Index('entity_wikidata_id', ['wikidataId'], { unique: true })
@Index('entity_merged_into', ['mergedInto'])
export class EntityRow {
  @Id() id: number;
  @Text(12) kind: EntityKind;
  @Text(160) slug: string;
  @Text(200) name: string;
  @Text(500) description: string;
  @CalendarDay({ nullable: true }) bornOn: string | null;
  @CalendarDay({ nullable: true }) diedOn: string | null;
  @Fraction({ nullable: true }) latitude: number | null;
  @Fraction({ nullable: true }) longitude: number | null;
  @Text(20, { nullable: true }) wikidataId: string | null;
  @Text(255, { nullable: true }) website: string | null;
  @Whole({ default: 1 }) version: number;
  /** The entity that took its place: then it is shown nowhere, and its id leads there. Never one that is merged itself. */
  @Whole({ nullable: true }) mergedInto: number | null;
  @Instant() createdAt: number;
  @Instant() updatedAt: number;
}

/** Another form of the name, as texts have it. */
@Entity('entity_alias')
@Index('entity_alias_form', ['name'])
@Index('entity_alias_name', ['entityId', 'name'], { unique: true })
export class EntityAliasRow {
  @Id() id: number;
  @Reference('entity') entityId: number;
  @Whole() position: number;
  @Text(200) name: string;
}

/** What the names of an entity are looked up by in texts: `formsOf` makes them. Some may be of names it had once. */
@Entity('entity_form', { withoutRowid: true })
@Index('entity_form_entity', ['entityId'])
export class EntityFormRow {
  @PrimaryColumn('varchar', { length: 100 }) form: string;
  @PrimaryColumn('int') entityId: number;
}

/** Every slug an entity ever had, so that no other of its kind gets it. */
@Entity('entity_slug_claim')
@Index('entity_slug_claim_entity', ['entityId'])
export class EntitySlugClaimRow {
  @PrimaryColumn('varchar', { length: 12 }) kind: EntityKind;
  @PrimaryColumn('varchar', { length: 160 }) slug: string;
  @Reference('entity') entityId: number;
}

/** A post a person held, from a day to a day. */
@Entity('entity_role')
@Index('entity_role_person', ['personId', 'startedOn'])
export class EntityRoleRow {
  @Id() id: number;
  @Reference('entity') personId: number;
  @Text(160) title: string;
  @Flag() interim: boolean;
  @Reference('entity', { nullable: true }) organisationId: number | null;
  @Reference('entity', { nullable: true }) placeId: number | null;
  @CalendarDay({ nullable: true }) startedOn: string | null;
  @CalendarDay({ nullable: true }) endedOn: string | null;
  @Reference('article', { nullable: true }) sourceArticleId: number | null;
}
