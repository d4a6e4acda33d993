import { renditionSize, type Size } from '../../src/media/picture.rules.js';
import { siteUrl } from './baseline.settings.js';

export interface PictureColumns {
  file: string | null;
  width: number | null;
  height: number;
  alt: string;
  caption: string;
  credit: string;
  leadPictureCaption: string | null;
}

export const pictureColumns = 'pic.file, pic.width, pic.height, pic.alt, pic.caption, pic.credit, e.leadPictureCaption';

export function rendition({ file, ...size }: Size & { file: string | null }, wished: number) {
  if (file === null) return null;
  const { width, height } = renditionSize(size, wished);
  return { url: `${siteUrl}/media/${file}/${width}.webp`, width, height };
}

/** The picture a story leads with, as the article page shows it. */
export function leadPicture(row: PictureColumns) {
  if (row.width === null) return null;
  return {
    alt: row.alt,
    caption: row.leadPictureCaption ?? row.caption,
    credit: row.credit,
    rendition: rendition({ file: row.file, width: row.width, height: row.height }, 1200),
  };
}
