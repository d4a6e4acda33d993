import { isPictureForViewer } from '../../articles/open-picture.queries.js';
import { read, type Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { all, join, raw, sql, type Sql } from '../../kernel/sql.js';
import { checkText } from '../../kernel/write.js';
import { pictureColumns, pictureOf, type PictureColumns, type PictureView } from '../../media/picture.queries.js';

export interface NewsroomPictureView {
  __typename: 'NewsroomPicture';
  id: number;
  version: number;
  createdAt: number;
  uploadedBy: number | null;
  picture: PictureView;
}

export interface NewsroomPictureEdge {
  cursor: string;
  node: NewsroomPictureView;
}

type Row = Pick<NewsroomPictureView, 'id' | 'version' | 'createdAt' | 'uploadedBy'> & PictureColumns;

const pictures = (condition: Sql): Sql =>
  sql`select p.id, p.version, p.createdAt, p.uploadedBy, ${pictureColumns('p')} from picture p where ${condition}`;

const viewOf = ({ id, version, createdAt, uploadedBy, ...columns }: Row): NewsroomPictureView => ({
  __typename: 'NewsroomPicture',
  id,
  version,
  createdAt,
  uploadedBy,
  picture: pictureOf(columns)!,
});

/** A picture as the transaction that changes it sees it. */
export async function newsroomPictureIn(tx: Transaction, id: number): Promise<NewsroomPictureView> {
  const [row] = await tx.read<Row>(pictures(sql`p.id = ${id}`));
  return viewOf(row!);
}

/** The pictures of the newsroom, newest first: to contributors their own, and what readers see. */
export async function newsroomPictures(
  ctx: Context,
  search: string | null,
  page: PageArgs,
): Promise<Connection<NewsroomPictureEdge>> {
  const words = checkText('search', search ?? '', { max: 100 })
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 5);
  const list = `pictures ${words.join(' ')}`;
  const wanted = [...words.map(says), isPictureForViewer(ctx, ctx.database.now)];
  const behind = page.after == null ? [] : [sql`p.id < ${parseCursor<[number]>(list, page.after, ['number'])[0]}`];
  const rows = await read<Row>(
    ctx,
    sql`${pictures(all([...wanted, ...behind]))} order by p.id desc limit ${checkFirst(page.first) + 1}`,
  );
  const cursor = cursorsOf(list);
  const count = async () => {
    const [row] = await read<{ total: number }>(ctx, sql`select count(*) as total from picture p where ${all(wanted)}`);
    return row!.total;
  };
  return pageOf(rows.map(viewOf), page, (node) => ({ cursor: cursor([node.id]), node }), count);
}

/** Whether the words about a picture have one in them. */
function says(word: string): Sql {
  const pattern = `%${word.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  const columns = ['alt', 'caption', 'credit'].map(
    (name) => sql`lower(${raw(`p.${name}`)}) like ${pattern} escape '!'`,
  );
  return sql`(${join(columns, ' or ')})`;
}
