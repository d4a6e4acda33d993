import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { Newsroom } from '../accounts/newsroom.types.js';

@Resolver()
export class NewsroomResolver {
  @Query(() => Newsroom, { description: 'What only those who work in the newsroom see.' })
  newsroom(@Ctx() { trace }: Context): object {
    if (trace) trace.isWhole = false; // it depends on who asks
    return {};
  }
}
