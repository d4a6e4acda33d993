import type { SamplePicture } from '../sample.types.js';

type Caption = Pick<SamplePicture, 'alt' | 'caption'> & { focus?: readonly [number, number] };

const ours = { credit: 'Illustration: Newsgraph', licence: 'CC0-1.0' };

const framed =
  (width: number, height: number) =>
  (key: string, { alt, caption, focus: [x, y] = [0.5, 0.5] }: Caption, svg: string): SamplePicture => ({
    key,
    svg,
    width,
    height,
    alt,
    caption,
    ...ours,
    focalPoint: { x, y },
  });

export const illustration = framed(1600, 900);
export const bannerPicture = framed(1200, 400);
