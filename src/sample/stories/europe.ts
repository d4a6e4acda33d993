import { em, facts, h, link, list, p, rich, strong, table } from '../blocks.js';
import { author } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const newParliament: SampleStory = {
  slug: 'new-european-parliament-in-numbers',
  kind: 'EXPLAINER',
  language: 'en',
  section: 'europe',
  title: 'The new European Parliament in numbers',
  standfirst: 'Eight groups, 720 seats and a president who was confirmed in the first round.',
  publishedAt: '2024-07-16T14:00:00Z',
  picture: { key: 'hemicycle' },
  credits: [author('jonas-pellerin')],
  body: [
    p(
      'The European Parliament elected in June met in Strasbourg for the first time on Tuesday and re-elected Roberta Metsola as its president, with 562 votes, for another two and a half years.',
    ),
    table(
      ['Group', 'Seats'],
      [
        ['European People’s Party', '188'],
        ['Socialists and Democrats', '136'],
        ['Patriots for Europe', '84'],
        ['European Conservatives and Reformists', '78'],
        ['Renew Europe', '77'],
        ['Greens / European Free Alliance', '53'],
        ['The Left', '46'],
        ['Europe of Sovereign Nations', '25'],
        ['No group', '33'],
      ],
      'Seats at the opening sitting',
    ),
    h('What is new'),
    p(
      'Two groups to the right of the Conservatives were formed after the election. The Patriots, in third place, bring together the parties of Marine Le Pen, Viktor Orbán and others; the smallest group was founded around the German AfD.',
    ),
    h('Who has a majority?'),
    p(
      'A majority takes 361 votes. The People’s Party, the Socialists and Renew together have 401. They do not vote as a block, which is why the Greens, who lost about a quarter of their seats, are courted all the same.',
    ),
    list([
      rich(strong('Turnout: '), 'just under 51 per cent'),
      rich(strong('Largest delegation: '), 'Germany, with 96 members'),
      rich(strong('First task: '), 'a vote on the next head of the European Commission'),
    ]),
  ],
  related: [
    { slug: 'von-der-leyen-second-term', kind: 'FOLLOW_UP', kicker: 'Commission' },
    { slug: 'a-year-of-elections', kind: 'RELATED', kicker: '2024' },
  ],
};

const secondTerm: SampleStory = {
  slug: 'von-der-leyen-second-term',
  kind: 'NEWS',
  language: 'en',
  section: 'europe',
  title: 'Von der Leyen wins a second term at the head of the Commission',
  standfirst: 'She needed 361 votes in Strasbourg and received 401, with help from the Greens.',
  publishedAt: '2024-07-18T12:50:00Z',
  picture: { key: 'flags-in-a-row', caption: 'Flags in front of a European institution' },
  credits: [author('jonas-pellerin')],
  body: [
    p(
      'Ursula von der Leyen will lead the European Commission for another five years. In a secret ballot on Thursday 401 members of the European Parliament voted for her, 284 against; fifteen abstained.',
    ),
    p(
      'That is a wider margin than in 2019, when she had nine votes to spare. Support came from the three groups of the centre and from the Greens, who announced before the vote that most of them would back her.',
    ),
    h('What she promised'),
    list([
      'A cut in net emissions of 90 per cent by 2040, written into law',
      'A commissioner for defence',
      'A commissioner for housing, the first',
      'Three times as many staff for the border agency',
    ]),
    p(
      'Governments of the European Union had put her name forward at the end of June. Each of them will now nominate a commissioner, and committees of parliament will question all of them in the autumn.',
    ),
    p(
      'She also spoke about Ukraine, saying that Europe would stand by it for as long as it takes, and criticised, without much diplomacy, the visit of Hungary’s prime minister to Moscow two weeks earlier.',
    ),
  ],
  related: [
    { slug: 'new-european-parliament-in-numbers', kind: 'BACKGROUND', kicker: 'In numbers' },
    { slug: 'eu-ai-act-explained', kind: 'RELATED', kicker: 'Technology' },
  ],
};

