import { Field, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Something that differs between two texts of a story.' })
export class RevisionChange {
  @Field(() => String, { description: 'Where, outermost first, such as `title` or `body.b2`.' })
  path: string;

  @Field(() => String, { nullable: true, description: 'What was there; nothing when it was added.' })
  before?: string | null;

  @Field(() => String, { nullable: true, description: 'What is there; nothing when it was taken away.' })
  after?: string | null;
}
