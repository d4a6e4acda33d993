import { correctionsOf } from '../../articles/article.queries.js';
import type { Context } from '../../kernel/context.js';
import { addressesFor, creditsOf, entitiesOf, passedOf, relatedOf, sectionsOf } from '../story/parts.loaders.js';
import type { SyndicatedStoryView } from '../story/story.loaders.js';
import { documentOf } from './document.rules.js';
import type { StoryDocument } from './document.types.js';

/** A story with all that belongs to it, as documents tell it: every form is written from this. */
export async function storyDocument(ctx: Context, story: SyndicatedStoryView): Promise<StoryDocument> {
  const [passed, sections, entities, credits, corrections, related] = await Promise.all([
    passedOf(ctx, story),
    sectionsOf(ctx, story),
    entitiesOf(ctx, story),
    creditsOf(ctx, story),
    correctionsOf(ctx, story),
    relatedOf(ctx, story),
  ]);
  const parts = { story, passed, sections, entities, credits, corrections, related };
  return documentOf(addressesFor(ctx, story), parts);
}
