import type { SamplePicture } from '../sample.types.js';
import { bannerPictures } from './banners.js';
import { cityPictures } from './cities.js';
import { civicPictures } from './civic.js';
import { diplomacyPictures } from './diplomacy.js';
import { energyPictures } from './energy.js';
import { technologyPictures } from './technology.js';

export const pictures: SamplePicture[] = [
  ...diplomacyPictures,
  ...cityPictures,
  ...civicPictures,
  ...energyPictures,
  ...technologyPictures,
  ...bannerPictures,
];
