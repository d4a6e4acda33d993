import { Field, Int, ObjectType } from 'type-graphql';
import { Colleague } from '../../accounts/colleague.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';

@ObjectType({
  simpleResolvers: true,
  description: 'One of the texts a story had. It never changes: every save makes another.',
})
export class Revision {
  @Field(() => Int, { description: 'From 1 on, within its story.' })
  number: number;

  @Field(() => DateTime)
  savedAt: number;

  @Field(() => Colleague, { nullable: true, description: 'Who saved it; nobody when it was brought in.' })
  savedBy?: unknown;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'The sentence under the headline; may be empty.' })
  standfirst: string;

  @Field(() => Int)
  wordCount: number;

  @Field(() => String, { nullable: true, description: 'What was said about the change.' })
  note?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When readers first got this text; nothing while they have not.',
  })
  visibleFrom?: number | null;
}

export const RevisionPages = connectionTypes(Revision, 'Revision', 'the texts of a story, newest first');
