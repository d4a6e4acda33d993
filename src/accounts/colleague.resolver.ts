import { FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { globalId } from '../kernel/global-id.js';
import type { ColleagueView } from './colleague.queries.js';
import { Colleague } from './colleague.types.js';

@Resolver(() => Colleague)
export class ColleagueResolver {
  @FieldResolver(() => ID)
  id(@Root() colleague: ColleagueView): string {
    return globalId('Account', colleague.id);
  }
}
