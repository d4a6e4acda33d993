import { Arg, Ctx, FieldResolver, ID, Resolver } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { parseGlobalIds } from '../../kernel/global-id.js';
import { Newsroom } from '../../accounts/newsroom.types.js';
import { Suggestions } from './suggestion.types.js';
import { suggestionsFor, type SuggestionsView } from './suggestion.queries.js';

@Resolver(() => Newsroom)
export class SuggestionResolver {
  @FieldResolver(() => Suggestions, {
    nullable: true,
    description: 'Whom and what the newest text of a story names, and which stories belong beside it.',
  })
  suggestions(@Ctx() ctx: Context, @Arg('articleId', () => ID) articleId: string): Promise<SuggestionsView | null> {
    return suggestionsFor(ctx, parseGlobalIds([articleId], ['Article'])[0]!);
  }
}
