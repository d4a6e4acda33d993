import type { Context } from '../../kernel/context.js';
import { missing, type UserErrorView } from '../../kernel/errors.js';
import { globalId } from '../../kernel/global-id.js';
import { never, recordAudit } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';

/** Has work that failed tried again, from the first try on. */
export function retryJob(
  ctx: Context,
  input: CommandInput & { id: number },
): Promise<{ __typename: 'JobRetried'; jobId: string } | UserErrorView> {
  return perform(ctx, 'retryJob', input, async (tx) => {
    const due = sql`availableAt = ${tx.now}, attempts = 0`;
    const found = await tx.run(sql`update outbox set ${due} where id = ${input.id} and availableAt = ${never}`);
    if (found !== 1) throw missing('failed job', 'id');
    await recordAudit(ctx, tx, { action: 'retry', subject: 'Job', subjectId: input.id });
    return { __typename: 'JobRetried', jobId: globalId('Job', input.id) };
  });
}
