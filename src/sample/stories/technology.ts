import { facts, h, link, list, p, picture, rich, strong, table } from '../blocks.js';
import { author, drawnByWren, editor } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const nvidia: SampleStory = {
  slug: 'nvidia-most-valuable-company',
  kind: 'NEWS',
  language: 'en',
  section: 'technology',
  title: 'Nvidia overtakes Microsoft as the most valuable company in the world',
  standfirst:
    'The maker of chips for artificial intelligence is worth more than 3.3 trillion dollars. Two years ago it was a tenth of that.',
  publishedAt: '2024-06-18T20:40:00Z',
  picture: { key: 'chip' },
  credits: [author('tomas-eberhart'), drawnByWren],
  body: [
    p(
      'Shares in Nvidia rose by 3.5 per cent on Tuesday, enough to put the company ahead of Microsoft and Apple on the list of the largest by market value.',
    ),
    table(
      ['Company', 'Market value at the close'],
      [
        ['Nvidia', '$3.34 trillion'],
        ['Microsoft', '$3.32 trillion'],
        ['Apple', '$3.29 trillion'],
      ],
    ),
    p(
      'Nvidia was founded in 1993 by Jensen Huang, who still runs it, and two fellow engineers. Its first customers were players of video games. The same processors, it turned out, suit the sums with which large language models are trained.',
    ),
    p(
      'Its sales in the last quarter were more than three times those of a year before. Microsoft, the company just overtaken, is among its largest customers.',
    ),
    h('How long?'),
    p(
      'Rivals are designing their own chips, regulators are looking at the market, and nobody knows how much of the money spent on artificial intelligence will come back. Nvidia does not make its chips itself but has them made in Taiwan, a risk that investors have so far chosen to live with.',
    ),
  ],
  related: [
    { slug: 'data-centres-and-the-grid', kind: 'BACKGROUND', kicker: 'Energy' },
    { slug: 'altman-returns-to-openai', kind: 'BACKGROUND', kicker: 'OpenAI' },
  ],
};

const altman: SampleStory = {
  slug: 'altman-returns-to-openai',
  kind: 'NEWS',
  language: 'en',
  section: 'technology',
  title: 'Sam Altman returns to OpenAI five days after his dismissal',
  standfirst: 'Almost the whole staff had threatened to leave. Most of those who voted him out give up their seats.',
  publishedAt: '2023-11-22T08:10:00Z',
  picture: { key: 'glass-office' },
  credits: [author('tomas-eberhart')],
  body: [
    p(
      'Sam Altman is to be chief executive of OpenAI again. The company behind ChatGPT said in the night to Wednesday that it had reached an agreement in principle for his return, with a new board.',
    ),
    h('Five days in November'),
    list(
      [
        rich(
          strong('Friday: '),
          'the board dismisses Altman, saying that he was not consistently candid with it, and names Mira Murati as interim chief',
        ),
        rich(strong('Sunday: '), 'talks about a return fail; another interim chief is named'),
        rich(
          strong('Monday: '),
          'Microsoft offers Altman a job; more than 700 of some 770 employees sign a letter asking the board to go',
        ),
        rich(strong('Tuesday: '), 'negotiations resume'),
        rich(strong('Wednesday: '), 'agreement in principle'),
      ],
      true,
    ),
    p(
      'The board to start with has three members, of whom one belonged to the old. Microsoft, which has put billions of dollars into the company, welcomed the agreement. It had learned of the dismissal only minutes before the public.',
    ),
    p(
      'What exactly lay behind the dispute has not been made public. OpenAI began as a charity, whose board still controls the business and whose duty is not to investors but, as its charter has it, to humanity.',
    ),
  ],
  related: [
    { slug: 'eu-ai-act-explained', kind: 'RELATED', kicker: 'Rules' },
    { slug: 'nvidia-most-valuable-company', kind: 'RELATED', kicker: 'Chips' },
  ],
};

const aiAct: SampleStory = {
  slug: 'eu-ai-act-explained',
  kind: 'EXPLAINER',
  language: 'en',
  section: 'technology',
  title: 'The EU’s law on artificial intelligence, explained',
  standfirst: 'Governments gave their final assent on Tuesday. What is banned, what is merely watched, and from when.',
  publishedAt: '2024-05-21T14:20:00Z',
  picture: { key: 'hemicycle', caption: 'Parliament had approved the law in March' },
  credits: [author('tomas-eberhart'), author('jonas-pellerin')],
  body: [
    p(
      'Ministers of the European Union on Tuesday approved the first comprehensive law on artificial intelligence. The European Commission had proposed it in April 2021, when few people had heard of chatbots.',
    ),
    h('How does it work?'),
    p('The law sorts uses, not techniques, by the harm that they can do.'),
    table(
      ['Risk', 'Examples', 'What applies'],
      [
        ['Unacceptable', 'Social scoring; reading emotions at work or school', 'Ban'],
        ['High', 'Sorting job applications; credit scores; border control', 'Checks, records, human oversight'],
        ['Limited', 'Chatbots; generated pictures', 'People must be told'],
        ['Minimal', 'Spam filters; games', 'Nothing new'],
      ],
      'Four levels of risk',
    ),
    h('What about large models?'),
    p(
      'Makers of general-purpose models must publish a summary of what they trained on and respect copyright. The largest ones must also test for serious dangers and report incidents.',
    ),
    facts('When does it apply?', [
      list([
        'Bans: six months after entry into force',
        'General-purpose models: after twelve months',
        'Most other rules: after two years',
        'Fines: up to 35 million euros or seven per cent of worldwide turnover',
      ]),
    ]),
    p(
      'The police may use face recognition in public only in narrow cases, with the permission of a judge. Civil rights groups think the exceptions too wide; some companies, and at times the governments of France and Germany, thought the whole law too heavy.',
    ),
  ],
  related: [
    { slug: 'altman-returns-to-openai', kind: 'RELATED', kicker: 'OpenAI' },
    { slug: 'von-der-leyen-second-term', kind: 'RELATED', kicker: 'Brussels' },
  ],
};

