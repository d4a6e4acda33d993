import type { ArticleView } from '../../src/articles/article.queries.js';
import { bodyHtml, type ShownPicture } from '../../src/articles/body.html.js';
import { bodyText, readingMinutes, type Block } from '../../src/articles/body.rules.js';
import { jsonLd } from '../../src/articles/json-ld.rules.js';
import { namedIn } from '../../src/articles/mention.rules.js';
import { entityFolder } from '../../src/entities/entity.rules.js';
import type { EntityKind } from '../../src/entities/entity.rows.js';
import { globalId } from '../../src/kernel/global-id.js';
import { furniture } from './baseline.furniture.js';
import { leadPicture, pictureColumns, rendition, type PictureColumns } from './baseline.pictures.js';
import type { Reading } from './baseline.rows.js';
import { siteName, siteUrl } from './baseline.settings.js';

type StoryRow = PictureColumns &
  Omit<ArticleView, '__typename' | 'leadPicture'> & { body: string; note: string | null; issuedAt: number };

interface NameRow {
  position: number;
  creditRole: 'AUTHOR' | null;
  surface: string;
  blockKey: string;
  startOffset: number;
  endOffset: number;
  salience: number;
  id: number | null;
  kind: EntityKind;
  slug: string;
  name: string;
  description: string;
  wikidataId: string | null;
  roleId: number | null;
  roleTitle: string;
  interim: number;
  startedOn: string;
  endedOn: string | null;
  organisation: string | null;
}

type RelatedRow = PictureColumns &
  Pick<StoryRow, 'slug' | 'path' | 'title' | 'standfirst' | 'sectionId'> & {
    relation: string;
    kicker: string | null;
    reason: string | null;
  };

type BodyPicture = Omit<PictureColumns, 'width' | 'leadPictureCaption'> & { id: number; width: number };

/** Three statements in two rounds, a fourth when there are pictures in the body; each names what the page shows. */
const storySql = ({ seen }: Reading) => `
  select a.id, a.slug, a.firstPublishedAt, p.editionId, p.path, p.publishedAt, p.updatedAt, e.kind, e.language, e.title,
         e.standfirst, e.body, e.wordCount, e.sectionId, e.seoTitle, e.seoDescription, c.note, c.issuedAt, ${pictureColumns}
  from article a join publication p on p.articleId = a.id and ${seen('p')} join edition e on e.id = p.editionId
  left join picture pic on pic.id = e.leadPictureId left join correction c on c.articleId = a.id where a.slug = ?`;

const namesSql = `
  select m.position, null as creditRole, m.surface, m.blockKey, m.startOffset, m.endOffset, m.salience,
         n.id, n.kind, n.slug, n.name, n.description, n.wikidataId,
         r.id as roleId, r.title as roleTitle, r.interim, r.startedOn, r.endedOn, o.name as organisation
  from mention m join entity n on n.id = m.entityId
  left join entity_role r on r.personId = n.id and r.startedOn <= ? and (r.endedOn is null or r.endedOn >= ?)
  left join entity o on o.id = r.organisationId where m.editionId = ?
  union all
  select c.position, c.role, c.text, '', 0, 0, 0, n.id, n.kind, n.slug, n.name, n.description, n.wikidataId,
         null, null, null, null, null, null
  from credit c left join entity n on n.id = c.entityId where c.editionId = ?`;

const relatedSql = ({ seen }: Reading) => `
  select r.kind as relation, r.kicker, r.reason, a.slug, p.path, e.title, e.standfirst, e.sectionId, ${pictureColumns}
  from related_story r join publication p on p.articleId = r.articleId and ${seen('p')}
  join article a on a.id = p.articleId join edition e on e.id = p.editionId
  left join picture pic on pic.id = e.leadPictureId where r.editionId = ? order by r.position`;

/** Answers the article page by hand: gives the same `data` as the contract's document. */
export function articlePage(reading: Reading): (slug: string) => Promise<object> {
  const { execute } = reading;
  const [storyText, relatedText] = [storySql(reading), relatedSql(reading)];
  return async (slug) => {
    const stories = await execute<StoryRow>(storyText, [slug]);
    const { newsletters, consentCategories } = furniture();
    const site = { newsletters: { nodes: newsletters }, consentCategories };
    if (stories.length === 0) return { article: null, ...site };
    const { editionId, publishedAt, body } = stories[0]!;
    const blocks = JSON.parse(body) as Block[];
    const day = new Date(publishedAt!).toISOString().slice(0, 10);
    const ids = blocks.flatMap((block) => (block.kind === 'Picture' ? [block.pictureId] : []));
    const [names, related, pictures] = await Promise.all([
      execute<NameRow>(namesSql, [day, day, editionId, editionId]),
      execute<RelatedRow>(relatedText, [editionId]),
      ids.length === 0
        ? []
        : execute<BodyPicture>(
            `select id, file, width, height, alt, caption, credit from picture where id in (${ids.map(() => '?').join()})`,
            ids,
          ),
    ]);
    return { article: story(stories, blocks, names, related, pictures), ...site };
  };
}

