import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../kernel/scalars.js';

@ObjectType({ simpleResolvers: true, description: 'What was here is somewhere else now.' })
export class Redirect {
  @Field(() => String, { description: 'Where it is now.' })
  path: string;

  @Field(() => Boolean, { description: 'Whether it will stay there: 301 rather than 302.' })
  permanent: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What was here was taken away on purpose: answer 410.' })
export class Gone {
  @Field(() => DateTime)
  since: number;

  @Field(() => String, { nullable: true })
  reason?: string | null;
}