const outage: SampleStory = {
  slug: 'crowdstrike-outage',
  kind: 'NEWS',
  language: 'en',
  section: 'technology',
  title: 'One faulty update, 8.5 million dead computers',
  standfirst:
    'Airlines, hospitals and broadcasters recover slowly from a mistake by the security firm CrowdStrike. Each machine must be mended by hand.',
  publishedAt: '2024-07-20T18:00:00Z',
  picture: { key: 'airport-screens' },
  credits: [author('tomas-eberhart'), drawnByWren],
  body: [
    p(
      'About 8.5 million computers were put out of action on Friday by an update to a security program, Microsoft estimated on Saturday. That is less than one per cent of all machines running Windows, but many of them belong to organisations that people depend on.',
    ),
    p(
      'The update, sent by CrowdStrike to its customers at 04:09 UTC, contained an error that made the operating system stop and fail to start again. The company withdrew it 78 minutes later. It said that this was not an attack.',
    ),
    h('What stood still'),
    list([
      'More than 5,000 flights were cancelled worldwide on Friday',
      'Doctors in Britain could not open patient records',
      'Some television stations went off the air',
      'In several American states the emergency number failed',
    ]),
    p(
      'The cure is simple and slow: somebody has to start each computer in a special mode and delete one file. For machines whose disks are encrypted a key is needed as well.',
    ),
    p(
      'The affair has revived a debate about how many essential services rest on a few suppliers, and about how updates that run in the core of a system should be tested.',
    ),
  ],
  related: [{ slug: 'data-centres-and-the-grid', kind: 'RELATED', kicker: 'Infrastructure' }],
};

const dataCentres: SampleStory = {
  slug: 'data-centres-and-the-grid',
  kind: 'ANALYSIS',
  language: 'en',
  section: 'technology',
  title: 'The cloud has a power bill',
  standfirst:
    'Data centres could use as much electricity as Japan by 2026, the International Energy Agency finds. Grids feel it first.',
  publishedAt: '2024-01-25T07:00:00Z',
  picture: { key: 'data-centre' },
  credits: [author('tomas-eberhart'), author('ines-calder'), editor('rui-holmgren'), drawnByWren],
  body: [
    p(
      'Every question put to a chatbot ends in a building full of warm machines. How many such buildings the world’s grids can bear is becoming a question of energy policy.',
    ),
    p(
      'Data centres, artificial intelligence and cryptocurrencies together used about 460 terawatt-hours in 2022, two per cent of all electricity, according to ',
      link('a report', 'https://www.iea.org/reports/electricity-2024'),
      ' that the IEA published on Wednesday. By 2026 it could be more than a thousand.',
    ),
    h('Small country, large share'),
    p(
      'The averages hide how uneven it is. In Ireland, which attracted companies with low taxes, data centres took 17 per cent of the country’s electricity in 2022 and may take a third in 2026. The network operator has all but stopped connecting new ones around Dublin.',
    ),
    table(
      ['One request', 'Electricity, by the IEA’s figures'],
      [
        ['Web search', '0.3 watt-hours'],
        ['ChatGPT', '2.9 watt-hours'],
      ],
    ),
    picture('wind-turbines', 'Operators buy wind and solar power, but not always where they use it'),
    h('Three ways out'),
    list([
      'Better cooling, which takes up to two fifths of the power',
      'Chips that do more with less; they have, but demand grew faster',
      'Building where clean power is plentiful, and users far away',
    ]),
    p(
      'Forecasts in this field have been wrong before. In the 2010s traffic multiplied while consumption hardly moved, because small server rooms gave way to large and efficient ones. That step can be taken only once.',
    ),
  ],
  related: [
    { slug: 'renewables-record-explained', kind: 'RELATED', kicker: 'Supply' },
    { slug: 'nvidia-most-valuable-company', kind: 'FOLLOW_UP', kicker: 'Chips' },
  ],
};

export const technologyStories: SampleStory[] = [nvidia, altman, aiAct, outage, dataCentres];
