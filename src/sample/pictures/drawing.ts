/** A small vocabulary of flat shapes from which the newsroom's illustrations are drawn. */

export type Point = readonly [x: number, y: number];

type Attributes = Record<string, string | number>;

const attributes = (given: Attributes): string =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? Math.round(value * 10) / 10 : value}"`)
    .join('');

const tag = (name: string, given: Attributes): string => `<${name}${attributes(given)}/>`;

export const rect = (x: number, y: number, width: number, height: number, fill: string, more: Attributes = {}) =>
  tag('rect', { x, y, width, height, fill, ...more });

export const circle = (cx: number, cy: number, r: number, fill: string, more: Attributes = {}) =>
  tag('circle', { cx, cy, r, fill, ...more });

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, more: Attributes = {}) =>
  tag('ellipse', { cx, cy, rx, ry, fill, ...more });

export const path = (d: string, fill: string, more: Attributes = {}) => tag('path', { d, fill, ...more });

export const stroke = (d: string, colour: string, width: number, more: Attributes = {}) =>
  path(d, 'none', {
    stroke: colour,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  });

export const polygon = (points: readonly Point[], fill: string, more: Attributes = {}) =>
  tag('polygon', { points: points.map(([x, y]) => `${Math.round(x)},${Math.round(y)}`).join(' '), fill, ...more });

export const group = (transform: string, ...shapes: string[]) => `<g transform="${transform}">${shapes.join('')}</g>`;

export const faded = (opacity: number, ...shapes: string[]) => `<g opacity="${opacity}">${shapes.join('')}</g>`;

export const repeat = (times: number, draw: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => draw(index)).join('');

