import { em, embed, facts, h, link, list, p, picture, rich, strong, table } from '../blocks.js';
import { author, drawnByWren, editor } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const helicopterCrash: SampleStory = {
  slug: 'iran-president-killed-in-helicopter-crash',
  kind: 'NEWS',
  language: 'en',
  section: 'iran',
  title: 'Iran’s president and foreign minister killed in helicopter crash',
  standfirst:
    'Ebrahim Raisi and Hossein Amir-Abdollahian were on their way back from the border with Azerbaijan. Rescuers searched all night in fog.',
  publishedAt: '2024-05-20T05:30:00Z',
  picture: { key: 'mountain-fog' },
  credits: [author('leila-moravec'), drawnByWren],
  body: [
    p(
      'President Ebrahim Raisi of Iran and his foreign minister, Hossein Amir-Abdollahian, died on Sunday when their helicopter came down in the mountains of the country’s north-west, state media confirmed on Monday morning.',
    ),
    p(
      'They had inaugurated a dam on the border with Azerbaijan that day. Nobody on board survived; the dead include the governor of East Azerbaijan province and the Friday prayer leader of Tabriz.',
    ),
    embed(
      'https://www.openstreetmap.org/export/embed.html?bbox=45.6%2C37.8%2C47.6%2C39.2&layer=mapnik',
      'Map: the north-west of Iran, near Varzaqan',
      'OpenStreetMap',
    ),
    p(
      'Thick fog and steep, wooded ground kept search parties from the wreck for more than twelve hours. Two other helicopters of the same convoy landed safely.',
    ),
    facts('What happens now', [
      p(
        'Under the constitution the first vice-president takes over, with the consent of the supreme leader, and a council arranges an election.',
      ),
      list([
        'Acting president: Mohammad Mokhber',
        'Election: within fifty days',
        'Mourning: five days, declared by Ali Khamenei',
      ]),
    ]),
    p(
      'Raisi, a cleric who had spent his career in the judiciary, was elected in 2021. As deputy prosecutor of Tehran in 1988 he sat, according to human rights groups and survivors, on a panel that sent political prisoners to their deaths. The United States placed him under sanctions in 2019.',
    ),
    p(
      'His presidency saw the protests that followed the death of Mahsa Amini in custody in 2022, closer ties with Russia and China, and the resumption of relations with Saudi Arabia.',
    ),
  ],
  related: [
    { slug: 'bagheri-named-acting-foreign-minister', kind: 'FOLLOW_UP', kicker: 'Succession' },
    { slug: 'pezeshkian-wins-iran-election', kind: 'FOLLOW_UP', kicker: 'Election' },
    { slug: 'a-year-of-saudi-iranian-ties', kind: 'BACKGROUND', kicker: 'Gulf' },
  ],
};

const bagheriNamed: SampleStory = {
  slug: 'bagheri-named-acting-foreign-minister',
  kind: 'NEWS',
  language: 'en',
  section: 'iran',
  title: 'Nuclear negotiator Ali Bagheri to run Iran’s foreign ministry',
  standfirst: 'The cabinet turned to the man who has sat across from European diplomats since 2021.',
  publishedAt: '2024-05-20T11:20:00Z',
  picture: { key: 'negotiating-table' },
  credits: [author('leila-moravec')],
  body: [
    p(
      'Iran’s government on Monday put Ali Bagheri Kani in charge of the foreign ministry after the death of Hossein Amir-Abdollahian. The appointment is for the time being: a new president will name a minister, and parliament must approve the choice.',
    ),
    p(
      'Bagheri, who is in his fifties, was deputy foreign minister for political affairs and led the Iranian side in the nuclear talks with the European Union and five powers.',
    ),
    h('A critic turned negotiator'),
    p(
      'Between 2007 and 2013 he was the right hand of Saeed Jalili, then chief negotiator, and he was later an outspoken critic of the accord of 2015 that Mohammad Javad Zarif concluded. When Ebrahim Raisi became president in 2021 the task of repairing that accord fell to him.',
    ),
    p(
      'He has also handled some of Iran’s least visible contacts. In January, according to the Financial Times, he was in Oman while American officials were there too, and the hosts carried messages between the rooms.',
    ),
    p(
      'The ministry he takes over is only one voice among several in foreign policy. The supreme leader has the last word, and the Revolutionary Guards deal with allies in Lebanon, Syria and Yemen.',
    ),
  ],
  related: [
    { slug: 'iran-president-killed-in-helicopter-crash', kind: 'SAME_EVENT', kicker: 'The crash' },
    { slug: 'washington-tehran-messages-in-oman', kind: 'BACKGROUND', kicker: 'Oman' },
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'FOLLOW_UP', kicker: 'Beirut' },
  ],
};

