import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Reference, Text, Whole } from '../../kernel/columns.js';
import type { ChangeKind } from '../feed/change.words.js';
import type { WebhookState } from './webhook.words.js';

/** Where a partner has his changes sent, and how far that has come. */
@Entity('webhook')
@Index('webhook_partner', ['partnerId'])
@Index('webhook_search', ['savedSearchId'])
@Index('webhook_due', ['state', 'nextAt'])
export class WebhookRow {
  @Id() id: number;
  @Reference('partner') partnerId: number;
  @Text(1000) url: string;
  @Text(200) description: string;
  @Text(10) state: WebhookState;
  @Text(300, { nullable: true }) pausedBecause: string | null;
  /** Which changes are sent; none is all. */
  @Json({ nullable: true }) kinds: ChangeKind[] | null;
  @Reference('saved_search', { nullable: true }) savedSearchId: number | null;
  /** Sealed. */
  @Text(200) secret: string;
  /** Those before, sealed, with a space between. */
  @Text(500, { nullable: true }) formerSecret: string | null;
  /** Until when what is sent is signed with those before, too. */
  @Instant({ nullable: true }) formerUntil: number | null;
  @Whole() version: number;
  @Instant() createdAt: number;

  /** The place in the partner's feed up to which all has been sent, or given up. */
  @Instant() place: number;
  /** Who sends to it now, and until when nobody else does. */
  @Text(22, { nullable: true }) lease: string | null;
  @Instant() leasedUntil: number;
  /** How often the next change was tried, and when it will be. */
  @Whole() attempts: number;
  @Instant() nextAt: number;
  /** How many changes were given up since the last that was taken. */
  @Whole() deadInRow: number;
  @Instant({ nullable: true }) deliveredAt: number | null;
  /** What came of the last try. */
  @Whole({ nullable: true }) lastStatus: number | null;
  @Text(300, { nullable: true }) lastError: string | null;
  @Instant({ nullable: true }) testedAt: number | null;
}

/** A change that an endpoint did not take and that is not tried any more, until somebody says so. */
@Entity('webhook_dead_letter')
@Index('webhook_dead_letter_seq', ['webhookId', 'seq'], { unique: true })
@Index('webhook_dead_letter_due', ['dueAt'])
export class WebhookDeadLetterRow {
  @Id() id: number;
  @Reference('webhook') webhookId: number;
  /** The change, by its place in the partner's feed. */
  @Instant() seq: number;
  @Text(20) kind: ChangeKind;
  /** When it was given up. */
  @Instant() at: number;
  @Whole() attempts: number;
  /** What the last try was answered; none when there was no answer. */
  @Whole({ nullable: true }) status: number | null;
  @Text(300) error: string;
  /** When it is to be sent again; none until somebody asks for it. */
  @Instant({ nullable: true }) dueAt: number | null;
}
