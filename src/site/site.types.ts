import { Field, ObjectType } from 'type-graphql';
import { Node } from '../kernel/node.types.js';
import { connectionTypes } from '../kernel/page.js';
import { Picture } from '../media/picture.types.js';

@ObjectType({ simpleResolvers: true, description: 'A house notice or an advertisement.' })
export class Banner {
  @Field(() => String)
  name: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { description: 'Where it leads.' })
  url: string;

  @Field(() => Picture, { nullable: true })
  image?: Picture | null;
}

@ObjectType({ simpleResolvers: true, description: 'A banner in its slot on a page.' })
export class Placement {
  @Field(() => String, { description: 'A place that the page knows by name, such as `article-bottom`.' })
  slot: string;

  @Field(() => Banner)
  banner: Banner;
}

@ObjectType({ simpleResolvers: true, implements: Node })
export class Newsletter extends Node {
  @Field(() => String)
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;
}

export const NewsletterPages = connectionTypes(Newsletter, 'Newsletter', 'newsletters');

@ObjectType({ simpleResolvers: true, description: 'A purpose that readers are asked to agree to.' })
export class ConsentCategory {
  @Field(() => String)
  key: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  description: string;

  @Field(() => Boolean, { description: 'Whether the site cannot work without it.' })
  required: boolean;
}
