import {
  building,
  circle,
  cloud,
  cypress,
  dice,
  ellipse,
  faded,
  group,
  hills,
  path,
  polygon,
  rect,
  repeat,
  ridge,
  scene,
  skyline,
  stroke,
  sun,
  tree,
  wash,
  water,
} from './drawing.js';
import { illustration } from './frame.js';

const stars = (seed: number, count: number) => {
  const roll = dice(seed);
  return repeat(count, () => circle(roll() * 1600, roll() * 380, 1.5 + roll() * 2, '#f4efe4', { opacity: 0.8 }));
};

const nightWindows = illustration(
  'night-windows',
  {
    alt: 'Dark blocks of flats at night, a few windows lit, an aerial on a roof sending out arcs.',
    caption: 'A city at night',
    focus: [0.62, 0.35],
  },
  scene(
    wash(['#101a2e', '#1d2d4a', '#36476a']),
    stars(3, 70),
    circle(270, 170, 62, '#f3e6c2'),
    circle(300, 154, 56, '#15213a'),
    skyline(31, 760, [220, 420], '#223352'),
    building(120, 900, 330, 520, '#17233b', { columns: 6, rows: 9, colour: '#2b3b5c', share: 0.95 }),
    building(840, 900, 420, 640, '#131d32', { columns: 7, rows: 11, colour: '#2b3b5c', share: 0.97 }),
    building(500, 900, 290, 400, '#1b2944', { columns: 5, rows: 7, colour: '#30426a', share: 0.95 }),
    building(1310, 900, 330, 460, '#18243e', { columns: 5, rows: 8, colour: '#2d3f63', share: 0.95 }),
    building(840, 900, 420, 640, 'none', { columns: 7, rows: 11, colour: '#f2b756', share: 0.09, seed: 12 }),
    building(120, 900, 330, 520, 'none', { columns: 6, rows: 9, colour: '#e8a44c', share: 0.08, seed: 41 }),
    building(1310, 900, 330, 460, 'none', { columns: 5, rows: 8, colour: '#f2b756', share: 0.1, seed: 6 }),
    building(500, 900, 290, 400, 'none', { columns: 5, rows: 7, colour: '#f2c878', share: 0.07, seed: 15 }),
    rect(1040, 130, 10, 130, '#5c6e90'),
    stroke('M1010 180H1080M1020 205H1070', '#5c6e90', 7),
    circle(1045, 128, 11, '#c8553d'),
    faded(
      0.85,
      stroke('M1078 95A46 46 0 0 1 1078 161', '#e58a6f', 7),
      stroke('M1104 70A82 82 0 0 1 1104 186', '#e58a6f', 7, { opacity: 0.7 }),
      stroke('M1012 95A46 46 0 0 0 1012 161', '#e58a6f', 7),
      stroke('M986 70A82 82 0 0 0 986 186', '#e58a6f', 7, { opacity: 0.7 }),
    ),
  ),
);

const tehran = illustration(
  'tehran-mountains',
  {
    alt: 'A wide city with a slender communications tower below snow-capped mountains.',
    caption: 'Tehran below the Alborz mountains',
    focus: [0.45, 0.45],
  },
  scene(
    wash(['#9cc4d9', '#d7e6e6', '#f7ead6']),
    ridge(62, 520, 420, '#e9eef0', 10),
    ridge(62, 590, 420, '#93a3b3', 10),
    ridge(75, 600, 240, '#76889a', 14),
    cloud(180, 170, 70, '#ffffff'),
    cloud(1180, 120, 60, '#ffffff'),
    skyline(14, 720, [90, 190], '#b3a89c', '#d8cfc2'),
    polygon(
      [
        [694, 720],
        [712, 320],
        [728, 320],
        [746, 720],
      ],
      '#efe7da',
    ),
    path('M684 320L702 254H738L756 320C756 346 684 346 684 320Z', '#d8cbb8'),
    rect(688, 292, 64, 10, '#8f8272'),
    rect(716, 110, 8, 146, '#c9bba6'),
    skyline(27, 800, [80, 220], '#8d7f77', '#d9b880'),
    skyline(39, 900, [40, 130], '#5e5654', '#e6bf7c'),
    repeat(9, (index) => tree(90 + index * 185, 905, 130 + (index % 3) * 26, index % 2 === 0 ? '#4f6b4c' : '#5f7c55')),
  ),
);