const nuclearExplainer: SampleStory = {
  slug: 'iran-nuclear-file-explained',
  kind: 'EXPLAINER',
  language: 'en',
  section: 'iran',
  title: 'Iran’s nuclear file, explained in figures',
  standfirst: 'How much uranium, how highly enriched, and what inspectors can no longer see.',
  publishedAt: '2024-05-29T07:00:00Z',
  picture: { key: 'reactor-dome' },
  credits: [author('leila-moravec'), editor('mara-lindqvist'), drawnByWren],
  body: [
    p(
      'Four times a year the ',
      link('International Atomic Energy Agency', 'https://www.iaea.org'),
      ' sends its member states a report on Iran. The latest, circulated this week, says that the stock of enriched uranium stood at 6,201.3 kilograms on 11 May, roughly thirty times what the accord of 2015 allowed.',
    ),
    h('What enrichment means'),
    p(
      'Natural uranium holds less than one per cent of the kind of atom that splits easily. Centrifuges raise that share. Most power stations need three to five per cent; weapons need about ninety. The effort is not even: getting to sixty is most of the way.',
    ),
    table(
      ['', 'Accord of 2015', 'May 2024'],
      [
        ['Highest enrichment', '3.67 %', '60 %'],
        ['Stock of enriched uranium', '202.8 kg', '6,201.3 kg'],
        ['of which at 60 %', 'none', '142.1 kg'],
      ],
      'What was agreed and what inspectors found',
    ),
    h('Enough for how many?'),
    p(
      'By the yardstick of the agency some 42 kilograms enriched to sixty per cent are in theory enough for one bomb if enriched further. That makes three. Having the material is not the same as having a weapon, and Iran says that it wants none.',
    ),
    picture('negotiating-table', 'Vienna, 2015: the accord took twenty months to negotiate'),
    h('How did it come to this?'),
    list(
      [
        '2015: Iran, five permanent members of the Security Council, Germany and the European Union sign the accord in Vienna',
        '2018: the United States leaves it and brings back sanctions',
        '2019: Iran begins to exceed its limits, step by step',
        '2021: enrichment to sixty per cent starts; cameras and inspections are curtailed',
        '2022: talks on a return stall',
      ],
      true,
    ),
    p(
      'Rafael Grossi, the agency’s director general, visited Iran in early May to ask for more access. The death of Hossein Amir-Abdollahian two weeks later interrupted the conversation; Ali Bagheri now heads the ministry.',
    ),
  ],
  related: [
    { slug: 'iaea-board-censures-iran', kind: 'FOLLOW_UP', kicker: 'Vienna' },
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'FOLLOW_UP', kicker: 'Mena' },
  ],
  seo: {
    title: 'Iran’s nuclear programme: the figures explained',
    description: 'Enrichment levels, stocks and inspections: what the IAEA reports and what it means.',
  },
};

const boardVote: SampleStory = {
  slug: 'iaea-board-censures-iran',
  kind: 'NEWS',
  language: 'en',
  section: 'iran',
  title: 'IAEA board censures Iran for lack of cooperation',
  standfirst: 'Twenty states voted for the European text, two against. Washington, hesitant at first, joined in.',
  publishedAt: '2024-06-05T18:10:00Z',
  picture: { key: 'flags-in-a-row', caption: 'Flags outside the UN complex in Vienna' },
  credits: [author('idris-okafor-bell')],
  body: [
    p(
      'The IAEA Board of Governors passed a resolution on Wednesday that calls on Iran to step up its cooperation with inspectors. Of its thirty-five members twenty voted in favour, Russia and China against, and twelve abstained.',
    ),
    p(
      'The text was tabled by Britain, France and Germany. It asks Tehran to explain, without delay, uranium traces found at two undeclared sites and to take back its refusal to admit several experienced inspectors.',
    ),
    facts('The vote', [
      list([rich(strong('20'), ' in favour'), rich(strong('2'), ' against'), rich(strong('12'), ' abstentions')]),
    ]),
    p(
      'The United States had been wary of a vote so soon after the death of Iran’s president, diplomats told news agencies, but supported the draft in the end.',
    ),
    p(
      'It is the first such decision since November 2022. Iran answered that one by enriching uranium to sixty per cent at a second plant. This time too it had announced that it would respond; on Monday, in Beirut, acting foreign minister Ali Bagheri had asked Western governments to use the chance for diplomacy instead.',
    ),
    p(
      'A resolution has no sanctions attached. It can, however, prepare the ground for referring the matter to the UN Security Council.',
    ),
  ],
  related: [
    { slug: 'iran-nuclear-file-explained', kind: 'BACKGROUND', kicker: 'Explainer' },
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'RELATED', kicker: 'Beirut' },
  ],
};