interface Entity {
  id: number;
  __typename: EntityKind;
  slug: string;
  name: string;
  wikidataId: string | null;
  /** As answers show it. */
  shown: object;
}

function entityOf({ id, kind, slug, name, description, wikidataId }: NameRow): Entity {
  const url = `${siteUrl}/${entityFolder[kind]}/${slug}`;
  const shown = { __typename: kind, id: globalId(kind, id!), slug, name, url, description };
  return { id: id!, __typename: kind, slug, name, wikidataId, shown };
}

function roleOf({ roleId, roleTitle: title, interim, startedOn, endedOn, organisation }: NameRow): object | null {
  if (roleId === null) return null;
  return {
    title,
    interim: interim === 1,
    startedOn,
    endedOn,
    organisation: organisation === null ? null : { name: organisation },
  };
}

/** Mentions in the order of the text; of the posts a person held that day, the one begun last. */
function mentionRows(names: readonly NameRow[]): NameRow[] {
  const byPosition: NameRow[] = [];
  for (const row of names) {
    if (row.creditRole !== null) continue;
    const other = byPosition[row.position];
    if (
      other &&
      (other.startedOn > row.startedOn || (other.startedOn === row.startedOn && other.roleId! < row.roleId!))
    )
      continue;
    byPosition[row.position] = row;
  }
  return byPosition;
}

function story(
  stories: readonly StoryRow[],
  blocks: readonly Block[],
  names: readonly NameRow[],
  related: readonly RelatedRow[],
  pictures: readonly BodyPicture[],
): object {
  const row = stories[0]!;
  const { sections, placements } = furniture();
  const section = sections.get(row.sectionId)!;
  const url = siteUrl + row.path;
  const mentions = mentionRows(names).map((name) => ({ entity: entityOf(name), salience: name.salience, name }));
  const entities = namedIn(mentions);
  const named = (kind: EntityKind) => entities.filter((each) => each.__typename === kind).map((each) => each.shown);
  const credits = names
    .filter((name) => name.creditRole !== null)
    .sort((a, b) => a.position - b.position)
    .map((name) => ({ role: name.creditRole, text: name.surface, entity: name.id === null ? null : entityOf(name) }));
  const corrections = stories.filter((each) => each.note !== null).sort((a, b) => b.issuedAt - a.issuedAt);
  const picture = leadPicture(row);
  const known = { article: { ...row, leadPicture: picture }, section: section.label, credits, entities, corrections };
  const images = picture ? [1200, 640].flatMap((w) => rendition({ ...row, width: row.width! }, w)?.url ?? []) : [];
  const addresses = { siteUrl, siteName, mediaUrl: '' };
  return {
    id: globalId('Article', row.id),
    slug: row.slug,
    url,
    kind: row.kind,
    language: row.language,
    title: row.title,
    standfirst: row.standfirst,
    wordCount: row.wordCount,
    readingMinutes: readingMinutes(row.wordCount),
    firstPublishedAt: new Date(row.firstPublishedAt!).toISOString(),
    publishedAt: new Date(row.publishedAt!).toISOString(),
    updatedAt: new Date(row.updatedAt!).toISOString(),
    section: { ...section.label, parent: section.parent },
    credits: credits.map(({ role, text, entity }) => ({
      role,
      text,
      person: entity?.__typename === 'Person' ? entity.shown : null,
      organisation: entity?.__typename === 'Organisation' ? entity.shown : null,
    })),
    leadPicture: picture,
    body: {
      html: bodyHtml(blocks, new Map(pictures.map((each) => [each.id, inBody(each)]))),
      text: bodyText(blocks),
      blocks: blocks.map(({ kind, key }) => ({ __typename: `${kind}Block`, key })),
    },
    people: named('Person'),
    organisations: named('Organisation'),
    places: named('Place'),
    mentions: mentions.map(({ entity, name }) => ({
      entity: entity.shown,
      surface: name.surface,
      blockKey: name.blockKey,
      start: name.startOffset,
      end: name.endOffset,
      role: roleOf(name),
    })),
    related: { edges: related.slice(0, 5).map(relatedEdge), totalCount: related.length },
    corrections: corrections.map(({ note, issuedAt }) => ({ note, issuedAt: new Date(issuedAt).toISOString() })),
    seo: {
      title: row.seoTitle ?? row.title,
      description: row.seoDescription ?? row.standfirst,
      canonicalUrl: url,
      jsonLd: jsonLd({ ...known, images, addresses } as unknown as Parameters<typeof jsonLd>[0]),
    },
    placements: placements.get(row.sectionId),
  };
}

function inBody({ file, width, height, alt, caption, credit }: BodyPicture): ShownPicture {
  return { url: null, width, height, ...rendition({ file, width, height }, 1200), alt, caption, credit };
}

function relatedEdge(row: RelatedRow): object {
  return {
    kind: row.relation,
    kicker: row.kicker,
    reason: row.reason,
    node: {
      slug: row.slug,
      url: siteUrl + row.path,
      title: row.title,
      standfirst: row.standfirst,
      section: furniture().sections.get(row.sectionId)!.label,
      leadPicture: leadPicture(row),
    },
  };
}
