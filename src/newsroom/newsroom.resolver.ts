import { Query, Resolver } from 'type-graphql';
import { Newsroom } from './newsroom.types.js';

@Resolver()
export class NewsroomResolver {
  @Query(() => Newsroom, { description: 'What only those who work in the newsroom see.' })
  newsroom(): object {
    return {};
  }
}