const pezeshkianWins: SampleStory = {
  slug: 'pezeshkian-wins-iran-election',
  kind: 'NEWS',
  language: 'en',
  section: 'iran',
  title: 'Masoud Pezeshkian wins Iran’s presidential election',
  standfirst:
    'The heart surgeon who promised to talk to the West beat Saeed Jalili in the run-off. Half of the voters stayed at home.',
  publishedAt: '2024-07-06T05:15:00Z',
  picture: { key: 'ballot-box', caption: 'Fewer than half of Iran’s voters took part' },
  credits: [author('leila-moravec')],
  body: [
    p(
      'Masoud Pezeshkian will be the next president of Iran. The interior ministry announced on Saturday that he had won Friday’s run-off with 16.4 million votes, against 13.5 million for Saeed Jalili.',
    ),
    table(
      ['', 'First round, 28 June', 'Run-off, 5 July'],
      [
        ['Masoud Pezeshkian', '10.4 million', '16.4 million'],
        ['Saeed Jalili', '9.5 million', '13.5 million'],
        ['Turnout', '39.9 %', '49.8 %'],
      ],
      'Official results, rounded',
    ),
    p(
      'Turnout in the first round was the lowest of any presidential election since the revolution of 1979. Critics of the system had called for a boycott: of eighty people who registered, the Guardian Council admitted six.',
    ),
    p(
      'Pezeshkian, 69, sat in parliament for Tabriz and was health minister two decades ago. He campaigned with Mohammad Javad Zarif at his side and said that he would try to have sanctions lifted and the enforcement of the headscarf law softened.',
    ),
    p(
      'How far he can go is another matter. ',
      em('Ali Khamenei'),
      ' decides on security and foreign policy, and parliament is in the hands of hardliners.',
    ),
    p(
      'The election was called after Ebrahim Raisi died in a helicopter crash in May. Mohammad Mokhber remains acting president until the handover.',
    ),
  ],
  related: [
    { slug: 'iran-parliament-approves-cabinet', kind: 'FOLLOW_UP', kicker: 'Cabinet' },
    { slug: 'iran-president-killed-in-helicopter-crash', kind: 'BACKGROUND', kicker: 'May' },
    { slug: 'a-year-of-elections', kind: 'RELATED', kicker: '2024' },
  ],
};

const cabinet: SampleStory = {
  slug: 'iran-parliament-approves-cabinet',
  kind: 'NEWS',
  language: 'en',
  section: 'iran',
  title: 'Iran’s parliament approves the whole cabinet, Araghchi becomes foreign minister',
  standfirst:
    'For the first time since 2001 not one candidate failed. A negotiator of the 2015 accord takes over from Ali Bagheri.',
  publishedAt: '2024-08-21T13:00:00Z',
  picture: { key: 'hemicycle' },
  credits: [author('leila-moravec')],
  body: [
    p(
      'All nineteen ministers proposed by President Masoud Pezeshkian won the confidence of Iran’s parliament on Wednesday. The last government to be approved without a single rejection was that of 2001.',
    ),
    p(
      'Abbas Araghchi becomes foreign minister. A career diplomat, he negotiated the details of the nuclear accord of 2015 under Mohammad Javad Zarif. He takes over from Ali Bagheri, who had run the ministry since May.',
    ),
    p(
      'Farzaneh Sadegh, who will look after roads and housing, is only the second woman to hold a ministry since 1979.',
    ),
    h('A cabinet of compromises'),
    p(
      'Pezeshkian had told members that the list was agreed beforehand with Ali Khamenei. Some of those who voted for him in July complain that it keeps ministers of the previous government and has few women and no Sunnis.',
    ),
    p(
      'Araghchi told parliament that he would manage tension with the United States rather than end it, and that relations with Europe depended on how Europe behaved.',
    ),
  ],
  related: [
    { slug: 'iran-cabinet-vote-fa', kind: 'SAME_EVENT', kicker: 'فارسی', reason: 'The same news in Persian' },
    { slug: 'pezeshkian-wins-iran-election', kind: 'BACKGROUND', kicker: 'July' },
    { slug: 'bagheri-named-acting-foreign-minister', kind: 'BACKGROUND', kicker: 'May' },
  ],
};

