import type { Context } from '../kernel/context.js';
import type { MediaStore } from '../media/media.store.js';
import { forgetRenditions } from '../media/picture.store.js';
import { closedFilesOf } from '../articles/open-picture.queries.js';

/** What is done to a story that readers must not see any more. */
export const takenBack: readonly unknown[] = ['KILLED', 'WITHDRAWN'];

/** Removes what was made of the pictures of a story that was taken back, unless others that readers see show them too. */
export async function forgetTakenBack(ctx: Context, store: MediaStore, change: unknown): Promise<void> {
  const { op, subject, subjectId } = change as { op: string; subject: string; subjectId: number };
  if (subject !== 'Article' || !takenBack.includes(op)) return;
  for (const file of await closedFilesOf(ctx, subjectId)) await forgetRenditions(store, file);
}
