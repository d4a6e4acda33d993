import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Organisation, Person, Place } from '../../entities/entity.types.js';
import { Day } from '../../kernel/scalars.js';
import { resultOf, StaleVersion, UserError } from '../../kernel/user-error.types.js';
import { MutationInput } from '../../kernel/mutation.types.js';

@InputType()
abstract class SaveEntityInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; without it, one is made.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'The `version` that the change is made to; goes with `id`.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'In any script; a new one needs it.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses, at first made of the name; the one it had before leads to the new one.',
  })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: 'Who or what it is, in one line.' })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: 'All other forms of the name, in any script.' })
  aliases?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What Wikidata calls it, such as `Q42`.' })
  wikidataId?: string | null;

  @Field(() => String, { nullable: true, description: 'The address of its own site.' })
  website?: string | null;
}

@InputType({ description: 'A post that a person held, from a day to a day.' })
export class RoleInput {
  @Field(() => String)
  title: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it was held until somebody else is appointed.' })
  interim?: boolean | null;

  @Field(() => ID, { nullable: true })
  organisation?: string | null;

  @Field(() => ID, { nullable: true })
  place?: string | null;

  @Field(() => Day, { nullable: true, description: 'The first day; none where it is not known.' })
  startedOn?: string | null;

  @Field(() => Day, { nullable: true, description: 'The last day; none while it is held.' })
  endedOn?: string | null;

  @Field(() => ID, { nullable: true, description: 'The story that says so.' })
  sourceArticle?: string | null;
}

@InputType({ description: 'A person; what is left out stays as it is, `null` takes it away.' })
export class SavePersonInput extends SaveEntityInput {
  @Field(() => Day, { nullable: true })
  bornOn?: string | null;

  @Field(() => Day, { nullable: true })
  diedOn?: string | null;

  @Field(() => [RoleInput], { nullable: true, description: 'All posts held.' })
  roles?: RoleInput[] | null;
}

@InputType({ description: 'An organisation; what is left out stays as it is, `null` takes it away.' })
export class SaveOrganisationInput extends SaveEntityInput {}

@InputType({ description: 'A place; what is left out stays as it is, `null` takes it away.' })
export class SavePlaceInput extends SaveEntityInput {
  @Field(() => Float, { nullable: true, description: 'Degrees north.' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  longitude?: number | null;
}

@InputType({ description: 'A person, organisation or place that nothing speaks of.' })
export class DeleteEntityInput extends MutationInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` that you saw.' })
  expectedVersion: number;
}

@ObjectType({ simpleResolvers: true, description: 'The person is as you wanted.' })
export class PersonSaved {
  @Field(() => Person)
  person: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'The organisation is as you wanted.' })
export class OrganisationSaved {
  @Field(() => Organisation)
  organisation: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'The place is as you wanted.' })
export class PlaceSaved {
  @Field(() => Place)
  place: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'It is gone, with its names, posts and slugs.' })
export class EntityDeleted {
  @Field(() => ID, { description: 'The id that it had.' })
  entityId: string;
}

@ObjectType({ simpleResolvers: true, description: 'How often something speaks of a person, organisation or place.' })
export class EntityUse {
  @Field(() => String, { description: 'What speaks of it, such as `mentions` or `credits`.' })
  what: string;

  @Field(() => Int)
  count: number;
}

@ObjectType({
  simpleResolvers: true,
  implements: UserError,
  description: 'It cannot be deleted, as something speaks of it.',
})
export class EntityInUse extends UserError {
  @Field(() => [EntityUse])
  uses: EntityUse[];
}

export const SavePersonResult = resultOf('SavePersonResult', PersonSaved, StaleVersion);
export const SaveOrganisationResult = resultOf('SaveOrganisationResult', OrganisationSaved, StaleVersion);
export const SavePlaceResult = resultOf('SavePlaceResult', PlaceSaved, StaleVersion);
export const DeleteEntityResult = resultOf('DeleteEntityResult', EntityDeleted, EntityInUse, StaleVersion);
