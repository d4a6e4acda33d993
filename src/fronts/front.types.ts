import { Field, ObjectType } from 'type-graphql';
import { Article } from '../articles/article.types.js';
import { Node } from '../kernel/node.types.js';
import { connectionTypes } from '../kernel/page.js';

@ObjectType({ simpleResolvers: true, description: 'A story in its place on a front.' })
export class FrontStory {
  @Field(() => String, { nullable: true, description: 'A word above the headline, such as `Israel`.' })
  kicker?: string | null;

  @Field(() => String, { nullable: true, description: 'A headline for this place, instead of its own.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'A sentence for this place, instead of its own standfirst.' })
  standfirst?: string | null;

  @Field(() => Boolean, {
    description: 'Whether an editor put it here; the others are the newest that go with the block.',
  })
  isPinned: boolean;

  @Field(() => Article)
  article: Article;
}

@ObjectType({ simpleResolvers: true, description: 'A part of a front, such as the top stories.' })
export class FrontBlock {
  @Field(() => String, { description: 'Its name within the front, which it keeps when it is moved.' })
  key: string;

  @Field(() => String, { description: 'Its heading; may be empty.' })
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'How it should look, in a word that front ends know, such as `hero`.',
  })
  layout?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'A page that editors arrange, as readers see it: no story stands on it twice.',
})
export class Front extends Node {
  @Field(() => String, { description: 'Its name, such as `home`: it never changes.' })
  slug: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'What it is about, in one line; may be empty.' })
  description: string;
}

export const FrontPages = connectionTypes(Front, 'Front', 'fronts, by their slugs');
