import { embed, h, link, list, p, rich, strong, table } from '../blocks.js';
import { author, drawnByWren, editor } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const spyRing: SampleStory = {
  slug: 'israel-busts-spy-ring-acting-for-iran',
  kind: 'NEWS',
  language: 'en',
  section: 'israel',
  title: 'Israel says it has broken up a spy ring run from Iran',
  standfirst:
    'The Shin Bet and the police said on Monday that they had stopped a group collecting information for Iranian intelligence.',
  publishedAt: '2024-10-21T12:15:00Z',
  picture: { key: 'night-windows' },
  credits: [author('mara-lindqvist')],
  body: [
    p(
      'Israel’s domestic security service, the Shin Bet, and the Israel Police announced on Monday that they had dismantled a network which, they say, gathered information inside the country for Iran.',
    ),
    p(
      'The two services presented the case as one more in a series of efforts by Tehran to persuade Israelis to spy on their own country. The account given on Monday is theirs; suspects in such cases are presumed innocent until a court has heard them.',
    ),
    p(
      'Earlier cases followed a similar pattern. In January 2022 the Shin Bet said that four women and a man had been charged after contacts on social media with someone who introduced himself as a Jewish man living in Iran. In 2019 an Israeli court sentenced a former energy minister to eleven years in prison for spying for Iran, following a plea agreement.',
    ),
    p(
      'Iran, for its part, regularly announces the arrest of people it accuses of working for Israel, and has executed several of them.',
    ),
    p(
      'Tension between the two countries has been high since April, when Iran fired more than 300 drones and missiles at Israel, most of which were shot down, and rose again with a second attack in October.',
    ),
  ],
  related: [
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'RELATED', kicker: 'Mena' },
    { slug: 'what-is-the-shin-bet', kind: 'BACKGROUND', kicker: 'Explainer' },
    { slug: 'iran-fires-drones-and-missiles-at-israel', kind: 'BACKGROUND', kicker: 'April' },
  ],
};

const rafahOrder: SampleStory = {
  slug: 'world-court-orders-halt-in-rafah',
  kind: 'NEWS',
  language: 'en',
  section: 'israel',
  title: 'World court orders Israel to halt its offensive in Rafah',
  standfirst: 'The judges in The Hague decided by thirteen votes to two. Their orders bind, but they have no police.',
  publishedAt: '2024-05-24T14:30:00Z',
  picture: { key: 'council-chamber', caption: 'A bench of fifteen judges sits in The Hague' },
  credits: [author('idris-okafor-bell')],
  body: [
    p(
      'The International Court of Justice on Friday ordered Israel to stop at once any military action in the governorate of Rafah that could bring about the physical destruction, in whole or in part, of the Palestinian group in Gaza.',
    ),
    p(
      'The order was adopted by thirteen votes to two in the case that South Africa brought last December under the Genocide Convention. Israel rejects the accusation and says that it acts in self-defence against Hamas.',
    ),
    h('Three further demands'),
    list([
      'Keep the Rafah crossing open for aid, without hindrance',
      'Let investigators mandated by the United Nations enter Gaza',
      'Report to the court within one month',
    ]),
    p(
      'Nearly 800,000 people had fled Rafah by the time of the ruling, according to ',
      link('the court’s summary', 'https://www.icj-cij.org/case/192'),
      ' of United Nations figures. Many of them had come there from elsewhere in Gaza.',
    ),
    p(
      'Benjamin Netanyahu’s office said that Israel had not carried out and would not carry out operations of the kind described. The court cannot enforce its orders; a state may take a breach to the UN Security Council, where five members hold a veto.',
    ),
  ],
  related: [
    { slug: 'security-council-backs-gaza-ceasefire-plan', kind: 'FOLLOW_UP', kicker: 'New York' },
    { slug: 'iran-fires-drones-and-missiles-at-israel', kind: 'RELATED', kicker: 'Iran' },
  ],
};

