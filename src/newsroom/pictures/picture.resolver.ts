import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { colleagueOrNobody, type ColleagueView } from '../../accounts/colleague.queries.js';
import type { Context } from '../../kernel/context.js';
import { globalId, idIn } from '../../kernel/global-id.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { Newsroom } from '../../accounts/newsroom.types.js';
import { createPictureUpload, savePicture, uploadPicture } from './picture.commands.js';
import { newsroomPictures, type NewsroomPictureEdge, type NewsroomPictureView } from './picture.queries.js';
import {
  CreatePictureUploadInput,
  CreatePictureUploadResult,
  NewsroomPicture,
  NewsroomPicturePages,
  SavePictureInput,
  SavePictureResult,
  UploadPictureInput,
  UploadPictureResult,
} from './picture.types.js';

@Resolver(() => Newsroom)
export class PictureLibrary {
  @FieldResolver(() => NewsroomPicturePages.Connection, {
    description: 'Pictures, newest first: to contributors their own, and those that readers see.',
  })
  pictures(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('search', () => String, { nullable: true, description: 'Words that stand in alt, caption or credit.' })
    search?: string | null,
  ): Promise<Connection<NewsroomPictureEdge>> {
    return newsroomPictures(ctx, search ?? null, page);
  }

  @Mutation(() => UploadPictureResult, { description: 'Makes a picture of a file.' })
  uploadPicture(
    @Ctx() ctx: Context,
    @Arg('input', () => UploadPictureInput) input: UploadPictureInput,
  ): Promise<object> {
    return uploadPicture(ctx, input);
  }

  @Mutation(() => SavePictureResult, { description: 'Changes what is said about a picture, wherever it is shown.' })
  savePicture(@Ctx() ctx: Context, @Arg('input', () => SavePictureInput) input: SavePictureInput): Promise<object> {
    return savePicture(ctx, { ...input, id: idIn('id', input.id, 'Picture') });
  }

  @Mutation(() => CreatePictureUploadResult, {
    description: 'Makes an address to put one file at, by PUT, within ten minutes.',
  })
  createPictureUpload(
    @Ctx() ctx: Context,
    @Arg('input', () => CreatePictureUploadInput) input: CreatePictureUploadInput,
  ): Promise<object> {
    return createPictureUpload(ctx, input);
  }
}

@Resolver(() => NewsroomPicture)
export class NewsroomPictureResolver {
  @FieldResolver(() => ID)
  pictureId(@Root() picture: NewsroomPictureView): string {
    return globalId('Picture', picture.id);
  }

  @FieldResolver()
  uploadedBy(@Ctx() ctx: Context, @Root() picture: NewsroomPictureView): Promise<ColleagueView | null> {
    return colleagueOrNobody(ctx, picture.uploadedBy);
  }
}
