import {
  building,
  circle,
  cloud,
  ellipse,
  faded,
  figure,
  flag,
  group,
  path,
  polygon,
  rect,
  repeat,
  scene,
  skyline,
  stroke,
  sun,
  tree,
  wash,
  water,
} from './drawing.js';
import { illustration } from './frame.js';

const ballotBox = illustration(
  'ballot-box',
  {
    alt: 'A folded paper drops into a clear ballot box, people wait in line behind.',
    caption: 'A ballot box',
    focus: [0.5, 0.55],
  },
  scene(
    wash(['#dfe9e6', '#f3eee0']),
    rect(0, 640, 1600, 260, '#c9b18c'),
    repeat(
      4,
      (index) => rect(60 + index * 160, 190, 130, 450, '#b9cbd0') + rect(60 + index * 160, 190, 130, 20, '#8fa6b0'),
    ),
    repeat(5, (index) =>
      figure(
        1090 + index * 116,
        660,
        0.92,
        ['#2f6f8f', '#8f3f57', '#4f7f5b', '#34435a', '#b4774a'][index] ?? '#34435a',
        ['#d3a583', '#8d5f44', '#e2b898', '#b98663', '#6f4a35'][index] ?? '#d3a583',
        ['#3c342f', '#241d1a', '#8a6b45', '#d8d2c8', '#241d1a'][index] ?? '#3c342f',
      ),
    ),
    rect(0, 652, 1600, 20, '#a98f68'),
    faded(0.5, ellipse(800, 800, 300, 30, '#8a7350')),
    repeat(7, (index) =>
      group(
        `translate(${640 + index * 52} ${756 - (index % 3) * 16}) rotate(${((index * 37) % 50) - 25})`,
        rect(-50, -30, 100, 60, '#fffdf6', { stroke: '#d3cab8', 'stroke-width': 2 }),
      ),
    ),
    rect(560, 470, 480, 330, '#8fb9c9', { opacity: 0.42, rx: 10 }),
    stroke('M560 470H1040V800H560Z', '#5f8fa3', 8),
    rect(540, 440, 520, 44, '#2f6f8f', { rx: 10 }),
    rect(690, 452, 220, 12, '#183c50', { rx: 6 }),
    group(
      'translate(800 350) rotate(-6)',
      rect(-90, -110, 180, 214, '#fffdf6', { stroke: '#d3cab8', 'stroke-width': 3 }),
      rect(-62, -74, 34, 34, '#ffffff', { stroke: '#5b6470', 'stroke-width': 5 }),
      stroke('M-56 -60L-46 -48 -28 -82', '#c8553d', 8),
      rect(-14, -66, 82, 12, '#cfc8b8'),
      rect(-62, -20, 34, 34, '#ffffff', { stroke: '#5b6470', 'stroke-width': 5 }),
      rect(-14, -10, 70, 12, '#cfc8b8'),
    ),
  ),
);

const hemicycle = illustration(
  'hemicycle',
  {
    alt: 'Curved rows of blue and brown seats around a speaker’s desk in a parliament.',
    caption: 'A parliament’s hemicycle',
  },
  scene(
    wash(['#efe8da', '#e2d7c2']),
    rect(0, 0, 1600, 330, '#d7c8ab'),
    repeat(
      9,
      (index) => rect(70 + index * 176, 40, 26, 290, '#c3b190') + rect(60 + index * 176, 26, 46, 18, '#b09d79'),
    ),
    rect(560, 90, 480, 240, '#7b5a41'),
    circle(800, 190, 70, '#e0b25a'),
    repeat(12, (index) =>
      circle(800 + Math.sin((index * Math.PI) / 6) * 100, 190 - Math.cos((index * Math.PI) / 6) * 84, 8, '#f2d79a'),
    ),
    rect(0, 330, 1600, 570, '#a98560'),
    rect(600, 300, 400, 110, '#5e4331', { rx: 8 }),
    rect(570, 350, 460, 80, '#6f5040', { rx: 8 }),
    figure(800, 330, 0.62, '#34435a', '#d3a583', '#6b5a48'),
    rect(700, 306, 200, 34, '#5e4331'),
    repeat(5, (row) => {
      const radiusX = 420 + row * 160;
      const radiusY = 120 + row * 90;
      const seats = 13 + row * 4;
      return repeat(seats, (seat) => {
        const angle = Math.PI * (0.06 + (seat / (seats - 1)) * 0.88);
        const x = 800 + Math.cos(angle) * radiusX;
        const y = 420 + Math.sin(angle) * radiusY;
        if (x < -60 || x > 1660) return '';
        const size = 22 + row * 6;
        const colour =
          ['#2f5f8f', '#8f3f4b', '#4f7f5b', '#e0a23b', '#6b4f7d', '#39759a'][Math.floor((seat / seats) * 6)] ??
          '#2f5f8f';
        return (
          rect(x - size, y - size * 0.3, size * 2, size * 1.5, colour, { rx: size * 0.5 }) +
          circle(x, y - size * 0.7, size * 0.46, '#4a3a33')
        );
      });
    }),
  ),
);

