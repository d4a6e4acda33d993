import { Field, Float, InterfaceType, Int, ObjectType } from 'type-graphql';
import { Node } from '../kernel/node.types.js';
import { Day } from '../kernel/scalars.js';

@InterfaceType({ implements: Node, description: 'A person, an organisation or a place that stories name.' })
export abstract class Entity extends Node {
  @Field(() => String, { description: 'Its name in addresses, unique among its kind.' })
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'Who or what it is, in one line.' })
  description: string;

  @Field(() => Int, { description: 'Goes up with every change; an editor hands back the one he saw.' })
  version: number;
}

@ObjectType({ simpleResolvers: true, implements: [Node, Entity] })
export class Person extends Entity {
  @Field(() => Day, { nullable: true })
  bornOn?: string | null;

  @Field(() => Day, { nullable: true })
  diedOn?: string | null;
}

@ObjectType({ simpleResolvers: true, implements: [Node, Entity] })
export class Organisation extends Entity {}

@ObjectType({ simpleResolvers: true, implements: [Node, Entity] })
export class Place extends Entity {
  @Field(() => Float, { nullable: true, description: 'Degrees north.' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  longitude?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A post that a person held, from a day to a day.' })
export class Role {
  @Field(() => String)
  title: string;

  @Field(() => Boolean, { description: 'Whether it was held until somebody else is appointed.' })
  interim: boolean;

  @Field(() => Day, { nullable: true, description: 'The first day; none where it is not known.' })
  startedOn?: string | null;

  @Field(() => Day, { nullable: true, description: 'The last day; none while it is held.' })
  endedOn?: string | null;

  @Field(() => Organisation, { nullable: true })
  organisation?: unknown;

  @Field(() => Place, { nullable: true })
  place?: unknown;
}
