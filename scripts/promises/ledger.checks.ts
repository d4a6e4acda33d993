import { sql } from '../../src/kernel/sql.js';
import type { Check } from './invariants.js';

/** What somebody did, as the audit says, by what the feed says of it. */
const acts = sql`case c.op when 'CORRECTED' then 'correct' when 'WITHDRAWN' then 'withdraw' when 'KILLED' then 'kill'
  else 'publish' end`;
const audited = sql`case u.action when 'appear' then 'publish' else u.action end`;

/** Checks of the feed, the audit and the answers kept. */
export const ledgerChecks: readonly Check[] = [
  {
    name: 'the feed has no gap',
    broken: sql`select concat('sequences ', least_seq, ' to ', most, ' hold ', total, ', the counter says ', value) as what
      from (select coalesce(min(seq), 1) as least_seq, coalesce(max(seq), 0) as most, count(*) as total
            from content_change) f
      join counter n on n.name = 'change' where least_seq <> 1 or most <> total or most <> value`,
  },
  {
    name: 'a publication is in the feed once',
    broken: sql`select concat('publication ', p.id) as what from publication p
      left join content_change c on c.publicationId = p.id
      where p.seq is not null group by p.id, p.seq, p.articleId
      having count(c.seq) <> 1 or max(c.seq) <> p.seq or max(c.subjectId) <> p.articleId or max(c.subject) <> 'Article'`,
  },
  {
    name: 'the feed tells of publications that are there',
    broken: sql`select concat('change ', c.seq) as what from content_change c
      left join publication p on p.id = c.publicationId
      where c.publicationId is not null and (p.id is null or p.seq is null or p.seq <> c.seq)`,
  },
  {
    name: 'a story is new once',
    broken: sql`select concat('story ', subjectId) as what from content_change
      where subject = 'Article' and op = 'PUBLISHED' and at >= (select coalesce(min(at), 0) from audit)
      group by subjectId having count(*) > 1`,
  },
  {
    name: 'a change of a story has its line in the audit',
    broken: sql`select concat('story ', subjectId, ': ', act, ', ', sum(changes), ' changes, ', sum(lines_), ' lines') as what
      from (select c.subjectId, ${acts} as act, 1 as changes, 0 as lines_ from content_change c
              where c.subject = 'Article' and c.at >= (select min(at) from audit)
            union all
            select u.subjectId, ${audited}, 0, 1 from audit u where u.subject = 'Article'
              and u.action in ('publish', 'appear', 'correct', 'withdraw', 'kill')) both_
      group by subjectId, act having sum(changes) <> sum(lines_)`,
  },
  {
    name: 'a version goes up with every change',
    broken: sql`select concat('story ', a.id) as what from article a
      left join (select subjectId, count(*) as changes, max(version) as most from content_change
                 where subject = 'Article' group by subjectId) c on c.subjectId = a.id
      where a.version < coalesce(c.changes, 0) or a.version < coalesce(c.most, 0)
        or a.version < (select count(*) from edition e where e.articleId = a.id)`,
  },
  {
    name: 'an answer that is kept is there',
    broken: sql`select concat('key ', id) as what from idempotency
               where answer is null and fingerprint <> ${'usage'}`, // that is a receipt, which has none
  },
];
