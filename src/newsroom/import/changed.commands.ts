import { publishText } from '../../articles/bring-in.commands.js';
import { checkedEdition, saveText } from '../../articles/edition.commands.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { hostIn } from './address.rules.js';
import type { PreparedStory } from './prepare.rules.js';
import { textOf, type Outcome, type Shared, type StoryToWrite, type Written } from './story-text.rules.js';
import type { KnownItem } from './write.queries.js';

interface Left {
  outcome: Extract<Outcome, 'SKIPPED' | 'FAILED'>;
  reason: string;
}

const skipped = (reason: string): Left => ({ outcome: 'SKIPPED', reason });

/** Why a story that is here is left as it is, whatever comes of it from outside; nothing when it is not. */
export function leftAlone(
  story: PreparedStory,
  there: KnownItem,
  { source, hosts }: { source: string; hosts: ReadonlySet<string> | undefined },
): Left | undefined {
  const { editionId, newestEditionId, savedBy, workflowState } = there;
  if (isAnother(story, there, hosts ?? new Set())) {
    const reason = `Story ${story.externalId} of source "${source}" is another one here: give each system its own --source.`;
    return { outcome: 'FAILED', reason };
  }
  const isTheirs = editionId === null ? savedBy !== null : editionId !== newestEditionId;
  if (isTheirs) return skipped('Somebody has worked on the story here since it was brought in: their text stays.');
  if (/^(?:WITHDRAWN|KILLED|SCHEDULED)$/.test(workflowState))
    return skipped(`The story is ${workflowState.toLowerCase()} here: an editor decides what becomes of it.`);
  if (there.version !== null && story.version !== undefined && story.version < there.version)
    return skipped('A later version of it is here already.');
  if (story.isDraftThere && /^(?:PUBLISHED|CORRECTED)$/.test(workflowState))
    return skipped('It is a draft there now and readers still see it here.');
  return undefined;
}

/**
 * Whether an item has no more than its id in common with the story that is here: neither the host of its address nor its
 * headline, or, where neither has an address, neither its date nor any longer word of its headline.
 */
function isAnother(
  { externalId, title, publishedAt, addresses }: PreparedStory,
  there: KnownItem,
  hosts: ReadonlySet<string>,
): boolean {
  if (there.title === null || /^[a-z][\w+.-]*:/i.test(externalId)) return false; // addresses and URNs are of one system
  if (addresses.length > 0 && hosts.size > 0)
    return title !== there.title && !addresses.some((address) => hosts.has(hostIn(address)));
  if (addresses.length > 0 || hosts.size > 0) return false;
  const words = wordsIn(there.title);
  const isDated = publishedAt !== undefined && there.firstPublishedAt !== null;
  return isDated && publishedAt !== there.firstPublishedAt && !wordsIn(title).some((word) => words.includes(word));
}

const wordsIn = (title: string): string[] => title.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [title];

/** Makes another text of a story that is here, unless it is to be left alone or says the same. */
export async function update(
  ctx: Context,
  tx: Transaction,
  each: StoryToWrite,
  there: KnownItem,
  shared: Shared,
): Promise<Written & { editionId?: number }> {
  const { id: articleId, slug } = there;
  if (there.print === each.print) return { outcome: 'UNCHANGED', articleId, slug, notes: [] };
  const left = leftAlone(each.story, there, { source: shared.source, hosts: shared.hosts.get(articleId) });
  if (left) return { ...left, articleId, slug, notes: [] };
  const { text, publishedAt, notes } = textOf(each, articleId, shared);
  const known = { id: articleId, slug, firstPublishedAt: there.firstPublishedAt };
  const { changed, editionId } = await saveText(tx, known, checkedEdition(text));
  const isDated = publishedAt === each.story.publishedAt; // else it keeps the date that it has
  const shown =
    publishedAt !== null &&
    (await publishText(ctx, tx, { articleId, editionId, publishedAt: isDated ? publishedAt : undefined }));
  const isNews = changed || (shown && shown.changed);
  return { outcome: isNews ? 'UPDATED' : 'UNCHANGED', articleId, slug, notes, editionId };
}
