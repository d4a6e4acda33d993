import type { SampleBanner, SampleConsentCategory, SampleNewsletter } from './sample.types.js';

export const banners: SampleBanner[] = [
  {
    name: 'Mena banner 4',
    title: 'The region in one letter: Mena Morning, every weekday',
    url: 'https://newsgraph.example/newsletters/mena-morning',
    picture: 'banner-mena',
    placements: [{ slot: 'article-bottom', section: 'mena', position: 4 }],
  },
  {
    name: 'Climate series',
    title: 'Degrees: our series on a warming planet',
    url: 'https://newsgraph.example/climate/degrees',
    picture: 'banner-climate',
    placements: [
      { slot: 'section-top', section: 'climate', position: 1 },
      { slot: 'article-bottom', section: 'climate', position: 1 },
    ],
  },
  {
    name: 'The week',
    title: 'Seven days, twelve stories: the weekly edition',
    url: 'https://newsgraph.example/newsletters/the-week',
    picture: 'banner-week',
    placements: [
      { slot: 'sidebar', position: 1 },
      { slot: 'section-top', section: 'world', position: 2 },
    ],
  },
];

export const newsletters: SampleNewsletter[] = [
  {
    slug: 'mena-morning',
    name: 'Mena Morning',
    description: 'What happened overnight between Rabat and Tehran, in five minutes. Every weekday at six.',
  },
  {
    slug: 'the-week',
    name: 'The Week',
    description: 'Twelve stories worth keeping, with the background that explains them. On Saturdays.',
  },
  {
    slug: 'degrees',
    name: 'Degrees',
    description: 'Climate science, policy and money, one chart at a time. Every other Thursday.',
  },
  {
    slug: 'ballot-watch',
    name: 'Ballot Watch',
    description: 'Elections around the world: who stands, who counts, who won. Before every major vote.',
  },
];

export const consentCategories: SampleConsentCategory[] = [
  {
    key: 'necessary',
    name: 'Necessary',
    description:
      'Keeps you signed in, remembers this choice and protects our forms. The site does not work without it.',
    required: true,
  },
  {
    key: 'preferences',
    name: 'Preferences',
    description: 'Remembers how you like to read: language, text size and the sections you follow.',
    required: false,
  },
  {
    key: 'statistics',
    name: 'Statistics',
    description: 'Counts visits without naming visitors, so that we learn which stories are read and which pages fail.',
    required: false,
  },
  {
    key: 'marketing',
    name: 'Marketing',
    description: 'Lets our advertising partners measure their campaigns and show you fewer repeats.',
    required: false,
  },
];