const beirutHarbour = illustration(
  'beirut-harbour',
  {
    alt: 'A harbour with cranes and small boats, terraced houses climbing a green slope.',
    caption: 'The harbour of Beirut',
  },
  scene(
    wash(['#f3c9a5', '#f6e0c4', '#e8eee6']),
    sun(230, 250, 74, '#f2a56c'),
    ridge(83, 470, 280, '#a7b0b8', 9),
    hills(21, 500, 150, '#7f9a84'),
    skyline(44, 620, [90, 240], '#e6d8c3', '#a99a86', [280, 1610]),
    skyline(47, 620, [60, 130], '#cf9f82', '#f0e3cf', [330, 1500]),
    rect(0, 612, 1600, 22, '#9d8f80'),
    repeat(3, (index) => {
      const x = 110 + index * 130;
      return (
        stroke(
          `M${x} 612V400L${x + 130} 372M${x} 400L${x - 60} 430M${x} 340V400M${x} 340L${x + 124} 372`,
          '#b4553d',
          9,
        ) +
        stroke(`M${x + 116} 376V470`, '#5b4a44', 4) +
        rect(x + 98, 470, 36, 24, '#2f6f8f')
      );
    }),
    water(632, '#4b8797', '#b7d9d8', 9),
    repeat(4, (index) => {
      const x = 350 + index * 300;
      const y = 720 + (index % 2) * 70;
      return group(
        `translate(${x} ${y})`,
        path('M-80 0H90L60 40H-50Z', index % 2 === 0 ? '#f7f1e4' : '#c8553d'),
        rect(-24, -36, 60, 38, index % 2 === 0 ? '#2f6f8f' : '#f7f1e4'),
        rect(-4, -92, 6, 60, '#5b4a44'),
      );
    }),
  ),
);

const jerusalem = illustration(
  'jerusalem-hills',
  {
    alt: 'Stone houses and a dome on terraced hills with cypresses.',
    caption: 'Houses on the hills of Jerusalem',
  },
  scene(
    wash(['#a9cfdd', '#e6eddf', '#fbeccb']),
    sun(1290, 200, 64, '#fbd98a'),
    hills(33, 420, 90, '#b9b493'),
    hills(35, 500, 90, '#a79f78'),
    skyline(58, 620, [90, 190], '#e9d6b0', '#b79c70'),
    rect(610, 420, 260, 200, '#f2e3c4'),
    path('M630 424C630 276 850 276 850 424Z', '#d9a441'),
    rect(734, 270, 12, 46, '#d9a441'),
    skyline(61, 700, [70, 150], '#d9c095', '#9c8159'),
    rect(0, 690, 1600, 40, '#c9ad7f'),
    repeat(40, (index) => rect(index * 41, 676, 24, 22, '#c9ad7f')),
    hills(38, 790, 50, '#7f8a5c'),
    repeat(12, (index) => cypress(70 + index * 136, 830 + (index % 3) * 22, 150 + (index % 4) * 24, '#4c6348')),
    hills(42, 890, 40, '#65744b'),
  ),
);

const damascus = illustration(
  'damascus-dusk',
  {
    alt: 'Minarets and flat roofs at dusk below a long dark mountain.',
    caption: 'Damascus at dusk below Mount Qasioun',
  },
  scene(
    wash(['#3b3f6b', '#a0627a', '#f0a678']),
    stars(9, 30),
    path('M0 560C300 380 620 330 900 400S1400 500 1600 440V900H0Z', '#4b3d5e'),
    repeat(60, (index) =>
      circle(((index * 277) % 1560) + 20, 500 + ((index * 53) % 90), 2.6, '#f7cf8e', { opacity: 0.75 }),
    ),
    skyline(71, 720, [80, 180], '#3d3452', '#f2b974'),
    repeat(3, (index) => {
      const x = 420 + index * 360;
      return (
        rect(x - 17, 380, 34, 340, '#2f2943') +
        rect(x - 30, 470, 60, 14, '#2f2943') +
        path(`M${x - 20} 382L${x} 316 ${x + 20} 382Z`, '#2f2943') +
        circle(x, 308, 7, '#e7b866')
      );
    }),
    path('M520 560C520 440 700 440 700 560Z', '#2f2943'),
    rect(500, 556, 540, 170, '#2f2943'),
    repeat(7, (index) =>
      path(
        `M${524 + index * 74} 700V640C${524 + index * 74} 604 ${570 + index * 74} 604 ${570 + index * 74} 640V700Z`,
        '#f0b06e',
      ),
    ),
    skyline(77, 900, [90, 190], '#211d33', '#d99a5b'),
  ),
);

