import { facts, h, link, list, p, picture, rich, strong, table } from '../blocks.js';
import { agency, author, drawnByWren, editor } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const secretTalks: SampleStory = {
  slug: 'iran-confirms-secret-talks-with-the-us',
  kind: 'NEWS',
  language: 'en',
  section: 'mena',
  title: 'Iran confirms secret talks with the U.S.',
  standfirst:
    'On his first trip abroad, Tehran’s acting foreign minister said in Beirut that indirect contacts with Washington, hosted by Oman, had never broken off.',
  publishedAt: '2024-06-03T17:40:00Z',
  picture: {
    key: 'press-briefing-beirut',
    caption: 'Ali Bagheri speaks to the press in Beirut, drawn after agency pictures',
  },
  credits: [author('idris-okafor-bell'), agency('irna', 'Facts as reported by IRNA'), drawnByWren],
  body: [
    p(
      'Ali Bagheri, who took charge of Iran’s foreign ministry on an interim basis last month, told reporters in Beirut on Monday that his country negotiates out of public view with the United States, with Oman as host.',
    ),
    p(
      'Tehran and Washington have had no formal relations since the aftermath of the 1979 revolution, and rarely admit to talking.',
    ),
    p(
      '“We have always pursued our discussions (...) These discussions have never stopped,” the minister said. In March the ',
      link('Financial Times', 'https://www.ft.com'),
      ' had reported that Bagheri and U.S. officials exchanged messages indirectly at the start of 2024, while Israel was at war with Hamas.',
    ),
    p(
      'Lebanon is the first foreign stop he has made in the post. His predecessor, Hossein Amir-Abdollahian, was killed in May with President Ebrahim Raisi when their helicopter came down.',
    ),
    p(
      'Bagheri explained that he wanted to begin in Lebanon because he regards it as “the cradle of resistance” to Israel. Iran arms and finances Hezbollah, the country’s most powerful armed group. Since war broke out in Gaza last October, the movement has kept up attacks across Israel’s northern border in solidarity with Hamas, its Palestinian ally.',
    ),
    p(
      'Asked about the nuclear file, which he has long handled for Iran, he answered that “the process of discussions is ongoing” and urged Western governments to use the opening and honour commitments he said they had broken.',
    ),
    p(
      'In Vienna, where the ',
      link('IAEA Board of Governors', 'https://www.iaea.org/about/governance/board-of-governors'),
      ' opened its session the same day, governments from Europe intend to table a text censuring Iran for expanding its nuclear work, although the United States is reluctant.',
    ),
    p(
      'Tehran insists that it does not want a bomb. Its enriched uranium would nonetheless be enough, if purified further, for three of them, a prospect that worries governments across a Middle East already on edge.',
    ),
    p('On Tuesday the minister travels on to Syria, whose president, Bashar al-Assad, relies on Iranian backing.'),
  ],
  related: [
    {
      slug: 'israel-busts-spy-ring-acting-for-iran',
      kind: 'RELATED',
      kicker: 'Israel',
      reason: 'Another front between the two countries’ services',
    },
    {
      slug: 'iran-nuclear-file-explained',
      kind: 'BACKGROUND',
      kicker: 'Explainer',
      reason: 'Explains the enrichment figures behind the dispute',
    },
    { slug: 'iaea-board-censures-iran', kind: 'FOLLOW_UP', kicker: 'Vienna', reason: 'The vote this story announces' },
    {
      slug: 'washington-tehran-messages-in-oman',
      kind: 'BACKGROUND',
      kicker: 'Gulf',
      title: 'In March: the first report of the Oman channel',
      reason: 'How the channel first became known',
    },
    {
      slug: 'bagheri-meets-assad-in-damascus',
      kind: 'FOLLOW_UP',
      kicker: 'Syria',
      reason: 'The next stop of the journey',
    },
    { slug: 'iran-us-talks-oman-ar', kind: 'SAME_EVENT', kicker: 'العربية', reason: 'The same news in Arabic' },
  ],
  corrections: [
    {
      note: 'An earlier version of this sample story said that the minister had held his post since April; he took it over on 20 May.',
      issuedAt: '2024-06-03T19:05:00Z',
    },
  ],
  seo: {
    title: 'Iran confirms secret talks with the U.S. in Oman',
    description: 'Acting foreign minister Ali Bagheri says in Beirut that contacts with Washington never stopped.',
  },
};

