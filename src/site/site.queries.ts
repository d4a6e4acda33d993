import { read, type Reading } from '../kernel/context.js';
import { loadAll, untouched } from '../kernel/loader.js';
import { cursorsOf, parseCursor } from '../kernel/page.js';
import { tag } from '../kernel/tags.js';
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

/** What is said of the pictures can be changed at the desk; all else that changes here touches everything. */
const placementTags = (placements: readonly PlacementView[]): string[] =>
  placements.flatMap(({ banner }) => (banner.image ? [tag('Picture', banner.image.id)] : []));

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
}, placementTags);

export interface NewsletterView {
  __typename: 'Newsletter';
  id: number;
  slug: string;
  name: string;
  description: string;
  position: number;
}

/** The most newsletters there can be. */
const maxNewsletters = 500;

/** In the order of the desk. */
export const allNewsletters = loadAll(async (reading: Reading): Promise<NewsletterView[]> => {
  const rows = await read<Omit<NewsletterView, '__typename'>>(
    reading,
    sql`select id, slug, name, description, position from newsletter order by position, id limit ${maxNewsletters}`,
  );
  return rows.map((row) => ({ __typename: 'Newsletter', ...row }));
}, untouched);

const newsletterList = 'newsletters';

export const newsletterCursor = ({ position, id }: NewsletterView): string => newsletterCursors([position, id]);
const newsletterCursors = cursorsOf(newsletterList);

/** Newsletters behind a cursor. */
export function newslettersAfter(all: readonly NewsletterView[], after: string | null | undefined): NewsletterView[] {
  const [position, id] =
    after == null ? [-1, 0] : parseCursor<[number, number]>(newsletterList, after, ['number', 'number']);
  return all.filter((each) => each.position > position || (each.position === position && each.id > id));
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
}, untouched);
