import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, optional, text } from './table.js';

/** Whether partners may have a story, and what they have to keep to with it. */
export class PassingOn1764450000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'edition', {
      passingOn: { ...text(10), default: "'ALLOWED'" },
      passingOnTerms: optional(text(1_000)),
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'edition', ['passingOn', 'passingOnTerms']);
  }
}
