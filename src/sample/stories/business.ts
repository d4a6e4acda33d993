import { embed, facts, h, list, p, table } from '../blocks.js';
import { author, drawnByWren } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const rateCut: SampleStory = {
  slug: 'ecb-cuts-rates',
  kind: 'NEWS',
  language: 'en',
  section: 'business',
  title: 'European Central Bank cuts interest rates for the first time in almost five years',
  standfirst: 'A quarter of a point, and no promise of more: inflation is expected to be stubborn until next year.',
  publishedAt: '2024-06-06T13:10:00Z',
  picture: { key: 'central-bank' },
  credits: [author('tomas-eberhart'), drawnByWren],
  body: [
    p(
      'The European Central Bank lowered its three policy rates by a quarter of a percentage point on Thursday. It had last done so in September 2019.',
    ),
    table(
      ['Rate', 'Until now', 'From 12 June'],
      [
        ['Deposit facility', '4.00 %', '3.75 %'],
        ['Main refinancing', '4.50 %', '4.25 %'],
        ['Marginal lending', '4.75 %', '4.50 %'],
      ],
    ),
    p(
      'Inflation in the euro area has come down from more than ten per cent in the autumn of 2022 to 2.6 per cent in May. The bank’s economists now expect 2.5 per cent on average this year and 2.2 next year, both a little higher than they thought in March.',
    ),
    p(
      'That is why Christine Lagarde was careful to promise nothing. The council would decide from meeting to meeting, she told reporters in Frankfurt, and would keep rates restrictive for as long as necessary. All members but one had agreed to the cut.',
    ),
    p(
      'The bank moves before the Federal Reserve of the United States, which is unusual. Economists had expected little else: so many members of the council had announced the step in advance that leaving it out would have been the surprise.',
    ),
  ],
  related: [
    { slug: 'new-european-parliament-in-numbers', kind: 'RELATED', kicker: 'Europe' },
    { slug: 'opec-plus-extends-cuts', kind: 'RELATED', kicker: 'Oil' },
  ],
};

const baltimore: SampleStory = {
  slug: 'baltimore-bridge-collapse',
  kind: 'NEWS',
  language: 'en',
  section: 'business',
  title: 'Port of Baltimore cut off after ship brings down bridge',
  standfirst:
    'Six road workers are presumed dead. The channel to one of the main car ports of the United States is blocked.',
  publishedAt: '2024-03-27T08:00:00Z',
  picture: { key: 'harbour-bridge' },
  credits: [author('tomas-eberhart'), drawnByWren],
  body: [
    p(
      'A container ship that had lost power struck a pier of the Francis Scott Key bridge in Baltimore early on Tuesday, and within seconds most of the bridge fell into the river.',
    ),
    p(
      'Eight men were filling potholes on the roadway. Two were rescued; the search for the other six was called off in the evening. They had come from Mexico, Guatemala, Honduras and El Salvador.',
    ),
    h('Minutes that saved lives'),
    p(
      'The crew of the Dali, which was leaving for Sri Lanka under the flag of Singapore, sent a distress call before the impact. Police stopped traffic at both ends just in time.',
    ),
    facts('Bridge and ship', [
      list([
        'Bridge: opened in 1977, about 2.6 kilometres long',
        'Ship: 300 metres long, built in 2015',
        'Time of the collapse: 1.28 a.m. local time',
      ]),
    ]),
    embed(
      'https://www.openstreetmap.org/export/embed.html?bbox=-76.60%2C39.18%2C-76.45%2C39.27&layer=mapnik',
      'Map: the harbour of Baltimore',
      'OpenStreetMap',
    ),
    p(
      'No port in the country handles more cars and light lorries. Carmakers are sending ships to other ports on the east coast. President Joe Biden said that he wanted the federal government to pay for a new bridge.',
    ),
  ],
  related: [{ slug: 'red-sea-shipping-explained', kind: 'RELATED', kicker: 'Shipping' }],
  corrections: [
    {
      note: 'An earlier version gave the length of the bridge as 2.6 miles. It is 1.6 miles, or about 2.6 kilometres.',
      issuedAt: '2024-03-27T11:45:00Z',
    },
  ],
};

const opecPlus: SampleStory = {
  slug: 'opec-plus-extends-cuts',
  kind: 'NEWS',
  language: 'en',
  section: 'business',
  title: 'OPEC and its partners keep oil off the market until the end of 2025',
  standfirst: 'Part of the cuts will be undone from October, month by month. Traders had expected less.',
  publishedAt: '2024-06-02T18:30:00Z',
  picture: { key: 'oil-terminal' },
  credits: [author('tomas-eberhart')],
  body: [
    p(
      'The oil producers of OPEC and ten partners led by Russia agreed on Sunday to extend most of their production cuts well into next year. Some ministers had travelled to Riyadh; others joined by video.',
    ),
    table(
      ['Cut', 'Barrels a day', 'Extended until'],
      [
        ['Collective cuts', '2 million', 'End of 2025'],
        ['First voluntary cuts, nine countries', '1.65 million', 'End of 2025'],
        ['Second voluntary cuts, eight countries', '2.2 million', 'End of September 2024, then phased out over a year'],
      ],
    ),
    p(
      'Together that is close to six per cent of world demand. Brent crude closed last week just above 81 dollars, less than Saudi Arabia needs to balance its budget by the reckoning of the International Monetary Fund.',
    ),
    p(
      'Demand has been weak in China, and producers outside the group, first among them the United States, pump more than ever.',
    ),
    h('Who is in the group?'),
    list([
      'OPEC itself: twelve countries, among them Saudi Arabia, Iraq and the Emirates',
      'Iran, a member, is exempt because of sanctions',
      'Partners: Russia, Kazakhstan, Oman and seven others',
    ]),
  ],
  related: [
    { slug: 'red-sea-shipping-explained', kind: 'RELATED', kicker: 'Shipping' },
    { slug: 'cop28-names-fossil-fuels', kind: 'RELATED', kicker: 'Climate' },
  ],
};

export const businessStories: SampleStory[] = [rateCut, baltimore, opecPlus];
