import type { SampleFront, SampleStoryline } from './sample.types.js';

export const fronts: SampleFront[] = [
  {
    slug: 'home',
    title: 'Newsgraph',
    description: 'The front page: what matters now, what explains it, and what else there is to read.',
    blocks: [
      {
        key: 'top',
        title: 'Top stories',
        layout: 'hero',
        size: 5,
        filter: { kinds: ['NEWS', 'LIVE'], languages: ['en'] },
        pins: [
          {
            story: 'iran-confirms-secret-talks-with-the-us',
            kicker: 'Beirut',
            title: 'Tehran admits what Muscat hosts: talks with Washington',
            standfirst: 'An acting minister says out loud what two governments had whispered.',
          },
          { story: 'iaea-board-censures-iran', kicker: 'Vienna', position: 3 },
        ],
      },
      {
        key: 'mena',
        title: 'Middle East and North Africa',
        layout: 'grid',
        size: 6,
        filter: { sections: ['mena'], languages: ['en'] },
        pins: [{ story: 'oman-the-quiet-go-between', kicker: 'Gulf' }],
      },
      {
        key: 'explained',
        title: 'Explained',
        layout: 'list',
        size: 4,
        filter: { kinds: ['EXPLAINER'], languages: ['en'] },
        pins: [
          { story: 'iran-nuclear-file-explained', title: 'Centrifuges, percentages, deadlines: the file in short' },
        ],
      },
      {
        key: 'opinion',
        title: 'Views',
        layout: 'opinion',
        size: 3,
        filter: { kinds: ['OPINION', 'ANALYSIS'] },
        pins: [],
      },
      { key: 'climate', title: 'Climate', layout: 'list', size: 4, filter: { sections: ['climate'] }, pins: [] },
      {
        key: 'read-on',
        title: 'For a quiet hour',
        layout: 'carousel',
        size: 3,
        pins: [
          { story: 'how-we-draw-the-news' },
          { story: 'notre-dame-reopens' },
          { story: 'han-kang-nobel-literature' },
        ],
      },
    ],
  },
];

export const storylines: SampleStoryline[] = [
  {
    slug: 'iran-us-talks',
    title: 'Talking without talks: Iran and the United States',
    summary:
      'Two governments without an embassy in each other’s capital pass messages through Oman. What was said, who said it, and what happened in between.',
    status: 'OPEN',
    picture: 'press-briefing-beirut',
    entries: [
      {
        story: 'washington-tehran-messages-in-oman',
        text: 'The first report that messages go back and forth by way of Muscat.',
        isTurningPoint: true,
      },
      { story: 'iran-fires-drones-and-missiles-at-israel', text: 'An open attack, while the messages go on.' },
      {
        story: 'iran-president-killed-in-helicopter-crash',
        text: 'The president and the foreign minister are dead; whoever follows inherits the channel.',
        isTurningPoint: true,
      },
      { story: 'bagheri-named-acting-foreign-minister', text: 'The man who has handled the nuclear file takes over.' },
      {
        story: 'iran-confirms-secret-talks-with-the-us',
        title: 'Tehran says it aloud',
        text: 'For the first time an Iranian minister confirms that the talks never stopped.',
        isTurningPoint: true,
      },
      {
        at: '2024-06-03T08:00:00Z',
        title: 'The governors of the atomic agency meet in Vienna',
        text: 'European governments bring a text of censure; Washington would rather wait.',
      },
      { story: 'iaea-board-censures-iran', text: 'The text is adopted.' },
      { story: 'oman-the-quiet-go-between', text: 'How a small sultanate came to carry the letters of others.' },
    ],
  },
];
