import type { CorrectionView, CreditView } from '../../articles/article.queries.js';
import { articleUrl } from '../../articles/path.rules.js';
import { entityUrl } from '../../entities/entity.rules.js';
import type { Addresses } from '../../kernel/context.js';
import { writable } from '../../kernel/xml.js';
import type { SectionView } from '../../sections/section.queries.js';
import type { EndedStoryView } from '../story/held.loaders.js';
import type { NamedEntity, RelatedStoryView } from '../story/parts.loaders.js';
import { bodyFrom, picturesFrom } from '../story/passed.rules.js';
import { termsOf, type PassedStory } from '../story/rights.rules.js';
import type { SyndicatedStoryView } from '../story/story.loaders.js';
import { attributionOf, pictureUri, sameAsOf, storyId, storyUri } from '../story/story.rules.js';
import type { DocumentEntity, EndedDocument, Provider, StoryDocument } from './document.types.js';
import { isoOf, momentsOf } from './moment.rules.js';

/** A story and all that belongs to it, as its partner may have it. */
export interface StoryParts {
  story: SyndicatedStoryView;
  passed: PassedStory;
  sections: readonly Pick<SectionView, 'slug' | 'name'>[];
  entities: readonly NamedEntity[];
  credits: readonly CreditView[];
  corrections: readonly Pick<CorrectionView, 'note' | 'issuedAt'>[];
  related: readonly RelatedStoryView[];
}

const providerOf = ({ siteName, siteUrl }: Addresses): Provider => ({ name: siteName, url: siteUrl });

/** What documents tell of a story; all of them are written from it. */
export function documentOf(addresses: Addresses, parts: StoryParts): StoryDocument {
  const { story, passed, credits, corrections } = parts;
  const sections = parts.sections.map(({ slug, name }) => ({ slug, name }));
  const moments = momentsOf(story, corrections);
  return cleaned<StoryDocument>({
    id: storyId(story.id),
    uri: storyUri(addresses, story),
    version: story.version,
    status: 'usable',
    kind: story.kind,
    language: story.language,
    title: story.title,
    standfirst: story.standfirst,
    body: bodyFrom(addresses, passed),
    wordCount: story.wordCount,
    slug: story.slug,
    ...moments,
    section: sections[0] ?? null,
    sections,
    entities: parts.entities.map((entity) => entityOf(addresses, entity)),
    credits: credits.map(({ role, text }) => ({ role, name: text })),
    pictures: picturesFrom(addresses, passed).map(({ id, ...picture }) => ({
      uri: pictureUri(addresses, id),
      contentType: 'image/webp',
      ...picture,
    })),
    corrections: corrections.map(({ note, issuedAt }) => ({ note, issuedAt: isoOf(issuedAt) })),
    isCorrection: story.toldAs === 'CORRECTED',
    related: parts.related.map((beside) => ({
      storyId: storyId(beside.id),
      uri: storyUri(addresses, beside),
      kind: beside.kind,
      title: beside.title,
      url: uriOf(articleUrl(addresses, beside)),
    })),
    usageTerms: termsOf(story.rights),
    territories: story.rights.territories,
    attribution: attributionOf(addresses, credits),
    copyright: `© ${moments.firstCreated.slice(0, 4)} ${addresses.siteName}`,
    canonicalUrl: uriOf(articleUrl(addresses, story)),
    provider: providerOf(addresses),
    redactions: passed.redactions,
  });
}

const entityOf = (addresses: Addresses, entity: NamedEntity): DocumentEntity => ({
  kind: entity.kind,
  name: entity.name,
  description: entity.description,
  uri: uriOf(entityUrl(addresses, { __typename: entity.kind, slug: entity.slug })),
  sameAs: sameAsOf(entity)
    .filter((url) => URL.canParse(url))
    .map(uriOf),
  salience: entity.salience,
  latitude: entity.latitude,
  longitude: entity.longitude,
});

/** What is told of a story that a partner must not show any more. */
export function endedDocument(addresses: Addresses, ended: EndedStoryView): EndedDocument {
  const status = ended.kind === 'RIGHTS_EXPIRED' ? 'withheld' : 'canceled';
  return cleaned<EndedDocument>({
    id: storyId(ended.id),
    uri: storyUri(addresses, ended),
    version: ended.version,
    status,
    versionCreated: isoOf(ended.endedAt),
    note: [whatToDo[status], ended.note].filter(Boolean).join(' '),
    provider: providerOf(addresses),
  });
}

const whatToDo = {
  withheld: 'Your right to this story has ended: take it down.',
  canceled: 'We have taken this story back: take it down and do not use it.',
} as const;

/** An address with nothing in it that a URI (RFC 3986) may not have. */
const uriOf = (url: string): string =>
  new URL(url).href
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=%]/g, (character) => encodeURIComponent(character));

/** The same with each character that a document cannot have replaced by U+FFFD, however deep it stands. */
function cleaned<Value>(value: Value): Value {
  if (typeof value === 'string') return writable(value) as Value;
  if (Array.isArray(value)) return value.map((item) => cleaned<unknown>(item)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned<unknown>(inner)])) as Value;
}
