import {
  circle,
  cloud,
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
  turbine,
  wash,
  water,
} from './drawing.js';
import { illustration } from './frame.js';

const reactorDome = illustration(
  'reactor-dome',
  { alt: 'The concrete dome and chimney of a nuclear plant on a dry coast.', caption: 'A nuclear power plant' },
  scene(
    wash(['#c6d6dc', '#e9e4d4', '#f3dcb9']),
    ridge(161, 560, 260, '#c3a98e', 11),
    ridge(167, 590, 180, '#a98c72', 13),
    rect(300, 470, 250, 210, '#d5cec0'),
    repeat(5, (index) => rect(322 + index * 46, 500, 24, 60, '#93a3a8')),
    rect(560, 430, 320, 250, '#e7e0d2'),
    path('M560 434C560 226 880 226 880 434Z', '#efe9dd'),
    path('M720 278C840 278 880 340 880 434H800C800 350 780 300 720 278Z', '#d9d1c1'),
    rect(552, 424, 336, 18, '#c3b9a6'),
    rect(552, 560, 336, 10, '#cdc4b3'),
    rect(930, 220, 40, 460, '#d9d1c1'),
    repeat(3, (index) => rect(930, 240 + index * 80, 40, 34, '#b4553d')),
    rect(990, 520, 380, 160, '#c9c1b2'),
    repeat(9, (index) => rect(1010 + index * 40, 548, 22, 40, '#93a3a8')),
    rect(1090, 460, 90, 60, '#b9b0a0'),
    repeat(2, (index) => {
      const x = 120 + index * 1300;
      return stroke(
        `M${x - 46} 690L${x} 350 ${x + 46} 690M${x - 70} 420H${x + 70}M${x - 52} 480H${x + 52}M${x - 30} 560L${x + 36} 630M${x + 30} 560L${x - 36} 630`,
        '#6b6f73',
        7,
      );
    }),
    stroke('M50 420C400 560 1000 560 1350 420M190 420C600 540 1000 540 1490 420', '#6b6f73', 3),
    rect(0, 676, 1600, 60, '#a58b6c'),
    repeat(40, (index) => rect(index * 41, 690, 5, 44, '#6f604e')),
    stroke('M0 700H1600M0 716H1600', '#6f604e', 3),
    water(734, '#5d8f99', '#bcd8d6', 35),
  ),
);

const windTurbines = illustration(
  'wind-turbines',
  { alt: 'Wind turbines on green hills above a patchwork of fields.', caption: 'Wind turbines', focus: [0.5, 0.4] },
  scene(
    wash(['#8fc3dd', '#cfe6e6', '#f5f0d8']),
    cloud(20, 110, 80, '#ffffff'),
    cloud(1290, 110, 90, '#ffffff'),
    cloud(560, 130, 60, '#ffffff'),
    hills(171, 560, 120, '#a9c79a'),
    turbine(220, 560, 260, '#eef3f3', 20),
    turbine(520, 540, 240, '#eef3f3', 70),
    turbine(1310, 550, 260, '#eef3f3', 45),
    hills(174, 660, 110, '#86ad78'),
    turbine(850, 660, 440, '#f7fafa', 12),
    turbine(1120, 660, 380, '#f7fafa', 95),
    hills(178, 760, 80, '#d5bd6b'),
    turbine(400, 770, 560, '#ffffff', 38),
    hills(183, 850, 80, '#6f9a61'),
    repeat(9, (index) => tree(1000 + index * 68, 866 + (index % 3) * 14, 90, index % 2 === 0 ? '#4f7f4f' : '#5f8f57')),
    rect(640, 790, 120, 60, '#f4e8d2'),
    polygon(
      [
        [626, 792],
        [700, 742],
        [774, 792],
      ],
      '#b4553d',
    ),
  ),
);

const solarField = illustration(
  'solar-field',
  { alt: 'Long rows of solar panels in a desert under a large sun.', caption: 'A solar park' },
  scene(
    wash(['#f7c77f', '#fae0b0', '#fdf2da']),
    sun(800, 300, 130, '#fff3cf'),
    ridge(191, 480, 150, '#d39a6a', 12),
    ridge(195, 510, 90, '#b97f56', 16),
    rect(0, 500, 1600, 400, '#e3bd86'),
    repeat(5, (row) => {
      const y = 540 + row * row * 14 + row * 26;
      const size = 0.42 + row * 0.2;
      return repeat(9, (column) => {
        const x = 800 + (column - 4) * 330 * size;
        return group(
          `translate(${x} ${y}) scale(${size})`,
          rect(-96, 60, 12, 60, '#7d7468'),
          rect(84, 60, 12, 60, '#7d7468'),
          polygon(
            [
              [-120, 0],
              [120, 0],
              [150, 92],
              [-150, 92],
            ],
            '#24466b',
          ),
          stroke('M-60 0L-75 92M0 0V92M60 0L75 92M-130 30H130M-140 60H140', '#5f8fb5', 4),
          polygon(
            [
              [-120, 0],
              [-40, 0],
              [-110, 92],
              [-150, 92],
            ],
            '#ffffff',
            { opacity: 0.14 },
          ),
        );
      });
    }),
  ),
);

