import {
  circle,
  ellipse,
  faded,
  figure,
  flag,
  group,
  hills,
  microphone,
  path,
  polygon,
  rect,
  repeat,
  ridge,
  scene,
  skyline,
  stroke,
  sun,
  wash,
  water,
} from './drawing.js';
import { illustration } from './frame.js';

const camera = (x: number, y: number, size: number) =>
  group(
    `translate(${x} ${y}) scale(${size})`,
    rect(-110, -70, 220, 150, '#1c2129', { rx: 22 }),
    rect(-50, -104, 100, 44, '#1c2129', { rx: 12 }),
    circle(0, 4, 58, '#323a46'),
    circle(0, 4, 42, '#0f1318'),
    circle(-14, -10, 12, '#7f93a8'),
    rect(66, -52, 26, 14, '#c8553d', { rx: 5 }),
  );

const pressBriefing = illustration(
  'press-briefing-beirut',
  {
    alt: 'A faceless figure stands behind a lectern crowded with microphones, a coastal city and mountains behind.',
    caption: 'A press conference in Beirut',
    focus: [0.5, 0.45],
  },
  scene(
    wash(['#f6d7b8', '#f8e7d3', '#fbf3e7']),
    sun(1260, 210, 70, '#f3a76b'),
    ridge(11, 520, 300, '#c9b3b8', 10),
    ridge(23, 560, 220, '#a995a6', 12),
    skyline(7, 600, [60, 170], '#7e8297', '#b9b7c2'),
    rect(0, 596, 1600, 70, '#5f8797'),
    faded(0.4, rect(80, 614, 320, 5, '#d9ecec'), rect(1080, 632, 380, 5, '#d9ecec'), rect(520, 622, 160, 5, '#d9ecec')),
    rect(0, 660, 1600, 240, '#3d4a5c'),
    rect(0, 660, 1600, 10, '#55647a'),
    figure(800, 660, 1.62, '#263043', '#cf9f7d', '#4b4640'),
    polygon(
      [
        [560, 620],
        [1040, 620],
        [1000, 900],
        [600, 900],
      ],
      '#8a5a3c',
    ),
    polygon(
      [
        [540, 590],
        [1060, 590],
        [1044, 640],
        [556, 640],
      ],
      '#a36d4a',
    ),
    circle(800, 760, 62, '#a36d4a'),
    circle(800, 760, 44, '#8a5a3c'),
    [
      [620, -16, '#c8553d'],
      [682, -10, '#2f6f8f'],
      [742, -5, '#e0a23b'],
      [858, 5, '#4f7f5b'],
      [918, 10, '#6b4f7d'],
      [980, 16, '#d7d2c8'],
    ]
      .map(([x, angle, head]) => microphone(Number(x), 600, Number(angle), String(head), 88))
      .join(''),
    camera(210, 820, 1.25),
    camera(1400, 830, 1.35),
  ),
);

const negotiatingTable = illustration(
  'negotiating-table',
  {
    alt: 'Two groups of faceless delegates face each other across a long table in front of tall windows.',
    caption: 'A negotiating table',
  },
  scene(
    wash(['#e9e2d3', '#d9cdb6']),
    repeat(5, (index) => {
      const x = 130 + index * 290;
      return (
        rect(x - 12, 68, 204, 404, '#b79a6d', { rx: 102 }) +
        rect(x, 80, 180, 392, '#a9cbd6', { rx: 90 }) +
        rect(x, 380, 180, 92, '#7aa39a') +
        rect(x + 86, 80, 8, 392, '#b79a6d') +
        rect(x, 270, 180, 8, '#b79a6d')
      );
    }),
    rect(0, 468, 1600, 14, '#b79a6d'),
    rect(0, 482, 1600, 418, '#7b4a3a'),
    repeat(4, (index) => figure(250 + index * 160, 610, 0.86, '#34435a', '#d3a583', '#3c342f')),
    repeat(4, (index) => figure(870 + index * 160, 610, 0.86, '#5b4a52', '#c99876', '#57504a')),
    path('M90 640C90 590 1510 590 1510 640L1590 900H10Z', '#4a2b22'),
    path('M110 632C110 584 1490 584 1490 632L1560 820H40Z', '#5e382b'),
    repeat(8, (index) => {
      const x = 250 + (index % 4) * 160 + (index > 3 ? 620 : 0);
      return (
        polygon(
          [
            [x - 44, 650],
            [x + 40, 650],
            [x + 48, 700],
            [x - 54, 700],
          ],
          '#f4efe4',
        ) +
        rect(x + 62, 626, 16, 42, '#bfe0e6', { rx: 5 }) +
        rect(x - 30, 664, 54, 4, '#b6ad9c') +
        rect(x - 32, 676, 58, 4, '#b6ad9c')
      );
    }),
    ellipse(800, 742, 150, 28, '#4a2b22'),
    circle(760, 706, 34, '#e5b9a3'),
    circle(806, 694, 40, '#f2d9c7'),
    circle(850, 710, 30, '#d98f78'),
    ellipse(804, 734, 84, 20, '#5f7f5b'),
  ),
);

