import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Organisation, Person, Place } from '../entities/entity.types.js';
import { DateTime } from '../kernel/scalars.js';
import { Section } from '../sections/section.types.js';
import { Article } from './article.types.js';

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

export const Resolved = createUnionType({
  name: 'Resolved',
  description: 'What lives at a path.',
  types: () => [Article, Section, Person, Organisation, Place, Redirect, Gone] as const,
});
