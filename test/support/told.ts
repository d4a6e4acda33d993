import { listOf } from '../../src/articles/list.rules.js';
import { sql } from '../../src/kernel/sql.js';
import type { PartnerViewer } from '../../src/kernel/viewer.js';
import type { ChangeKind } from '../../src/syndication/feed/change.words.js';
import { fitPartners } from '../../src/syndication/feed/fit.commands.js';
import { PartnerChangeRow } from '../../src/syndication/feed/feed.rows.js';
import {
  PartnerProductRow,
  PartnerRow,
  ProductListRow,
  ProductRow,
} from '../../src/syndication/partners/partner.rows.js';
import type { TestNewsroom } from './newsroom.js';

export interface Told {
  productId: number;
  kind?: ChangeKind;
  version?: number;
  note?: string;
}

/** Partners and what they were told, written down as the feed writes it: for tests of what follows from it. */
export function partnersOf(newsroom: TestNewsroom) {
  let seq = 0;

  const product = (slug: string, more: Partial<ProductRow> = {}): Promise<number> =>
    newsroom.database.transaction(async (tx) => {
      const row = {
        slug,
        name: slug,
        version: 1,
        filter: {},
        dimensions: 1,
        shift: 0,
        keepDays: null,
        pictures: 'ALL',
      };
      const rights = { formats: ['JSON', 'NINJS', 'NEWSML', 'HTML'], territories: [], usageTerms: null, createdAt: 0 };
      const productId = idIn(await tx.manager.insert(ProductRow, { ...row, ...rights, ...more } as object));
      await tx.manager.insert(ProductListRow, { productId, dimension: 'EVERYTHING', list: listOf.everything });
      return productId;
    });

  const partner = (name: string, productIds: readonly number[]): Promise<PartnerViewer> =>
    newsroom.database.transaction(async (tx) => {
      const slug = name.toLowerCase().replaceAll(' ', '-');
      const partnerId = idIn(
        await tx.manager.insert(PartnerRow, { slug, name, isActive: true, version: 1, createdAt: 0 }),
      );
      for (const productId of productIds) await tx.manager.insert(PartnerProductRow, { partnerId, productId });
      return { kind: 'partner', partnerId, keyId: 1, name, scopes: ['READ', 'MANAGE'] };
    });

  /** Has the feed itself tell a partner what he may have and has not, and what he may not have any more. */
  const fit = ({ partnerId }: PartnerViewer): Promise<void> =>
    newsroom.database.transaction((tx) => fitPartners(newsroom.context(), tx, [partnerId]));

  /** Writes into a partner's feed that a story, as its newest publication has it, is his; or is his no more. */
  const tell = (
    { partnerId }: PartnerViewer,
    articleId: number,
    { productId, kind = 'PUBLISHED', version, note }: Told,
  ): Promise<number> =>
    newsroom.database.transaction(async (tx) => {
      const [publication] = await tx.read<{ id: number; version: number }>(
        sql`select p.id, a.version from publication p join article a on a.id = p.articleId
            where p.articleId = ${articleId} order by p.visibleFrom desc limit 1`,
      );
      const { id: publicationId } = publication!;
      const isEnd = ['KILLED', 'WITHDRAWN', 'RIGHTS_EXPIRED'].includes(kind);
      const change = { partnerId, seq: (seq += 1), kind, at: 1_717_430_400_000 + seq, articleId };
      await tx.manager.insert(PartnerChangeRow, {
        ...change,
        publicationId: isEnd ? null : publicationId,
        productId: isEnd ? null : productId,
        entityId: null,
        formerEntityId: null,
        version: version ?? publication!.version,
        note: note ?? null,
      });
      const state = isEnd ? 'ENDED' : 'HELD';
      await tx.run(sql`delete from partner_story where partnerId = ${partnerId} and articleId = ${articleId}`);
      await tx.run(
        sql`insert into partner_story (partnerId, articleId, state, publicationId, productId, seq, liftAt)
            values (${partnerId}, ${articleId}, ${state}, ${publicationId}, ${productId}, ${seq}, null)`,
      );
      return publicationId;
    });

  return { product, partner, fit, tell };
}

const idIn = ({ identifiers }: { identifiers: object[] }): number => (identifiers[0] as { id: number }).id;
