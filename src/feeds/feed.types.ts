import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'Where feed readers find its newest stories: name them in `<link rel="alternate">`.',
})
export class Feeds {
  @Field(() => String, { description: 'RSS 2.0.' })
  rss: string;

  @Field(() => String, { description: 'Atom.' })
  atom: string;

  @Field(() => String, { description: 'JSON Feed 1.1.' })
  json: string;
}

/** A feed as any form of it tells it; moments in milliseconds since 1970. */
export interface Feed {
  title: string;
  description: string;
  /** The page it is a feed of. */
  url: string;
  feedUrl: string;
  siteName: string;
  updatedAt: number | null;
  items: FeedItem[];
}

export interface FeedItem {
  /** The same through all versions of a story. */
  id: string;
  url: string;
  title: string;
  summary: string;
  language: string;
  authors: string[];
  section: string | null;
  publishedAt: number;
  updatedAt: number;
  picture: { url: string; alt: string; credit: string } | null;
}
