import { Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, Json, Text, Whole } from './columns.js';

/** What somebody did to something: written in the transaction that did it, never changed. */
@Entity('audit')
@Index('audit_subject', ['subject', 'subjectId', 'id'])
@Index('audit_account', ['accountId', 'id'])
@Index('audit_at', ['at'])
export class AuditRow {
  @Id() id: number;
  @Instant() at: number;
  /** Who did it; none when it was the service itself or its command line. */
  @Whole({ nullable: true }) accountId: number | null;
  @Text(40) action: string;
  /** The type of what it was done to, such as `Article` or `Person`. */
  @Text(20) subject: string;
  @Whole() subjectId: number;
  @Text(1000, { nullable: true }) note: string | null;
  /** What undoing or explaining it needs. */
  @Json({ nullable: true }) detail: unknown;
}

/** One entry of the delta feed: its sequence is its place in the order of commits. */
@Entity('content_change')
@Index('content_change_subject', ['subject', 'subjectId'])
export class ChangeRow {
  @PrimaryColumn('bigint') seq: number;
  @Instant() at: number;
  @Text(20) op: string;
  @Text(20) subject: string;
  @Whole() subjectId: number;
  @Whole() version: number;
  @Whole({ nullable: true }) publicationId: number | null;
  @Text(1000, { nullable: true }) note: string | null;
  /** Tags of what else it made look different. */
  @Json({ nullable: true }) touches: unknown;
}

/** A number that only goes up; who raises it holds its row until his commit, so that numbers are in the order of commits. */
@Entity('counter')
export class CounterRow {
  @PrimaryColumn('varchar', { length: 40 }) name: string;
  @Instant() value: number;
}

/** What must follow a commit outside the database; a worker takes it for a while, does it, and deletes it. */
@Entity('outbox')
@Index('outbox_due', ['availableAt', 'id'])
export class OutboxRow {
  @Id() id: number;
  @Text(40) topic: string;
  @Json() payload: unknown;
  @Instant() createdAt: number;
  /** When it may be taken: moved ahead while somebody has it, and after each failure. */
  @Instant() availableAt: number;
  @Whole() attempts: number;
  @Text(500, { nullable: true }) lastError: string | null;
}

/** The answer a mutation gave, so that the same request again gives it again instead of being done twice. */
@Entity('idempotency')
@Index('idempotency_created', ['createdAt'])
export class IdempotencyRow {
  /** A print of who asked and the key he sent. */
  @PrimaryColumn('varchar', { length: 43 }) id: string;
  /** A print of the mutation and its input. */
  @Text(43) fingerprint: string;
  @Json({ nullable: true }) answer: unknown;
  @Instant() createdAt: number;
}
