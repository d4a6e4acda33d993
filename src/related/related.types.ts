import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Article, RelationKindEnum } from '../articles/article.types.js';
import { maxRelated, type RelationKind } from '../articles/edition.rows.js';
import { connectionOver } from '../kernel/page.js';

@ObjectType({ simpleResolvers: true, description: 'A story that stands beside another, as its editor put it.' })
export class RelatedStoryEdge {
  @Field(() => String, { description: 'Hand this to `after` to start behind this one.' })
  cursor: string;

  @Field(() => RelationKindEnum)
  kind: RelationKind;

  @Field(() => String, { nullable: true, description: 'A word above the headline, such as `Israel`.' })
  kicker?: string | null;

  @Field(() => String, { nullable: true, description: 'A headline for this place, instead of its own.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it stands here, for readers.' })
  reason?: string | null;

  @Field(() => Article)
  node: Article;
}

@ArgsType()
export class RelatedArgs {
  @Field(() => Int, { defaultValue: 10, description: `How many, at most ${maxRelated}.` })
  first: number;

  @Field(() => String, { nullable: true, description: 'Start after this cursor, as an earlier page gave it.' })
  after?: string | null;
}

export const RelatedStories = connectionOver(RelatedStoryEdge, Article, 'RelatedStory', 'related stories');
