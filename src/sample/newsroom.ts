import { fronts, storylines } from './arranged.js';
import { entities } from './entities.js';
import { pictures } from './pictures/index.js';
import { roles } from './roles.js';
import type { SampleNewsroom } from './sample.types.js';
import { sections } from './sections.js';
import { banners, consentCategories, newsletters } from './site.js';
import { businessStories } from './stories/business.js';
import { climateStories } from './stories/climate.js';
import { cultureStories } from './stories/culture.js';
import { europeStories } from './stories/europe.js';
import { gulfStories } from './stories/gulf.js';
import { iranStories } from './stories/iran.js';
import { israelStories } from './stories/israel.js';
import { menaStories } from './stories/mena.js';
import { politicsStories } from './stories/politics.js';
import { technologyStories } from './stories/technology.js';

export const sampleNewsroom: SampleNewsroom = {
  sections,
  pictures,
  entities,
  roles,
  stories: [
    ...menaStories,
    ...israelStories,
    ...iranStories,
    ...gulfStories,
    ...europeStories,
    ...politicsStories,
    ...climateStories,
    ...businessStories,
    ...technologyStories,
    ...cultureStories,
  ],
  banners,
  newsletters,
  consentCategories,
  fronts,
  storylines,
};
