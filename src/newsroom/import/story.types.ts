import type { ArticleKind, CreditRole } from '../../articles/edition.rows.js';
import type { ImportedBlock } from './markup.blocks.js';

/** Where in a source something stands: a line of a text, or the how-manyth item, both from 1. */
export interface Place {
  file: string;
  line?: number;
  item?: number;
}

/** A picture as another system speaks of it. */
export interface IncomingPicture {
  url: string;
  alt?: string;
  caption?: string;
  credit?: string;
}

/** The text of a story as it came: one of these. */
export type IncomingBody =
  | { html: string; /** Whether empty lines part paragraphs, as in WordPress. */ breaks?: boolean }
  | { markdown: string }
  | { text: string }
  | { blocks: readonly ImportedBlock[] };

/** Where a plain text names somebody or something, in UTF-16 units from its beginning, and what that is called elsewhere. */
export interface IncomingName {
  start: number;
  end: number;
  text: string;
  /** An id of Wikidata, or the name of an article in an encyclopedia. */
  id?: string | undefined;
}

/** A story as another system has it, before anything of it is looked up, checked or stored. */
export interface IncomingStory {
  /** What it is called there; the same again is the same story. */
  externalId: string;
  /** Which version of it this is, where there may be several. */
  version?: number | undefined;
  /** Where readers found it there, and other addresses that lead to it. */
  url?: string | undefined;
  addresses?: readonly string[];
  slug?: string | undefined;
  title?: string | undefined;
  standfirst?: string | undefined;
  body?: IncomingBody | undefined;
  kind?: ArticleKind | undefined;
  language?: string | undefined;
  /** As it is written there. */
  publishedAt?: string | number | undefined;
  /** Whether readers could see it there. */
  isDraft?: boolean;
  /** Categories first, then tags: the first that has a section says which. */
  categories?: readonly string[];
  credits?: readonly { role: CreditRole; text: string }[];
  picture?: IncomingPicture | undefined;
  /** Addresses or external ids of stories that belong beside it, those in its text aside. */
  related?: readonly string[];
  /** Names that were marked in its text. */
  named?: readonly IncomingName[];
  /** What its reader could not keep. */
  notes?: readonly string[];
}

/** What a reader gives: a story, or why there is none at that place. */
export type ReadItem =
  | { place: Place; story: IncomingStory }
  | { place: Place; externalId?: string | undefined; failed: string }
  /** What is not to be shown any more, nor any version of it that is not a later one. */
  | { place: Place; externalId: string; version?: number | undefined; cancelled: true }
  /** Something that is no story and is left out on purpose. */
  | { place: Place; externalId?: string | undefined; skipped: string };

export type Reader = (sources: SourceFiles, options: ReaderOptions) => AsyncIterable<ReadItem>;

export interface ReaderOptions {
  /** The database's clock, in milliseconds: what is under an embargo until later is a draft. */
  now: number;
  /** The name of an encoding, when the files do not say theirs. */
  encoding?: string | undefined;
  /** Column of a table by the name of a field. */
  columns?: Readonly<Record<string, string>> | undefined;
}

/** What is read, and how far it has come. */
export interface SourceFiles {
  readonly paths: readonly string[];
  readonly totalBytes: number;
  bytesRead: number;
}
