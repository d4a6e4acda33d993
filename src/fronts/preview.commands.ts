import type { Context } from '../kernel/context.js';
import { badInput, missing, type UserErrorView } from '../kernel/errors.js';
import { recordAudit } from '../kernel/ledger.js';
import { perform, type CommandInput } from '../kernel/perform.js';
import { accountIdOf } from '../kernel/viewer.js';
import { nowIn } from '../kernel/write.js';
import { newsroomFrontById } from './newsroom-front.queries.js';

export interface FrontPreviewView {
  __typename: 'FrontPreviewCreated';
  token: string;
  expiresAt: number;
}

const hour = 3_600_000;
const longest = 14 * 24;
export const frontPreviewPurpose = 'front-preview';

/** Makes a token that shows a front's newest arrangement, and the newest texts of its stories, to whoever has it, until it expires. */
export async function previewFront(
  ctx: Context,
  input: CommandInput & { frontId: number; hours: number },
): Promise<FrontPreviewView | UserErrorView> {
  const { frontId, hours } = input;
  if (hours < 1 || hours > longest) throw badInput(`A preview lasts from 1 to ${longest} hours.`, 'hours');
  if (!(await newsroomFrontById(ctx, frontId))) throw missing('front', 'id');
  return perform(ctx, 'previewFront', input, async (tx) => {
    const expiresAt = (await nowIn(tx)) + hours * hour;
    const token = ctx.signer.sign(frontPreviewPurpose, `${frontId} ${accountIdOf(ctx.viewer) ?? 0}`, expiresAt);
    await recordAudit(ctx, tx, { action: 'preview', subject: 'Front', subjectId: frontId, detail: { expiresAt } });
    return { __typename: 'FrontPreviewCreated', token, expiresAt };
  });
}