const mist = (top: number, seed: number) =>
  repeat(3, (layer) => hills(seed + layer * 5, top + layer * 26, 44, '#e6eae8', 1600, top + 150)).replaceAll(
    'fill="#e6eae8"',
    'fill="#e6eae8" opacity="0.5"',
  );

const mountainFog = illustration(
  'mountain-fog',
  {
    alt: 'Forested mountains disappear one behind the other in thick fog.',
    caption: 'Fog over the mountains of north-western Iran',
  },
  scene(
    wash(['#c7d0d2', '#dfe4e2', '#edeeea']),
    ridge(91, 460, 330, '#b3bfc1', 9),
    faded(0.55, mist(330, 6)),
    ridge(94, 590, 300, '#8fa09f', 11),
    faded(0.5, mist(480, 7)),
    ridge(97, 720, 260, '#647a76', 13),
    faded(0.45, mist(620, 8)),
    hills(51, 760, 60, '#48605a'),
    repeat(34, (index) =>
      cypress(
        20 + index * 48,
        800 + (index % 4) * 26,
        120 + ((index * 37) % 70),
        index % 2 === 0 ? '#37504a' : '#415b52',
      ),
    ),
    rect(0, 820, 1600, 80, '#2d443f'),
    faded(0.35, mist(750, 9)),
  ),
);

const borderHills = illustration(
  'border-hills',
  {
    alt: 'A fence runs over green and ochre hills, a watchtower on one side and a village on the other.',
    caption: 'A border in the hills',
  },
  scene(
    wash(['#a8c6d4', '#e3e7dc', '#f5e3c4']),
    cloud(1060, 170, 74, '#fbf8f0'),
    hills(63, 430, 130, '#9fae98'),
    skyline(66, 455, [30, 70], '#eee1c8', '#b59f7f', [180, 560]),
    hills(67, 560, 120, '#8a9c72'),
    hills(69, 660, 90, '#b7a066'),
    rect(1180, 330, 90, 300, '#7b756a'),
    polygon(
      [
        [1130, 330],
        [1320, 330],
        [1300, 250],
        [1150, 250],
      ],
      '#5f5a52',
    ),
    rect(1160, 268, 130, 34, '#a9c9d4'),
    rect(1120, 236, 210, 18, '#4d4943'),
    hills(70, 770, 80, '#7d8a55'),
    repeat(27, (index) => rect(index * 62, 650 + Math.sin(index / 3) * 26, 8, 170, '#4d4943')),
    repeat(5, (row) =>
      stroke(
        `M0 ${676 + row * 30}${repeat(27, (index) => `L${index * 62 + 4} ${(672 + row * 30 + Math.sin(index / 3) * 26).toFixed(0)}`)}L1600 ${680 + row * 30}`,
        '#5f5a52',
        3.5,
      ),
    ),
    hills(73, 880, 50, '#5f6d43'),
  ),
);

const containerShip = illustration(
  'container-ship',
  {
    alt: 'A ship loaded with coloured containers on a strait between low desert coasts.',
    caption: 'A container ship in a strait',
  },
  scene(
    wash(['#f0c890', '#f6e3c3', '#e4ece4']),
    sun(1240, 260, 84, '#f4a95f'),
    ridge(101, 520, 150, '#c69c76', 12),
    water(500, '#3d7f93', '#9ccbd0', 13),
    path('M160 620H1400L1330 770H270Z', '#8f3f37'),
    path('M160 620H1400L1386 650H180Z', '#a9503f'),
    rect(270, 744, 1076, 26, '#5b2a26'),
    repeat(36, (index) => {
      const colours = ['#2f6f8f', '#e0a23b', '#4f7f5b', '#c8553d', '#d7d2c8', '#6b4f7d', '#3f8f95'];
      const column = index % 9;
      const row = Math.floor(index / 9);
      if (row === 3 && (column < 2 || column === 6)) return '';
      return rect(430 + column * 96, 564 - row * 56, 90, 52, colours[(index * 5 + row * 2) % 7] ?? '#2f6f8f', {
        rx: 3,
      });
    }),
    rect(232, 400, 150, 220, '#f4efe4'),
    repeat(4, (row) => rect(252, 424 + row * 44, 110, 16, '#5d7a8c')),
    rect(212, 388, 190, 18, '#d8cfbd'),
    rect(286, 310, 50, 80, '#2b313b'),
    rect(286, 330, 50, 16, '#e0a23b'),
    faded(0.5, ellipse(800, 784, 640, 18, '#2a6375')),
  ),
);

