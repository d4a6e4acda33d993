import sharp, { type Metadata, type Sharp } from 'sharp';
import { badInput } from '../kernel/errors.js';

/** A picture as it is kept: upright, in sRGB, and without anything that a camera or a program wrote into it. */
export interface Original {
  bytes: Buffer;
  width: number;
  height: number;
}

const mostPixels = 60_000_000;
const longestSide = 16_000;
const shortestSide = 50;
const none = 'The file is none of the pictures we take: JPEG, PNG, WebP, AVIF and GIF.';
const damaged = 'The picture is damaged or cut off: save it anew and send it again.';

/**
 * Makes of bytes that somebody sent an original to keep, or refuses them. What they are is told by what they hold,
 * whatever their name; of a GIF the first frame is kept. The same bytes make the same original.
 */
export async function originalOf(bytes: Buffer): Promise<Original> {
  if (!begins(bytes)) throw refused(none);
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (!header) throw refused(damaged);
  const format = formatOf(header);
  if (!format) throw refused(none);
  checkSize(header);
  try {
    const upright = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
      .autoOrient()
      .timeout({ seconds: 60 });
    const { data, info } = await kept(upright, format, bytes).toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    throw refused(damaged);
  }
}

/** How the files of the kinds we take begin: nothing else is handed to the decoders, least of all SVG and PDF. */
function begins(bytes: Buffer): boolean {
  const text = bytes.subarray(0, 12).toString('latin1');
  return /^(\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF[^]{4}WEBP|[^]{4}ftyp(avif|avis|mif1|miaf))/.test(text);
}

type Format = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif';

function formatOf({ format, compression }: Metadata): Format | null {
  if (format === 'heif') return compression === 'av1' ? 'avif' : null;
  return format === 'jpeg' || format === 'png' || format === 'gif' || format === 'webp' ? format : null;
}

function checkSize({ width, height, pageHeight = height }: Metadata): void {
  const [shorter, longer] = [Math.min(width, pageHeight), Math.max(width, pageHeight)];
  if (shorter < shortestSide)
    throw refused(`The picture has ${width} × ${pageHeight} pixels; at least 50 × 50 are taken.`);
  if (longer > longestSide) throw refused(`The picture is ${longer} pixels long; at most ${longestSide} are taken.`);
  if (width * pageHeight > mostPixels) {
    throw refused(`The picture has ${Math.ceil((width * pageHeight) / 1e6)} megapixels; at most 60 are taken.`);
  }
}

/** Without loss what came without; what came with loss nearly so. */
function kept(upright: Sharp, format: Format, bytes: Buffer): Sharp {
  if (format === 'jpeg') return upright.jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
  const lossless = format === 'png' || format === 'gif' || (format === 'webp' && bytes.includes('VP8L'));
  return upright.webp(lossless ? { lossless, exact: true, effort: 2 } : { quality: 95, smartSubsample: true });
}

const refused = (message: string) => badInput(message, 'file');
