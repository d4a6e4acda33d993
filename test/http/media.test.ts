import { mkdirSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { limited } from '../../src/http/limited.js';
import { createContext } from '../../src/kernel/context.js';
import { operator } from '../../src/kernel/viewer.js';
import { mediaKeys } from '../../src/media/media-key.rules.js';
import { diskStore } from '../../src/media/media.store.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { forgetRenditions, storeOriginal } from '../../src/media/picture.store.js';
import { createSigner } from '../../src/kernel/signing.js';
import { saveBanner } from '../../src/site/site.commands.js';
import { addresses } from '../support/newsroom.js';
import { type Service, send, startService } from './service.js';

const drawing = (width: number, height: number) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="teal"/></svg>`,
  );

let service: Service;
let wide: string;
beforeAll(async () => {
  service = await startService({ env: { LOG_LEVEL: 'fatal', SECRET_KEY: secretKey } });
  wide = await shown(drawing(1600, 900));
});
afterAll(() => service.stop());

const secretKey = 'abcdefghijklmnopqrstuvwxyz0123456789';
const keep = (bytes: Buffer) => storeOriginal(diskStore(service.mediaDir), bytes);

/** Keeps an original that a banner shows, so that everybody may fetch it. */
async function shown(bytes: Buffer): Promise<string> {
  const ctx = createContext(service.app.database, addresses, { viewer: operator });
  const file = await keep(bytes);
  const words = { alt: 'Something', caption: '', credit: '' };
  const pictureId = await savePicture(ctx, { externalId: `test:${file}`, file, width: 100, height: 100, ...words });
  await saveBanner(ctx, { name: file, title: '', url: 'https://shop.example', pictureId, placements: [] });
  return file;
}

const media = (path: string, headers: Record<string, string> = {}) => send(`${service.url}/media/${path}`, { headers });
const picture = async (path: string) => {
  const response = await fetch(`${service.url}/media/${path}`);
  return sharp(Buffer.from(await response.arrayBuffer())).metadata();
};

describe('pictures', () => {
  test('come as WebP in the width asked for, to be kept an hour, and a day by caches that can be told to forget', async () => {
    const { status, headers } = await media(`${wide}/640.webp`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/webp');
    expect(headers.get('cache-control')).toBe('public, max-age=3600, s-maxage=86400, stale-if-error=86400');
    expect(headers.get('surrogate-key')).toBe(`media-${wide}`);
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(await picture(`${wide}/640.webp`)).toMatchObject({ format: 'webp', width: 640, height: 360 });
    const etag = headers.get('etag')!;
    const again = await media(`${wide}/640.webp`, { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await media(`${wide}/800.webp`, { 'if-none-match': etag })).status).toBe(200);
  });

  test('are never made larger than they are', async () => {
    const small = await shown(drawing(200, 100));
    expect(await picture(`${small}/320.webp`)).toMatchObject({ width: 200, height: 100 });
  });

  test('stand upright and say nothing about who took them', async () => {
    const photo = await sharp(drawing(300, 100))
      .jpeg()
      .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'Somebody' } } })
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const file = await shown(photo);
    const made = await picture(`${file}/160.webp`);
    expect(made).toMatchObject({ width: 100, height: 300 });
    expect([made.exif, made.icc, made.orientation]).toEqual([undefined, undefined, undefined]);
  });

  test('are made once, however many ask at the same time, and leave nothing unfinished', async () => {
    const file = await shown(drawing(2400, 1350));
    const folder = join(service.mediaDir, 'renditions', file);
    mkdirSync(folder, { recursive: true });
    const unfinished = new Set<string | null>();
    const watcher = watch(folder, (_, name) => void (/webp\./.test(name ?? '') && unfinished.add(name)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => media(`${file}/1200.webp`)));
    await media(`${file}/1200.webp`);
    watcher.close();
    expect(new Set(answers.map(({ status, text }) => `${status} ${text.length}`)).size).toBe(1);
    expect(unfinished.size).toBe(1);
    expect(readdirSync(folder)).toEqual(['1200.webp']);
  });

  test.each([
    ['an unknown picture', () => `${'0'.repeat(32)}/640.webp`],
    ['a width that is not made', () => `${wide}/641.webp`],
    ['another format', () => `${wide}/640.svg`],
    ['the original', () => wide],
    ['capitals', () => `${wide.toUpperCase()}/640.webp`],
    ['a path', () => `..%2f..%2f${wide}/640.webp`],
    ['a path in the width', () => `${wide}/..%2f640.webp`],
    ['a folder', () => 'renditions/640.webp'],
  ])('are not found: %s', async (_, path) => {
    const { status, code, headers } = await media(path());
    expect([status, code]).toEqual([404, 'NOT_FOUND']);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('are found by their hash alone, not by a path that leads to them', async () => {
    mkdirSync(join(service.mediaDir, 'xx'));
    writeFileSync(join(service.mediaDir, 'xx', 'leak'), drawing(800, 600));
    expect((await media('xx%2f..%2fleak/640.webp')).status).toBe(404);
  });

  describe('that nothing shows', () => {
    const key = (file: string, at = Date.now(), signedWith = secretKey) =>
      mediaKeys(createSigner(signedWith), at)(file);
    let file: string;
    beforeAll(async () => {
      file = await keep(drawing(640, 480));
    });

    test('are there for whoever has a key, and kept by no cache', async () => {
      expect((await media(`${file}/640.webp`)).status).toBe(404);
      const { status, headers } = await media(`${file}/640.webp?key=${key(file)}`);
      expect([status, headers.get('cache-control'), headers.get('surrogate-key')]).toEqual([
        200,
        'private, no-store',
        null,
      ]);
      const etag = headers.get('etag')!;
      expect((await media(`${file}/640.webp`, { 'if-none-match': etag })).status).toBe(404);
    });

    test.each([
      ['of another picture', () => key(wide)],
      ['that has run out', () => key(file, Date.now() - 14 * 3_600_000)],
      ['of another secret', () => key(file, Date.now(), 'another secret of ours, just as long')],
      ['that is empty', () => ''],
      ['that comes twice', () => `${key(file)}&key=${key(file)}`],
    ])('do not open with a key %s', async (_, wrong) => {
      expect((await media(`${file}/640.webp?key=${wrong()}`)).status).toBe(404);
    });

    test('a key lasts twelve hours and is the same within one', () => {
      const expiry = (at: number) => createSigner(secretKey).read('media', key(file, at))!.expiresAt;
      expect(expiry(0)).toBe(13 * 3_600_000);
      expect(expiry(3_599_999)).toBe(13 * 3_600_000);
      expect(key(file, 0)).toBe(key(file, 3_599_999));
    });
  });

  test('whose renditions are forgotten are made again', async () => {
    const file = await shown(drawing(480, 320));
    await media(`${file}/320.webp`);
    await media(`${file}/480.webp`);
    const folder = join(service.mediaDir, 'renditions', file);
    expect(readdirSync(folder).sort()).toEqual(['320.webp', '480.webp']);
    await forgetRenditions(diskStore(service.mediaDir), file);
    expect(readdirSync(folder)).toEqual([]);
    expect((await media(`${file}/320.webp`)).status).toBe(200);
  });

  test('that cannot be read are an error of ours, without a path in it', async () => {
    const file = await shown(Buffer.from('no picture at all'));
    const { status, code, text } = await media(`${file}/640.webp`);
    expect([status, code]).toEqual([500, 'INTERNAL']);
    expect(text).not.toMatch(/unsupported|buffer|\//i);
  });
});

test('work is done so much at a time, and refused when too much waits', async () => {
  const inTurn = limited(2, 3);
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 10));
    running -= 1;
    if (most > 5) throw new Error('never');
  };
  const results = await Promise.allSettled(Array.from({ length: 7 }, () => inTurn(work)));
  expect(most).toBe(2);
  expect(results.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(2);
  await expect(inTurn(async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  await inTurn(work);
  expect(running).toBe(0);
});
