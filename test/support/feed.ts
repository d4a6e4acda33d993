import {
  correctArticle,
  publishArticle,
  schedulePublication,
  unschedulePublication,
  withdrawArticle,
  type Embargo,
} from '../../src/articles/publish.commands.js';
import { createDraft, saveDraft } from '../../src/articles/draft.commands.js';
import { listOf } from '../../src/articles/list.rules.js';
import type { ArticleKind } from '../../src/articles/edition.rows.js';
import { review } from '../../src/articles/review.commands.js';
import { never } from '../../src/kernel/ledger.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { inTransaction } from '../../src/kernel/transaction.js';
import { operator, type PartnerViewer } from '../../src/kernel/viewer.js';
import { insertMany } from '../../src/kernel/write.js';
import { catchUp } from '../../src/syndication/feed/catch-up.commands.js';
import { fitPartners } from '../../src/syndication/feed/fit.commands.js';
import {
  PartnerKeyRow,
  PartnerProductRow,
  PartnerRow,
  ProductListRow,
  ProductRow,
} from '../../src/syndication/partners/partner.rows.js';
import { documentFormats, type PicturesPassed } from '../../src/syndication/partners/partner.words.js';
import type { TestNewsroom } from './newsroom.js';

export interface ProductInput {
  sections?: readonly number[];
  entities?: readonly number[];
  kinds?: readonly ArticleKind[];
  languages?: readonly string[];
  shift?: number;
  keepDays?: number | null;
  pictures?: PicturesPassed;
}

interface TextFields {
  title?: string;
  section?: string;
  markdown?: string;
  passingOn?: { allowed?: boolean | null; usageTerms?: string };
}

interface Held {
  articleId: number;
  expectedVersion: number;
}

/** A change as a test looks at it. */
export type Seen = [kind: string, action: string, storyTitle: string | null, note: string | null];

