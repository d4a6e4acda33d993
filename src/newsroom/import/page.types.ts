import type { Block } from '../../articles/body.rules.js';

/** A related story as the page shows it. */
export interface ImportedTeaser {
  kicker?: string;
  title: string;
  teaser?: string;
  url?: string;
}

/** What a saved page says, before any of it is looked up or stored. */
export interface ImportedPage {
  title: string;
  standfirst?: string;
  /** A BCP 47 tag, where the page names its language. */
  language?: string;
  canonicalUrl?: string;
  publishedAt?: Date;
  kicker?: string;
  section?: string;
  picture?: { url?: string; caption?: string; credit?: string };
  authors: string[];
  /** Keys 'b1', 'b2', …; no Picture and no Embed, as nothing is fetched here. */
  blocks: Block[];
  related: ImportedTeaser[];
  /** Lines left out because they belong to the site: menus, banners, sign-ups, notices; in order. */
  furniture: string[];
  /** Lines that belong to the story and found no place, in order; the editor is told. */
  unplaced: string[];
}
