import { Arg, Ctx, FieldResolver, registerEnumType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { JsonDocument } from '../../kernel/scalars.js';
import type { DocumentFormat } from '../partners/partner.words.js';
import type { SyndicatedStoryView } from '../story/story.loaders.js';
import { SyndicatedStory } from '../story/story.types.js';
import { storyDocument } from './document.loaders.js';
import type { StoryDocument } from './document.types.js';
import { htmlOf } from './html.js';
import { newsmlOf } from './newsml.js';
import { ninjsOf, type NinjsVersion } from './ninjs.js';

const NinjsVersionEnum = { V3_2: '3.2', V2_1: '2.1' } as const satisfies Record<string, NinjsVersion>;
registerEnumType(NinjsVersionEnum, { name: 'NinjsVersion', description: 'A version of the IPTC’s ninjs.' });

/** A story written in a form; nothing when its product is not given in it. */
async function inForm<Written>(
  ctx: Context,
  story: SyndicatedStoryView,
  form: DocumentFormat,
  write: (document: StoryDocument) => Written,
): Promise<Written | null> {
  return story.rights.formats.includes(form) ? write(await storyDocument(ctx, story)) : null;
}

@Resolver(() => SyndicatedStory)
export class StoryDocuments {
  @FieldResolver(() => JsonDocument, {
    nullable: true,
    description: 'All of it as ninjs; none when your product has none.',
  })
  ninjs(
    @Ctx() ctx: Context,
    @Root() story: SyndicatedStoryView,
    @Arg('version', () => NinjsVersionEnum, { defaultValue: '3.2' }) version: NinjsVersion,
  ): Promise<object | null> {
    return inForm(ctx, story, 'NINJS', (document) => ninjsOf(document, version));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'All of it as NewsML-G2 2.35; none when your product has none.',
  })
  newsml(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<string | null> {
    return inForm(ctx, story, 'NEWSML', newsmlOf);
  }

  @FieldResolver(() => JsonDocument, {
    nullable: true,
    description: 'All of it as plain JSON; none when your product has none.',
  })
  json(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<object | null> {
    return inForm(ctx, story, 'JSON', (document) => document);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'All of it as a page of HTML; none when your product has none.',
  })
  html(@Ctx() ctx: Context, @Root() story: SyndicatedStoryView): Promise<string | null> {
    return inForm(ctx, story, 'HTML', htmlOf);
  }
}
