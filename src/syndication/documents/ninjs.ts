import type { ArticleKind } from '../../articles/edition.rows.js';
import { withoutNothing } from './nothing.rules.js';
import type {
  DocumentEntity,
  DocumentPicture,
  EndedDocument,
  PartnerDocument,
  StoryDocument,
} from './document.types.js';

/** The versions of ninjs that stories are given in. */
export const ninjsVersions = ['3.2', '2.1'] as const;
export type NinjsVersion = (typeof ninjsVersions)[number];

/** A story, or word of its end, as ninjs of a version. */
export const ninjsOf = (document: PartnerDocument, version: NinjsVersion = '3.2'): object => {
  const item = document.status === 'usable' ? itemOf(document) : endOf(document);
  const ninjs = withoutNothing({ uri: document.uri, standard: standardOf(version), ...item }) as object;
  return version === '3.2' ? ninjs : (lowered(ninjs) as object);
};

const standardOf = (version: NinjsVersion) => ({
  name: 'ninjs',
  version,
  schema: `http://www.iptc.org/std/ninjs/ninjs-schema_${version}.json`,
});

function endOf({ version, status, versionCreated, note, id, provider }: EndedDocument): object {
  return {
    type: 'text',
    version: String(version),
    versionCreated,
    pubStatus: status,
    copyrightHolder: provider.name,
    edNote: note,
    altIds: [{ role: 'storyId', value: id }],
  };
}

const newscodes = 'http://cv.iptc.org/newscodes';

function itemOf(story: StoryDocument): object {
  const entities = (kind: DocumentEntity['kind']) =>
    story.entities.filter((entity) => entity.kind === kind).map((entity) => entityOf(entity));
  return {
    type: 'text',
    representationType: 'full',
    version: String(story.version),
    firstCreated: story.firstCreated,
    versionCreated: story.versionCreated,
    contentCreated: story.publishedAt,
    embargoedUntil: story.embargoedUntil,
    expires: story.expiresAt,
    pubStatus: story.status,
    copyrightHolder: story.provider.name,
    copyrightNotice: story.copyright,
    usageTerms: story.usageTerms,
    edNote: edNoteOf(story),
    language: story.language,
    title: story.title,
    by: bylineOf(story),
    slugline: story.slug,
    headlines: said([{ role: 'main', contentType: 'text/plain', value: story.title }]),
    descriptions: said([{ role: 'summary', contentType: 'text/plain', value: story.standfirst }]),
    bodies: said([
      {
        role: 'main',
        contentType: 'text/html',
        wordCount: story.wordCount,
        charCount: [...story.body.text].length,
        value: story.body.html,
      },
      { role: 'plain', contentType: 'text/plain', value: story.body.text },
    ]),
    people: entities('Person'),
    organisations: entities('Organisation'),
    places: entities('Place'),
    subjects: story.sections.map(({ slug, name }) => ({ name, rel: 'section', literal: slug })),
    genres: [genreOf(story.kind)],
    infoSources: story.credits.map(({ role, name }) => ({ name, role: role.toLowerCase(), literal: name })),
    altIds: [
      { role: 'storyId', value: story.id },
      { role: 'canonicalUrl', value: story.canonicalUrl },
      { role: 'slug', value: story.slug },
    ],
    renditions: [{ name: 'web', href: story.canonicalUrl, contentType: 'text/html' }],
    associations: [
      ...story.pictures.map(pictureOf),
      ...story.related.map(({ uri, title, kind }, i) => ({
        name: `related-${i + 1}`,
        rel: `${newscodes}/itemrelation/seeAlso`,
        uri,
        type: 'text',
        representationType: 'partial',
        title,
        headlines: said([{ role: 'main', contentType: 'text/plain', value: title }]),
        altIds: [{ role: 'relation', value: kind }],
      })),
    ],
  };
}

const bylineOf = ({ credits }: StoryDocument): string =>
  credits
    .filter(({ role }) => role === 'AUTHOR')
    .map(({ name }) => name)
    .join(', ');

/** Texts that say something: ninjs has none without a value. */
const said = <Text extends { value: string }>(texts: Text[]): Text[] => texts.filter(({ value }) => value !== '');

/** What editors have to know before they use it: what we corrected, and what is missing. */
export function edNoteOf({ corrections, redactions }: StoryDocument): string | null {
  const pictures = redactions.filter(({ path }) => path === 'leadPicture' || path.startsWith('body.')).length;
  const notes = [
    ...corrections.map(({ note }) => `CORRECTION: ${note}`),
    ...(pictures > 0 ? [`Pictures left out: ${pictures}.`] : []),
  ];
  return notes.join(' ') || null;
}

/** The IPTC's names for what sort of story it is. */
const genres: Record<ArticleKind, string> = {
  NEWS: 'Current',
  ANALYSIS: 'Analysis',
  OPINION: 'Opinion',
  INTERVIEW: 'Interview',
  FEATURE: 'Feature',
  EXPLAINER: 'Background',
  LIVE: 'Update',
};

export const genreOf = (kind: ArticleKind) => ({ name: genres[kind], uri: `${newscodes}/genre/${genres[kind]}` });

function entityOf({ name, uri, sameAs, kind, latitude, longitude }: DocumentEntity): object {
  const isPlaced = kind === 'Place' && latitude !== null && longitude !== null;
  const geoJSON = isPlaced ? { type: 'Point', coordinates: [longitude, latitude] } : null;
  return { name, rel: 'mentions', uri, literal: sameAs[0], geoJSON };
}

function pictureOf(picture: DocumentPicture, i: number): object {
  const { uri, url, caption, alt, credit, licence, usageTerms, isLead } = picture;
  return {
    name: isLead ? 'mainImage' : `image-${i + 1}`,
    rel: isLead ? 'mainImage' : 'image',
    uri,
    type: 'picture',
    pubStatus: 'usable',
    by: credit,
    copyrightHolder: credit,
    usageTerms: [licence === null ? null : `Licence: ${licence}.`, usageTerms]
      .filter((term) => term !== null)
      .join(' '),
    descriptions: said([
      { role: 'caption', contentType: 'text/plain', value: caption },
      { role: 'alt', contentType: 'text/plain', value: alt },
    ]),
    renditions:
      url === null
        ? null
        : [{ name: 'web', href: url, contentType: picture.contentType, width: picture.width, height: picture.height }],
  };
}

/** The same with the names of version 2: in small letters, and without how what is associated belongs to the story. */
function lowered(value: unknown, isAssociation = false): unknown {
  if (Array.isArray(value)) return value.map((item) => lowered(item, isAssociation));
  if (typeof value !== 'object' || value === null) return value;
  const left = Object.entries(value).filter(([name]) => !(isAssociation && name === 'rel'));
  return Object.fromEntries(
    left.map(([name, inner]) => {
      const former = name === 'embargoedUntil' ? 'embargoed' : name.toLowerCase();
      return [former, name === 'geoJSON' ? inner : lowered(inner, name === 'associations')];
    }),
  );
}