const harbourBridge = illustration(
  'harbour-bridge',
  {
    alt: 'A long steel truss bridge whose middle span is missing, over grey water.',
    caption: 'A truss bridge with its main span missing',
  },
  scene(
    wash(['#aebfcb', '#d5dcde', '#efe9dd']),
    skyline(105, 560, [30, 100], '#9aa9b3'),
    water(556, '#5c7b8c', '#b3c7cf', 15),
    repeat(2, (side) => {
      const flip = side === 0 ? 'translate(0 0)' : 'translate(1600 0) scale(-1 1)';
      return group(
        flip,
        rect(-20, 392, 560, 20, '#4a5865'),
        stroke(
          'M0 392L60 300 120 392 180 270 240 392 300 240 360 392 420 280 480 392 M60 300L180 270 300 240 420 280 520 392',
          '#56677a',
          12,
        ),
        rect(168, 412, 34, 240, '#7d8993'),
        rect(150, 640, 70, 30, '#69757f'),
        rect(408, 412, 34, 250, '#7d8993'),
        rect(390, 650, 70, 30, '#69757f'),
      );
    }),
    stroke('M640 700L760 590 850 690 980 610 1010 690', '#56677a', 13),
    stroke('M650 690L1000 668', '#4a5865', 16),
    path('M560 720H1080L1040 800H620Z', '#2f4f68'),
    rect(900, 640, 120, 80, '#e8e3d8'),
    rect(590, 690, 290, 32, '#b4553d'),
    cloud(240, 150, 80, '#e9ecec'),
    cloud(1060, 110, 70, '#e9ecec'),
  ),
);

const seine = illustration(
  'seine-boats',
  {
    alt: 'A procession of boats with bunting passes under a stone bridge, an iron lattice tower behind.',
    caption: 'Boats on the Seine',
  },
  scene(
    wash(['#7f8fb0', '#c3b3c4', '#f4cfb0']),
    polygon(
      [
        [1150, 560],
        [1216, 330],
        [1238, 130],
        [1250, 60],
        [1262, 130],
        [1284, 330],
        [1350, 560],
        [1306, 560],
        [1250, 440],
        [1194, 560],
      ],
      '#6d5d68',
    ),
    rect(1196, 400, 108, 14, '#5b4c58'),
    rect(1220, 270, 60, 11, '#5b4c58'),
    skyline(111, 560, [90, 130], '#d8c7b4', '#9a8a86', [-10, 1120]),
    repeat(10, (index) => tree(40 + index * 112, 580, 120, '#7d8f70')),
    rect(0, 556, 1600, 46, '#b7a593'),
    water(600, '#55708c', '#c9c6cf', 17),
    path(
      'M0 520H1600V640H1500C1480 560 1340 560 1320 640H1240C1220 560 1080 560 1060 640H980C960 560 820 560 800 640H720C700 560 560 560 540 640H460C440 560 300 560 280 640H200C180 560 40 560 20 640H0Z',
      '#cdb99f',
    ),
    rect(0, 508, 1600, 20, '#e2d2b8'),
    repeat(4, (index) => {
      const x = 190 + index * 400;
      const y = 740 + (index % 2) * 60;
      const bunting = ['#c8553d', '#e0a23b', '#2f6f8f', '#4f7f5b', '#f7f1e4'];
      return group(
        `translate(${x} ${y})`,
        path('M-160 0H160L130 46H-130Z', index % 2 === 0 ? '#f7f1e4' : '#2b3a55'),
        rect(-110, -50, 220, 50, index % 2 === 0 ? '#8fb3c4' : '#d9d2c4', { rx: 8 }),
        repeat(
          9,
          (head) =>
            circle(-92 + head * 23, -60, 9, '#4b3d45') +
            rect(-100 + head * 23, -52, 17, 20, bunting[head % 5] ?? '#c8553d'),
        ),
        repeat(8, (pennant) =>
          polygon(
            [
              [-150 + pennant * 40, -104],
              [-116 + pennant * 40, -104],
              [-133 + pennant * 40, -78],
            ],
            bunting[pennant % 5] ?? '#c8553d',
          ),
        ),
      );
    }),
  ),
);

