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
