import { Field, ObjectType } from 'type-graphql';
import { Node } from '../kernel/node.types.js';

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: 'Somebody of the newsroom, as the others know him.',
})
export class Colleague extends Node {
  @Field(() => String)
  name: string;
}
