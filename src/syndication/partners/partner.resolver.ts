import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { Newsroom } from '../../accounts/newsroom.types.js';
import type { Context } from '../../kernel/context.js';
import { globalId, idIn, parseGlobalIds } from '../../kernel/global-id.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { partnerIdOf } from '../../kernel/viewer.js';
import { Syndication } from '../syndication.types.js';
import { createPartnerKey, revokePartnerKey } from './key.commands.js';
import { createPartner, grantProduct, savePartner, withdrawProduct } from './partner.commands.js';
import {
  keysByPartner,
  partnerById,
  partners,
  productsByPartner,
  type KeyView,
  type PartnerEdge,
  type PartnerView,
} from './partner.queries.js';
import {
  CreatePartnerInput,
  CreatePartnerKeyInput,
  CreatePartnerKeyResult,
  Partner,
  PartnerKey,
  PartnerPages,
  PartnerProductInput,
  RevokePartnerKeyInput,
  RevokePartnerKeyResult,
  SavePartnerInput,
  SavePartnerResult,
} from './partner.types.js';
import type { ProductView } from './product.queries.js';
import { Product } from './product.types.js';

@Resolver(() => Partner)
export class PartnerResolver {
  @FieldResolver(() => ID)
  id(@Root() partner: PartnerView): string {
    return globalId('Partner', partner.id);
  }

  @FieldResolver(() => [Product], { description: 'What it has bought, by name.' })
  async products(@Ctx() ctx: Context, @Root() partner: PartnerView): Promise<ProductView[]> {
    return (await productsByPartner(ctx).load(partner.id)).map(({ product }) => product);
  }

  @FieldResolver(() => [PartnerKey], { description: 'Its last twenty keys, newest first; at most two are live.' })
  keys(@Ctx() ctx: Context, @Root() partner: PartnerView): Promise<KeyView[]> {
    return keysByPartner(ctx).load(partner.id);
  }
}

@Resolver(() => PartnerKey)
export class PartnerKeyResolver {
  @FieldResolver(() => ID)
  id(@Root() key: KeyView): string {
    return globalId('PartnerKey', key.id);
  }
}

@Resolver(() => Syndication)
export class OwnPartner {
  @FieldResolver(() => Partner, { description: 'You.' })
  async partner(@Ctx() ctx: Context): Promise<PartnerView> {
    return (await partnerById(ctx).load(partnerIdOf(ctx.viewer)))!;
  }
}

@Resolver(() => Newsroom)
export class PartnerDesk {
  @FieldResolver(() => PartnerPages.Connection, { description: 'All who take our stories, oldest first.' })
  partners(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs): Promise<Connection<PartnerEdge>> {
    return partners(ctx, page);
  }

  @FieldResolver(() => Partner, { nullable: true, description: 'One who takes our stories.' })
  partner(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<PartnerView | null> {
    return partnerById(ctx).load(parseGlobalIds([id], ['Partner'])[0]!);
  }

  @Mutation(() => SavePartnerResult, { description: 'Makes a partner, without products and keys.' })
  createPartner(
    @Ctx() ctx: Context,
    @Arg('input', () => CreatePartnerInput) input: CreatePartnerInput,
  ): Promise<object> {
    return createPartner(ctx, input);
  }

  @Mutation(() => SavePartnerResult, { description: 'Changes a partner’s name, quotas, or whether it gets anything.' })
  savePartner(@Ctx() ctx: Context, @Arg('input', () => SavePartnerInput) input: SavePartnerInput): Promise<object> {
    return savePartner(ctx, { ...input, id: idIn('id', input.id, 'Partner') });
  }

  @Mutation(() => SavePartnerResult, {
    description: 'Gives a partner a product; what it has then comes in its feed.',
  })
  grantProduct(
    @Ctx() ctx: Context,
    @Arg('input', () => PartnerProductInput) input: PartnerProductInput,
  ): Promise<object> {
    return grantProduct(ctx, grantOf(input));
  }

  @Mutation(() => SavePartnerResult, {
    description: 'Takes a product from a partner; what it may not have any more is said in its feed.',
  })
  withdrawProduct(
    @Ctx() ctx: Context,
    @Arg('input', () => PartnerProductInput) input: PartnerProductInput,
  ): Promise<object> {
    return withdrawProduct(ctx, grantOf(input));
  }

  @Mutation(() => CreatePartnerKeyResult, { description: 'Makes a key for a partner and shows it, this once.' })
  createPartnerKey(
    @Ctx() ctx: Context,
    @Arg('input', () => CreatePartnerKeyInput) input: CreatePartnerKeyInput,
  ): Promise<object> {
    return createPartnerKey(ctx, { ...input, partnerId: idIn('partnerId', input.partnerId, 'Partner') });
  }

  @Mutation(() => RevokePartnerKeyResult, { description: 'Ends a key at once, on all nodes.' })
  revokePartnerKey(
    @Ctx() ctx: Context,
    @Arg('input', () => RevokePartnerKeyInput) input: RevokePartnerKeyInput,
  ): Promise<object> {
    return revokePartnerKey(ctx, { ...input, id: idIn('id', input.id, 'PartnerKey') });
  }
}

const grantOf = ({ partnerId, productId, idempotencyKey }: PartnerProductInput) => ({
  partnerId: idIn('partnerId', partnerId, 'Partner'),
  productId: idIn('productId', productId, 'Product'),
  idempotencyKey,
});