const cabinetPersian: SampleStory = {
  slug: 'iran-cabinet-vote-fa',
  kind: 'NEWS',
  language: 'fa',
  section: 'iran',
  title: 'مجلس به همه وزیران پیشنهادی پزشکیان رأی اعتماد داد',
  standfirst: 'عباس عراقچی وزیر خارجه شد و جای علی باقری را گرفت که از اردیبهشت سرپرست این وزارتخانه بود.',
  publishedAt: '2024-08-21T14:10:00Z',
  picture: { key: 'tehran-mountains', caption: 'تهران در دامنه البرز' },
  credits: [author('leila-moravec')],
  body: [
    p(
      'نمایندگان مجلس روز چهارشنبه به هر نوزده وزیر پیشنهادی مسعود پزشکیان رأی اعتماد دادند. از سال ۲۰۰۱ تا کنون هیچ دولتی بدون حتی یک رأی منفی مجلس کار خود را آغاز نکرده بود.',
    ),
    p(
      'عباس عراقچی، دیپلمات باسابقه و از مذاکره‌کنندگان توافق هسته‌ای سال ۲۰۱۵، وزیر خارجه ایران شد. پیش از او علی باقری، پس از کشته شدن حسین امیرعبداللهیان در سانحه بالگرد، سرپرستی وزارت خارجه را بر عهده داشت.',
    ),
    h('ترکیب کابینه'),
    list([
      'فرزانه صادق، وزیر راه و شهرسازی، دومین زنی است که پس از انقلاب وزیر می‌شود',
      'چند وزیر از دولت پیشین در جای خود مانده‌اند',
      'هیچ وزیر اهل سنت در فهرست نیست',
    ]),
    p(
      'پزشکیان پیش از رأی‌گیری گفته بود که فهرست وزیران با هماهنگی علی خامنه‌ای تنظیم شده است. برخی از کسانی که در تیرماه به او رأی دادند از حضور کم‌رنگ زنان در دولت تازه انتقاد کرده‌اند.',
    ),
    p(
      'عراقچی در مجلس گفت که می‌خواهد تنش با ایالات متحده را مدیریت کند و رابطه با اروپا به رفتار دولت‌های اروپایی بستگی دارد.',
    ),
  ],
  related: [
    {
      slug: 'iran-parliament-approves-cabinet',
      kind: 'SAME_EVENT',
      kicker: 'English',
      reason: 'The same news in English',
    },
  ],
};

const peacePrize: SampleStory = {
  slug: 'nobel-peace-prize-narges-mohammadi',
  kind: 'NEWS',
  language: 'en',
  section: 'iran',
  title: 'Nobel peace prize for Narges Mohammadi, in prison in Tehran',
  standfirst:
    'The committee in Oslo honours her struggle for women’s rights in Iran, and the protesters of 2022 with her.',
  publishedAt: '2023-10-06T10:05:00Z',
  picture: {
    key: 'tehran-mountains',
    caption: 'Evin prison lies in the north of Tehran, at the foot of the mountains',
  },
  credits: [author('leila-moravec')],
  body: [
    p(
      'The Nobel peace prize for 2023 goes to Narges Mohammadi, an Iranian human rights activist who is serving a sentence in Evin prison in Tehran.',
    ),
    p(
      'The Norwegian Nobel committee cited her fight against the oppression of women in Iran and for human rights and freedom for all. It counted thirteen arrests, five convictions and sentences that add up to thirty-one years in prison and 154 lashes.',
    ),
    p(
      'Mohammadi, 51, an engineer by training, has campaigned against the death penalty and against solitary confinement, about which she has written a book based on interviews with women prisoners. She is vice-president of the Defenders of Human Rights Center, founded by Shirin Ebadi, who received the same prize in 2003.',
    ),
    p(
      'The committee said that the award also recognises the hundreds of thousands of people who demonstrated after Mahsa Amini died in the custody of the morality police in September 2022.',
    ),
    p(
      'Iran’s foreign ministry called the decision biased and political. The ceremony is on 10 December; her family, who live in Paris, did not expect that she would be allowed to travel.',
    ),
  ],
  related: [
    { slug: 'han-kang-nobel-literature', kind: 'RELATED', kicker: 'Nobel' },
    { slug: 'iran-president-killed-in-helicopter-crash', kind: 'RELATED', kicker: 'Iran' },
  ],
};

export const iranStories: SampleStory[] = [
  helicopterCrash,
  bagheriNamed,
  nuclearExplainer,
  boardVote,
  pezeshkianWins,
  cabinet,
  cabinetPersian,
  peacePrize,
];
