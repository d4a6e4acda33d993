import { hasRole } from '../../accounts/policy.js';
import { read, type Context, type Reading } from '../../kernel/context.js';
import { globalId, type NodeRef } from '../../kernel/global-id.js';
import { loadManyWith, loadOne } from '../../kernel/loader.js';
import { checkFirst, cursorsOf, pageOf, parseCursor, type Connection, type PageArgs } from '../../kernel/page.js';
import { all, raw, sql, type Sql } from '../../kernel/sql.js';
import { sectionTree } from '../../sections/section.queries.js';
import { within } from '../desk/article.queries.js';

export interface AuditView {
  action: string;
  at: number;
  accountId: number | null;
  note: string | null;
  subjectType: string;
  subjectId: string;
  revision: number | null;
}

export interface AuditEdge {
  cursor: string;
  node: AuditView;
}

export interface AuditNarrowing {
  accountId?: number | undefined;
  /** `YYYY-MM-DD`, in UTC. */
  on?: string | undefined;
  subject?: NodeRef | undefined;
  action?: string | undefined;
}

/** What was done in the newsroom, newest first, as far as the viewer may know. */
export async function auditTrail(
  ctx: Context,
  narrowing: AuditNarrowing,
  page: PageArgs,
): Promise<Connection<AuditEdge>> {
  checkFirst(page.first);
  const list = JSON.stringify(['audit', narrowing]);
  const cursor = cursorsOf(list);
  const after = page.after == null ? null : parseCursor<Key>(list, page.after, ['number', 'number']);
  const conditions = [...conditionsOf(narrowing), ...(await knownToViewer(ctx))];
  const ofADay = narrowing.on !== undefined;
  const rows = await read<AuditColumns>(
    ctx,
    sql`select ${columns} from audit au
        where ${all([...conditions, ...(after ? [behind(after, ofADay)] : [])])}
        order by ${raw(ofADay ? 'au.at desc, au.id desc' : 'au.id desc')} limit ${page.first + 1}`,
  );
  return pageOf(
    rows,
    page,
    (row) => ({ cursor: cursor([row.at, row.id]), node: auditOf(row) }),
    () => count(ctx, conditions),
  );
}

const columns = raw('au.id, au.at, au.accountId, au.action, au.subject, au.subjectId, au.note, au.detail');

const entriesOfStory = loadManyWith(
  (reading: Reading, { below, first }: { below: number; first: number }, articleIds: readonly number[]) =>
    read<AuditColumns>(
      reading,
      sql`select ${columns}
          from (select id, row_number() over (partition by subjectId order by id desc) as place
                from audit where subject = 'Article' and subjectId in ${articleIds} and id < ${below}) newest
          join audit au on au.id = newest.id
          where newest.place <= ${first} order by au.subjectId, au.id desc`,
    ),
  (entry) => entry.subjectId,
  'unkept',
);

const countOfStory = loadOne(
  (reading: Reading, articleIds: readonly number[]) =>
    read<{ subjectId: number; total: number }>(
      reading,
      sql`select subjectId, count(*) as total from audit
          where subject = 'Article' and subjectId in ${articleIds} group by subjectId`,
    ),
  (count) => count.subjectId,
  'unkept',
);

/** What was done to a story that the viewer may see, newest first. */
export async function auditOfStory(ctx: Context, articleId: number, page: PageArgs): Promise<Connection<AuditEdge>> {
  const first = checkFirst(page.first);
  const list = `audit:${articleId}`;
  const cursor = cursorsOf(list);
  const [below] = page.after == null ? [Number.MAX_SAFE_INTEGER] : parseCursor<[number]>(list, page.after, ['number']);
  const rows = await entriesOfStory(ctx, { below, first: first + 1 }).load(articleId);
  return pageOf(
    rows,
    page,
    (row) => ({ cursor: cursor([row.id]), node: auditOf(row) }),
    async () => (await countOfStory(ctx).load(articleId))?.total ?? 0,
  );
}

type Key = [at: number, id: number];

/** Where a page begins; a day is walked by its moments, everything else by the order it was written down in. */
const behind = ([at, id]: Key, ofADay: boolean): Sql =>
  ofADay ? sql`au.at <= ${at} and (au.at < ${at} or au.id < ${id})` : sql`au.id < ${id}`;

interface AuditColumns {
  id: number;
  at: number;
  accountId: number | null;
  action: string;
  subject: string;
  subjectId: number;
  note: string | null;
  detail: string | null;
}

function auditOf({ action, at, accountId, note, subject, subjectId, detail }: AuditColumns): AuditView {
  const { revision = null } = (detail === null ? null : (JSON.parse(detail) as { revision?: number } | null)) ?? {};
  return { action, at, accountId, note, subjectType: subject, subjectId: globalId(subject, subjectId), revision };
}

function conditionsOf({ accountId, on, subject, action }: AuditNarrowing): Sql[] {
  const conditions: Sql[] = [];
  if (accountId !== undefined) conditions.push(sql`au.accountId = ${accountId}`);
  if (subject) conditions.push(sql`au.subject = ${subject.type} and au.subjectId = ${subject.id}`);
  if (action !== undefined) conditions.push(sql`au.action = ${action}`);
  if (on !== undefined) {
    const midnight = Date.parse(`${on}T00:00:00Z`);
    conditions.push(sql`au.at >= ${midnight} and au.at < ${midnight + 86_400_000}`);
  }
  return conditions;
}

/** Everybody knows what he did himself; what is done to accounts and keys is for who keeps them, the rest for who works there. */
async function knownToViewer(ctx: Context): Promise<Sql[]> {
  const { viewer } = ctx;
  if (viewer.kind !== 'account') return [];
  const own = sql`au.accountId = ${viewer.accountId}`;
  if (viewer.sectionIds === null) {
    return hasRole(ctx, 'ADMIN') ? [] : [sql`(au.subject not in ('Account', 'PartnerKey') or ${own})`];
  }
  const sections = within(await sectionTree(ctx), viewer.sectionIds);
  return [
    sql`(${own} or (au.subject = 'Article' and exists (
          select 1 from edition e where e.articleId = au.subjectId and e.sectionId in ${sections}
            and e.number = (select max(n.number) from edition n where n.articleId = au.subjectId))))`,
  ];
}

async function count(ctx: Context, conditions: readonly Sql[]): Promise<number> {
  const [row] = await read<{ total: number }>(
    ctx,
    sql`select count(*) as total from audit au where ${all(conditions)}`,
  );
  return row?.total ?? 0;
}
