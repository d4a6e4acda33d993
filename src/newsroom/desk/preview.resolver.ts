import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { createPreview } from '../../articles/preview.commands.js';
import type { Context } from '../../kernel/context.js';
import { idIn } from '../../kernel/global-id.js';
import { CreatePreviewInput, CreatePreviewResult } from './preview.types.js';

@Resolver()
export class PreviewResolver {
  @Mutation(() => CreatePreviewResult, {
    description: 'Makes a token that shows the newest text of a story, and drafts beside it, to whoever has it.',
  })
  createPreview(
    @Ctx() ctx: Context,
    @Arg('input', () => CreatePreviewInput) input: CreatePreviewInput,
  ): Promise<object> {
    return createPreview(ctx, { ...input, articleId: idIn('articleId', input.articleId, 'Article') });
  }
}
