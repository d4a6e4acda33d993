import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { badInput } from '../kernel/errors.js';
import { globalId } from '../kernel/global-id.js';
import type { PictureView } from './picture.queries.js';
import { renditionOf, renditionWidths, type RenditionView } from './picture.rules.js';
import { FocalPoint, Picture, Rendition } from './picture.types.js';

@Resolver(() => Picture)
export class PictureResolver {
  @FieldResolver(() => ID, {
    description:
      'Which picture this is a use of: hand it to mutations. Two uses of one picture can have different captions.',
  })
  pictureId(@Root() picture: PictureView): string {
    return globalId('Picture', picture.id);
  }

  @FieldResolver(() => Rendition, {
    nullable: true,
    description: 'In about this width: the next larger size that is made. None while we have no file of it.',
  })
  rendition(
    @Ctx() ctx: Context,
    @Root() picture: PictureView,
    @Arg('width', () => Int) width: number,
  ): RenditionView | null {
    if (width < 1 || width > 10_000) throw badInput('`width` is from 1 to 10000 pixels.');
    return renditionOf(ctx.addresses, picture, width);
  }

  @FieldResolver(() => [Rendition], { description: 'In every size that is made, smallest first, for `srcset`.' })
  renditions(@Ctx() ctx: Context, @Root() picture: PictureView): RenditionView[] {
    return renditionWidths
      .filter((width) => width <= (picture.width ?? 0))
      .flatMap((width) => renditionOf(ctx.addresses, picture, width) ?? []);
  }

  @FieldResolver(() => String, { nullable: true, description: 'In the largest size that is made.' })
  url(@Ctx() ctx: Context, @Root() picture: PictureView): string | null {
    return renditionOf(ctx.addresses, picture, picture.width ?? 0)?.url ?? null;
  }

  @FieldResolver(() => FocalPoint)
  focalPoint(@Root() picture: PictureView): { x: number; y: number } {
    return { x: picture.focalX, y: picture.focalY };
  }
}
