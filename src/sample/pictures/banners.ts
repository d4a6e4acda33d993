import { circle, drawing, group, hills, path, polygon, rect, repeat, stroke, sun, wash } from './drawing.js';
import { bannerPicture } from './frame.js';

const banner = (...shapes: string[]) => drawing(1200, 400, ...shapes);

const mena = bannerPicture(
  'banner-mena',
  { alt: 'An open envelope rises like a sun over dunes.', caption: 'Mena Morning, the weekday newsletter' },
  banner(
    wash(['#f2b880', '#f8ddb4', '#fdf1dc'], 400, 1200),
    sun(880, 180, 92, '#fbf3df'),
    hills(3, 280, 90, '#d99a62', 1200, 400),
    group(
      'translate(880 240)',
      polygon(
        [
          [-130, -30],
          [0, -120],
          [130, -30],
          [130, 110],
          [-130, 110],
        ],
        '#b4553d',
      ),
      rect(-104, -88, 208, 150, '#fffaf0', { rx: 6 }),
      repeat(4, (index) => rect(-80, -64 + index * 26, index === 3 ? 96 : 160, 9, '#d8cbb2', { rx: 4 })),
      polygon(
        [
          [-130, -30],
          [0, 56],
          [130, -30],
          [130, 110],
          [-130, 110],
        ],
        '#c8694d',
      ),
      stroke('M-130 110L-24 40M130 110L24 40', '#b4553d', 5),
    ),
    hills(17, 352, 60, '#b9774a', 1200, 400),
    hills(29, 390, 40, '#8f5637', 1200, 400),
  ),
);

const climate = bannerPicture(
  'banner-climate',
  { alt: 'Upright bars warm from blue to red, rising towards the right.', caption: 'Degrees, our climate series' },
  banner(
    wash(['#14283c', '#1f3d55'], 400, 1200),
    repeat(30, (index) => {
      const warmth = index / 29;
      const height = 60 + warmth * 220 + Math.sin(index * 1.7) * 26;
      const colour = `rgb(${Math.round(80 + 150 * warmth)},${Math.round(150 - 70 * warmth)},${Math.round(190 - 140 * warmth)})`;
      return rect(40 + index * 37.6, 360 - height, 26, height, colour, { rx: 8 });
    }),
    rect(0, 360, 1200, 40, '#0f1f2f'),
    circle(120, 96, 44, '#f0b35c'),
  ),
);

const week = bannerPicture(
  'banner-week',
  { alt: 'Seven newspaper pages stand side by side like a calendar.', caption: 'The Week, our weekly edition' },
  banner(
    wash(['#e7ecef', '#cfdadf'], 400, 1200),
    repeat(7, (index) => {
      const colours = ['#2f6f8f', '#3f8f95', '#4f7f5b', '#e0a23b', '#c8553d', '#8f3f57', '#6b4f7d'];
      const colour = colours[index] ?? '#2f6f8f';
      return group(
        `translate(${126 + index * 158} ${214 + (index % 2) * 20}) rotate(${(index % 3) * 3 - 3})`,
        rect(-64, -118, 136, 250, '#9fb0b8', { rx: 8, opacity: 0.5 }),
        rect(-70, -126, 136, 250, '#fffdf8', { rx: 8 }),
        rect(-54, -108, 104, 18, colour, { rx: 4 }),
        rect(-54, -80, 104, 70, colour, { rx: 4, opacity: 0.28 }),
        path('M-54 -10L-20 -46 6 -20 26 -38 50 -10Z', colour),
        repeat(6, (line) => rect(-54, 8 + line * 17, line === 5 ? 60 : 104, 7, '#cfd6d8', { rx: 3 })),
      );
    }),
  ),
);

export const bannerPictures = [mena, climate, week];
