import {
  building,
  circle,
  dice,
  faded,
  figure,
  group,
  path,
  polygon,
  rect,
  repeat,
  scene,
  stroke,
  wash,
} from './drawing.js';
import { illustration } from './frame.js';

const dataCentre = illustration(
  'data-centre',
  { alt: 'An aisle between tall server racks with small coloured lights.', caption: 'A data centre' },
  scene(
    wash(['#0f1b2d', '#1b2f48']),
    polygon(
      [
        [0, 900],
        [700, 520],
        [900, 520],
        [1600, 900],
      ],
      '#2c4561',
    ),
    polygon(
      [
        [500, 900],
        [770, 520],
        [830, 520],
        [1100, 900],
      ],
      '#3d5f80',
    ),
    polygon(
      [
        [0, 0],
        [700, 300],
        [900, 300],
        [1600, 0],
      ],
      '#14253a',
    ),
    repeat(4, (index) =>
      rect(800 - 30 - index * 60, 280 - index * index * 22 - index * 20, 60 + index * 120, 6 + index * 5, '#d7ecf5', {
        opacity: 0.85,
      }),
    ),
    rect(700, 300, 200, 222, '#0b1524'),
    rect(750, 350, 100, 172, '#24415f'),
    repeat(5, (index) => {
      const near = 1 - index * 0.2;
      const next = 0.8 - index * 0.2;
      const left = 700 - 700 * near;
      const right = 700 - 700 * next;
      const topLeft = 300 - 300 * near;
      const topRight = 300 - 300 * next;
      const bottomLeft = 522 + 378 * near;
      const bottomRight = 522 + 378 * next;
      const roll = dice(index + 3);
      const lights = repeat(14, (row) => {
        const t = (row + 1) / 15;
        const x1 = left + 12 * near;
        const x2 = right - 12 * near;
        const y1 = topLeft + (bottomLeft - topLeft) * t;
        const y2 = topRight + (bottomRight - topRight) * t;
        const middle = (x1 + x2) / 2;
        const light = roll() > 0.6 ? '#f0b35c' : roll() > 0.4 ? '#5fd0b5' : '#5fa8e0';
        return (
          stroke(`M${x1.toFixed(0)} ${y1.toFixed(0)}L${x2.toFixed(0)} ${y2.toFixed(0)}`, '#36557a', 2 + near * 5) +
          circle(middle, (y1 + y2) / 2 - 12 * near, 3 + near * 4, light) +
          circle(middle + 26 * near, (y1 + y2) / 2 - 12 * near, 3 + near * 4, roll() > 0.5 ? '#5fd0b5' : '#24415f')
        );
      });
      const rack =
        polygon(
          [
            [left, topLeft],
            [right - 6, topRight],
            [right - 6, bottomRight],
            [left, bottomLeft],
          ],
          index % 2 === 0 ? '#1d3350' : '#18293f',
        ) + lights;
      return rack + group('translate(1600 0) scale(-1 1)', rack);
    }),
  ),
);

const chip = illustration(
  'chip',
  { alt: 'A square processor in the middle of a green circuit board.', caption: 'A processor on its board' },
  scene(
    wash(['#12463f', '#1b5f52']),
    repeat(11, (index) => {
      const offset = (index - 5) * 34;
      const bend = 120 + Math.abs(index - 5) * 52;
      const side = Math.sign(index - 5) || 1;
      const horizontal = (turn: string) =>
        group(
          turn,
          stroke(
            `M200 ${offset}H${bend + 180}L${bend + 180 + Math.abs(offset)} ${offset + side * Math.abs(offset)}H900`,
            index % 3 === 0 ? '#e0b25a' : '#3f9c86',
            9,
          ),
          circle(bend + 180, offset, 11, '#e9d8a6'),
        );
      return (
        horizontal('translate(800 450)') +
        horizontal('translate(800 450) rotate(180)') +
        group('translate(800 450) rotate(90)', stroke(`M200 ${offset}H460`, '#3f9c86', 9)) +
        group('translate(800 450) rotate(-90)', stroke(`M200 ${offset}H460`, '#3f9c86', 9))
      );
    }),
    repeat(
      14,
      (index) => rect(596 + index * 30, 214, 16, 472, '#cfc6a8') + rect(564, 246 + index * 30, 472, 16, '#cfc6a8'),
    ),
    rect(584, 234, 432, 432, '#1c2430', { rx: 22 }),
    rect(640, 290, 320, 320, '#2d3a4c', { rx: 12 }),
    repeat(16, (index) =>
      rect(
        664 + (index % 4) * 70,
        314 + Math.floor(index / 4) * 70,
        60,
        60,
        ['#5fa8e0', '#5fd0b5', '#f0b35c', '#d9683f'][(index * 3 + Math.floor(index / 4)) % 4] ?? '#5fa8e0',
        { rx: 8, opacity: 0.85 },
      ),
    ),
    circle(612, 262, 10, '#cfc6a8'),
  ),
);

