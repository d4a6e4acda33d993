import { read, type Context, type Reading } from '../kernel/context.js';
import { loadAll, loadManyWith, loadOne } from '../kernel/loader.js';
import { cursorsOf, parseCursor } from '../kernel/page.js';
import { sql } from '../kernel/sql.js';
import { pictureColumns, pictureOf, type PictureColumns, type PictureView } from '../media/picture.queries.js';

export interface BannerView {
  name: string;
  title: string;
  url: string;
  image: PictureView | null;
}

export interface PlacementView {
  slot: string;
  sectionId: number | null;
  banner: BannerView;
}

/** All placements with their banners, by slot and order; there are few, so a request reads them once. */
export const allPlacements = loadAll(async (reading: Reading): Promise<PlacementView[]> => {
  const rows = await read<
    { slot: string; sectionId: number | null; name: string; title: string; url: string } & PictureColumns
  >(
    reading,
    sql`select l.slot, l.sectionId, b.name, b.title, b.url, ${pictureColumns('pic')}
        from placement l join banner b on b.id = l.bannerId left join picture pic on pic.id = b.pictureId
        order by l.slot, l.position, l.id limit 2000`,
  );
  return rows.map((row) => ({
    slot: row.slot,
    sectionId: row.sectionId,
    banner: { name: row.name, title: row.title, url: row.url, image: pictureOf(row) },
  }));
});

export interface NewsletterView {
  __typename: 'Newsletter';
  id: number;
  slug: string;
  name: string;
  description: string;
  position: number;
}

const newsletterList = 'newsletters';
const newsletterCursors = cursorsOf(newsletterList);

/** One newsletter more than the page, behind a cursor, in the order of the desk. */
export function newsletters(ctx: Context, first: number, after?: string | null): Promise<NewsletterView[]> {
  const [position, id] =
    after == null ? [-1, 0] : parseCursor<[number, number]>(newsletterList, after, ['number', 'number']);
  return newsletterPages(ctx, { first, position, id }).load(newsletterList);
}

const newsletterPages = loadManyWith(
  async (reading: Reading, { first, position, id }: { first: number; position: number; id: number }) => {
    const rows = await read<Omit<NewsletterView, '__typename'>>(
      reading,
      sql`select id, slug, name, description, position from newsletter
        where position >= ${position} and (position > ${position} or id > ${id})
        order by position, id limit ${first + 1}`,
    );
    return rows.map((row): NewsletterView => ({ __typename: 'Newsletter', ...row }));
  },
  () => newsletterList,
);

export const newsletterById = loadOne(
  async (reading: Reading, ids: readonly number[]) => {
    const rows = await read<Omit<NewsletterView, '__typename'>>(
      reading,
      sql`select id, slug, name, description, position from newsletter where id in ${ids}`,
    );
    return rows.map((row): NewsletterView => ({ __typename: 'Newsletter', ...row }));
  },
  (newsletter) => newsletter.id,
);

export const newsletterCursor = (newsletter: NewsletterView): string =>
  newsletterCursors([newsletter.position, newsletter.id]);

export async function newsletterCount(ctx: Context): Promise<number> {
  const [row] = await read<{ total: number }>(ctx, sql`select count(*) as total from newsletter`);
  return row?.total ?? 0;
}

export interface ConsentCategoryView {
  key: string;
  name: string;
  description: string;
  required: boolean;
}

export const consentCategories = loadAll(async (reading: Reading): Promise<ConsentCategoryView[]> => {
  const rows = await read<{ code: string; name: string; description: string; required: number }>(
    reading,
    sql`select code, name, description, required from consent_category order by position, id limit 50`,
  );
  return rows.map(({ code, required, ...row }) => ({ key: code, ...row, required: required === 1 }));
});
