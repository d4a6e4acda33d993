import { slugOf } from '../../../kernel/slug.js';
import { readPage } from '../page.js';
import { NotAnArticle } from '../page.limits.js';
import type { ImportedBlock } from '../markup.blocks.js';
import type { ImportedPage } from '../page.types.js';
import type { IncomingStory, ReadItem, ReaderOptions, SourceFiles } from '../story.types.js';
import { wholeText } from './source.js';

const mostCharacters = 5 * 1_048_576;

/** Saved pages, one story to a file: what their metadata say first, then what a reader would see. */
export async function* readHtml(
  sources: SourceFiles,
  file: string,
  options: ReaderOptions,
): AsyncGenerator<ReadItem, void, void> {
  const place = { file };
  try {
    yield { place, story: storyOf(readPage(await wholeText(sources, file, options, mostCharacters))) };
  } catch (error) {
    if (!(error instanceof NotAnArticle)) throw error;
    yield { place, failed: error.message };
  }
}

function storyOf(page: ImportedPage): IncomingStory {
  const blocks = page.blocks.map(({ key: _, ...block }) => block as ImportedBlock);
  const url = page.picture?.url;
  const notes = [
    ...page.unplaced.map((line) => `Could not place: “${line}”`),
    ...(page.furniture.length > 0 ? [`Left out as page furniture: ${page.furniture.length} lines.`] : []),
  ];
  return {
    externalId: page.canonicalUrl ?? `title:${slugOf(page.title)}`, // as `import page` has it,
    url: page.canonicalUrl,
    title: page.title,
    standfirst: page.standfirst,
    body: { blocks },
    language: page.language,
    publishedAt: page.publishedAt?.toISOString(),
    categories: [page.section, page.kicker].filter((each): each is string => each !== undefined),
    credits: [
      ...page.authors.map((text) => ({ role: 'AUTHOR' as const, text })),
      ...(page.picture?.credit
        ? [{ role: 'AGENCY' as const, text: page.picture.credit.replace(/^[^\p{L}]+/u, '') }]
        : []),
    ],
    picture: url === undefined ? undefined : { url, ...page.picture, alt: page.picture?.caption ?? '' },
    related: page.related.flatMap((teaser) => teaser.url ?? []),
    notes,
  };
}