const oilTerminal = illustration(
  'oil-terminal',
  { alt: 'Storage tanks, pipes and a flare stack beside a tanker at dusk.', caption: 'An oil terminal at dusk' },
  scene(
    wash(['#4d4a72', '#b06a73', '#f2a86f', '#f8d9a5']),
    sun(420, 470, 90, '#fbe0a8'),
    skyline(201, 590, [20, 60], '#6d4a58'),
    repeat(4, (index) => {
      const x = 800 + index * 190;
      return (
        rect(x, 460 - (index % 2) * 50, 170, 150 + (index % 2) * 50, '#d8c4b3') +
        ellipse(x + 85, 460 - (index % 2) * 50, 85, 20, '#efe2d2') +
        rect(x, 520, 170, 14, '#b4553d') +
        stroke(`M${x + 24} 600L${x + 140} 500`, '#9a8576', 5)
      );
    }),
    rect(690, 230, 16, 380, '#4a3a48'),
    stroke('M640 610L698 260 756 610M664 480H732M652 540H744', '#4a3a48', 7),
    path('M698 226C660 180 690 150 684 104C730 140 744 180 712 226Z', '#f7b34c'),
    path('M698 226C682 198 696 178 694 156C716 178 722 200 708 226Z', '#fdeeb8'),
    rect(0, 606, 1600, 26, '#5b4452'),
    repeat(3, (index) => stroke(`M560 ${570 + index * 14}H1600`, '#8f7580', 7)),
    water(630, '#5a4a6b', '#e0a184', 41),
    path('M40 690H760L710 790H110Z', '#2b2a3d'),
    rect(110, 764, 606, 26, '#8f3f37'),
    rect(90, 590, 110, 100, '#e9ddcc'),
    repeat(3, (row) => rect(104, 606 + row * 28, 82, 10, '#5d5a78')),
    stroke('M240 680H720M320 680V640H400V680M480 680V650H560V680', '#c99a6b', 8),
  ),
);

const warmPlanet = illustration(
  'warm-planet',
  { alt: 'A globe half cool, half glowing warm, beside a thermometer.', caption: 'A warming planet' },
  scene(
    wash(['#14223c', '#243a5c', '#3d4f74']),
    repeat(60, (index) =>
      circle((index * 331) % 1600, (index * 197) % 900, 1.4 + (index % 3), '#ffffff', { opacity: 0.6 }),
    ),
    faded(0.16, circle(700, 460, 430, '#f08a4b')),
    faded(0.22, circle(700, 460, 380, '#f08a4b')),
    circle(700, 460, 320, '#2f7fa3'),
    path('M700 140A320 320 0 0 1 700 780C800 660 800 260 700 140Z', '#d9683f'),
    path('M700 140C800 260 800 660 700 780C640 660 640 260 700 140Z', '#e0a23b', { opacity: 0.75 }),
    path(
      'M470 300C520 250 590 230 640 250C660 300 610 330 620 380C570 420 520 400 500 450C450 430 440 350 470 300Z',
      '#6fa07a',
    ),
    path('M540 520C600 500 650 540 640 600C630 660 590 700 570 720C540 680 520 590 540 520Z', '#6fa07a'),
    path(
      'M780 280C850 260 930 320 960 380C940 430 870 420 850 470C890 520 860 610 830 650C790 620 790 540 760 500C740 430 740 330 780 280Z',
      '#8f3f37',
    ),
    stroke('M380 460H1020M430 300H970M430 620H970', '#ffffff', 3, { opacity: 0.22 }),
    rect(1240, 170, 90, 500, '#f4efe4', { rx: 45 }),
    circle(1285, 680, 86, '#f4efe4'),
    circle(1285, 680, 62, '#d9482f'),
    rect(1263, 270, 44, 390, '#d9482f', { rx: 22 }),
    repeat(9, (index) => rect(1344, 220 + index * 46, index % 2 === 0 ? 44 : 26, 7, '#f4efe4')),
  ),
);

export const energyPictures = [reactorDome, windTurbines, solarField, oilTerminal, warmPlanet];
