import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { importArticles } from './import-articles.commands.js';
import { ImportArticlesInput, ImportArticlesResult } from './import.types.js';

@Resolver()
export class ImportResolver {
  @Mutation(() => ImportArticlesResult, {
    description: 'Brings in stories of another system, or what is new of them; the same again changes nothing.',
  })
  importArticles(
    @Ctx() ctx: Context,
    @Arg('input', () => ImportArticlesInput) input: ImportArticlesInput,
  ): Promise<object> {
    return importArticles(ctx, input);
  }
}