const damascusVisit: SampleStory = {
  slug: 'bagheri-meets-assad-in-damascus',
  kind: 'NEWS',
  language: 'en',
  section: 'mena',
  title: 'Iran’s acting foreign minister meets Assad in Damascus',
  standfirst: 'A day after Beirut, Ali Bagheri took Tehran’s message of continuity to the Syrian capital.',
  publishedAt: '2024-06-04T15:10:00Z',
  picture: { key: 'damascus-dusk' },
  credits: [author('idris-okafor-bell')],
  body: [
    p(
      'Ali Bagheri, Iran’s acting foreign minister, met President Bashar al-Assad in Damascus on Tuesday, on the second leg of his first foreign tour since he was put in charge of the ministry.',
    ),
    p(
      'He also held talks with his Syrian counterpart. The trip was a sign of continuity: Iran’s policy towards its allies was not to change with the people who carry it out.',
    ),
    p(
      'Iran came to the aid of Assad soon after the uprising of 2011 turned into civil war, sending advisers, money and allied militias. Russia joined in from the air in 2015. Together they allowed the government to win back most of the large cities.',
    ),
    h('A consulate in ruins'),
    p(
      'The visit took the minister to a city where Iran lost two generals in April. An air strike on 1 April destroyed a consular building next to the Iranian embassy and killed seven members of the Islamic Revolutionary Guard Corps. Iran blamed Israel and answered two weeks later with the first direct attack on Israeli territory in its history.',
    ),
    p(
      'Before travelling to Syria, Bagheri had confirmed in Beirut that Iran keeps talking to the United States through Oman.',
    ),
  ],
  related: [
    {
      slug: 'iran-confirms-secret-talks-with-the-us',
      kind: 'SAME_EVENT',
      kicker: 'Beirut',
      reason: 'First leg of the tour',
    },
    { slug: 'iran-fires-drones-and-missiles-at-israel', kind: 'BACKGROUND', kicker: 'April' },
    { slug: 'assad-leaves-syria-live', kind: 'FOLLOW_UP', kicker: 'Six months later' },
  ],
};

const borderFront: SampleStory = {
  slug: 'hezbollah-israel-border-front',
  kind: 'ANALYSIS',
  language: 'en',
  section: 'mena',
  title: 'The other front: eight months of fire across the Lebanon–Israel border',
  standfirst:
    'What Hezbollah calls support for Gaza has emptied villages on both sides. Neither side seems to want a full war, and neither can stop.',
  publishedAt: '2024-06-07T06:00:00Z',
  picture: { key: 'border-hills' },
  credits: [author('mara-lindqvist'), drawnByWren],
  body: [
    p(
      'On 8 October 2023, a day after Hamas attacked southern Israel, Hezbollah fired at Israeli positions in a disputed border area. The exchange that followed has not ended. It has a rhythm of its own, rising and falling with the war in Gaza.',
    ),
    p(
      'About 60,000 people have been evacuated from northern Israel, and more than 90,000 have left their homes in southern Lebanon, by the count of United Nations agencies. This week, in dry early summer heat, rockets set off brush fires around Kiryat Shmona.',
    ),
    h('Rules that bend'),
    p(
      'For months both sides kept to an unwritten scale: military targets, a few kilometres deep, an answer for each strike. The scale has stretched. Israeli aircraft have struck in the Bekaa valley, and Hezbollah has used heavier rockets and drones that are hard to detect.',
    ),
    p(
      'Iran, which arms the movement, has an interest in keeping it intact as a deterrent. That is one reading of the attention paid to Beirut by Ali Bagheri, who made it his first destination as acting foreign minister.',
    ),
    facts('Resolution 1701', [
      p(
        'Adopted by the ',
        link('UN Security Council', 'https://main.un.org/securitycouncil/'),
        ' in August 2006 to end the last full war between Israel and Hezbollah.',
      ),
      list([
        'An area free of armed personnel between the border and the Litani river, save for the Lebanese army and peacekeepers',
        'Respect for the line of withdrawal known as the Blue Line',
        'No weapons in Lebanon without the consent of its government',
      ]),
    ]),
    h('What diplomacy offers'),
    p(
      'American and French envoys have put forward plans that start from the same text. All of them assume that Hezbollah’s fighters move away from the border, and Hezbollah has said that it will discuss nothing before the guns are silent in Gaza.',
    ),
  ],
  related: [
    { slug: 'israel-hezbollah-ceasefire-takes-effect', kind: 'FOLLOW_UP', kicker: 'November' },
    { slug: 'security-council-backs-gaza-ceasefire-plan', kind: 'RELATED', kicker: 'Gaza' },
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'RELATED', kicker: 'Beirut' },
  ],
};

