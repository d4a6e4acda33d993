import { em, facts, h, list, p, picture, quote, rich, strong } from '../blocks.js';
import { author, drawnByWren, editor } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const notreDame: SampleStory = {
  slug: 'notre-dame-reopens',
  kind: 'FEATURE',
  language: 'en',
  section: 'culture',
  title: 'Notre-Dame opens its doors again',
  standfirst:
    'Five and a half years after the fire the cathedral of Paris looks younger than anyone living has known it.',
  publishedAt: '2024-12-07T20:00:00Z',
  picture: { key: 'cathedral-spire' },
  credits: [author('rui-holmgren'), author('jonas-pellerin'), drawnByWren],
  body: [
    p(
      'The first surprise is the light. Centuries of candle soot and city dust are gone, and the limestone of Notre-Dame is the colour of cream. On Saturday evening the archbishop of Paris knocked on the great door, and it opened.',
    ),
    p(
      'On 15 April 2019 a fire of unknown cause had destroyed the roof, the spire and parts of the vault. Emmanuel Macron promised that the cathedral would be rebuilt within five years, which most specialists thought reckless. It took a little more than that.',
    ),
    facts('The work in numbers', [
      list([
        '846 million euros given, by 340,000 donors in 150 countries',
        'About 2,000 oaks felled for the frame and the spire',
        'About 2,000 people at work, on the site and in workshops across France',
        'Some 8,000 organ pipes cleaned of lead dust',
      ]),
    ]),
    h('The forest, again'),
    p(
      'The roof frame, nicknamed the forest, was hewn by axe from green oak, as in the thirteenth century. There had been proposals for steel, glass, even a garden. In the end the decision was to build what had been there, down to the spire that Eugène Viollet-le-Duc added in the 1850s.',
    ),
    picture('seine-boats', 'Stone, timber and furniture came partly by river, as in the Middle Ages'),
    h('What is new'),
    p(
      'Sprinklers, for one. The furnishings are new as well: an altar of dark bronze, plain as a stone. Plans for contemporary windows in six chapels are contested and may end up in court.',
    ),
    p(
      'The donations have not been used up. What remains goes into the outer walls, which were in poor repair long before the fire; scaffolding will stand at the east end for years.',
    ),
  ],
  related: [
    { slug: 'paris-opens-games-on-the-seine', kind: 'RELATED', kicker: 'Paris' },
    { slug: 'gouvernement-barnier-renverse', kind: 'RELATED', kicker: 'France', reason: 'In French' },
  ],
};

const hanKang: SampleStory = {
  slug: 'han-kang-nobel-literature',
  kind: 'NEWS',
  language: 'en',
  section: 'culture',
  title: 'Han Kang wins the Nobel prize in literature',
  standfirst: 'The South Korean novelist writes about what violence does to bodies, and to those who remember.',
  publishedAt: '2024-10-10T11:30:00Z',
  picture: { key: 'open-books' },
  credits: [author('rui-holmgren'), drawnByWren],
  body: [
    p(
      'The Nobel prize in literature goes to Han Kang, the Swedish Academy announced in Stockholm on Thursday. She is the first South Korean writer and the first woman from Asia to receive it.',
    ),
    quote(
      'For her intense poetic prose that confronts historical traumas and exposes the fragility of human life',
      'Citation of the Swedish Academy',
    ),
    h('Where to begin'),
    list([
      rich(
        em('The Vegetarian'),
        ' (2007): a woman stops eating meat, and her family falls apart. The English translation won the International Booker prize in 2016',
      ),
      rich(em('Human Acts'), ' (2014): the massacre of Gwangju in 1980, told by the dead and by the living'),
      rich(em('The White Book'), ' (2016): fragments on a sister who died within hours of birth'),
      rich(em('We Do Not Part'), ' (2021): a snowstorm on the island of Jeju and a buried crime'),
    ]),
    p(
      'Han was born in Gwangju in 1970 and moved to Seoul with her family a few months before the army put down the uprising there. Her father is a novelist too. She began as a poet, and her sentences still show it.',
    ),
    p('The prize is worth eleven million Swedish kronor. In Seoul bookshops ran out of her novels within hours.'),
  ],
  related: [{ slug: 'nobel-peace-prize-narges-mohammadi', kind: 'RELATED', kicker: 'Nobel' }],
};

