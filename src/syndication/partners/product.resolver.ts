import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { Newsroom } from '../../accounts/newsroom.types.js';
import type { Context } from '../../kernel/context.js';
import { globalId, idIn } from '../../kernel/global-id.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { products, type ProductEdge } from './partner.queries.js';
import { createProduct, saveProduct } from './product.commands.js';
import type { ProductView } from './product.queries.js';
import { CreateProductInput, Product, ProductPages, SaveProductInput, SaveProductResult } from './product.types.js';

@Resolver(() => Product)
export class ProductResolver {
  @FieldResolver(() => ID)
  id(@Root() product: ProductView): string {
    return globalId('Product', product.id);
  }
}

@Resolver(() => Newsroom)
export class ProductDesk {
  @FieldResolver(() => ProductPages.Connection, { description: 'All that partners can buy, oldest first.' })
  products(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs): Promise<Connection<ProductEdge>> {
    return products(ctx, page);
  }

  @Mutation(() => SaveProductResult, { description: 'Makes something for partners to buy.' })
  createProduct(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateProductInput) input: CreateProductInput,
  ): Promise<object> {
    return createProduct(ctx, input);
  }

  @Mutation(() => SaveProductResult, {
    description: 'Changes a product; partners who have it find what came and what went in their feeds.',
  })
  saveProduct(@Ctx() ctx: Context, @Arg('input', () => SaveProductInput) input: SaveProductInput): Promise<object> {
    return saveProduct(ctx, { ...input, id: idIn('id', input.id, 'Product') });
  }
}