const westminster = illustration(
  'westminster-river',
  {
    alt: 'A long Gothic palace with a tall clock tower beside a river and a bridge.',
    caption: 'The Palace of Westminster',
  },
  scene(
    wash(['#93a9c4', '#cfd3da', '#f3ddc2']),
    cloud(240, 160, 90, '#e8eaee'),
    cloud(1180, 220, 80, '#e8eaee'),
    skyline(131, 600, [60, 120], '#a9adb8'),
    rect(300, 410, 900, 200, '#cda766'),
    repeat(
      23,
      (index) => rect(314 + index * 39, 440, 16, 60, '#8f7142') + rect(314 + index * 39, 524, 16, 60, '#8f7142'),
    ),
    repeat(24, (index) =>
      polygon(
        [
          [296 + index * 39, 412],
          [304 + index * 39, 368],
          [312 + index * 39, 412],
        ],
        '#b9924f',
      ),
    ),
    rect(300, 250, 120, 360, '#c49b58'),
    repeat(4, (index) =>
      polygon(
        [
          [296 + index * 34, 252],
          [308 + index * 34, 200],
          [320 + index * 34, 252],
        ],
        '#a8803f',
      ),
    ),
    rect(1150, 190, 96, 420, '#d3ae6f'),
    rect(1138, 190, 120, 112, '#c49b58'),
    circle(1198, 246, 46, '#f7f3e6'),
    stroke('M1198 246V212M1198 246L1222 258', '#39424e', 6),
    polygon(
      [
        [1138, 190],
        [1198, 40],
        [1258, 190],
      ],
      '#5d6b6b',
    ),
    rect(1194, 14, 8, 40, '#e0b25a'),
    rect(0, 600, 1600, 30, '#8f8474'),
    water(628, '#5f7f8c', '#c3d0d2', 21),
    path(
      'M0 640H1600V672H1560C1530 640 1330 640 1300 690H1220C1190 640 990 640 960 690H880C850 640 650 640 620 690H540C510 640 310 640 280 690H200C170 640 20 640 0 672Z',
      '#6f8f7b',
    ),
    rect(0, 630, 1600, 16, '#5b7a67'),
  ),
);

const centralBank = illustration(
  'central-bank',
  {
    alt: 'Two joined glass towers beside a river, a downward stepped line drawn across the sky.',
    caption: 'A central bank’s towers',
  },
  scene(
    wash(['#17324d', '#2f5f7f', '#8fb3bd']),
    repeat(6, (index) => rect(0, 120 + index * 84, 1600, 2, '#ffffff', { opacity: 0.12 })),
    stroke('M90 150H360V220H620V300H880V390H1180V460H1530', '#f0b35c', 14),
    repeat(4, (index) =>
      circle(360 + index * 260 + (index === 3 ? 40 : 0), [220, 300, 390, 460][index] ?? 460, 15, '#fbf3df'),
    ),
    skyline(141, 700, [70, 170], '#284a66', '#6f95a8'),
    polygon(
      [
        [620, 720],
        [660, 240],
        [790, 190],
        [800, 720],
      ],
      '#a9c9d4',
    ),
    polygon(
      [
        [820, 720],
        [836, 150],
        [960, 210],
        [1000, 720],
      ],
      '#c6dee4',
    ),
    polygon(
      [
        [780, 720],
        [786, 320],
        [846, 300],
        [850, 720],
      ],
      '#7fa6b6',
    ),
    repeat(
      11,
      (index) => rect(640, 300 + index * 38, 150, 5, '#6d95a8') + rect(842, 260 + index * 41, 138, 5, '#8fb3c1'),
    ),
    rect(0, 716, 1600, 30, '#1f3a4d'),
    repeat(12, (index) => tree(60 + index * 140, 745, 90, '#3d6b58')),
    water(744, '#2a5068', '#6f9bb0', 31),
  ),
);

