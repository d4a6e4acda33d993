import type { Context } from '../kernel/context.js';
import { touchEverything } from '../kernel/ledger.js';
import { sql } from '../kernel/sql.js';
import { inTransaction } from '../kernel/transaction.js';
import { checkText, upsert } from '../kernel/write.js';
import { SectionRow } from './section.rows.js';

export interface SectionInput {
  slug: string;
  name: string;
  description: string;
  parentSlug?: string | undefined;
  position: number;
}

/** Makes a section, or changes the one with this slug; its parent must be there. Gives its id. */
export function saveSection(ctx: Context, input: SectionInput): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const [parent] = input.parentSlug
      ? await tx.read<{ id: number }>(sql`select id from section where slug = ${input.parentSlug}`)
      : [];
    await touchEverything(tx);
    return upsert(
      tx,
      SectionRow,
      { slug: checkText('slug', input.slug, { min: 1, max: 80 }) },
      {
        name: checkText('name', input.name, { min: 1, max: 120 }),
        description: checkText('description', input.description, { max: 500 }),
        parentId: parent?.id ?? null,
        position: input.position,
      },
    );
  });
}