const lebanonCeasefire: SampleStory = {
  slug: 'israel-hezbollah-ceasefire-takes-effect',
  kind: 'NEWS',
  language: 'en',
  section: 'mena',
  title: 'Ceasefire between Israel and Hezbollah takes effect',
  standfirst:
    'After almost fourteen months the guns fell silent at four in the morning. Roads to the south filled at dawn.',
  publishedAt: '2024-11-27T08:20:00Z',
  picture: { key: 'beirut-harbour', caption: 'Beirut on the morning of a truce' },
  credits: [author('mara-lindqvist')],
  body: [
    p(
      'A ceasefire between Israel and Hezbollah came into force in Lebanon at 4 a.m. on Wednesday, hours after President Joe Biden announced that both governments had accepted a text mediated by the United States and France.',
    ),
    p(
      'Within minutes cars loaded with mattresses were heading south from Beirut, although both armies asked residents to wait.',
    ),
    facts('What was agreed', [
      list(
        [
          'Israeli forces leave southern Lebanon in stages, within sixty days',
          'Hezbollah moves its fighters and heavy weapons north of the Litani',
          'The Lebanese army deploys in the south beside UN peacekeepers',
          'A committee led by the United States, with France, watches over compliance',
        ],
        true,
      ),
    ]),
    p(
      'The war that began as an exchange across the border became a full one in September. Hassan Nasrallah, who had led Hezbollah for thirty-two years, was killed in an air strike on Beirut’s southern suburbs on 27 September, and Israeli troops crossed into Lebanon days later.',
    ),
    p(
      'The Lebanese health ministry counts more than 3,700 dead. Over a million people fled their homes at the height of the fighting. In Israel, some 60,000 residents of the north have been away since October 2023.',
    ),
    p(
      'Najib Mikati, Lebanon’s caretaker prime minister, said that his cabinet was committed to sending the army south. Benjamin Netanyahu said that Israel would keep its freedom to act if the terms were broken.',
    ),
  ],
  related: [
    {
      slug: 'hezbollah-israel-border-front',
      kind: 'BACKGROUND',
      kicker: 'Analysis',
      title: 'How the border front opened, and why it would not close',
    },
    { slug: 'assad-leaves-syria-live', kind: 'RELATED', kicker: 'Syria' },
  ],
};