const openBooks = illustration(
  'open-books',
  { alt: 'Stacked books and one open book on a table, pages turning into birds.', caption: 'Books and birds' },
  scene(
    wash(['#f1dfc7', '#f7eddc', '#efe3cb']),
    circle(800, 360, 300, '#e7b98f', { opacity: 0.5 }),
    rect(0, 700, 1600, 200, '#8a5a3f'),
    rect(0, 700, 1600, 16, '#a36d4a'),
    repeat(
      5,
      (index) =>
        rect(
          130 + (index % 2) * 26,
          640 - index * 58,
          340 - (index % 3) * 26,
          56,
          ['#2f6f8f', '#c8553d', '#4f7f5b', '#e0a23b', '#6b4f7d'][index] ?? '#2f6f8f',
          { rx: 8 },
        ) + rect(160 + (index % 2) * 26, 658 - index * 58, 60, 20, '#fbf3df', { opacity: 0.7 }),
    ),
    repeat(6, (index) =>
      rect(
        1180 + index * 54,
        470 + (index % 3) * 24,
        50,
        230 - (index % 3) * 24,
        ['#8f3f57', '#3f8f95', '#e0a23b', '#34435a', '#c8553d', '#7e9a6d'][index] ?? '#34435a',
        { rx: 6 },
      ),
    ),
    path('M800 690C720 630 600 620 520 640V560C600 540 730 556 800 610Z', '#fffaf0'),
    path('M800 690C880 630 1000 620 1080 640V560C1000 540 870 556 800 610Z', '#f6ecd9'),
    path(
      'M520 640C600 620 720 630 800 690 880 630 1000 620 1080 640V664C1000 650 880 656 800 708 720 656 600 650 520 664Z',
      '#b4553d',
    ),
    repeat(
      5,
      (line) =>
        stroke(
          `M556 ${586 + line * 11}C630 ${574 + line * 11} 710 ${590 + line * 13} 770 ${624 + line * 13}`,
          '#cdbfa6',
          3,
        ) +
        stroke(
          `M1044 ${586 + line * 11}C970 ${574 + line * 11} 890 ${590 + line * 13} 830 ${624 + line * 13}`,
          '#cdbfa6',
          3,
        ),
    ),
    repeat(9, (index) => {
      const x = 640 + ((index * 173) % 420);
      const y = 500 - index * 48;
      const size = 0.7 + (index % 4) * 0.28;
      return group(
        `translate(${x} ${y}) scale(${size})`,
        path(
          'M0 0C-20 -34 -60 -40 -84 -22C-54 -22 -26 -6 0 20C26 -6 54 -22 84 -22C60 -40 20 -34 0 0Z',
          index % 3 === 0 ? '#fffaf0' : '#34435a',
        ),
      );
    }),
  ),
);