/** What partners, their salespeople and the desk do, in short words. */
export function feedOf(newsroom: TestNewsroom) {
  const desk = () => newsroom.contextAs(operator);
  const write = inTransaction;

  const listsOf = ({ sections, entities, kinds, languages }: ProductInput) => {
    const dimensions = {
      SECTION: sections?.map(listOf.section),
      ENTITY: entities?.map(listOf.entity),
      KIND: kinds?.map(listOf.kind),
      LANGUAGE: languages?.map(listOf.language),
    };
    const given = Object.entries(dimensions).filter(([, lists]) => lists !== undefined);
    return given.length === 0 ? { EVERYTHING: [listOf.everything] } : Object.fromEntries(given);
  };

  const setLists = async (tx: Parameters<Parameters<typeof write>[1]>[0], productId: number, input: ProductInput) => {
    const lists = listsOf(input) as Record<string, string[]>;
    await tx.run(sql`delete from product_list where productId = ${productId}`);
    await insertMany(
      tx,
      ProductListRow,
      Object.entries(lists).flatMap(([dimension, names]) => names.map((list) => ({ productId, dimension, list }))),
    );
    await tx.run(sql`update product set dimensions = ${Object.keys(lists).length} where id = ${productId}`);
  };

  const product = (slug: string, input: ProductInput = {}): Promise<number> =>
    write(desk(), async (tx) => {
      const { shift = 0, keepDays = null, pictures = 'ALL' } = input;
      const rights = { pictures, formats: [...documentFormats], territories: [], usageTerms: null };
      const row = { slug, name: slug, version: 1, filter: {}, dimensions: 1, shift, keepDays, ...rights, createdAt: 0 };
      const inserted = await tx.manager.insert(ProductRow, row);
      const { id } = inserted.identifiers[0] as { id: number };
      await setLists(tx, id, input);
      return id;
    });

  const partner = (name: string, ...productIds: number[]): Promise<PartnerViewer> =>
    write(desk(), async (tx) => {
      const slug = name.toLowerCase().replaceAll(' ', '-');
      const inserted = await tx.manager.insert(PartnerRow, { slug, name, isActive: true, version: 1, createdAt: 0 });
      const { id: partnerId } = inserted.identifiers[0] as { id: number };
      await insertMany(
        tx,
        PartnerProductRow,
        productIds.map((productId) => ({ partnerId, productId })),
      );
      await fitPartners(desk(), tx, [partnerId]);
      const key = { partnerId, slot: 1, name, hash: slug, scopes: ['READ' as const], createdAt: 0, expiresAt: never };
      const { identifiers } = await tx.manager.insert(PartnerKeyRow, key);
      return { kind: 'partner', partnerId, keyId: (identifiers[0] as { id: number }).id, name, scopes: ['READ'] };
    });

  const holdersOf = async (productId: number) =>
    (
      await newsroom.database.read<{ partnerId: number }>(
        sql`select partnerId from partner_product where productId = ${productId}`,
        'primary',
      )
    ).map(({ partnerId }) => partnerId);

  const grant = ({ partnerId }: PartnerViewer, productId: number): Promise<void> =>
    write(desk(), async (tx) => {
      await insertMany(tx, PartnerProductRow, [{ partnerId, productId }], { unlessThere: true });
      await fitPartners(desk(), tx, [partnerId]);
    });

  const withdrawProduct = ({ partnerId }: PartnerViewer, productId: number): Promise<void> =>
    write(desk(), async (tx) => {
      await tx.run(sql`delete from partner_product where partnerId = ${partnerId} and productId = ${productId}`);
      await fitPartners(desk(), tx, [partnerId]);
    });

  const change = async (productId: number, input: ProductInput): Promise<void> => {
    const partnerIds = await holdersOf(productId);
    await write(desk(), async (tx) => {
      await setLists(tx, productId, input);
      const { shift = 0, keepDays = null } = input;
      await tx.run(sql`update product set shift = ${shift}, keepDays = ${keepDays} where id = ${productId}`);
      await fitPartners(desk(), tx, partnerIds);
    });
  };

  const setActive = ({ partnerId }: PartnerViewer, isActive: boolean): Promise<void> =>
    write(desk(), async (tx) => {
      await tx.run(sql`update partner set isActive = ${isActive} where id = ${partnerId}`);
      await fitPartners(desk(), tx, [partnerId]);
    });

  const answered = (answer: object): Held => {
    if (!('article' in answer)) throw new Error(JSON.stringify(answer));
    const { id, version } = answer.article as { id: number; version: number };
    return { articleId: id, expectedVersion: version };
  };

  const approved = async (title: string, section: string, markdown = 'What happened.'): Promise<Held> => {
    const held = answered(await createDraft(desk(), { title, section, body: { markdown } }));
    return approve(held);
  };
  const approve = async ({ articleId }: Held): Promise<Held> => {
    let expectedVersion = await versionOf(articleId);
    for (const step of ['SUBMIT', 'APPROVE'] as const) {
      await review(desk(), step, { articleId, expectedVersion });
      expectedVersion = await versionOf(articleId);
    }
    return { articleId, expectedVersion };
  };
  const versionOf = async (articleId: number): Promise<number> =>
    (
      await newsroom.database.read<{ version: number }>(
        sql`select version from article where id = ${articleId}`,
        'primary',
      )
    )[0]!.version;

  const save = async (held: Held, fields: TextFields): Promise<Held> => {
    const { markdown, ...more } = fields;
    const expectedVersion = await versionOf(held.articleId);
    const input = { articleId: held.articleId, expectedVersion, ...more, ...(markdown && { body: { markdown } }) };
    return answered(await saveDraft(desk(), input));
  };

  const at = async (held: Held) => ({ articleId: held.articleId, expectedVersion: await versionOf(held.articleId) });

  return {
    product,
    partner,
    grant,
    withdrawProduct,
    change,
    setActive,
    approved,
    save,
    /** Approves a first text that was brought in. */
    approveFirst: (articleId: number): Promise<Held> => approve({ articleId, expectedVersion: 0 }),
    publish: async (held: Held, embargoes: Embargo[] = [], note: string | null = null): Promise<Held> =>
      answered(await publishArticle(desk(), { ...(await at(held)), embargoes, note })),
    /** Publishes what was taken down. */
    publishAgain: async (held: Held): Promise<Held> => answered(await publishArticle(desk(), await approve(held))),
    /** Writes and publishes at once. */
    published: async (title: string, section: string, markdown?: string): Promise<Held> =>
      answered(await publishArticle(desk(), await approved(title, section, markdown))),
    update: async (held: Held, fields: TextFields): Promise<Held> => {
      await save(held, fields);
      return answered(await publishArticle(desk(), await at(held)));
    },
    correct: async (held: Held, note: string, fields?: { title?: string; section?: string }): Promise<Held> => {
      if (fields) await save(held, fields);
      return answered(await correctArticle(desk(), { ...(await at(held)), note }));
    },
    withdraw: async (held: Held, publicNote: string | null = null, kill = false): Promise<Held> =>
      answered(
        await withdrawArticle(desk(), { ...(await at(held)), note: 'The desk wants it gone.', publicNote, kill }),
      ),
    schedule: async (held: Held, at_: number, embargoes: Embargo[] = []): Promise<Held> =>
      answered(await schedulePublication(desk(), { ...(await at(held)), at: at_, embargoes })),
    unschedule: async (held: Held): Promise<Held> => answered(await unschedulePublication(desk(), await at(held))),

    /** All moments that are noted anywhere come so much earlier: as if so much time had passed. */
    letTimePass: (ms: number): Promise<void> =>
      newsroom.database.transaction(async (tx) => {
        const moments = {
          publication: ['visibleFrom', 'visibleUntil', 'partnersFrom', 'partnersUntil', 'recalledAt'],
          listing: ['visibleFrom', 'visibleUntil', 'partnersFrom', 'partnersUntil'],
          partner_due: ['dueAt'],
          partner_story: ['liftAt'],
          article: ['firstPublishedAt'],
          content_change: ['at'],
        };
        for (const [table, columns] of Object.entries(moments)) {
          for (const column of columns) {
            await tx.run(
              sql`update ${raw(table)} set ${raw(column)} = ${raw(column)} - ${ms} where ${raw(column)} < ${never}`,
            );
          }
        }
      }),

    catchUp: (): Promise<void> => catchUp(desk()),

    /** What a partner was told, as he reads it: kind, action, the story’s title, the note. */
    told: async (viewer: PartnerViewer, after?: string): Promise<Seen[]> => {
      const { data, errors } = await newsroom.askAs(viewer, toldQuery, { after });
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of any shape
      return data.syndication.changes.nodes.map((node: any) => [
        node.kind,
        node.action,
        node.story?.title ?? null,
        node.note,
      ]);
    },
  };
}

const toldQuery = `query ($after: String) { syndication { changes(after: $after, first: 100) {
  nodes { kind action note story { title } } } } }`;