const assadLive: SampleStory = {
  slug: 'assad-leaves-syria-live',
  kind: 'LIVE',
  language: 'en',
  section: 'mena',
  title: 'Syria: rebels enter Damascus, Assad leaves the country',
  standfirst:
    'The day that ended more than fifty years of rule by one family, as it happened. All times are those of Damascus.',
  publishedAt: '2024-12-08T03:30:00Z',
  picture: { key: 'damascus-dusk', caption: 'Damascus, where one family’s rule ended overnight' },
  credits: [author('mara-lindqvist'), author('samir-haddouche')],
  body: [
    list([
      rich(strong('Rebel forces'), ' say that Damascus is free of the government'),
      rich(strong('Bashar al-Assad'), ' has left; Moscow says that he resigned'),
      rich(strong('The prime minister'), ' stays at his desk to hand over'),
    ]),
    h('22:10 Reported in Moscow', 3),
    p(
      'Russian agencies, citing a source in the Kremlin, report that Assad and his family have arrived in Moscow and been granted asylum.',
    ),
    h('21:30 Abroad', 3),
    p(
      'Joe Biden calls the fall of the government a moment of opportunity and of risk. In Europe, governments ask for an orderly transition that protects minorities.',
    ),
    h('12:15 Tehran', 3),
    p(
      'Iran’s foreign ministry says that the future of Syria is for Syrians to decide. Its embassy in Damascus has been ransacked, according to images shown on television.',
    ),
    h('09:30 Prisons opened', 3),
    p('Crowds gather at the Sednaya prison, north of the capital, looking for relatives who disappeared.'),
    h('07:00 The prime minister', 3),
    p(
      'Mohammed al-Jalali says in a recorded message that he has not left his house and is ready to work with whoever Syrians choose.',
    ),
    h('05:30 Into the city', 3),
    p(
      'Fighters led by Hayat Tahrir al-Sham enter Damascus without meeting resistance, after taking Aleppo, Hama and Homs in eleven days. Officers tell reporters that Assad has flown out to an unknown destination.',
    ),
    picture('beirut-harbour', 'In neighbouring Lebanon, Syrians celebrated from the early morning'),
  ],
  related: [
    {
      slug: 'bagheri-meets-assad-in-damascus',
      kind: 'BACKGROUND',
      kicker: 'June',
      title: 'When Tehran still came to call',
    },
    { slug: 'israel-hezbollah-ceasefire-takes-effect', kind: 'RELATED', kicker: 'Lebanon' },
  ],
  corrections: [
    {
      note: 'An earlier entry said that the rebel advance from Aleppo to Damascus took nine days. It took eleven.',
      issuedAt: '2024-12-08T11:05:00Z',
    },
  ],
};

const gazaResolution: SampleStory = {
  slug: 'security-council-backs-gaza-ceasefire-plan',
  kind: 'NEWS',
  language: 'en',
  section: 'mena',
  title: 'Security Council backs three-phase plan for a ceasefire in Gaza',
  standfirst: 'Fourteen members voted for the American draft. Russia abstained.',
  publishedAt: '2024-06-10T20:45:00Z',
  picture: { key: 'council-chamber' },
  credits: [author('idris-okafor-bell')],
  body: [
    p(
      'The UN Security Council on Monday adopted its first resolution in support of a complete plan to end the war in Gaza. Resolution 2735, drafted by the United States, received fourteen votes. Russia abstained.',
    ),
    p(
      'The text endorses the proposal that President Joe Biden set out on 31 May and calls on Hamas to accept it. It says that Israel already has.',
    ),
    table(
      ['Phase', 'What it foresees'],
      [
        [
          'One',
          'Six weeks of truce, release of some hostages for Palestinian prisoners, return of civilians, more aid',
        ],
        ['Two', 'A lasting end to hostilities, release of the remaining hostages, full Israeli withdrawal'],
        ['Three', 'A reconstruction plan of several years; remains of dead hostages returned'],
      ],
      'The plan in Resolution 2735',
    ),
    p(
      'If talks on the second phase last longer than six weeks, the truce of the first is to continue. Hamas welcomed the vote and said it was ready to work with mediators on carrying out the principles; Israel’s representative stressed that his country would pursue all the aims of its war.',
    ),
    p('Antony Blinken was in the region on the same day, on his eighth visit since October, to press for an answer.'),
  ],
  related: [
    { slug: 'world-court-orders-halt-in-rafah', kind: 'BACKGROUND', kicker: 'The Hague' },
    { slug: 'hezbollah-israel-border-front', kind: 'RELATED', kicker: 'Lebanon' },
  ],
};

