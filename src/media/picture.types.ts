import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A picture in one size, ready to show.' })
export class Rendition {
  @Field(() => String)
  url: string;

  @Field(() => Int)
  width: number;

  @Field(() => Int)
  height: number;
}

@ObjectType({ simpleResolvers: true, description: 'Where the eye should rest: keep it in view when cropping.' })
export class FocalPoint {
  @Field(() => Float, { description: 'From 0, left, to 1, right.' })
  x: number;

  @Field(() => Float, { description: 'From 0, top, to 1, bottom.' })
  y: number;
}

@ObjectType({ simpleResolvers: true, description: 'A picture as it is used here, with what must be said and kept.' })
export class Picture {
  @Field(() => String, { description: 'What it shows, for those who cannot see it.' })
  alt: string;

  @Field(() => String)
  caption: string;

  @Field(() => String, { description: 'Who made it: always shown beside it.' })
  credit: string;

  @Field(() => String, { nullable: true, description: 'An SPDX name where it has one, such as `CC-BY-4.0`.' })
  licence?: string | null;

  @Field(() => String, { nullable: true, description: 'What may be done with it, in words.' })
  usageTerms?: string | null;

  @Field(() => Int, { nullable: true, description: 'Width of the original, in pixels, while we have it.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Height of the original, in pixels, while we have it.' })
  height?: number | null;
}
