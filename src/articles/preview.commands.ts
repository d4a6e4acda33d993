import type { Context } from '../kernel/context.js';
import { badInput, missing, type UserErrorView } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import { perform, type CommandInput } from '../kernel/perform.js';
import { accountIdOf } from '../kernel/viewer.js';
import { nowIn } from '../kernel/write.js';
import { newsroomArticleById } from './newsroom-article.queries.js';

export interface CreatedPreview {
  __typename: 'PreviewCreated';
  token: string;
  url: string;
  expiresAt: number;
}

const hour = 3_600_000;
const longest = 14 * 24;
export const previewPurpose = 'preview';

/** Makes a token that shows a story's newest text, and the drafts beside it, to whoever has it, until it expires. */
export async function createPreview(
  ctx: Context,
  input: CommandInput & { articleId: number; hours: number },
): Promise<CreatedPreview | UserErrorView> {
  const { articleId, hours } = input;
  if (hours < 1 || hours > longest) throw badInput(`A preview lasts from 1 to ${longest} hours.`, 'hours');
  const article = await newsroomArticleById(ctx, articleId);
  if (!article || article.workflowState === 'KILLED') throw missing('story', 'articleId');
  return perform(ctx, 'createPreview', input, async (tx) => {
    const expiresAt = (await nowIn(tx)) + hours * hour;
    const madeBy = accountIdOf(ctx.viewer) ?? 0;
    const token = ctx.signer.sign(previewPurpose, `${articleId} ${madeBy}`, expiresAt);
    const detail = { expiresAt };
    await recordAudit(ctx, tx, { action: 'preview', subject: 'Article', subjectId: articleId, detail });
    return {
      __typename: 'PreviewCreated',
      token,
      url: `${ctx.addresses.siteUrl}${article.path}?preview=${token}`,
      expiresAt,
    };
  });
}
