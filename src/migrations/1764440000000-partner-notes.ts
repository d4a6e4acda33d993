import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Takes out of the feeds what editors noted for the newsroom when they published: only notes on mistakes are for partners. */
export class PartnerNotes1764440000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update partner_change set note = null where note is not null and kind in ('PUBLISHED', 'UPDATED', 'EMBARGO_LIFTED')
         and not exists (select 1 from correction c where c.articleId = partner_change.articleId and c.note = partner_change.note)`,
    );
    await runner.query(
      `update content_change set note = null where note is not null and op in ('PUBLISHED', 'UPDATED')`,
    );
  }

  /** What was taken out stands in the history of each story. */
  async down(): Promise<void> {}
}
