import { embed, facts, h, link, list, p, picture, quote, rich, strong, table } from '../blocks.js';
import { author, drawnByWren } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const hottestYear: SampleStory = {
  slug: '2023-hottest-year-on-record',
  kind: 'NEWS',
  language: 'en',
  section: 'climate',
  title: '2023 was the hottest year on record, by a wide margin',
  standfirst:
    'The world was 1.48 degrees warmer than before industry, European scientists report. On two days in November it was more than two.',
  publishedAt: '2024-01-09T10:00:00Z',
  picture: { key: 'warm-planet' },
  credits: [author('ines-calder'), drawnByWren],
  body: [
    p(
      'No year since measurements began has been as warm as 2023. The Copernicus Climate Change Service said on Tuesday that the average temperature at the surface was 14.98 degrees Celsius, 0.17 above the previous record of 2016.',
    ),
    table(
      ['Measure', '2023'],
      [
        ['Compared with 1850–1900', '+1.48 °C'],
        ['Compared with 1991–2020', '+0.60 °C'],
        ['Days more than 1.5 °C above 1850–1900', 'close to half'],
        ['Months that broke their own record', 'June to December'],
      ],
      'Source: Copernicus',
    ),
    h('Why so warm?'),
    p(
      'Greenhouse gases are the main reason; their concentrations in the air were the highest ever measured. El Niño, a natural warming of the tropical Pacific, came on top from the summer. Sea surfaces were unusually warm in other oceans too, and researchers are still working out why.',
    ),
    embed(
      'https://climate.copernicus.eu/global-climate-highlights-2023',
      'Global Climate Highlights 2023',
      'Copernicus',
    ),
    h('Has the limit of Paris been broken?'),
    p(
      'Not yet. The agreement of 2015 refers to averages over two decades or so, and a single year close to 1.5 degrees does not count as a breach. It does show what such a world feels like: fires in Canada, floods in Libya, a summer of heat in southern Europe.',
    ),
  ],
  related: [
    { slug: 'cop28-names-fossil-fuels', kind: 'BACKGROUND', kicker: 'Dubai' },
    { slug: 'renewables-record-explained', kind: 'RELATED', kicker: 'Energy' },
  ],
};

const cop28: SampleStory = {
  slug: 'cop28-names-fossil-fuels',
  kind: 'NEWS',
  language: 'en',
  section: 'climate',
  title: 'Climate conference in Dubai names fossil fuels for the first time',
  standfirst:
    'Almost two hundred governments agree to move away from oil, gas and coal in energy. Small islands say that it is not enough.',
  publishedAt: '2023-12-13T09:40:00Z',
  picture: { key: 'solar-field', caption: 'A solar park in the desert' },
  credits: [author('ines-calder')],
  body: [
    p(
      'After a night of talks the UN climate conference in Dubai approved on Wednesday a text that calls on all countries to move away from fossil fuels. In almost thirty years of such meetings no decision had mentioned oil and gas.',
    ),
    quote(
      'Transitioning away from fossil fuels in energy systems, in a just, orderly and equitable manner',
      'Decision of the conference, paragraph 28',
    ),
    h('Also in the text'),
    list([
      'Three times as much renewable power capacity in the world by 2030',
      'Twice the rate of improvement in energy efficiency by the same year',
      'Faster cuts in methane',
      'A role for “transitional fuels”, widely read as gas',
    ]),
    p(
      'Sultan Al Jaber, who presided and who also runs the national oil company of the Emirates, brought down the gavel within minutes of opening the session. The delegation of Samoa, which speaks for small island states, said that its members had not yet been in the room.',
    ),
    p(
      'More than a hundred countries had asked for a phase-out. OPEC had written to its members to reject any text aimed at fuels rather than emissions. Simon Stiell, head of the UNFCCC secretariat, called on governments to turn words into plans without delay.',
    ),
    picture('oil-terminal', 'The text says nothing of how much oil may still be pumped'),
  ],
  related: [
    { slug: 'cop29-finance-goal', kind: 'FOLLOW_UP', kicker: 'A year later' },
    { slug: 'renewables-record-explained', kind: 'FOLLOW_UP', kicker: 'Energy' },
    { slug: '2023-hottest-year-on-record', kind: 'RELATED', kicker: 'Science' },
  ],
};