const paris: SampleStory = {
  slug: 'paris-opens-games-on-the-seine',
  kind: 'FEATURE',
  language: 'en',
  section: 'culture',
  title: 'Paris opens the Games on the river, in the rain',
  standfirst: 'No stadium, six kilometres of stage and a balloon of light. What the city risked, and what it got.',
  publishedAt: '2024-07-29T07:00:00Z',
  picture: { key: 'seine-boats' },
  credits: [author('rui-holmgren'), drawnByWren],
  body: [
    p(
      'It had not rained on the rehearsals. On Friday evening it poured, for most of four hours, on dancers, pianos, heads of state and about 300,000 people along the quays. Nobody who was there will forget it, which is one purpose of an opening ceremony.',
    ),
    p(
      'For the first time the athletes did not march into a stadium. Some 6,800 of them floated through Paris on eighty-five boats, from the Austerlitz bridge to the Trocadéro, while the show went on around them on roofs and bridges.',
    ),
    h('Three moments'),
    list(
      [
        rich(strong('The horse: '), 'a rider in silver gallops down the dark river on a mechanical steed'),
        rich(
          strong('The voice: '),
          'Céline Dion, long absent from the stage through illness, sings Édith Piaf on the Eiffel tower',
        ),
        rich(strong('The flame: '), 'a ring of mist and light rises into the sky beneath a balloon'),
      ],
      true,
    ),
    p(
      'The day had begun badly. Before dawn somebody set fire to cables at several points of the high-speed rail network, and hundreds of thousands of travellers were stranded. Forty-five thousand police officers were on duty in the evening.',
    ),
    p(
      'Not everybody was charmed. Bishops in France and abroad objected to a scene that they took for a parody of the Last Supper; its director said that he had feasts of pagan gods in mind. In Paris the argument was already part of the evening.',
    ),
  ],
  related: [{ slug: 'notre-dame-reopens', kind: 'RELATED', kicker: 'Paris' }],
};

const interview: SampleStory = {
  slug: 'how-we-draw-the-news',
  kind: 'INTERVIEW',
  language: 'en',
  section: 'culture',
  title: 'How we draw the news',
  standfirst:
    'Our illustrator Odile Wren on flat colours, faces without features and why Newsgraph has no photographs.',
  publishedAt: '2024-11-02T08:00:00Z',
  picture: { key: 'drawing-desk' },
  credits: [author('rui-holmgren'), editor('mara-lindqvist'), drawnByWren],
  body: [
    p(
      'Every picture on these pages is drawn. We asked the person who draws them how that works on a day when the news does not wait.',
    ),
    h('Why drawings at all?', 3),
    quote(
      'A photograph says: this happened in front of me. I was not there. A drawing is honest about that.',
      'Odile Wren',
    ),
    h('Nobody in your pictures has a face.', 3),
    p(
      'That is on purpose, she says. A portrait is a judgement: a raised eyebrow, a hard mouth. Figures without features show who does what, a minister at a lectern, voters in a line, without telling readers what to think of them.',
    ),
    picture('press-briefing-beirut', 'A minister, some microphones, a city: enough to know where we are'),
    p(
      'One drawing takes between twenty minutes and two hours. She keeps a small kit of shapes, hills, windows, flags and water, and builds scenes from it. The sky comes first, because it sets the hour and the mood; at the end one warm spot shows the eye where to rest. The flags have colours that belong to no country unless the country is the story.',
    ),
    h('And what can you not draw?', 3),
    quote('Grief. I draw the place instead, and leave it empty.', 'Odile Wren'),
    facts('About this interview', [
      p('Odile Wren and Rui Holmgren are invented members of an invented newsroom; the drawings are real.'),
    ]),
  ],
  related: [
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'RELATED', kicker: 'Drawn for' },
    { slug: 'notre-dame-reopens', kind: 'RELATED', kicker: 'Culture' },
  ],
};

export const cultureStories: SampleStory[] = [notreDame, hanKang, paris, interview];
