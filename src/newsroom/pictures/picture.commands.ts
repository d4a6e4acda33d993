import { hasRole, isTheirSection } from '../../accounts/policy.js';
import { sectionLines } from '../../articles/story.commands.js';
import type { Context } from '../../kernel/context.js';
import type { Transaction } from '../../kernel/database.js';
import { badInput, codedError, missing, staleVersion, type UserErrorView } from '../../kernel/errors.js';
import { recordAudit, recordChange } from '../../kernel/ledger.js';
import { perform, type CommandInput } from '../../kernel/perform.js';
import { sql } from '../../kernel/sql.js';
import { accountIdOf } from '../../kernel/viewer.js';
import { checkText, nowIn } from '../../kernel/write.js';
import { PictureRow } from '../../media/picture.rows.js';
import type { KeptOriginal, ReceivedFile } from '../../media/upload.scalar.js';
import { newsroomPictureIn, type NewsroomPictureView } from './picture.queries.js';
import { originalIn, uploadToken } from './upload.rules.js';

export interface SavedPicture {
  __typename: 'PictureSaved';
  picture: NewsroomPictureView;
}

interface PictureWords {
  alt?: string | null;
  caption?: string | null;
  credit?: string | null;
  licence?: string | null;
  usageTerms?: string | null;
  focalPoint?: { x: number; y: number } | null;
}

export interface NewPicture extends PictureWords, CommandInput {
  alt: string;
  file?: ReceivedFile | null;
  /** What an upload address answered. */
  upload?: string | null;
}

/** Makes a picture of a file that came with the request or was put at an upload address. */
export function uploadPicture(ctx: Context, input: NewPicture): Promise<SavedPicture | UserErrorView> {
  return perform(ctx, 'uploadPicture', input, async (tx) => {
    const now = await nowIn(tx);
    const { file, width, height } = originalOf(ctx, input, now);
    const words = { caption: '', credit: '', licence: null, usageTerms: null, focalX: 0.5, focalY: 0.5 };
    const uploadedBy = accountIdOf(ctx.viewer);
    const row = { ...words, ...changesOf(input), file, width, height, externalId: null, uploadedBy, version: 1 };
    const inserted = await tx.manager.insert(PictureRow, { ...row, createdAt: now });
    const { id } = inserted.identifiers[0] as { id: number };
    await recordAudit(ctx, tx, { action: 'upload', subject: 'Picture', subjectId: id, detail: { file } });
    return { __typename: 'PictureSaved', picture: await newsroomPictureIn(tx, id) };
  });
}

export interface PictureChange extends PictureWords, CommandInput {
  id: number;
  expectedVersion: number;
}

/** Changes what is said about a picture, wherever it is shown; what is left out stays. */
export function savePicture(ctx: Context, input: PictureChange): Promise<SavedPicture | UserErrorView> {
  return perform(ctx, 'savePicture', input, async (tx) => {
    const { id, expectedVersion } = input;
    const before = await heldPicture(tx, id);
    if (!before || !isOnesOwn(ctx, before)) throw missing('picture', 'id');
    if (before.published && !hasRole(ctx, 'EDITOR')) {
      throw codedError('FORBIDDEN', 'The picture is in a story that is published: ask an editor to change its words.');
    }
    if (!isOnesUpload(ctx, before)) await checkSections(ctx, tx, id);
    if (before.version !== expectedVersion) throw staleVersion('picture', expectedVersion, before.version);
    const changes = changesOf(input);
    await tx.manager.update(PictureRow, { id }, { ...changes, version: expectedVersion + 1 });
    const detail = { changed: Object.keys(changes) };
    await recordAudit(ctx, tx, { action: 'save', subject: 'Picture', subjectId: id, detail });
    await recordChange(tx, { op: 'PICTURE_SAVED', subject: 'Picture', subjectId: id, version: expectedVersion + 1 });
    return { __typename: 'PictureSaved', picture: await newsroomPictureIn(tx, id) };
  });
}

export interface CreatedUpload {
  __typename: 'PictureUploadCreated';
  url: string;
  expiresAt: number;
}