const airportScreens = illustration(
  'airport-screens',
  {
    alt: 'Travellers with luggage stand below a row of plain blue screens in a departure hall.',
    caption: 'A departure hall with blue screens',
  },
  scene(
    wash(['#dfe6ea', '#f0ede4']),
    repeat(
      6,
      (index) => rect(20 + index * 270, 40, 230, 540, '#bfd6e0') + rect(128 + index * 270, 40, 10, 540, '#9fb3bd'),
    ),
    group(
      'translate(1180 420) rotate(-8)',
      path('M-150 0C-150 -26 100 -30 170 0C100 26 -150 24 -150 0Z', '#ffffff'),
      polygon(
        [
          [-30, 0],
          [-90, 90],
          [-50, 90],
          [50, 0],
        ],
        '#d3dce2',
      ),
      polygon(
        [
          [-140, -4],
          [-180, -66],
          [-140, -66],
          [-96, -8],
        ],
        '#c8553d',
      ),
    ),
    rect(0, 576, 1600, 324, '#cbbfae'),
    faded(
      0.4,
      polygon(
        [
          [200, 900],
          [420, 576],
          [520, 576],
          [440, 900],
        ],
        '#ffffff',
      ),
      polygon(
        [
          [900, 900],
          [960, 576],
          [1060, 576],
          [1160, 900],
        ],
        '#ffffff',
      ),
    ),
    rect(120, 90, 1360, 18, '#5b6672'),
    repeat(
      4,
      (index) =>
        rect(150 + index * 336, 120, 300, 190, '#2b313b', { rx: 10 }) +
        rect(162 + index * 336, 132, 276, 166, '#2668c4') +
        circle(206 + index * 336, 180, 7, '#ffffff') +
        circle(206 + index * 336, 204, 7, '#ffffff') +
        stroke(
          `M${240 + index * 336} 168C${222 + index * 336} 184 ${222 + index * 336} 202 ${240 + index * 336} 218`,
          '#ffffff',
          6,
        ) +
        repeat(3, (line) => rect(198 + index * 336, 240 + line * 16, 190 - line * 40, 7, '#9fc3f2')),
    ),
    repeat(8, (index) => {
      const x = 130 + index * 196;
      const y = 800 + (index % 3) * 40;
      return group(
        `translate(${x} ${y})`,
        rect(64, -96, 74, 110, ['#c8553d', '#e0a23b', '#4f7f5b', '#6b4f7d'][index % 4] ?? '#c8553d', { rx: 12 }),
        stroke('M84 -96V-150H118V-96', '#5b6672', 6),
        rect(-34, -110, 28, 130, '#34435a', { rx: 10 }),
        rect(6, -110, 28, 130, '#34435a', { rx: 10 }),
        figure(
          0,
          -90,
          0.66,
          ['#2f6f8f', '#8f3f57', '#7e9a6d', '#b4774a'][index % 4] ?? '#2f6f8f',
          ['#d3a583', '#8d5f44', '#e2b898'][index % 3] ?? '#d3a583',
          ['#3c342f', '#241d1a', '#8a6b45'][index % 3] ?? '#3c342f',
        ),
      );
    }),
  ),
);

const neuralOffice = illustration(
  'glass-office',
  {
    alt: 'A glass office block at dawn, joined dots and lines floating over its roof.',
    caption: 'The offices of a technology company',
  },
  scene(
    wash(['#39476b', '#8a7f9e', '#f0c2a2']),
    building(180, 780, 260, 330, '#5f6786', { columns: 6, rows: 7, colour: '#f2cf9a', share: 0.5 }),
    building(1150, 780, 300, 390, '#555d7d', { columns: 7, rows: 8, colour: '#f2cf9a', share: 0.45 }),
    building(470, 780, 660, 420, '#8fb0c4', { columns: 14, rows: 7, colour: '#d7ecf2', share: 0.8 }),
    rect(460, 350, 680, 18, '#4d5876'),
    rect(720, 660, 160, 120, '#34435a'),
    rect(796, 660, 8, 120, '#8fb0c4'),
    repeat(4, (layer) => {
      const count = [3, 5, 4, 2][layer] ?? 3;
      const following = [5, 4, 2, 0][layer] ?? 0;
      const x = 560 + layer * 160;
      const y = (index: number, of: number) => 190 + (index - (of - 1) / 2) * 62;
      return (
        repeat(count * following, (edge) =>
          stroke(
            `M${x} ${y(Math.floor(edge / following), count)}L${x + 160} ${y(edge % following, following)}`,
            '#fbf3df',
            2.5,
            { opacity: 0.5 },
          ),
        ) +
        repeat(count, (index) =>
          circle(x, y(index, count), 15, ['#f0b35c', '#5fd0b5', '#e58a6f', '#fbf3df'][layer] ?? '#f0b35c'),
        )
      );
    }),
    rect(0, 776, 1600, 124, '#2f3a52'),
    rect(0, 830, 1600, 8, '#8a7f9e'),
    repeat(10, (index) => rect(40 + index * 170, 858, 90, 8, '#f0c2a2')),
  ),
);

export const technologyPictures = [dataCentre, chip, airportScreens, neuralOffice];
