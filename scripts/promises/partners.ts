import { saveEntity } from '../../src/entities/entity.commands.js';
import type { Context } from '../../src/kernel/context.js';
import { globalId } from '../../src/kernel/global-id.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { createPartnerKey } from '../../src/syndication/partners/key.commands.js';
import { createPartner, grantProduct } from '../../src/syndication/partners/partner.commands.js';
import { createProduct, type NewProduct } from '../../src/syndication/partners/product.commands.js';
import { sections, type Text } from './stories.js';

/** A partner with a product, and which texts he is entitled to by what was agreed. */
export interface Partner {
  name: string;
  partnerId: number;
  key: string;
  wants: (text: Text) => boolean;
  /** Whether he gets what is scheduled before readers. */
  isEarly: boolean;
}

/** Partners with everything, with everything before readers, with a section each, and with opinions that name somebody. */
export async function partnersFor(ctx: Context): Promise<{ partners: Partner[]; person: string }> {
  for (const slug of sections) await saveSection(ctx, { slug, name: slug, description: '', position: 0 });
  const ada = { kind: 'Person' as const, slug: 'ada', name: 'Ada', description: '', aliases: [] };
  const person = globalId('Person', await saveEntity(ctx, ada));
  const made = async (
    name: string,
    wants: Partner['wants'],
    terms: Pick<NewProduct, 'filter' | 'delayMinutes'> = {},
  ): Promise<Partner> => {
    const product = await createProduct(ctx, { name, ...terms });
    const partner = await createPartner(ctx, { name, requestsPerMinute: 1_000_000, costPerMinute: 1_000_000 });
    if (!('product' in product) || !('partner' in partner)) throw new Error(JSON.stringify([product, partner]));
    const partnerId = partner.partner.id;
    await grantProduct(ctx, { partnerId, productId: product.product.id });
    const key = await createPartnerKey(ctx, { partnerId, name: 'feed', scopes: ['READ'] });
    if (!('secret' in key) || key.secret === null) throw new Error(JSON.stringify(key));
    return { name, partnerId, key: key.secret, wants, isEarly: (terms.delayMinutes ?? 0) < 0 };
  };
  const [world, business] = sections;
  const opinions = { kinds: ['OPINION' as const], entities: [person] };
  const partners = [
    await made('All', () => true),
    await made('Early', () => true, { delayMinutes: -60 }),
    await made('World', ({ section }) => section === world, { filter: { sections: [world] } }),
    await made('Business', ({ section }) => section === business, { filter: { sections: [business] } }),
    await made('Opinions', ({ kind, namesAda }) => kind === 'OPINION' && namesAda, { filter: opinions }),
  ];
  return { partners, person };
}
