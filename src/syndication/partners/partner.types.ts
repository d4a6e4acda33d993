import { Field, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.types.js';

@ObjectType({ simpleResolvers: true, implements: Node, description: 'A publisher who takes our stories.' })
export class Partner extends Node {
  @Field(() => String)
  slug: string;

  @Field(() => String)
  name: string;
}
