import type { Block } from '../articles/body.rules.js';

type WithoutKey<B> = B extends { key: string } ? Omit<B, 'key'> : never;

/** A block of a sample story: keys are given on loading, pictures are named by their sample key. */
export type SampleBlock =
  | WithoutKey<Exclude<Block, { kind: 'Picture' } | { kind: 'FactBox' }>>
  | { kind: 'Picture'; picture: string; caption?: string }
  | { kind: 'FactBox'; title: string; blocks: WithoutKey<Extract<Block, { kind: 'Paragraph' } | { kind: 'List' }>>[] };

export interface SampleSection {
  slug: string;
  name: string;
  description: string;
  parent?: string;
}

export interface SamplePicture {
  key: string;
  /** A complete SVG document, 1600 × 900 unless said otherwise. */
  svg: string;
  width: number;
  height: number;
  alt: string;
  caption: string;
  credit: string;
  licence: string;
  /** Where the eye should rest, as fractions of width and height. */
  focalPoint: { x: number; y: number };
}

export interface SampleEntity {
  kind: 'Person' | 'Organisation' | 'Place';
  slug: string;
  name: string;
  description: string;
  aliases: string[];
  wikidataId?: string;
  website?: string;
  /** ISO dates, as far as they are public. People only. */
  bornOn?: string;
  diedOn?: string;
  /** Places only. */
  latitude?: number;
  longitude?: number;
}

/** A post somebody held, from a day to a day. */
export interface SampleRole {
  person: string;
  title: string;
  interim?: boolean;
  organisation?: string;
  place?: string;
  startedOn: string;
  endedOn?: string;
  /** Slug of the sample story that says so. */
  sourceArticle?: string;
}

export interface SampleStory {
  slug: string;
  kind: 'NEWS' | 'ANALYSIS' | 'OPINION' | 'INTERVIEW' | 'FEATURE' | 'EXPLAINER' | 'LIVE';
  language: string;
  section: string;
  title: string;
  standfirst: string;
  /** ISO instants, UTC. */
  publishedAt: string;
  picture?: { key: string; caption?: string };
  credits: {
    role: 'AUTHOR' | 'PHOTOGRAPHER' | 'ILLUSTRATOR' | 'EDITOR' | 'AGENCY';
    text?: string;
    person?: string;
    organisation?: string;
  }[];
  body: SampleBlock[];
  related: {
    slug: string;
    kind: 'RELATED' | 'FOLLOW_UP' | 'BACKGROUND' | 'SAME_EVENT';
    kicker?: string;
    title?: string;
    reason?: string;
  }[];
  corrections?: { note: string; issuedAt: string }[];
  seo?: { title?: string; description?: string };
}

export interface SampleBanner {
  name: string;
  title: string;
  url: string;
  picture: string;
  /** The slot, and the section whose pages (and those below it) show it; everywhere when absent. */
  placements: { slot: string; section?: string; position: number }[];
}

export interface SampleNewsletter {
  slug: string;
  name: string;
  description: string;
}

export interface SampleConsentCategory {
  key: string;
  name: string;
  description: string;
  required: boolean;
}

export interface SampleFront {
  slug: string;
  title: string;
  description: string;
  blocks: {
    key: string;
    title: string;
    layout: string;
    size: number;
    filter?: { kinds?: SampleStory['kind'][]; sections?: string[]; languages?: string[] };
    pins: { story: string; position?: number; kicker?: string; title?: string; standfirst?: string }[];
  }[];
}

export interface SampleStoryline {
  slug: string;
  title: string;
  summary: string;
  status: 'OPEN' | 'CLOSED';
  picture: string;
  /** A story; or, without one, what happened and when. */
  entries: { story?: string; at?: string; title?: string; text: string; isTurningPoint?: boolean }[];
}

export interface SampleNewsroom {
  sections: SampleSection[];
  pictures: SamplePicture[];
  entities: SampleEntity[];
  roles: SampleRole[];
  stories: SampleStory[];
  banners: SampleBanner[];
  newsletters: SampleNewsletter[];
  consentCategories: SampleConsentCategory[];
  fronts: SampleFront[];
  storylines: SampleStoryline[];
}