const haniyeh: SampleStory = {
  slug: 'hamas-leader-killed-in-tehran',
  kind: 'NEWS',
  language: 'en',
  section: 'mena',
  title: 'Hamas leader Ismail Haniyeh killed in Tehran',
  standfirst:
    'He had come for the inauguration of Iran’s new president. Iran and Hamas accuse Israel, which makes no comment.',
  publishedAt: '2024-07-31T07:40:00Z',
  picture: { key: 'tehran-mountains' },
  credits: [author('leila-moravec'), editor('mara-lindqvist')],
  body: [
    p(
      'Ismail Haniyeh, who led the political bureau of Hamas, was killed in Tehran in the early hours of Wednesday together with a bodyguard, the movement and the Islamic Revolutionary Guard Corps said.',
    ),
    p(
      'He was staying in a residence in the north of the city after attending the swearing-in of President Masoud Pezeshkian. Both Hamas and Iran said that Israel was responsible. The Israeli government declined to comment.',
    ),
    p(
      'Hours before, Israel had announced that it had killed a senior commander of Hezbollah in Beirut, in answer to a rocket that struck a football pitch in the occupied Golan Heights and killed twelve children and young people.',
    ),
    p(
      'Haniyeh, born in a refugee camp in Gaza, lived mostly in Qatar and took part in the indirect negotiations on a ceasefire that Qatar, Egypt and the United States are mediating. In May the prosecutor of the International Criminal Court had asked for a warrant for his arrest.',
    ),
    p(
      'Ali Khamenei, Iran’s supreme leader, said that it was his country’s duty to answer. What form that might take was not clear.',
    ),
  ],
  related: [
    { slug: 'pezeshkian-wins-iran-election', kind: 'BACKGROUND', kicker: 'Iran' },
    { slug: 'iran-fires-drones-and-missiles-at-israel', kind: 'BACKGROUND', kicker: 'April' },
    { slug: 'security-council-backs-gaza-ceasefire-plan', kind: 'RELATED', kicker: 'Gaza' },
  ],
  corrections: [
    {
      note: 'The first version of this story placed the swearing-in on Monday. It was held on Tuesday, 30 July.',
      issuedAt: '2024-07-31T09:15:00Z',
    },
  ],
};

const secretTalksArabic: SampleStory = {
  slug: 'iran-us-talks-oman-ar',
  kind: 'NEWS',
  language: 'ar',
  section: 'mena',
  title: 'طهران تؤكد استمرار محادثاتها غير المعلنة مع واشنطن في سلطنة عمان',
  standfirst: 'قال علي باقري من بيروت إن الاتصالات لم تتوقف، وذلك في أول زيارة خارجية له وزيراً للخارجية بالوكالة.',
  publishedAt: '2024-06-03T19:05:00Z',
  picture: { key: 'muscat-coast', caption: 'سواحل مسقط، حيث تجري الوساطة' },
  credits: [author('samir-haddouche')],
  body: [
    p(
      'أكد علي باقري، القائم بأعمال وزير الخارجية في إيران، يوم الاثنين في بيروت أن بلاده تجري محادثات بعيدة عن الأضواء مع الولايات المتحدة تستضيفها سلطنة عمان.',
    ),
    p(
      'ولا تربط البلدين علاقات دبلوماسية رسمية منذ السنوات الأولى التي تلت ثورة 1979، ونادراً ما تعترف طهران علناً بوجود قناة للحوار.',
    ),
    p(
      'وكانت صحيفة فايننشال تايمز قد كشفت في مارس عن رسائل غير مباشرة تبادلها الطرفان مطلع العام، في ظل الحرب بين إسرائيل وحماس في قطاع غزة.',
    ),
    h('لبنان أولاً'),
    p(
      'واختار الوزير لبنان محطة أولى له منذ أن خلف حسين أمير عبد اللهيان الذي قضى في تحطم مروحية مع الرئيس إبراهيم رئيسي. وتدعم إيران حزب الله الذي فتح جبهة على الحدود مع إسرائيل منذ أكتوبر الماضي.',
    ),
    list([
      'في فيينا: اجتماع مجلس محافظي الوكالة ومشروع قرار أوروبي ينتقد إيران',
      'في دمشق: لقاء مرتقب يوم الثلاثاء مع الرئيس بشار الأسد',
    ]),
    p(
      'وفي الملف النووي قال الوزير إن المشاورات مستمرة، ودعا الدول الغربية إلى اغتنام الفرصة والوفاء بما عليها من التزامات.',
    ),
  ],
  related: [
    {
      slug: 'iran-confirms-secret-talks-with-the-us',
      kind: 'SAME_EVENT',
      kicker: 'English',
      reason: 'The same news in English',
    },
    { slug: 'oman-the-quiet-go-between', kind: 'BACKGROUND', kicker: 'عُمان', title: 'عُمان: الوسيط الهادئ' },
  ],
};

export const menaStories: SampleStory[] = [
  secretTalks,
  damascusVisit,
  borderFront,
  lebanonCeasefire,
  assadLive,
  gazaResolution,
  haniyeh,
  secretTalksArabic,
];