const drawingDesk = illustration(
  'drawing-desk',
  {
    alt: 'A desk with a half-finished landscape drawing, pencils, a ruler and a lamp.',
    caption: 'The illustration desk',
  },
  scene(
    wash(['#2f4858', '#3a5866']),
    rect(0, 560, 1600, 340, '#c99a6b'),
    rect(0, 560, 1600, 16, '#b0835a'),
    faded(
      0.18,
      polygon(
        [
          [1240, 270],
          [1340, 300],
          [1180, 900],
          [420, 900],
        ],
        '#fff3cf',
      ),
    ),
    rect(130, 90, 360, 250, '#e9e2d3'),
    rect(150, 110, 320, 210, '#9cc4d9'),
    path('M150 320L250 190 330 270 390 220 470 320Z', '#5f7f8c'),
    circle(400, 160, 24, '#f3c667'),
    repeat(3, (index) =>
      rect(590 + index * 150, 130 + (index % 2) * 20, 120, 150, ['#f2d9c7', '#d9e6dd', '#e6dcec'][index] ?? '#f2d9c7'),
    ),
    polygon(
      [
        [360, 860],
        [480, 610],
        [1130, 610],
        [1250, 860],
      ],
      '#fffdf6',
    ),
    polygon(
      [
        [470, 820],
        [546, 650],
        [1066, 650],
        [1142, 820],
      ],
      '#bfe0e6',
    ),
    path('M470 820L500 754C620 690 700 770 800 716S990 700 1110 748L1142 820Z', '#6fa07a'),
    circle(950, 690, 26, '#f3a76b'),
    stroke('M546 650H1066', '#7f93a8', 3),
    repeat(6, (index) =>
      group(
        `translate(${170 + index * 34} 590) rotate(${index * 7 - 18})`,
        rect(-8, -130, 16, 120, ['#c8553d', '#e0a23b', '#4f7f5b', '#2f6f8f', '#6b4f7d', '#2b313b'][index] ?? '#2b313b'),
        polygon(
          [
            [-8, -130],
            [8, -130],
            [0, -156],
          ],
          '#f2d9b8',
        ),
      ),
    ),
    rect(150, 500, 230, 120, '#8f3f57', { rx: 14 }),
    group(
      'translate(1010 760) rotate(38)',
      rect(-12, -250, 24, 210, '#e0a23b'),
      polygon(
        [
          [-12, -40],
          [12, -40],
          [0, 0],
        ],
        '#f2d9b8',
      ),
      rect(-12, -274, 24, 26, '#c8553d'),
    ),
    stroke('M1440 580L1480 330 1310 220', '#d7d2c8', 16),
    path('M1340 190L1260 200C1210 220 1200 280 1210 310L1360 300C1380 260 1370 210 1340 190Z', '#e0a23b'),
    rect(1370, 570, 150, 26, '#d7d2c8', { rx: 12 }),
  ),
);

const parliamentSquare = illustration(
  'capital-square',
  { alt: 'A domed parliament behind a wide square with flags and people.', caption: 'A capital’s main square' },
  scene(
    wash(['#f0b98f', '#f7dcb8', '#f9efdc']),
    sun(1300, 220, 76, '#f2935c'),
    skyline(151, 620, [80, 150], '#caa58c'),
    path('M650 330C650 150 950 150 950 330Z', '#4f8a80'),
    rect(790, 130, 20, 60, '#4f8a80'),
    rect(630, 326, 340, 70, '#efe2c8'),
    rect(360, 390, 880, 230, '#f6ecd8'),
    polygon(
      [
        [600, 396],
        [800, 316],
        [1000, 396],
      ],
      '#e2d0ac',
    ),
    rect(340, 384, 920, 20, '#dcc8a2'),
    repeat(15, (index) => rect(384 + index * 58, 420, 22, 190, '#dcc8a2')),
    rect(320, 606, 960, 22, '#cdb78f'),
    building(0, 624, 290, 240, '#d98f6a', { columns: 6, rows: 5, colour: '#f9e3c0', share: 1 }),
    building(1310, 624, 300, 260, '#c97f62', { columns: 6, rows: 5, colour: '#f9e3c0', share: 1 }),
    rect(0, 620, 1600, 280, '#e3cda6'),
    repeat(5, (index) =>
      polygon(
        [
          [800 + (index - 2) * 120, 624],
          [800 + (index - 2) * 120 + 12, 624],
          [800 + (index - 2) * 460 + 40, 900],
          [800 + (index - 2) * 460, 900],
        ],
        '#d2b98d',
      ),
    ),
    flag(250, 800, 420, ['#4f7f5b', '#f7f1e4', '#c8553d']),
    flag(1220, 800, 420, ['#4f7f5b', '#f7f1e4', '#c8553d']),
    repeat(26, (index) => {
      const x = 90 + ((index * 263) % 1440);
      const y = 700 + ((index * 71) % 150);
      const size = 0.5 + (y - 700) / 300;
      return group(
        `translate(${x} ${y}) scale(${size})`,
        ellipse(0, 44, 26, 6, '#c2a97c'),
        rect(-14, -16, 28, 58, ['#2f6f8f', '#8f3f57', '#34435a', '#e0a23b', '#4f7f5b'][index % 5] ?? '#34435a', {
          rx: 12,
        }),
        circle(0, -30, 13, '#5b4338'),
      );
    }),
  ),
);

export const civicPictures = [ballotBox, hemicycle, westminster, centralBank, openBooks, drawingDesk, parliamentSquare];
