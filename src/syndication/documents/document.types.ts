import type { ArticleKind, CreditRole, RelationKind } from '../../articles/edition.rows.js';
import type { EntityKind } from '../../entities/entity.rows.js';
import type { Redaction } from '../story/rights.rules.js';

/** Whom the stories are from, as documents name him. */
export interface Provider {
  name: string;
  url: string;
}

/**
 * A story as any document tells it: what the partner may not have is not in it, moments are ISO 8601 in UTC, texts have
 * no character that XML or UTF-8 cannot have. Its names are those of the graph, and it is the JSON document as it stands.
 */
export interface StoryDocument {
  id: string;
  uri: string;
  version: number;
  status: 'usable';
  kind: ArticleKind;
  language: string;
  title: string;
  standfirst: string;
  body: { html: string; text: string };
  wordCount: number;
  slug: string;
  firstCreated: string;
  versionCreated: string;
  /** The date it carries and when readers got this text; none while they have not. */
  publishedAt: string | null;
  updatedAt: string | null;
  embargoedUntil: string | null;
  expiresAt: string | null;
  section: { slug: string; name: string } | null;
  /** Its section and those that is part of, nearest first. */
  sections: { slug: string; name: string }[];
  entities: DocumentEntity[];
  credits: { role: CreditRole; name: string }[];
  pictures: DocumentPicture[];
  /** The newest first. */
  corrections: { note: string; issuedAt: string }[];
  /** Whether it is this version that corrects something. */
  isCorrection: boolean;
  related: { storyId: string; uri: string; kind: RelationKind; title: string; url: string }[];
  usageTerms: string | null;
  territories: readonly string[];
  attribution: string;
  copyright: string;
  canonicalUrl: string;
  provider: Provider;
  redactions: Redaction[];
}

export interface DocumentEntity {
  kind: EntityKind;
  name: string;
  description: string;
  uri: string;
  sameAs: string[];
  salience: number;
  latitude: number | null;
  longitude: number | null;
}

export interface DocumentPicture {
  uri: string;
  url: string | null;
  contentType: 'image/webp';
  width: number | null;
  height: number | null;
  alt: string;
  caption: string;
  credit: string;
  licence: string | null;
  usageTerms: string | null;
  isLead: boolean;
}

/** What is left of a story that a partner must not show any more: that, and why. */
export interface EndedDocument {
  id: string;
  uri: string;
  version: number;
  /** `canceled` when we took it back from everybody, `withheld` when only the partner's right to it has ended. */
  status: 'canceled' | 'withheld';
  versionCreated: string;
  note: string;
  provider: Provider;
}

export type PartnerDocument = StoryDocument | EndedDocument;
