import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { pictureById, type PictureView } from '../media/picture.queries.js';
import { Picture } from '../media/picture.types.js';
import { bodyHtml, richHtml, shownPicture } from './body.html.js';
import {
  blockText,
  bodyText,
  type Block as StoredBlock,
  type Mark,
  type PictureBlock as StoredPicture,
  type RichText,
} from './body.rules.js';
import { Block, Body, ListItem, PictureBlock, TextBlock, TextMark } from './body.types.js';

/** The blocks of an edition, as the loader gives them. */
export interface BodyView {
  blocks: StoredBlock[];
}

@Resolver(() => Body)
export class BodyResolver {
  @FieldResolver(() => String, { description: 'The body as HTML, safe to put into a page as it is.' })
  async html(@Ctx() ctx: Context, @Root() body: BodyView): Promise<string> {
    const ids = body.blocks.flatMap((block) => (block.kind === 'Picture' ? [block.pictureId] : []));
    const pictures = await Promise.all(ids.map((id) => pictureById(ctx).load(id)));
    return bodyHtml(
      body.blocks,
      new Map(pictures.flatMap((picture) => (picture ? [[picture.id, shownPicture(ctx.addresses, picture)]] : []))),
    );
  }

  @FieldResolver(() => String, { description: 'The body as plain text, blocks parted by an empty line.' })
  text(@Root() body: BodyView): string {
    return bodyText(body.blocks);
  }
}

@Resolver(() => Block)
export class BlockResolver {
  @FieldResolver()
  text(@Root() block: StoredBlock): string {
    return blockText(block);
  }
}

@Resolver(() => TextBlock)
export class TextBlockResolver {
  @FieldResolver(() => String, { description: 'The text with its links and emphasis, as HTML.' })
  html(@Root() block: RichText): string {
    return richHtml(block);
  }

  @FieldResolver(() => [TextMark], { description: 'What is emphasised or leads somewhere.' })
  marks(@Root() block: RichText): Mark[] {
    return block.marks ?? [];
  }
}

@Resolver(() => ListItem)
export class ListItemResolver {
  @FieldResolver(() => String, { description: 'The text with its links and emphasis, as HTML.' })
  html(@Root() item: RichText): string {
    return richHtml(item);
  }

  @FieldResolver(() => [TextMark], { description: 'What is emphasised or leads somewhere.' })
  marks(@Root() item: RichText): Mark[] {
    return item.marks ?? [];
  }
}

@Resolver(() => PictureBlock)
export class PictureBlockResolver {
  @FieldResolver(() => Picture, { nullable: true })
  picture(@Ctx() ctx: Context, @Root() block: StoredPicture): Promise<PictureView | null> {
    return pictureById(ctx).load(block.pictureId);
  }
}
