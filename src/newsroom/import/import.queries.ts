import { visible } from '../../articles/visibility.js';
import { read, type Context } from '../../kernel/context.js';
import { sql, type Sql } from '../../kernel/sql.js';

export interface KnownStory {
  articleId: number;
  editionId: number;
  standfirst: string;
  wordCount: number;
  firstPublishedAt: number | null;
}

/** The story whose newest text has this headline, if there is one. */
export const storyTitled = (ctx: Context, title: string): Promise<KnownStory | undefined> =>
  newestWhere(ctx, sql`e.title = ${title}`);

/** The story that came from there under this name, if there is one. */
export const storyFrom = (ctx: Context, source: string, externalId: string): Promise<KnownStory | undefined> =>
  newestWhere(ctx, sql`a.source = ${source} and a.externalId = ${externalId}`);

async function newestWhere(ctx: Context, condition: Sql): Promise<KnownStory | undefined> {
  const [row] = await read<KnownStory>(
    ctx,
    sql`select e.articleId, e.id as editionId, e.standfirst, e.wordCount, a.firstPublishedAt
        from article a join edition e on e.articleId = a.id
        where ${condition} and e.number = (select max(n.number) from edition n where n.articleId = a.id)
        order by e.id desc limit 1`,
  );
  return row;
}

/** The section in which most published stories name the same people, organisations and places. */
export async function sectionOfCompany(ctx: Context, entityIds: readonly number[]): Promise<number | undefined> {
  const [row] = await read<{ sectionId: number }>(
    ctx,
    sql`select e.sectionId from mention m
        join edition e on e.id = m.editionId
        join publication p on p.editionId = e.id and ${visible(ctx, 'p')}
        where m.entityId in ${[...entityIds]}
        group by e.sectionId order by count(*) desc, e.sectionId limit 1`,
  );
  return row?.sectionId;
}

/** The one person or organisation that has this name or alias. */
export async function entityNamed(ctx: Context, name: string): Promise<number | undefined> {
  const rows = await read<{ id: number }>(
    ctx,
    sql`select id from entity where name = ${name} and kind <> 'Place' and mergedInto is null
        union select a.entityId from entity_alias a join entity e on e.id = a.entityId
        where a.name = ${name} and e.kind <> 'Place' and e.mergedInto is null limit 2`,
  );
  return rows.length === 1 ? rows[0]!.id : undefined;
}

export async function databaseNow(ctx: Context): Promise<number> {
  const [row] = await read<{ now: number }>(ctx, sql`select ${ctx.database.now} as now`);
  return row!.now;
}
