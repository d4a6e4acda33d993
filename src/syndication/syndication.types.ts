import { ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'What a partner gets of us: for those who send a key of theirs.' })
export class Syndication {}
