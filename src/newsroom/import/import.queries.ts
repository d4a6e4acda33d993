import { visible } from '../../articles/visibility.js';
import { read, type Context } from '../../kernel/context.js';
import { sql } from '../../kernel/sql.js';

export interface TitledStory {
  articleId: number;
  editionId: number;
  standfirst: string;
  wordCount: number;
  firstPublishedAt: number | null;
}

/** The newest text with this headline, if there is one. */
export async function storyTitled(ctx: Context, title: string): Promise<TitledStory | undefined> {
  const [row] = await read<TitledStory>(
    ctx,
    sql`select e.articleId, e.id as editionId, e.standfirst, e.wordCount, a.firstPublishedAt
        from edition e join article a on a.id = e.articleId where e.title = ${title} order by e.id desc limit 1`,
  );
  return row;
}

/** The section in which most published stories name the same people, organisations and places. */
export async function sectionOfCompany(ctx: Context, entityIds: readonly number[]): Promise<number | undefined> {
  const [row] = await read<{ sectionId: number }>(
    ctx,
    sql`select e.sectionId from mention m
        join edition e on e.id = m.editionId
        join publication p on p.editionId = e.id and ${visible(ctx.database, 'p')}
        where m.entityId in ${[...entityIds]}
        group by e.sectionId order by count(*) desc, e.sectionId limit 1`,
  );
  return row?.sectionId;
}

/** The one person or organisation that has this name or alias. */
export async function entityNamed(ctx: Context, name: string): Promise<number | undefined> {
  const rows = await read<{ id: number }>(
    ctx,
    sql`select id from entity where name = ${name} and kind <> 'Place'
        union select a.entityId from entity_alias a join entity e on e.id = a.entityId
        where a.name = ${name} and e.kind <> 'Place' limit 2`,
  );
  return rows.length === 1 ? rows[0]!.id : undefined;
}