const flagsInARow = illustration(
  'flags-in-a-row',
  {
    alt: 'A row of flags with plain coloured bands in front of a curved office tower.',
    caption: 'Flags outside an international organisation',
  },
  scene(
    wash(['#bcd8e3', '#e6f0ef', '#f7f4ea']),
    sun(300, 190, 60, '#fbe3a8'),
    path('M960 660V150C1100 110 1300 130 1420 190V660Z', '#8fa6b5'),
    path('M960 660V150C1010 136 1070 130 1130 128V660Z', '#a8bcc8'),
    repeat(12, (index) => rect(972, 186 + index * 38, 436, 14, '#5d7a8c', { opacity: 0.7 })),
    path('M560 660V270C660 232 820 240 900 290V660Z', '#9db2be'),
    repeat(9, (index) => rect(572, 310 + index * 38, 316, 14, '#67839a', { opacity: 0.7 })),
    hills(8, 640, 60, '#86a889'),
    rect(0, 680, 1600, 220, '#d8cfbd'),
    rect(0, 680, 1600, 12, '#c3b8a2'),
    [
      ['#c8553d', '#f4efe4', '#2f6f8f'],
      ['#4f7f5b', '#f4efe4', '#c8553d'],
      ['#e0a23b', '#7a4a3a'],
      ['#2f6f8f', '#e0c15b'],
      ['#6b4f7d', '#f4efe4', '#e0a23b'],
      ['#c8553d', '#2b313b', '#e0a23b'],
      ['#3f8f95', '#f4efe4'],
    ]
      .map((bands, index) => flag(110 + index * 216, 800, 470 + (index % 2) * 26, bands))
      .join(''),
    rect(0, 796, 1600, 104, '#8d9a79'),
  ),
);

const councilChamber = illustration(
  'council-chamber',
  {
    alt: 'A horseshoe-shaped table in a chamber, seen from above the public seats.',
    caption: 'A council chamber',
  },
  scene(
    wash(['#23324a', '#304763']),
    rect(520, 60, 560, 320, '#40597a'),
    circle(800, 220, 120, '#e0b25a'),
    circle(800, 220, 96, '#40597a'),
    stroke('M800 124V316M704 220H896M730 152C770 190 830 190 870 152M730 288C770 250 830 250 870 288', '#e0b25a', 9),
    repeat(
      3,
      (index) => rect(90 + index * 130, 60, 96, 320, '#3a5271') + rect(1154 + index * 130, 60, 96, 320, '#3a5271'),
    ),
    rect(0, 380, 1600, 520, '#7a5b45'),
    ellipse(800, 650, 690, 230, '#5b4234'),
    stroke('M250 760C120 560 420 450 800 450S1480 560 1350 760', '#caa57a', 74),
    stroke('M250 748C120 548 420 438 800 438S1480 548 1350 748', '#e2c79d', 54),
    repeat(15, (index) => {
      const angle = Math.PI * (1.16 - (index / 14) * 1.32);
      const x = 800 + Math.cos(angle) * 640;
      const y = 655 - Math.sin(angle) * 262;
      return figure(x, y + 18, 0.34 + (y - 390) / 1300, index % 3 === 0 ? '#8f3f37' : '#26354c', '#cf9f7d', '#3c342f');
    }),
    rect(560, 690, 480, 74, '#caa57a', { rx: 20 }),
    rect(560, 680, 480, 60, '#e2c79d', { rx: 20 }),
    repeat(4, (index) => rect(604 + index * 108, 694, 62, 26, '#f7f3ea')),
    path('M0 900V838C400 790 1200 790 1600 838V900Z', '#1c2839'),
  ),
);

const muscatCoast = illustration(
  'muscat-coast',
  {
    alt: 'White houses and a fort below bare brown mountains, a wooden dhow on calm water.',
    caption: 'The coast near Muscat',
  },
  scene(
    wash(['#8fcbd6', '#d4ece6', '#fbeed3']),
    sun(340, 200, 66, '#fde3a0'),
    ridge(41, 520, 360, '#b98f70', 9),
    ridge(52, 560, 270, '#9c7358', 13),
    hills(12, 570, 60, '#876048'),
    group(
      'translate(1120 300)',
      rect(0, 60, 210, 120, '#d9b98f'),
      rect(-20, 20, 70, 170, '#e4c9a2', { rx: 6 }),
      rect(160, 0, 76, 190, '#e4c9a2', { rx: 6 }),
      repeat(4, (index) => rect(-18 + index * 18, 8, 10, 16, '#e4c9a2')),
      repeat(4, (index) => rect(163 + index * 19, -12, 10, 16, '#e4c9a2')),
    ),
    skyline(19, 600, [50, 120], '#f6efe2', '#c4b59c', [60, 1560]),
    rect(500, 440, 26, 160, '#fbf6ec'),
    circle(513, 440, 17, '#5fa3a0'),
    rect(560, 520, 160, 80, '#fbf6ec'),
    path('M572 522C572 446 708 446 708 522Z', '#5fa3a0'),
    rect(0, 596, 1600, 14, '#d6c3a0'),
    water(608, '#3f93a0', '#a9dbd8'),
    path('M620 772H1110C1084 834 1030 850 960 850H730C676 850 640 820 600 748Z', '#6b452f'),
    path('M600 748L620 772H1110L1136 742 1094 760H630Z', '#8a5d40'),
    rect(840, 460, 12, 312, '#4e3323'),
    path('M852 470C1010 540 1050 640 1064 738H852Z', '#f7efe0'),
    path('M838 510C760 590 706 680 690 738H838Z', '#ecdcc0'),
    faded(0.35, path('M630 862H1090L1010 884H720Z', '#1f5f6d')),
  ),
);

export const diplomacyPictures = [pressBriefing, negotiatingTable, flagsInARow, councilChamber, muscatCoast];
