import { createHash } from 'node:crypto';
import { readingMinutes } from '../../src/articles/body.rules.js';
import { listOf } from '../../src/articles/list.rules.js';
import { furniture } from './baseline.furniture.js';
import { rendition, type PictureColumns } from './baseline.pictures.js';
import type { Reading } from './baseline.rows.js';
import { siteUrl } from './baseline.settings.js';

type StoryRow = Pick<PictureColumns, 'file' | 'width' | 'height' | 'alt' | 'credit'> & {
  publishedAt: number;
  id: number;
  slug: string;
  path: string;
  title: string;
  standfirst: string;
  wordCount: number;
  sectionId: number;
};

/** The stories of a front. */
export const frontLength = 20;

/** One statement: a range of the list's key, then what the front shows of each story. */
const frontSql = ({ seen }: Reading) => `
  select l.publishedAt, l.articleId as id, a.slug, p.path, e.title, e.standfirst, e.wordCount, e.sectionId,
         pic.file, pic.width, pic.height, pic.alt, pic.credit
  from (select publishedAt, articleId, publicationId from listing l where list = ? and ${seen('l')}
        order by publishedAt desc, articleId desc limit ${frontLength + 1}) l
  join publication p on p.id = l.publicationId join article a on a.id = l.articleId
  join edition e on e.id = p.editionId left join picture pic on pic.id = e.leadPictureId
  order by l.publishedAt desc, l.articleId desc`;

/** Answers the section front by hand: gives the same `data` as the contract's document. */
export function sectionFront(reading: Reading): (slug: string) => Promise<object> {
  const text = frontSql(reading);
  return async (slug) => {
    const { sections, sectionIds, placements } = furniture();
    const id = sectionIds.get(slug);
    if (id === undefined) return { section: null };
    const list = listOf.section(id);
    const rows = await reading.execute<StoryRow>(text, [list]);
    const print = createHash('sha256').update(list).digest('base64url').slice(0, 8);
    const edges = rows.slice(0, frontLength).map((row) => ({ cursor: cursor(print, row), node: node(row) }));
    const { label, parent } = sections.get(id)!;
    const pageInfo = { hasNextPage: rows.length > frontLength, endCursor: edges.at(-1)?.cursor ?? null };
    return {
      section: {
        name: label.name,
        url: label.url,
        parent: parent && { slug: parent.slug, name: parent.name },
        placements: placements.get(id),
        articles: { edges, pageInfo },
      },
    };
  };
}

const cursor = (print: string, row: StoryRow): string =>
  Buffer.from(JSON.stringify([print, row.publishedAt, row.id])).toString('base64url');

function node(row: StoryRow): object {
  const { slug, name } = furniture().sections.get(row.sectionId)!.label;
  const { alt, credit, file, width, height } = row;
  return {
    slug: row.slug,
    url: siteUrl + row.path,
    title: row.title,
    standfirst: row.standfirst,
    publishedAt: new Date(row.publishedAt).toISOString(),
    readingMinutes: readingMinutes(row.wordCount),
    section: { slug, name },
    leadPicture: width === null ? null : { alt, credit, rendition: rendition({ file, width, height }, 640) },
  };
}
