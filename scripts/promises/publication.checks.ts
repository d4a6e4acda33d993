import { forever } from '../../src/articles/visibility.js';
import { join, raw, sql, type Sql } from '../../src/kernel/sql.js';
import type { Check } from './invariants.js';

/** Checks of what readers and partners see of a story. */
export const publicationChecks: readonly Check[] = [
  ...(['visible', 'partners'] as const).map((clock) => ({
    name: `one text at a time (${clock})`,
    broken: overlapping(raw(`${clock}From`), raw(`${clock}Until`)),
  })),
  { name: 'one arrangement of a front at a time', broken: overlappingFronts() },
  {
    name: 'the state of a story goes with its publications',
    broken: sql`select concat('story ', a.id, ' is ', a.workflowState) as what
      from article a left join publication p on p.articleId = a.id
      group by a.id, a.workflowState
      having not case
        when a.workflowState in ('DRAFT', 'IN_REVIEW', 'APPROVED') then count(p.id) = 0
        when a.workflowState = 'SCHEDULED' then ${sum(sql`p.seq is null`)} = 1
          and ${sum(sql`p.seq is null and p.visibleUntil = ${forever}`)} = 1
        when a.workflowState in ('PUBLISHED', 'CORRECTED') then ${sum(sql`p.id is not null and p.seq is null`)} = 0
          and ${sum(sql`p.recalledAt is null and p.visibleUntil = ${forever}`)} = 1
        else ${sum(sql`p.id is not null and p.recalledAt is null`)} = 0
          and ${sum(sql`p.visibleUntil = ${forever} or p.partnersUntil = ${forever}`)} = 0 end`,
  },
  {
    name: 'a corrected story has a correction',
    broken: sql`select concat('story ', a.id) as what from article a where a.workflowState = 'CORRECTED'
      and not exists (select 1 from correction c where c.articleId = a.id)`,
  },
  {
    name: 'what has begun is entered',
    broken: ({ now }) => sql`select concat('publication ', id) as what from publication
      where seq is null and visibleFrom <= ${now} - 10000`,
  },
  {
    name: 'the first date is that of the first publication',
    broken: sql`select concat('story ', a.id) as what from article a
      left join (select articleId, min(visibleFrom) as begun from publication where seq is not null group by articleId) p
        on p.articleId = a.id
      where coalesce(a.firstPublishedAt, -1) <> coalesce(p.begun, -1)`,
  },
  {
    name: 'a publication shows a text of its own story',
    broken: sql`select concat('publication ', p.id) as what from publication p left join edition e on e.id = p.editionId
      where e.id is null or e.articleId <> p.articleId`,
  },
  {
    name: 'the path of a publication leads to its story',
    broken: sql`select concat('publication ', p.id) as what from publication p left join path h on h.path = p.path
      where h.path is null or h.articleId <> p.articleId`,
  },
  {
    name: 'slugs are claimed by the story they lead to',
    broken: sql`select concat('story ', s.articleId, ' at ', s.slug) as what
      from (select articleId, slug from publication union select id, slug from article) s
      left join slug_claim c on c.slug = s.slug where c.slug is null or c.articleId <> s.articleId`,
  },
];

function overlapping(from: Sql, until: Sql): Sql {
  const filled = (alias: string) => sql`${raw(alias)}.${from} < ${raw(alias)}.${until}`;
  return sql`select concat('publications ', p.id, ' and ', q.id) as what
    from publication p join publication q on q.articleId = p.articleId and q.id <> p.id
    where ${filled('p')} and ${filled('q')} and q.${from} < p.${until}
      and (p.${from} < q.${from} or (p.${from} = q.${from} and p.id < q.id))`;
}

function overlappingFronts(): Sql {
  return sql`select concat('front ', p.frontId, ' from ', q.visibleFrom) as what
    from front_publication p join front_publication q on q.frontId = p.frontId and q.id <> p.id
    where p.visibleFrom <= q.visibleFrom and q.visibleFrom < p.visibleUntil and q.visibleFrom < q.visibleUntil`;
}

function sum(condition: Sql): Sql {
  return join([raw('coalesce(sum(case when '), condition, raw(' then 1 else 0 end), 0)')], '');
}
