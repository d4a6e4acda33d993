import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where originals and renditions lie: files by their path, each there whole or not at all. */
export interface MediaStore {
  has(path: string): Promise<boolean>;
  /** The bytes of a file; `null` when there is none. One longer than `atMost` bytes is an error. */
  read(path: string, atMost?: number): Promise<Buffer | null>;
  write(path: string, bytes: Buffer): Promise<void>;
  remove(path: string): Promise<void>;
}

export interface S3Place {
  kind: 's3';
  bucket: string;
  /** What all our files' names begin with: empty, or with a slash at its end. */
  prefix: string;
  endpoint: string | undefined;
  region: string;
  accessKey: string;
  secretKey: string;
}

export type MediaPlace = { kind: 'disk'; dir: string } | S3Place;

/** Opens the store of a place; the S3 client is loaded when it is first needed. */
export function openMediaStore(place: MediaPlace): MediaStore {
  if (place.kind === 'disk') return diskStore(place.dir);
  let opened: Promise<MediaStore> | undefined;
  const s3 = () => (opened ??= import('./s3.store.js').then(({ s3Store }) => s3Store(place)));
  return {
    has: async (path) => (await s3()).has(path),
    read: async (path, atMost) => (await s3()).read(path, atMost),
    write: async (path, bytes) => (await s3()).write(path, bytes),
    remove: async (path) => (await s3()).remove(path),
  };
}

/** Files in a folder, which nodes may share. */
export function diskStore(dir: string): MediaStore {
  return {
    has: async (path) => (await stat(join(dir, path)).catch(absent))?.isFile() ?? false,
    read: async (path, atMost = Infinity) => {
      const found = await stat(join(dir, path)).catch(absent);
      if (!found?.isFile()) return null;
      checkLength(path, found.size, atMost);
      return readFile(join(dir, path)).catch(absent);
    },
    write: async (path, bytes) => {
      const whole = join(dir, path);
      const unfinished = `${whole}.${randomUUID()}`;
      await mkdir(dirname(whole), { recursive: true });
      try {
        await writeFile(unfinished, bytes);
        await rename(unfinished, whole);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    remove: (path) => rm(join(dir, path), { force: true }),
  };
}

export function checkLength(path: string, bytes: number, atMost: number): void {
  if (bytes > atMost) throw new Error(`the file ${path} of the media store is longer than ${atMost} bytes`);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
