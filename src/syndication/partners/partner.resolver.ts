import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { globalId } from '../../kernel/global-id.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import { Syndication } from '../syndication.types.js';
import { partnerById, type PartnerView } from './partner.queries.js';
import { Partner } from './partner.types.js';

@Resolver(() => Partner)
export class PartnerResolver {
  @FieldResolver(() => ID)
  id(@Root() partner: PartnerView): string {
    return globalId('Partner', partner.id);
  }
}

@Resolver(() => Syndication)
export class OwnPartner {
  @FieldResolver(() => Partner, { description: 'You.' })
  async partner(@Ctx() ctx: Context): Promise<PartnerView> {
    return (await partnerById(ctx).load(partnerIdOf(ctx.viewer)))!;
  }
}
