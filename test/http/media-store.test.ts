import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { readConfig } from '../../src/config.js';
import { createRenditions } from '../../src/http/rendition.js';
import { diskStore, openMediaStore, type MediaStore, type S3Place } from '../../src/media/media.store.js';
import { forgetRenditions, storeOriginal } from '../../src/media/picture.store.js';

let s3: ChildProcess;
let at: { port: number; directory: string };
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'newsgraph-media-'));
  s3 = fork(join(__dirname, 's3.process.cjs'));
  at = await new Promise((resolve, reject) => {
    s3.once('message', (said) => resolve(said as typeof at));
    s3.once('error', reject);
    s3.once('exit', (code) => reject(new Error(`the S3 server ended with ${code}`)));
  });
});
afterAll(() => {
  s3.disconnect();
  for (const dir of [at.directory, folder]) rmSync(dir, { recursive: true, force: true });
});

const place = (bucket: string, secretKey = 'S3RVER'): S3Place => {
  const { media } = readConfig({
    MEDIA_STORE: `s3://${bucket}/our/media?endpoint=http://127.0.0.1:${at.port}&region=eu-central-1`,
    MEDIA_S3_ACCESS_KEY: 'S3RVER',
    MEDIA_S3_SECRET_KEY: secretKey,
  });
  if (media.kind !== 's3') throw new Error('not S3');
  return media;
};
const bytes = Buffer.from([0, 255, 10, 13, 200]);

describe.each<[string, () => MediaStore]>([
  ['a folder', () => diskStore(folder)],
  ['a bucket that is spoken to as S3', () => openMediaStore(place('pictures'))],
])('the media store in %s', (_, open) => {
  let store: MediaStore;
  beforeAll(() => {
    store = open();
  });

  test('gives back what it was given, byte for byte', async () => {
    await store.write('ab/abc', bytes);
    expect(await store.has('ab/abc')).toBe(true);
    expect((await store.read('ab/abc'))!.equals(bytes)).toBe(true);
    await store.write('ab/abc', Buffer.from('other'));
    expect(String(await store.read('ab/abc'))).toBe('other');
  });

  test('has nothing that was never written or was removed', async () => {
    expect([await store.has('no/such'), await store.read('no/such')]).toEqual([false, null]);
    await store.write('ab/gone', bytes);
    await store.remove('ab/gone');
    await store.remove('ab/gone');
    expect([await store.has('ab/gone'), await store.read('ab/gone')]).toEqual([false, null]);
  });

  test('does not read what is longer than it should be', async () => {
    await store.write('ab/long', bytes);
    expect((await store.read('ab/long', 5))!.length).toBe(5);
    await expect(store.read('ab/long', 4)).rejects.toThrow('longer than 4 bytes');
  });

  test('holds originals, and the renditions that are made of them, until they are forgotten', async () => {
    const photo = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    const file = await storeOriginal(store, photo);
    expect(await storeOriginal(store, photo)).toBe(file);
    const made = await createRenditions(store)(file, 160);
    expect(await sharp(made!).metadata()).toMatchObject({ format: 'webp', width: 160, height: 80 });
    expect((await store.read(`renditions/${file}/160.webp`))!.equals(made!)).toBe(true);
    await store.write(`renditions/${file}/160.webp`, bytes);
    expect((await createRenditions(store)(file, 160))!.equals(bytes)).toBe(true); // another node
    await forgetRenditions(store, file);
    expect(await store.has(`renditions/${file}/160.webp`)).toBe(false);
    expect((await store.read(`${file.slice(0, 2)}/${file}`))!.equals(photo)).toBe(true);
  });
});

test('a bucket that is not there, or not ours, is an error and not an empty store', async () => {
  await expect(openMediaStore(place('elsewhere')).read('ab/abc')).rejects.toThrow();
  await expect(openMediaStore(place('pictures', 'WRONG')).read('ab/abc')).rejects.toThrow();
  await expect(openMediaStore(place('pictures', 'WRONG')).write('ab/abc', bytes)).rejects.toThrow();
});
