import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  addColumns,
  addIndex,
  createTable,
  dropColumns,
  flag,
  id,
  instant,
  int,
  json,
  key,
  optional,
  ref,
  text,
} from './table.js';

const accounts = {
  account: {
    columns: {
      id,
      email: text(191),
      name: text(120),
      role: text(16),
      active: flag,
      passwordHash: optional(text(200)),
      issuer: optional(text(255)),
      subject: optional(text(255)),
      version: int,
      createdAt: instant,
    },
    unique: { account_email: ['email'], account_subject: ['issuer', 'subject'] },
  },
  account_section: { columns: { accountId: key(int), sectionId: key(int) } },
  session: {
    columns: { id: key(text(43)), accountId: ref('account'), createdAt: instant, expiresAt: instant },
    index: { session_account: ['accountId'] },
  },
  sign_in_failure: { columns: { id: key(text(50)), failures: int, since: instant } },
};

const stories = {
  slug_claim: {
    columns: { slug: key(text(160)), articleId: ref('article') },
    index: { slug_claim_article: ['articleId'] },
  },
  picture_use: {
    columns: { editionId: key(int), pictureId: key(int) },
    index: { picture_use_picture: ['pictureId'] },
  },
  editing: { columns: { articleId: key(int), accountId: key(int), since: instant, expiresAt: instant } },
};

const ledger = {
  audit: {
    columns: {
      id,
      at: instant,
      accountId: optional(int),
      action: text(40),
      subject: text(20),
      subjectId: int,
      note: optional(text(1000)),
      detail: optional(json),
    },
    index: {
      audit_subject: ['subject', 'subjectId', 'id'],
      audit_account: ['accountId', 'id'],
      audit_at: ['at'],
    },
  },
  content_change: {
    columns: {
      seq: key(instant),
      at: instant,
      op: text(20),
      subject: text(20),
      subjectId: int,
      version: int,
      publicationId: optional(int),
      note: optional(text(1000)),
    },
    index: { content_change_subject: ['subject', 'subjectId'] },
  },
  counter: { columns: { name: key(text(40)), value: instant } },
  outbox: {
    columns: {
      id,
      topic: text(40),
      payload: json,
      createdAt: instant,
      availableAt: instant,
      attempts: int,
      lastError: optional(text(500)),
    },
    index: { outbox_due: ['availableAt', 'id'] },
  },
  idempotency: {
    columns: { id: key(text(43)), fingerprint: text(43), answer: optional(json), createdAt: instant },
    index: { idempotency_created: ['createdAt'] },
  },
};

const tables = { ...accounts, ...stories, ...ledger };

const added = {
  article: {
    workflowState: { ...text(16), default: "'DRAFT'" },
    createdBy: optional(int),
    changedAt: { ...instant, default: 0 },
  },
  edition: { savedBy: optional(int), note: optional(text(500)) },
  publication: {
    slug: { ...text(160), default: "''" },
    partnersFrom: { ...instant, default: 0 },
    partnersUntil: { ...instant, default: 0 },
    seq: optional(instant),
    recalledAt: optional(instant),
  },
  listing: { partnersFrom: { ...instant, default: 0 }, partnersUntil: { ...instant, default: 0 } },
  picture: { version: { ...int, default: 1 }, uploadedBy: optional(int) },
};

const indexes = {
  article: {
    article_changed: ['changedAt', 'id'],
    article_state: ['workflowState', 'changedAt', 'id'],
    article_creator: ['createdBy', 'changedAt', 'id'],
  },
  publication: { publication_slug: ['slug'], publication_pending: ['seq', 'visibleFrom'] },
  picture: { picture_file: ['file'] },
};

/** Accounts, the workflow, the ledger of changes, and what scheduling and recalling need. */
export class Desk1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, shape] of Object.entries(tables)) await createTable(runner, name, shape);
    for (const [table, columns] of Object.entries(added)) await addColumns(runner, table, columns);
    await fill(runner);
    for (const [table, named] of Object.entries(indexes)) {
      for (const [name, columns] of Object.entries(named)) await addIndex(runner, table, name, columns);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, named] of Object.entries(indexes)) {
      for (const name of Object.keys(named)) await runner.dropIndex(table, name).catch(() => undefined);
    }
    for (const [table, columns] of Object.entries(added)) await dropColumns(runner, table, Object.keys(columns));
    for (const name of Object.keys(tables).reverse()) await runner.dropTable(name, true);
  }
}

/** Gives what is there already the slugs, intervals, states and changes that it would have had. */
async function fill(runner: QueryRunner): Promise<void> {
  const ignore = runner.connection.options.type === 'better-sqlite3' ? 'or ignore' : 'ignore';
  const statements = [
    `insert ${ignore} into counter (name, value) values ('change', 0)`,
    `insert ${ignore} into slug_claim (slug, articleId) select slug, id from article`,
    `update publication set slug = (select a.slug from article a where a.id = publication.articleId) where slug = ''`,
    'update publication set partnersFrom = visibleFrom, partnersUntil = visibleUntil where partnersUntil = 0',
    'update listing set partnersFrom = visibleFrom, partnersUntil = visibleUntil where partnersUntil = 0',
    `update article set workflowState = 'PUBLISHED' where workflowState = 'DRAFT' and firstPublishedAt is not null`,
    `update article set changedAt = coalesce((select max(e.savedAt) from edition e where e.articleId = article.id),
       createdAt) where changedAt = 0`,
    `insert ${ignore} into picture_use (editionId, pictureId)
       select id, leadPictureId from edition where leadPictureId is not null`,
    `insert ${ignore} into content_change (seq, at, op, subject, subjectId, version, publicationId)
       select row_number() over (order by p.visibleFrom, p.id), p.visibleFrom, 'PUBLISHED', 'Article', p.articleId,
              a.version, p.id
       from publication p join article a on a.id = p.articleId where p.seq is null`,
    'update publication set seq = (select c.seq from content_change c where c.publicationId = publication.id) where seq is null',
    "update counter set value = (select coalesce(max(seq), 0) from content_change) where name = 'change'",
  ];
  for (const statement of statements) await runner.query(statement);
  await fillPictureUses(runner, ignore);
}

/** Writes down which pictures the bodies of editions show. */
async function fillPictureUses(runner: QueryRunner, ignore: string): Promise<void> {
  interface Body {
    id: number;
    body: string;
  }
  for (let after = 0; ;) {
    const editions = (await runner.query(
      `select id, body from edition where id > ${after} and body like '%pictureId%' order by id limit 200`,
    )) as Body[];
    for (const { id: editionId, body } of editions) {
      for (const { pictureId } of JSON.parse(body) as { pictureId?: number }[]) {
        if (pictureId === undefined) continue;
        await runner.query(
          `insert ${ignore} into picture_use (editionId, pictureId) values (${editionId}, ${pictureId})`,
        );
      }
    }
    const last = editions.at(-1);
    if (!last) return;
    after = last.id;
  }
}
