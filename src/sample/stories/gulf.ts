import { embed, facts, h, link, list, p, picture, quote, table } from '../blocks.js';
import { author, drawnByWren, editor } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const omanMessages: SampleStory = {
  slug: 'washington-tehran-messages-in-oman',
  kind: 'NEWS',
  language: 'en',
  section: 'gulf',
  title: 'Washington and Tehran passed messages in Oman, newspaper reports',
  standfirst: 'According to the Financial Times, the United States asked Iran in January to rein in the Houthis.',
  publishedAt: '2024-03-14T09:00:00Z',
  picture: { key: 'negotiating-table', caption: 'The delegations did not sit at the same table' },
  credits: [author('idris-okafor-bell')],
  body: [
    p(
      'American and Iranian officials held indirect talks in Oman in January, the ',
      link('Financial Times', 'https://www.ft.com'),
      ' reported this week, citing officials from both countries.',
    ),
    p(
      'The White House sent its adviser for the Middle East; Iran was represented by Ali Bagheri, a deputy foreign minister who is also its chief nuclear negotiator. Omani officials went back and forth between them.',
    ),
    p(
      'The subject was the Red Sea. Washington wanted Iran to use its influence on the Houthis in Yemen, who have been attacking merchant ships since November. It also raised Iran’s nuclear work, the newspaper wrote. Tehran maintains that the movement takes its own decisions.',
    ),
    p(
      'It was the first meeting of the kind in ten months. A second round was planned for February but did not come about, because the American envoy was busy with the effort to reach a ceasefire in Gaza.',
    ),
    p(
      'Neither government has commented in detail. A channel through Oman is nothing new: it was there that the two sides prepared, in 2012 and 2013, what became the nuclear accord.',
    ),
  ],
  related: [
    {
      slug: 'iran-confirms-secret-talks-with-the-us',
      kind: 'FOLLOW_UP',
      kicker: 'June',
      title: 'Tehran confirms the Oman channel',
    },
    { slug: 'oman-the-quiet-go-between', kind: 'BACKGROUND', kicker: 'Feature' },
    { slug: 'red-sea-shipping-explained', kind: 'BACKGROUND', kicker: 'Explainer' },
  ],
};

const oman: SampleStory = {
  slug: 'oman-the-quiet-go-between',
  kind: 'FEATURE',
  language: 'en',
  section: 'gulf',
  title: 'Oman, the quiet go-between',
  standfirst:
    'When governments that do not speak need to be heard, the plane often lands in Muscat. How a small sultanate made discretion its trade.',
  publishedAt: '2024-06-08T06:00:00Z',
  picture: { key: 'muscat-coast' },
  credits: [author('mara-lindqvist'), editor('idris-okafor-bell'), drawnByWren],
  body: [
    p(
      'There is no photograph of the talks. There seldom is. When Iran’s acting foreign minister said in Beirut that his country was in touch with the United States, he named the place, Oman, and left the rest to be guessed.',
    ),
    quote(
      'We have always pursued our discussions (...) These discussions have never stopped.',
      'Ali Bagheri, 3 June 2024',
    ),
    p(
      'Oman looks across a narrow strait at Iran, through which about a fifth of the world’s oil passes. It shares borders with Saudi Arabia, the Emirates and Yemen. To be at odds with any of them would be expensive, and the sultanate has built its foreign policy on not being.',
    ),
    h('Two sultans, one habit'),
    p(
      'Sultan Qaboos, who reigned for half a century, kept relations with Tehran through the war between Iran and Iraq and received an Israeli prime minister, Benjamin Netanyahu, in 2018. Haitham bin Tariq, his cousin and successor, travelled to Tehran in May 2023, and in September, with help from Qatar, five American prisoners flew home from there.',
    ),
    picture('container-ship', 'Trade through the Strait of Hormuz gives Oman an interest in calm'),
    h('How a message travels'),
    list(
      [
        'A request comes in, often through an embassy',
        'Two delegations arrive on different flights and stay in different places',
        'Omani diplomats carry papers from one to the other',
        'Nothing is announced unless both sides wish it',
      ],
      true,
    ),
    p(
      'The method has limits. A go-between can pass on an offer but cannot make one attractive. The nuclear accord that grew out of Omani channels a decade ago fell apart when one of the parties left it.',
    ),
    p('Still, both sides keep coming. The arrangement costs little, and no one has yet proposed anything better.'),
  ],
  related: [
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'RELATED', kicker: 'News' },
    { slug: 'washington-tehran-messages-in-oman', kind: 'BACKGROUND', kicker: 'March' },
    { slug: 'opinion-secret-talks-deserve-a-record', kind: 'RELATED', kicker: 'Opinion' },
  ],
};

