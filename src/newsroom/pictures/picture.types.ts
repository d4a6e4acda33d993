import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Colleague } from '../../accounts/colleague.types.js';
import { connectionTypes } from '../../kernel/page.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf, StaleVersion } from '../../kernel/user-error.types.js';
import { Picture } from '../../media/picture.types.js';
import { Upload, type ReceivedFile } from '../../media/upload.scalar.js';
import { MutationInput } from '../../kernel/mutation.types.js';

@ObjectType({ simpleResolvers: true, description: 'A picture as the newsroom keeps it.' })
export class NewsroomPicture {
  @Field(() => ID, { description: 'Hand it to mutations that show or change a picture.' })
  pictureId: string;

  @Field(() => Int, { description: 'Goes up with every change of its words; hand back the one you saw.' })
  version: number;

  @Field(() => DateTime)
  createdAt: number;

  @Field(() => Picture, { description: 'With its own caption, wherever it is shown with another.' })
  picture: Picture;

  @Field(() => Colleague, { nullable: true, description: 'None when it was brought in.' })
  uploadedBy?: Colleague | null;
}

export const NewsroomPicturePages = connectionTypes(
  NewsroomPicture,
  'NewsroomPicture',
  'the pictures of the newsroom, newest first',
);

@InputType({ description: 'Where the eye should rest.' })
export class FocalPointInput {
  @Field(() => Float, { description: 'From 0, left, to 1, right.' })
  x: number;

  @Field(() => Float, { description: 'From 0, top, to 1, bottom.' })
  y: number;
}

@InputType()
abstract class PictureWordsInput extends MutationInput {
  @Field(() => String, { nullable: true })
  caption?: string | null;

  @Field(() => String, { nullable: true, description: 'Who made it: always shown beside it.' })
  credit?: string | null;

  @Field(() => String, { nullable: true, description: 'An SPDX name where it has one, such as `CC-BY-4.0`.' })
  licence?: string | null;

  @Field(() => String, { nullable: true, description: 'What may be done with it, in words.' })
  usageTerms?: string | null;

  @Field(() => FocalPointInput, { nullable: true, description: 'The middle at first.' })
  focalPoint?: FocalPointInput | null;
}

@InputType({ description: 'A picture: a file of it, and what is said about it.' })
export class UploadPictureInput extends PictureWordsInput {
  @Field(() => Upload, { nullable: true, description: 'A JPEG, PNG, WebP, AVIF or GIF; this or `upload`.' })
  file?: ReceivedFile | null;

  @Field(() => String, { nullable: true, description: 'What the address of `createPictureUpload` answered.' })
  upload?: string | null;

  @Field(() => String, { description: 'What it shows, for those who cannot see it.' })
  alt: string;
}

@InputType({ description: 'What is said about a picture; what is left out stays.' })
export class SavePictureInput extends PictureWordsInput {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'The `version` of the picture that the change is made to.' })
  expectedVersion: number;

  @Field(() => String, { nullable: true, description: 'What it shows, for those who cannot see it.' })
  alt?: string | null;
}

@InputType({ description: 'A file that is to be put at an address of its own.' })
export class CreatePictureUploadInput extends MutationInput {
  @Field(() => Int, { description: 'How long the file is at most.' })
  bytes: number;
}

@ObjectType({ simpleResolvers: true })
export class PictureSaved {
  @Field(() => NewsroomPicture)
  picture: NewsroomPicture;
}

@ObjectType({ simpleResolvers: true, description: 'Where to put a file, by PUT, as it is.' })
export class PictureUploadCreated {
  @Field(() => String, { description: 'It answers `{ "upload": … }`, for `uploadPicture`. Show it to nobody.' })
  url: string;

  @Field(() => DateTime)
  expiresAt: number;
}

export const UploadPictureResult = resultOf('UploadPictureResult', PictureSaved);
export const SavePictureResult = resultOf('SavePictureResult', PictureSaved, StaleVersion);
export const CreatePictureUploadResult = resultOf('CreatePictureUploadResult', PictureUploadCreated);
