import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { originalOf } from '../../src/media/picture.original.js';

const gps = {
  IFD0: { Artist: 'Somebody', Make: 'Camera' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '33/1 53/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '35/1 30/1 0/1' },
};
/** What leads to the GPS data in EXIF. */
const gpsTag = Buffer.from([0x25, 0x88]);
const blank = (width: number, height: number, background = 'teal') =>
  sharp({ create: { width, height, channels: 3, background } });

/** Noise that compresses badly, so that cutting the file cuts the picture. */
const grain = (width: number, height: number) =>
  sharp(Buffer.from(Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 255)), {
    raw: { width, height, channels: 3 },
  });
const photo = () =>
  grain(300, 200)
    .jpeg()
    .withExif(gps)
    .withMetadata({ orientation: 6 })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>',
    )
    .toBuffer();

/** A PNG that says it has this many pixels, and has next to nothing. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let i = 0; i < 8; i += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

const half = async (picture: Sharp) => {
  const whole = await picture.toBuffer();
  return whole.subarray(0, whole.length / 2);
};

const refusal = (bytes: Buffer) =>
  originalOf(bytes).then(
    () => 'taken',
    (error: { view: { path: string[]; message: string } }) => [error.view.path, error.view.message],
  );

describe('an original', () => {
  test('keeps nothing of where, when and by whom it was taken, and stands upright', async () => {
    const sent = await photo();
    const before = await sharp(sent).metadata();
    expect([before.exif?.includes('Somebody'), before.exif?.includes(gpsTag)]).toEqual([true, true]);
    expect([before.orientation, before.xmp !== undefined]).toEqual([6, true]);
    const { bytes, width, height } = await originalOf(sent);
    const after = await sharp(bytes).metadata();
    expect([width, height, after.width, after.height, after.format]).toEqual([200, 300, 200, 300, 'jpeg']);
    const { exif, xmp, iptc, icc, orientation, space } = after;
    expect({ exif, xmp, iptc, icc, orientation, space }).toEqual({ space: 'srgb' });
    expect(['Somebody', 'Exif', 'adobe:ns', 'Camera'].filter((word) => bytes.includes(word))).toEqual([]);
  });

  test('of the same bytes is the same', async () => {
    const sent = await photo();
    expect((await originalOf(sent)).bytes.equals((await originalOf(sent)).bytes)).toBe(true);
  });

  test.each([
    ['PNG', () => grain(80, 60).png()],
    ['GIF', () => blank(80, 60).gif()],
    ['WebP without loss', () => grain(80, 60).webp({ lossless: true })],
  ])('of a %s has every pixel it had', async (_, made) => {
    const sent = await made().toBuffer();
    const { bytes } = await originalOf(sent);
    const pixels = (of: Buffer) => sharp(of).removeAlpha().raw().toBuffer();
    expect((await sharp(bytes).metadata()).format).toBe('webp');
    expect((await pixels(bytes)).equals(await pixels(sent))).toBe(true);
  });

  test('is made of an AVIF and of a WebP with loss', async () => {
    for (const sent of [await blank(80, 60).avif().toBuffer(), await blank(80, 60).webp().toBuffer()]) {
      expect(await originalOf(sent)).toMatchObject({ width: 80, height: 60 });
    }
  });

  test('is the first frame of what moves', async () => {
    const frames = Buffer.alloc(80 * 120 * 3, 90).fill(200, 80 * 60 * 3);
    const moving = await sharp(frames, { raw: { width: 80, height: 120, channels: 3, pageHeight: 60 } })
      .gif()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    expect(await originalOf(moving)).toMatchObject({ width: 80, height: 60 });
  });
});

describe('no original is made of', () => {
  const none = 'The file is none of the pictures we take: JPEG, PNG, WebP, AVIF and GIF.';
  const broken = 'The picture is damaged or cut off: save it anew and send it again.';

  test.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['an SVG', none, () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"/>')],
    ['an SVG that begins as XML', none, () => Buffer.from('<?xml version="1.0"?><svg/>')],
    ['a PDF', none, () => Buffer.from('%PDF-1.7\n')],
    ['a web page', none, () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a TIFF', none, () => blank(100, 100).tiff().toBuffer()],
    ['nothing', none, () => Buffer.alloc(0)],
    [
      'a JPEG in its first bytes only',
      broken,
      () => Buffer.concat([Buffer.from([255, 216, 255]), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]),
    ],
    ['a JPEG that was cut off', broken, () => half(grain(200, 200).jpeg())],
    ['a PNG that was cut off', broken, () => half(grain(200, 200).png())],
    ['a WebP that was cut off', broken, () => half(grain(200, 200).webp())],
    ['an AVIF that was cut off', broken, () => half(grain(200, 200).avif())],
    ['a GIF that was cut off', broken, () => half(grain(200, 200).gif())],
    [
      'what is too small',
      'The picture has 49 × 100 pixels; at least 50 × 50 are taken.',
      () => blank(49, 100).png().toBuffer(),
    ],
    ['what is too long', 'The picture is 16001 pixels long; at most 16000 are taken.', () => bomb(16_001, 100)],
    ['what unpacks to too much', 'The picture has 144 megapixels; at most 60 are taken.', () => bomb(12_000, 12_000)],
  ])('%s', async (_, message, made) => {
    expect(await refusal(await made())).toEqual([['file'], message]);
  });
});
