import { ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'What the newsroom sees of itself: for those who work in it.' })
export class Newsroom {}
