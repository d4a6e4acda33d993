import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import { keyById, type KeyView, type PartnerView } from '../partners/partner.queries.js';
import { Partner, PartnerKey } from '../partners/partner.types.js';
import { productById, type ProductView } from '../partners/product.queries.js';
import { Product } from '../partners/product.types.js';
import { Syndication } from '../syndication.types.js';
import {
  usageOf,
  type UsageDayView,
  type UsageOfKey as OfKey,
  type UsageOfProduct as OfProduct,
} from './usage.queries.js';
import { UsageDay, UsageOfKey, UsageOfProduct } from './usage.types.js';

const description =
  'What was taken on the last days, today included, newest first, at most 400; a few seconds are not in it yet. Days without anything are left out.';

const DaysArg = () => Arg('days', () => Int, { defaultValue: 30, description: 'How many days, in UTC.' });

@Resolver(() => Syndication)
export class OwnUsage {
  @FieldResolver(() => [UsageDay], { description })
  usage(@Ctx() ctx: Context, @DaysArg() days: number): Promise<UsageDayView[]> {
    return usageOf(ctx, { partnerId: partnerIdOf(ctx.viewer), days });
  }
}

@Resolver(() => Partner)
export class PartnerUsage {
  @FieldResolver(() => [UsageDay], { description })
  usage(@Ctx() ctx: Context, @Root() partner: PartnerView, @DaysArg() days: number): Promise<UsageDayView[]> {
    return usageOf(ctx, { partnerId: partner.id, days });
  }
}

@Resolver(() => UsageOfKey)
export class UsageOfKeyResolver {
  @FieldResolver(() => PartnerKey, { nullable: true, description: 'None is what was sent to webhooks.' })
  async key(@Ctx() ctx: Context, @Root() { keyId }: OfKey): Promise<KeyView | null> {
    return keyId === 0 ? null : keyById(ctx).load(keyId);
  }
}

@Resolver(() => UsageOfProduct)
export class UsageOfProductResolver {
  @FieldResolver(() => Product, { nullable: true, description: 'None is what belongs to no product, as requests do.' })
  async product(@Ctx() ctx: Context, @Root() { productId }: OfProduct): Promise<ProductView | null> {
    return productId === 0 ? null : productById(ctx).load(productId);
  }
}
