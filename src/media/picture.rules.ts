import type { Addresses } from '../kernel/context.js';

/** The widths renditions are made in, so that caches hold few; a wish in between gets the next larger one. */
export const renditionWidths = [160, 320, 480, 640, 800, 960, 1200, 1600, 2000, 2400] as const;

export interface Size {
  width: number;
  height: number;
}

/** The size a picture is given in for a wished width: never larger than it is. */
export function renditionSize(picture: Size, wished: number): Size {
  const step = renditionWidths.find((width) => width >= wished) ?? renditionWidths.at(-1)!;
  const width = Math.min(step, renditionWidths.findLast((w) => w <= picture.width) ?? picture.width);
  return { width, height: Math.max(1, Math.round((width * picture.height) / picture.width)) };
}

export interface RenditionView extends Size {
  url: string;
}

interface Original {
  file: string | null;
  width: number | null;
  height: number | null;
}

/** A picture in about a wished width; none while we have no file of it. Keyed for those who may see it unpublished. */
export function renditionOf(
  { mediaUrl, mediaKey }: Addresses,
  picture: Original,
  wished: number,
): RenditionView | null {
  const { file, width, height } = picture;
  if (file === null || width === null || height === null) return null;
  const size = renditionSize({ width, height }, wished);
  const key = mediaKey ? `?key=${mediaKey(file)}` : '';
  return { url: `${mediaUrl}/${file}/${size.width}.webp${key}`, ...size };
}
