import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { Syndication } from './syndication.types.js';

@Resolver()
export class SyndicationResolver {
  @Query(() => Syndication, { description: 'What a partner gets of us, as his products have it.' })
  syndication(@Ctx() { trace }: Context): object {
    if (trace) trace.isWhole = false; // it depends on who asks
    return {};
  }
}
