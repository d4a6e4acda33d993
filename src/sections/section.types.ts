import { Field, ObjectType } from 'type-graphql';
import { Node } from '../kernel/node.types.js';

@ObjectType({ simpleResolvers: true, implements: Node, description: 'A section of the paper; sections are a tree.' })
export class Section extends Node {
  @Field(() => String)
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;
}
