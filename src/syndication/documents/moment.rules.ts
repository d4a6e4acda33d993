import type { SyndicatedStoryView } from '../story/story.loaders.js';

export const isoOf = (ms: number): string => new Date(ms).toISOString();

interface Moments {
  firstCreated: string;
  versionCreated: string;
  publishedAt: string | null;
  updatedAt: string | null;
  embargoedUntil: string | null;
  expiresAt: string | null;
}

type Dated = Pick<
  SyndicatedStoryView,
  'savedAt' | 'firstPublishedAt' | 'publishedAt' | 'updatedAt' | 'embargoedUntil' | 'expiresAt'
>;

/** When what happened to a story. What readers have yet to see was made when its text was saved. */
export function momentsOf(story: Dated, corrections: readonly { issuedAt: number }[]): Moments {
  const isSeen = story.embargoedUntil === null;
  const made = (seen: number | null) => (isSeen ? (seen ?? story.savedAt) : story.savedAt);
  const orNull = (ms: number | null) => (ms === null ? null : isoOf(ms));
  return {
    firstCreated: isoOf(made(story.firstPublishedAt)),
    versionCreated: isoOf(Math.max(made(story.updatedAt), ...corrections.map(({ issuedAt }) => issuedAt))),
    publishedAt: isSeen ? orNull(story.publishedAt) : null,
    updatedAt: isSeen ? orNull(story.updatedAt) : null,
    embargoedUntil: orNull(story.embargoedUntil),
    expiresAt: orNull(story.expiresAt),
  };
}