const barnier: SampleStory = {
  slug: 'gouvernement-barnier-renverse',
  kind: 'NEWS',
  language: 'fr',
  section: 'europe',
  title: 'Le gouvernement Barnier renversé par l’Assemblée nationale',
  standfirst:
    'Une motion de censure adoptée par 331 députés met fin, après trois mois, au plus bref des gouvernements de la Ve République.',
  publishedAt: '2024-12-04T20:10:00Z',
  picture: { key: 'hemicycle', caption: 'L’hémicycle, théâtre d’un vote sans précédent depuis 1962' },
  credits: [author('jonas-pellerin')],
  body: [
    p(
      'Les députés ont renversé mercredi soir le gouvernement de Michel Barnier. La motion de censure déposée par la gauche a recueilli 331 voix, alors qu’il en fallait 288 : le Rassemblement national a joint les siennes à celles du Nouveau Front populaire.',
    ),
    p(
      'C’est la deuxième fois seulement qu’un gouvernement tombe ainsi sous la Ve République. La première remonte à octobre 1962, sous Georges Pompidou.',
    ),
    h('Un budget sans majorité'),
    p(
      'Le premier ministre avait engagé lundi la responsabilité de son gouvernement sur le budget de la Sécurité sociale. Il cherchait 60 milliards d’euros d’économies et de recettes pour réduire un déficit supérieur à 6 % du produit intérieur brut.',
    ),
    facts('Et maintenant ?', [
      list([
        'Le gouvernement démissionnaire expédie les affaires courantes',
        'Emmanuel Macron doit nommer un successeur',
        'Faute de budget, une loi spéciale permet de lever l’impôt en janvier',
        'L’Assemblée ne peut être dissoute avant juillet 2025',
      ]),
    ]),
    p(
      'Nommé le 5 septembre, deux mois après des législatives sans vainqueur, l’ancien négociateur de l’',
      em('Union européenne'),
      ' pour le Brexit aura tenu trois mois à Matignon. À Paris, l’Élysée a annoncé une allocution du président pour jeudi soir.',
    ),
  ],
  related: [
    { slug: 'a-year-of-elections', kind: 'BACKGROUND', kicker: 'En anglais' },
    { slug: 'notre-dame-reopens', kind: 'RELATED', kicker: 'Paris', title: 'À Paris, Notre-Dame rouvre ses portes' },
  ],
};

const rutte: SampleStory = {
  slug: 'rutte-takes-over-at-nato',
  kind: 'NEWS',
  language: 'en',
  section: 'europe',
  title: 'Mark Rutte takes over from Jens Stoltenberg at NATO',
  standfirst: 'After ten years a Norwegian hands the gavel to a Dutchman. Ukraine is at the top of the pile.',
  publishedAt: '2024-10-01T11:30:00Z',
  picture: { key: 'flags-in-a-row', caption: 'Thirty-two flags fly at the headquarters of the alliance' },
  credits: [author('jonas-pellerin')],
  body: [
    p(
      'Mark Rutte became secretary general of NATO on Tuesday at a ceremony in Brussels, where Jens Stoltenberg handed him the Viking gavel that calls the council to order.',
    ),
    p(
      'Rutte, 57, was prime minister of the Netherlands for almost fourteen years, longer than anyone before him. He named three priorities: keeping the alliance strong, which means spending more; supporting Ukraine; and deepening partnerships with the European Union and with democracies in Asia.',
    ),
    h('A changed alliance'),
    p(
      'When Stoltenberg took office in October 2014, Russia had just annexed Crimea and three members met the target of spending two per cent of output on defence. This year, by ',
      link('the alliance’s own estimate', 'https://www.nato.int'),
      ', twenty-three do. Finland and Sweden have joined.',
    ),
    p(
      'The new man arrives five weeks before a presidential election in the United States, whose outcome could change a great deal. He said that he was not worried and had worked well with both candidates.',
    ),
  ],
  related: [
    { slug: 'von-der-leyen-second-term', kind: 'RELATED', kicker: 'Brussels' },
    { slug: 'a-year-of-elections', kind: 'RELATED', kicker: '2024' },
  ],
};

export const europeStories: SampleStory[] = [newParliament, secondTerm, barnier, rutte];
