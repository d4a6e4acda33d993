import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import { checkLength, type MediaStore, type S3Place } from './media.store.js';

/** Files in a bucket of S3, or of anything that speaks as S3 does. */
export function s3Store({ bucket, prefix, endpoint, region, accessKey, secretKey }: S3Place): MediaStore {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    maxAttempts: 3,
    requestChecksumCalculation: 'WHEN_REQUIRED', // others than Amazon do not know its newer checksums
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000 },
  });
  const at = (path: string) => ({ Bucket: bucket, Key: prefix + path });
  return {
    has: async (path) => (await client.send(new HeadObjectCommand(at(path))).catch(absent)) !== null,
    read: async (path, atMost = Infinity) => {
      const found = await client.send(new GetObjectCommand(at(path))).catch(absent);
      if (!found?.Body) return null;
      checkLength(path, found.ContentLength ?? Infinity, atMost);
      return Buffer.from(await found.Body.transformToByteArray());
    },
    write: async (path, bytes) => {
      await client.send(new PutObjectCommand({ ...at(path), Body: bytes, ContentLength: bytes.length }));
    },
    remove: async (path) => {
      await client.send(new DeleteObjectCommand(at(path)));
    },
  };
}

function absent(error: unknown): null {
  const { name, $metadata } = error as S3ServiceException;
  if ($metadata?.httpStatusCode === 404 && name !== 'NoSuchBucket') return null;
  throw error;
}