export const drawing = (width: number, height: number, ...shapes: string[]) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${shapes.join('')}</svg>`;

export const scene = (...shapes: string[]) => drawing(1600, 900, ...shapes);

/** A vertical wash over the whole picture. */
export const wash = (colours: readonly string[], height = 900, width = 1600) =>
  `<defs><linearGradient id="wash" x1="0" y1="0" x2="0" y2="1">${colours
    .map(
      (colour, index) =>
        `<stop offset="${(index / Math.max(1, colours.length - 1)).toFixed(2)}" stop-color="${colour}"/>`,
    )
    .join('')}</linearGradient></defs>${rect(0, 0, width, height, 'url(#wash)')}`;

/** The same seed always draws the same picture. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const sun = (x: number, y: number, r: number, colour: string) =>
  faded(0.18, circle(x, y, r * 1.9, colour)) + faded(0.28, circle(x, y, r * 1.4, colour)) + circle(x, y, r, colour);

export const cloud = (x: number, y: number, size: number, colour: string) =>
  rect(x, y, size * 2.6, size * 0.5, colour, { rx: size * 0.25 }) +
  rect(x + size * 0.5, y - size * 0.32, size * 1.4, size * 0.6, colour, { rx: size * 0.3 });

/** A mountain range from edge to edge; the higher `steps`, the more jagged. */
export function ridge(seed: number, baseline: number, height: number, colour: string, steps = 14): string {
  const roll = dice(seed);
  const points: Point[] = [[-20, 900]];
  for (let index = 0; index <= steps; index += 1) {
    const peak = index % 2 === 0 ? 0.25 + roll() * 0.3 : 0.6 + roll() * 0.4;
    points.push([-20 + (1640 / steps) * index, baseline - height * peak]);
  }
  points.push([1620, 900]);
  return polygon(points, colour);
}

/** Rolling ground from edge to edge. */
export function hills(
  seed: number,
  baseline: number,
  height: number,
  colour: string,
  width = 1600,
  bottom = 900,
): string {
  const roll = dice(seed);
  const count = 4;
  const span = width / count;
  let d = `M0 ${bottom}V${Math.round(baseline - roll() * height)}`;
  for (let index = 0; index < count; index += 1) {
    const x = span * index;
    d += `C${x + span / 3} ${Math.round(baseline - roll() * height)} ${x + (span * 2) / 3} ${Math.round(baseline + roll() * height * 0.4)} ${x + span} ${Math.round(baseline - roll() * height * 0.6)}`;
  }
  return path(`${d}V${bottom}Z`, colour);
}

interface Windows {
  columns: number;
  rows: number;
  colour: string;
  /** The share of windows drawn. */
  share?: number;
  seed?: number;
}

export function building(
  x: number,
  ground: number,
  width: number,
  height: number,
  colour: string,
  windows?: Windows,
): string {
  const body = rect(x, ground - height, width, height, colour);
  if (windows === undefined) return body;
  const roll = dice(windows.seed ?? Math.round(x * 7 + height));
  const cellWidth = width / (windows.columns + 0.5);
  const cellHeight = height / (windows.rows + 0.8);
  return (
    body +
    repeat(windows.columns * windows.rows, (index) => {
      if (roll() > (windows.share ?? 0.75)) return '';
      const column = index % windows.columns;
      const row = Math.floor(index / windows.columns);
      return rect(
        x + cellWidth * (column + 0.5),
        ground - height + cellHeight * (row + 0.6),
        cellWidth * 0.5,
        cellHeight * 0.5,
        windows.colour,
      );
    })
  );
}

/** A row of buildings from edge to edge. */
export function skyline(
  seed: number,
  ground: number,
  [lowest, highest]: readonly [number, number],
  colour: string,
  windowColour?: string,
  [from, to]: readonly [number, number] = [-10, 1610],
): string {
  const roll = dice(seed);
  let x = from;
  let shapes = '';
  while (x < to) {
    const width = 55 + roll() * 75;
    const height = lowest + roll() * (highest - lowest);
    shapes += building(
      x,
      ground,
      width + 1,
      height,
      colour,
      windowColour === undefined
        ? undefined
        : {
            columns: Math.max(2, Math.round(width / 26)),
            rows: Math.max(2, Math.round(height / 38)),
            colour: windowColour,
            share: 0.55,
          },
    );
    x += width + (roll() > 0.7 ? 14 : 0);
  }
  return shapes;
}

export const water = (top: number, colour: string, shine: string, seed = 5): string => {
  const roll = dice(seed);
  return (
    rect(0, top, 1600, 900 - top, colour) +
    repeat(34, () => {
      const y = top + 16 + roll() * (880 - top);
      const width = 50 + roll() * 170 * ((y - top) / (900 - top) + 0.3);
      return rect(roll() * 1600 - 60, y, width, 5, shine, { rx: 2.5, opacity: 0.55 });
    })
  );
};

/** A flag on a pole: horizontal bands that wave to the right. */
export const flag = (x: number, ground: number, height: number, bands: readonly string[], pole = '#39424e') => {
  const top = ground - height + 12;
  const bandHeight = (height * 0.3) / bands.length;
  const width = height * 0.46;
  return (
    rect(x - 4, ground - height, 8, height, pole, { rx: 4 }) +
    circle(x, ground - height, 9, pole) +
    bands
      .map((band, index) => {
        const y = top + bandHeight * index;
        const wave = `C${x + width * 0.3} ${y - 22} ${x + width * 0.6} ${y + 24} ${x + width} ${y}`;
        const back = `C${x + width * 0.6} ${y + 24 + bandHeight} ${x + width * 0.3} ${y - 22 + bandHeight} ${x + 4} ${y + bandHeight}`;
        return path(`M${x + 4} ${y}${wave}v${bandHeight}${back}Z`, band);
      })
      .join('')
  );
};

/** A faceless figure, waist up. */
export const figure = (x: number, ground: number, size: number, coat: string, skin: string, hair: string) =>
  group(
    `translate(${x} ${ground}) scale(${size})`,
    path('M-92 0V-92C-92-142-52-164 0-164S92-142 92-92V0Z', coat),
    path('M-24-164L0-104 24-164Z', '#f7f3ea'),
    rect(-17, -196, 34, 44, skin, { rx: 14 }),
    ellipse(0, -226, 40, 50, skin),
    path('M-42-226C-46-290 46-290 42-226C36-252 20-260 0-260S-36-252-42-226Z', hair),
  );

export const microphone = (x: number, y: number, angle: number, head: string, length = 150) =>
  group(
    `translate(${x} ${y}) rotate(${angle})`,
    rect(-7, -length, 14, length, '#2b313b', { rx: 7 }),
    rect(-22, -length - 62, 44, 76, head, { rx: 22 }),
    rect(-22, -length - 22, 44, 14, '#ffffff', { opacity: 0.55 }),
  );

export const tree = (x: number, ground: number, size: number, leaf: string, trunk = '#6b5344') =>
  rect(x - size * 0.06, ground - size * 0.5, size * 0.12, size * 0.5, trunk) +
  ellipse(x, ground - size * 0.72, size * 0.3, size * 0.42, leaf);

export const cypress = (x: number, ground: number, height: number, leaf: string) =>
  path(
    `M${x} ${ground - height}C${x + height * 0.2} ${ground - height * 0.4} ${x + height * 0.13} ${ground} ${x} ${ground}S${x - height * 0.2} ${ground - height * 0.4} ${x} ${ground - height}Z`,
    leaf,
  );

export const turbine = (x: number, ground: number, height: number, colour: string, turn = 0) =>
  polygon(
    [
      [x - height * 0.022, ground],
      [x - height * 0.009, ground - height],
      [x + height * 0.009, ground - height],
      [x + height * 0.022, ground],
    ],
    colour,
  ) +
  repeat(3, (index) =>
    group(
      `translate(${x} ${ground - height}) rotate(${turn + index * 120})`,
      path(
        `M-4 0C${-height * 0.035} ${-height * 0.14} -5 ${-height * 0.4} 0 ${-height * 0.52}C6 ${-height * 0.3} 8 -20 4 0Z`,
        colour,
      ),
    ),
  ) +
  circle(x, ground - height, height * 0.022, colour);