const aprilBarrage: SampleStory = {
  slug: 'iran-fires-drones-and-missiles-at-israel',
  kind: 'NEWS',
  language: 'en',
  section: 'israel',
  title: 'Iran fires more than 300 drones and missiles at Israel',
  standfirst: 'It is the first direct attack from Iranian soil. Israel says that almost all of them were shot down.',
  publishedAt: '2024-04-14T06:50:00Z',
  picture: { key: 'jerusalem-hills', caption: 'Sirens sounded in Jerusalem before two in the morning' },
  credits: [author('mara-lindqvist'), drawnByWren],
  body: [
    p(
      'Iran launched more than 300 drones and missiles towards Israel during the night to Sunday, the first time that it has attacked the country directly from its own territory.',
    ),
    p(
      'Israel’s army said that 99 per cent were intercepted with the help of the United States, Britain, France and Jordan. An air base in the south was lightly damaged and a seven-year-old girl was badly wounded.',
    ),
    table(
      ['Kind', 'Launched, by Israel’s count'],
      [
        ['Drones', 'about 170'],
        ['Cruise missiles', 'more than 30'],
        ['Ballistic missiles', 'more than 110'],
      ],
    ),
    p(
      'Tehran called the operation its answer to the strike of 1 April on an Iranian consular building in Damascus, in which seven members of the Islamic Revolutionary Guard Corps died. Iran’s mission at the UN said that the matter could be deemed concluded, and warned against a response.',
    ),
    p(
      'President Joe Biden, who had cut short a weekend away, told Benjamin Netanyahu that the United States would not take part in a counter-attack, according to American officials.',
    ),
    p('The UN Security Council was to meet on Sunday afternoon at the request of Israel.'),
    embed(
      'https://www.openstreetmap.org/export/embed.html?bbox=33.5%2C28.5%2C54.5%2C37.5&layer=mapnik',
      'Map: the airspace between Iran and Israel',
      'OpenStreetMap',
    ),
  ],
  related: [
    { slug: 'bagheri-meets-assad-in-damascus', kind: 'FOLLOW_UP', kicker: 'Syria' },
    { slug: 'iran-nuclear-file-explained', kind: 'BACKGROUND', kicker: 'Explainer' },
  ],
};

const shinBet: SampleStory = {
  slug: 'what-is-the-shin-bet',
  kind: 'EXPLAINER',
  language: 'en',
  section: 'israel',
  title: 'What is the Shin Bet?',
  standfirst: 'Israel’s domestic security service in five questions.',
  publishedAt: '2024-06-04T05:00:00Z',
  picture: { key: 'night-windows', caption: 'A service that prefers not to be seen' },
  credits: [author('mara-lindqvist'), editor('idris-okafor-bell')],
  body: [
    h('What does it do?'),
    p(
      'The Shin Bet, known in Israel as Shabak and in English as the Israel Security Agency, works against espionage, political violence and armed groups. It also protects senior officials, embassies and the national airline.',
    ),
    h('How does it differ from the others?'),
    list([
      rich(strong('Shin Bet'), ': inside Israel and in the Palestinian territories'),
      rich(strong('Mossad'), ': abroad'),
      rich(strong('Military intelligence'), ': part of the army, and the largest of the three'),
    ]),
    h('To whom does it answer?'),
    p(
      'To the prime minister, directly. A law of 2002 sets out its tasks and has it report to a cabinet committee and to a committee of parliament.',
    ),
    h('How old is it?'),
    p(
      'It was set up in 1949, a year after the state itself. For decades its existence was barely acknowledged, and the names of its heads were secret while they served.',
    ),
    h('What is it criticised for?'),
    p(
      'Human rights organisations have accused it of harsh methods of interrogation. Israel’s supreme court ruled in 1999 that the service had no authority to use certain physical means. Its failure to foresee the attack of 7 October 2023 is the subject of inquiries.',
    ),
  ],
  related: [{ slug: 'israel-busts-spy-ring-acting-for-iran', kind: 'RELATED', kicker: 'Israel' }],
};

export const israelStories: SampleStory[] = [spyRing, rafahOrder, aprilBarrage, shinBet];