/** Makes an address at which one file of at most so many bytes can be put, for ten minutes. */
export function createPictureUpload(
  ctx: Context,
  input: CommandInput & { bytes: number },
): Promise<CreatedUpload | UserErrorView> {
  return perform(ctx, 'createPictureUpload', input, async (tx) => {
    if (input.bytes < 1) throw badInput('bytes is how long the file is: at least 1.', 'bytes');
    const expiresAt = (await nowIn(tx)) + 600_000;
    const token = uploadToken(ctx.signer, { accountId: accountIdOf(ctx.viewer) ?? 0, bytes: input.bytes, expiresAt });
    return { __typename: 'PictureUploadCreated', url: `${ctx.addresses.mediaUrl}/uploads?token=${token}`, expiresAt };
  });
}

/** The one original that an input names. */
function originalOf(ctx: Context, { file, upload }: NewPicture, now: number): KeptOriginal {
  if ((file == null) === (upload == null)) throw badInput('Send either file or upload.', 'file');
  if (file) {
    if ('refused' in file.outcome) throw badInput(file.outcome.refused, 'file');
    return file.outcome;
  }
  const kept = originalIn(ctx.signer, upload!, { accountId: accountIdOf(ctx.viewer) ?? 0, now });
  if (!kept) throw badInput('The upload is not yours, or was put there too long ago: send the file again.', 'upload');
  return kept;
}

function changesOf({ alt, caption, credit, licence, usageTerms, focalPoint }: PictureWords) {
  if (focalPoint && ![focalPoint.x, focalPoint.y].every((at) => at >= 0 && at <= 1)) {
    throw badInput('A focal point is from 0 to 1 in both directions.', 'focalPoint');
  }
  return {
    ...(alt != null && { alt: checkText('alt', alt, { min: 1, max: 500 }) }),
    ...(caption != null && { caption: checkText('caption', caption, { max: 1_000 }) }),
    ...(credit != null && { credit: checkText('credit', credit, { max: 255 }) }),
    ...(licence != null && { licence: checkText('licence', licence, { max: 80 }) || null }),
    ...(usageTerms != null && { usageTerms: checkText('usageTerms', usageTerms, { max: 500 }) || null }),
    ...(focalPoint && { focalX: focalPoint.x, focalY: focalPoint.y }),
  };
}

interface HeldPicture {
  version: number;
  uploadedBy: number | null;
  published: number;
}

/** A picture that nobody else can change until the transaction ends. */
async function heldPicture(tx: Transaction, id: number): Promise<HeldPicture | undefined> {
  await tx.run(sql`update picture set version = version where id = ${id}`);
  const [row] = await tx.read<HeldPicture>(
    sql`select version, uploadedBy, case when exists (
            select 1 from picture_use u join edition e on e.id = u.editionId
            join publication o on o.articleId = e.articleId and o.editionId = e.id and o.recalledAt is null
            where u.pictureId = picture.id) or exists (select 1 from banner b where b.pictureId = picture.id)
            or exists (select 1 from storyline s where s.pictureId = picture.id and s.status <> 'DRAFT')
          then 1 else 0 end as published
        from picture where id = ${id}`,
  );
  return row;
}

/** Refuses somebody who works in some sections a picture that stories of others show. */
async function checkSections(ctx: Context, tx: Transaction, id: number): Promise<void> {
  const used = await tx.read<{ sectionId: number }>(
    sql`select distinct e.sectionId from picture_use u join edition e on e.id = u.editionId where u.pictureId = ${id}`,
  );
  const lineOf = await sectionLines(tx);
  if (used.every(({ sectionId }) => isTheirSection(ctx, lineOf(sectionId)))) return;
  throw codedError('FORBIDDEN', 'Stories of sections you do not work in show the picture: ask one of their editors.');
}

const isOnesOwn = (ctx: Context, picture: HeldPicture): boolean => hasRole(ctx, 'EDITOR') || isOnesUpload(ctx, picture);

const isOnesUpload = (ctx: Context, { uploadedBy }: HeldPicture): boolean =>
  uploadedBy !== null && uploadedBy === accountIdOf(ctx.viewer);
