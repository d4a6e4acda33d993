import type { Context } from '../../src/kernel/context.js';
import { createPartnerKey, type NewKey } from '../../src/syndication/partners/key.commands.js';
import { createPartner, grantProduct, type NewPartner } from '../../src/syndication/partners/partner.commands.js';
import type { KeyView, PartnerView } from '../../src/syndication/partners/partner.queries.js';
import { createProduct, type NewProduct } from '../../src/syndication/partners/product.commands.js';
import type { ProductView } from '../../src/syndication/partners/product.queries.js';

/** What the syndication desk of the tests does, each time as somebody who may. */
export function syndicationOf(contextOf: () => Context) {
  const partner = async (name: string, more: Partial<NewPartner> = {}): Promise<PartnerView> =>
    done(await createPartner(contextOf(), { name, ...more }), 'partner');

  const product = async (name: string, more: Partial<NewProduct> = {}): Promise<ProductView> =>
    done(await createProduct(contextOf(), { name, ...more }), 'product');

  const grant = async ({ id: partnerId }: { id: number }, { id: productId }: { id: number }): Promise<PartnerView> =>
    done(await grantProduct(contextOf(), { partnerId, productId }), 'partner');

  const key = async (
    { id: partnerId }: { id: number },
    more: Partial<NewKey> = {},
  ): Promise<{ key: KeyView; secret: string }> => {
    const made = await createPartnerKey(contextOf(), { partnerId, name: 'website', scopes: ['READ'], ...more });
    return { key: done(made, 'key'), secret: (made as { secret: string }).secret };
  };

  return { partner, product, grant, key };
}

function done<Answer extends object, Field extends string>(
  answer: Answer,
  field: Field,
): Extract<Answer, Record<Field, unknown>>[Field] {
  if (!(field in answer)) throw new Error(JSON.stringify(answer));
  return (answer as Record<Field, Extract<Answer, Record<Field, unknown>>[Field]>)[field];
}