const redSea: SampleStory = {
  slug: 'red-sea-shipping-explained',
  kind: 'EXPLAINER',
  language: 'en',
  section: 'gulf',
  title: 'Why ships avoid the Red Sea',
  standfirst:
    'Attacks from Yemen have sent the world’s container lines around Africa. What that means in days, dollars and distance.',
  publishedAt: '2024-01-29T07:30:00Z',
  picture: { key: 'container-ship' },
  credits: [author('tomas-eberhart'), drawnByWren],
  body: [
    p(
      'Since November the Houthi movement, which holds the north of Yemen and its Red Sea coast, has fired drones and missiles at merchant ships. It says that it is acting in support of Gaza and aims at vessels linked to Israel; many of the ships hit had no such link.',
    ),
    embed(
      'https://www.openstreetmap.org/export/embed.html?bbox=42.0%2C11.5%2C45.5%2C14.5&layer=mapnik',
      'Map: the Bab al-Mandab strait',
      'OpenStreetMap',
    ),
    h('What has changed'),
    p(
      'UNCTAD reported last week that transits through the Suez canal had fallen by 42 per cent compared with their peak. Container ships left first; tankers followed after the United States and Britain began air strikes on Houthi positions on 12 January.',
    ),
    table(
      ['Route', 'Rotterdam to Singapore'],
      [
        ['By Suez', 'about 8,400 nautical miles'],
        ['By the Cape of Good Hope', 'about 11,700 nautical miles'],
      ],
      'The detour adds some ten days at usual speeds',
    ),
    h('Who pays?'),
    list([
      'Shippers: spot rates from Shanghai to Europe have more than tripled since early December',
      'Egypt: canal fees are one of its main sources of hard currency',
      'Consumers: little so far, since freight is a small part of most prices',
    ]),
    p(
      'In December the United States announced a naval force to protect the strait. The Security Council demanded on 10 January that the attacks stop. The Houthis have said that they will go on until the war in Gaza ends.',
    ),
  ],
  related: [
    { slug: 'washington-tehran-messages-in-oman', kind: 'FOLLOW_UP', kicker: 'Diplomacy' },
    { slug: 'opec-plus-extends-cuts', kind: 'RELATED', kicker: 'Oil' },
  ],
};

const saudiIran: SampleStory = {
  slug: 'a-year-of-saudi-iranian-ties',
  kind: 'ANALYSIS',
  language: 'en',
  section: 'gulf',
  title: 'A year after Beijing: what Saudi Arabia and Iran have made of their deal',
  standfirst: 'Embassies are open and ministers meet. The war in Gaza has tested the thaw, and it has held.',
  publishedAt: '2024-03-10T06:30:00Z',
  picture: { key: 'flags-in-a-row' },
  credits: [author('mara-lindqvist')],
  body: [
    p(
      'When Saudi Arabia and Iran announced in Beijing on 10 March 2023 that they would resume relations, sceptics gave the agreement a few months. A year later both embassies are staffed, and the two foreign ministers meet often.',
    ),
    p(
      'Relations had been cut in January 2016, when crowds stormed the Saudi embassy in Tehran after the execution of a Shia cleric in the kingdom.',
    ),
    h('What has been delivered'),
    list([
      'Ambassadors exchanged in September 2023',
      'A visit to Riyadh by Ebrahim Raisi in November, for a summit on Gaza',
      'Iranian pilgrims to Mecca, by agreement',
    ]),
    h('What has not'),
    p(
      'Trade is negligible and investment is held back by American sanctions. In Yemen a truce of 2022 broadly holds between Riyadh and the Houthis, yet the peace that was to follow has been overtaken by the crisis in the Red Sea.',
    ),
    p(
      'China, whose role as host was widely noted, has been slow to take on more. When ships came under fire Beijing asked Tehran for restraint, according to news agencies, but sent no warships to the coalition led by the United States.',
    ),
    facts('The aim of the deal', [
      p(
        'Hossein Amir-Abdollahian, Iran’s foreign minister, and his Saudi counterpart confirmed in April 2023 that earlier accords on security (2001) and on trade (1998) would be brought back to life.',
      ),
    ]),
  ],
  related: [
    { slug: 'red-sea-shipping-explained', kind: 'BACKGROUND', kicker: 'Explainer' },
    { slug: 'oman-the-quiet-go-between', kind: 'RELATED', kicker: 'Feature' },
  ],
};

export const gulfStories: SampleStory[] = [omanMessages, oman, redSea, saudiIran];