const cathedral = illustration(
  'cathedral-spire',
  {
    alt: 'The twin-towered front of a Gothic cathedral with a slender spire, scaffolding on one side.',
    caption: 'The cathedral of Notre-Dame in Paris',
    focus: [0.5, 0.4],
  },
  scene(
    wash(['#9fb9d3', '#dbe2e4', '#f6e9d2']),
    cloud(150, 180, 80, '#ffffff'),
    cloud(1230, 240, 70, '#ffffff'),
    skyline(121, 760, [80, 150], '#c3c0bd'),
    polygon(
      [
        [1010, 440],
        [1400, 440],
        [1420, 540],
        [1010, 540],
      ],
      '#7d8790',
    ),
    rect(1010, 536, 400, 230, '#d9cdb4'),
    repeat(6, (index) =>
      path(
        `M${1040 + index * 62} 740V620C${1040 + index * 62} 580 ${1078 + index * 62} 580 ${1078 + index * 62} 620V740Z`,
        '#8f8877',
      ),
    ),
    polygon(
      [
        [1166, 446],
        [1190, 120],
        [1214, 446],
      ],
      '#66717b',
    ),
    rect(1152, 420, 76, 34, '#66717b'),
    rect(520, 330, 500, 440, '#e8dcc3'),
    rect(520, 210, 170, 200, '#e8dcc3'),
    rect(850, 210, 170, 200, '#e8dcc3'),
    repeat(4, (index) =>
      path(
        `M${548 + (index % 2) * 62 + (index > 1 ? 330 : 0)} 370V270C${548 + (index % 2) * 62 + (index > 1 ? 330 : 0)} 236 ${594 + (index % 2) * 62 + (index > 1 ? 330 : 0)} 236 ${594 + (index % 2) * 62 + (index > 1 ? 330 : 0)} 270V370Z`,
        '#7f786a',
      ),
    ),
    rect(520, 400, 500, 14, '#c9bb9d'),
    rect(520, 590, 500, 14, '#c9bb9d'),
    circle(770, 502, 72, '#c9bb9d'),
    circle(770, 502, 60, '#5d7391'),
    repeat(12, (index) =>
      group(
        `translate(770 502) rotate(${index * 30})`,
        ellipse(0, -36, 8, 22, index % 2 === 0 ? '#d08a5a' : '#9fc0cf'),
      ),
    ),
    circle(770, 502, 13, '#e0b25a'),
    repeat(3, (index) =>
      path(
        `M${556 + index * 154} 770V680C${556 + index * 154} 620 ${676 + index * 154} 620 ${676 + index * 154} 680V770Z`,
        '#8f8877',
      ),
    ),
    stroke(
      'M1036 770V300M1086 770V300M1136 770V300M1030 380H1142M1030 470H1142M1030 560H1142M1030 650H1142',
      '#b98f4f',
      6,
    ),
    rect(0, 764, 1600, 136, '#cfc4ae'),
    rect(0, 764, 1600, 10, '#b5a98f'),
    repeat(7, (index) => tree(70 + index * 68, 800, 150, index % 2 === 0 ? '#6c8a62' : '#7e9a6d')),
    repeat(
      22,
      (index) =>
        circle(560 + index * 44, 838 + (index % 3) * 12, 10, '#5b5b66') +
        rect(
          550 + index * 44,
          848 + (index % 3) * 12,
          20,
          30,
          ['#c8553d', '#2f6f8f', '#e0a23b', '#4f7f5b'][index % 4] ?? '#c8553d',
          { rx: 7 },
        ),
    ),
  ),
);

export const cityPictures = [
  nightWindows,
  tehran,
  beirutHarbour,
  jerusalem,
  damascus,
  mountainFog,
  borderHills,
  containerShip,
  harbourBridge,
  seine,
  cathedral,
];
