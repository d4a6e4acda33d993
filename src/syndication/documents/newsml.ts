import type { CreditRole } from '../../articles/edition.rows.js';
import { element, elementOf, xhtml, xmlDeclaration, xmlOf } from '../../kernel/xml.js';
import type {
  DocumentEntity,
  DocumentPicture,
  EndedDocument,
  PartnerDocument,
  StoryDocument,
} from './document.types.js';
import { edNoteOf, genreOf } from './ninjs.js';

/** A story, or word of its end, as a news item of NewsML-G2 2.35. */
export function newsmlOf(document: PartnerDocument): string {
  const isUsable = document.status === 'usable';
  const item = element(
    'newsItem',
    {
      xmlns: 'http://iptc.org/std/nar/2006-10-01/',
      guid: document.uri,
      version: document.version,
      standard: 'NewsML-G2',
      standardversion: '2.35',
      conformance: 'power',
      'xml:lang': isUsable ? languageOf(document) : null,
    },
    element('catalogRef', { href: 'http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml' }),
    isUsable ? storyOf(document) : endOf(document),
  );
  return `${xmlDeclaration}${xmlOf(item)}\n`;
}

/** A language as XML Schema writes them; nothing when it is written otherwise. */
const languageOf = ({ language }: StoryDocument): string | null =>
  /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(language) ? language : null;

const textClass = () => element('itemClass', { qcode: 'ninat:text' });
const named = (name: string, attributes: object, text: string, ...more: Parameters<typeof element>[2][]) =>
  element(name, { ...attributes }, element('name', {}, inOneLine(text)), ...more);

/** Names are written in one line. */
const inOneLine = (text: string): string => text.replace(/\s/g, ' ');
const literal = (text: string) => ({ literal: text });

const providerOf = ({ provider }: PartnerDocument) => named('provider', { uri: provider.url }, provider.name);

const endOf = (ended: EndedDocument) =>
  element(
    'itemMeta',
    {},
    textClass(),
    providerOf(ended),
    element('versionCreated', {}, ended.versionCreated),
    element('pubStatus', { qcode: `stat:${ended.status}` }),
    element('edNote', {}, ended.note),
  );

const storyOf = (story: StoryDocument) => [
  rightsOf(story),
  itemMetaOf(story),
  contentMetaOf(story),
  story.entities.map(positionOf),
  contentSetOf(story),
];

const rightsOf = ({ provider, copyright, usageTerms }: StoryDocument) =>
  element(
    'rightsInfo',
    {},
    named('copyrightHolder', { uri: provider.url }, provider.name),
    elementOf('copyrightNotice', copyright),
    elementOf('usageTerms', usageTerms),
  );

const itemMetaOf = (story: StoryDocument) =>
  element(
    'itemMeta',
    {},
    textClass(),
    providerOf(story),
    element('versionCreated', {}, story.versionCreated),
    element('firstCreated', {}, story.firstCreated),
    elementOf('embargoed', story.embargoedUntil),
    element('pubStatus', { qcode: `stat:${story.status}` }),
    elementOf('title', story.title),
    elementOf('edNote', edNoteOf(story)),
    story.isCorrection ? element('signal', { qcode: 'sig:correction' }) : null,
    element('altRep', { contenttype: 'text/html' }, story.canonicalUrl),
    elementOf('expires', story.expiresAt),
    story.pictures.map(pictureOf),
    story.related.map(({ uri, title }) =>
      element('link', { rel: 'irel:seeAlso', residref: uri }, elementOf('title', title)),
    ),
  );

/** A picture beside the story, with what must be said and kept. */
const pictureOf = ({ uri, url, contentType, width, height, ...picture }: DocumentPicture) =>
  element(
    'link',
    { rel: 'irel:associatedWith', residref: url === null ? uri : null, href: url, contenttype: contentType },
    element('itemClass', { qcode: 'ninat:picture' }),
    element(
      'rightsInfo',
      {},
      picture.credit === '' ? null : named('copyrightHolder', literal(picture.credit), picture.credit),
      elementOf('usageTerms', picture.licence === null ? null : `Licence: ${picture.licence}`),
      elementOf('usageTerms', picture.usageTerms),
    ),
    elementOf('creditline', inOneLine(picture.credit)),
    elementOf('description', picture.caption, { role: 'drol:caption' }),
    elementOf('description', picture.alt, { role: 'drol:alt' }),
    url === null
      ? null
      : element('remoteContent', { rendition: 'rnd:web', href: url, contenttype: contentType, width, height }),
  );

/** What the IPTC calls who did what for a story. */
const contributorRoles: Record<Exclude<CreditRole, 'AUTHOR'>, string> = {
  PHOTOGRAPHER: 'crol:photographer',
  ILLUSTRATOR: 'crol:illustrator',
  EDITOR: 'crol:editor',
  AGENCY: 'crol:agency',
};

const contentMetaOf = (story: StoryDocument) =>
  element(
    'contentMeta',
    {},
    elementOf('contentCreated', story.publishedAt),
    elementOf('contentModified', story.updatedAt),
    story.credits.map(({ role, name }) =>
      role === 'AUTHOR'
        ? named('creator', literal(name), name)
        : named('contributor', { ...literal(name), role: contributorRoles[role] }, name),
    ),
    element('altId', {}, story.id),
    languageOf(story) === null ? null : element('language', { tag: languageOf(story) }),
    named('genre', { qcode: `genre:${genreOf(story.kind).name}` }, genreOf(story.kind).name),
    story.sections.map(({ slug, name }) => named('subject', { type: 'cpnat:abstract', ...literal(slug) }, name)),
    story.entities.map(entityOf),
    elementOf('slugline', story.slug),
    elementOf('headline', story.title),
    element('creditline', {}, inOneLine(story.attribution)),
    elementOf('description', story.standfirst, { role: 'drol:summary' }),
  );

const natures: Record<DocumentEntity['kind'], string> = {
  Person: 'cpnat:person',
  Organisation: 'cpnat:organisation',
  Place: 'cpnat:geoArea',
};

const entityOf = ({ kind, uri, salience, name, description, sameAs }: DocumentEntity) =>
  named(
    'subject',
    { type: natures[kind], uri, relevance: Math.round(salience * 100) },
    name,
    elementOf('definition', description, { role: 'drol:short' }),
    sameAs.map((other) => element('sameAs', { uri: other })),
  );

/** As a decimal number: to about a tenth of a metre. */
const degrees = (value: number): string => value.toFixed(6);

/** Where a place lies. */
const positionOf = ({ kind, uri, latitude, longitude }: DocumentEntity) =>
  kind === 'Place' && latitude !== null && longitude !== null
    ? element(
        'assert',
        { uri },
        element(
          'geoAreaDetails',
          {},
          element('position', { latitude: degrees(latitude), longitude: degrees(longitude) }),
        ),
      )
    : null;

const contentSetOf = ({ title, body, language, wordCount }: StoryDocument) =>
  element(
    'contentSet',
    {},
    element(
      'inlineXML',
      { contenttype: 'application/xhtml+xml', wordcount: wordCount },
      element(
        'html',
        { xmlns: 'http://www.w3.org/1999/xhtml', lang: language },
        element('head', {}, element('title', {}, title)),
        element('body', {}, xhtml(body.html)),
      ),
    ),
  );
