import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Colleague } from '../../accounts/colleague.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime, Day } from '../../kernel/scalars.js';

@ObjectType({
  simpleResolvers: true,
  description: 'What somebody did to something: written when it was done, never changed.',
})
export class AuditEntry {
  @Field(() => String, { description: 'A word such as `create`, `save`, `approve`, `publish`, `merge` or `sign-in`.' })
  action: string;

  @Field(() => DateTime)
  at: number;

  @Field(() => Colleague, { nullable: true, description: 'Who did it; nobody when it was the service itself.' })
  by?: unknown;

  @Field(() => String, { nullable: true, description: 'What was said about it.' })
  note?: string | null;

  @Field(() => String, { description: 'The type of what it was done to, such as `Article` or `Person`.' })
  subjectType: string;

  @Field(() => ID, { description: 'The id of what it was done to.' })
  subjectId: string;

  @Field(() => Int, { nullable: true, description: 'The number of the revision it made or put before readers.' })
  revision?: number | null;
}

export const AuditPages = connectionTypes(AuditEntry, 'AuditEntry', 'what was done, newest first');

@InputType({ description: 'Narrows the audit trail: all that is given must hold.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'What this account did.' })
  account?: string | null;

  @Field(() => Day, { nullable: true, description: 'What was done on this day, in UTC.' })
  on?: string | null;

  @Field(() => ID, { nullable: true, description: 'What was done to the story, person, picture … with this id.' })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: 'A word such as `publish`.' })
  action?: string | null;
}