const cop29: SampleStory = {
  slug: 'cop29-finance-goal',
  kind: 'NEWS',
  language: 'en',
  section: 'climate',
  title: 'Rich countries promise 300 billion dollars a year; poorer ones call it a pittance',
  standfirst: 'The conference in Baku ran a day and a half over time. India objected as soon as the gavel had fallen.',
  publishedAt: '2024-11-24T03:15:00Z',
  picture: { key: 'council-chamber', caption: 'Delegates from nearly 200 countries had to agree' },
  credits: [author('ines-calder')],
  body: [
    p(
      'Governments meeting in Baku agreed early on Sunday that developed countries should lead in raising at least 300 billion dollars a year by 2035 to help poorer ones cut emissions and live with a warmer climate.',
    ),
    p(
      'The sum replaces a goal of 100 billion, set in 2009 and reached two years late. It may come from public and private sources, and from development banks.',
    ),
    facts('What was asked and what was given', [
      list([
        rich(strong('1,300 billion'), ': what economists advising the talks say is needed each year'),
        rich(strong('250 billion'), ': the offer on Friday, which brought some delegations to walk out'),
        rich(strong('300 billion'), ': the goal adopted'),
      ]),
    ]),
    p(
      'The larger figure survives as an aim for all sources together. A road map is to be drawn up before the next conference, in Belém in Brazil.',
    ),
    p(
      'India’s delegate said, after the decision had been gavelled through, that her country had been denied the floor and rejected it. Nigeria, Bolivia and others joined in. Simon Stiell of the UNFCCC compared the deal to an insurance policy, which works only if the premiums are paid.',
    ),
    p(
      'Negotiators also completed rules for trade in carbon credits, nine years after Paris. On moving away from fossil fuels, a year after Dubai, they could not agree.',
    ),
  ],
  related: [
    { slug: 'cop28-names-fossil-fuels', kind: 'BACKGROUND', kicker: 'Dubai' },
    { slug: '2023-hottest-year-on-record', kind: 'BACKGROUND', kicker: 'Science' },
  ],
};

const renewables: SampleStory = {
  slug: 'renewables-record-explained',
  kind: 'EXPLAINER',
  language: 'en',
  section: 'climate',
  title: 'A record year for wind and sun, and why it is still too slow',
  standfirst:
    'The world added 473 gigawatts of renewable power in 2023. Tripling capacity by 2030 takes twice that, every year.',
  publishedAt: '2024-03-28T07:00:00Z',
  picture: { key: 'wind-turbines' },
  credits: [author('ines-calder'), drawnByWren],
  body: [
    p(
      'Of all the power capacity added in 2023, 86 per cent was renewable. The figures, published this week by the ',
      link('International Renewable Energy Agency', 'https://www.irena.org'),
      ', are the highest so far.',
    ),
    table(
      ['Source', 'Added in 2023', 'Total'],
      [
        ['Sun', '346 GW', '1,419 GW'],
        ['Wind', '116 GW', '1,017 GW'],
        ['Water, biomass and other', '11 GW', '1,434 GW'],
        ['All renewables', '473 GW', '3,870 GW'],
      ],
      'Renewable power in the world, rounded',
    ),
    h('Where does it happen?'),
    p(
      'In China, above all. It built almost two thirds of the new capacity, more solar power in a year than any other country has in all. Africa grew by less than five per cent.',
    ),
    picture('solar-field', 'Solar panels made up nearly three quarters of what was added'),
    h('Why is it not enough?'),
    p(
      'In Dubai last December governments set themselves the aim of about 11,000 gigawatts by 2030. From where we stand that means more than a thousand a year.',
    ),
    h('What stands in the way?'),
    list(
      [
        'Grids: finished wind and solar parks wait years for a connection',
        'Permits: a wind farm may take longer to approve than to build',
        'Money: interest rates weigh most on those who can least afford them',
      ],
      true,
    ),
    p(
      'Capacity is also not the same as electricity. A solar panel in central Europe yields about a tenth of its nominal power over the year, a turbine at sea around two fifths.',
    ),
  ],
  related: [
    { slug: 'cop28-names-fossil-fuels', kind: 'BACKGROUND', kicker: 'Dubai' },
    { slug: 'data-centres-and-the-grid', kind: 'RELATED', kicker: 'Demand' },
  ],
};

export const climateStories: SampleStory[] = [hottestYear, cop28, cop29, renewables];
