import { em, facts, h, link, list, p, quote, rich, strong, table } from '../blocks.js';
import { author, drawnByWren, editor } from '../credits.js';
import type { SampleStory } from '../sample.types.js';

const britain: SampleStory = {
  slug: 'labour-wins-british-election',
  kind: 'NEWS',
  language: 'en',
  section: 'politics',
  title: 'Labour returns to power in Britain with a large majority and a third of the vote',
  standfirst:
    'Keir Starmer has named his cabinet. The last seat, in the Scottish Highlands, was declared two days after polling.',
  publishedAt: '2024-07-06T17:30:00Z',
  picture: { key: 'westminster-river' },
  credits: [author('jonas-pellerin')],
  body: [
    p(
      'Keir Starmer held his first cabinet meeting on Saturday, two days after an election that ended fourteen years of Conservative government in the United Kingdom. His predecessor, Rishi Sunak, stays on as party leader until a successor is chosen.',
    ),
    table(
      ['Party', 'Seats', 'Share of votes'],
      [
        ['Labour', '411', '33.7 %'],
        ['Conservatives', '121', '23.7 %'],
        ['Liberal Democrats', '72', '12.2 %'],
        ['Scottish National Party', '9', '2.5 %'],
        ['Reform UK', '5', '14.3 %'],
        ['Greens', '4', '6.7 %'],
        ['Others, with the Speaker', '28', '6.9 %'],
      ],
      'House of Commons, 650 seats',
    ),
    h('A lopsided result'),
    p(
      'No majority in modern British history has rested on so small a share of the vote. Labour gained less than two points over 2019; what decided the election was the collapse of the Conservatives, who lost votes to Reform UK on one side and to the Liberal Democrats on the other.',
    ),
    p('Turnout was about 60 per cent, the lowest in two decades.'),
    p(
      'Among the first decisions is the end of the plan to send asylum seekers to Rwanda. Starmer travels to Washington on Tuesday for a NATO summit.',
    ),
  ],
  related: [
    { slug: 'a-year-of-elections', kind: 'RELATED', kicker: '2024' },
    { slug: 'new-european-parliament-in-numbers', kind: 'RELATED', kicker: 'Europe' },
  ],
};

const mexico: SampleStory = {
  slug: 'mexico-elects-sheinbaum',
  kind: 'NEWS',
  language: 'en',
  section: 'politics',
  title: 'Mexico elects Claudia Sheinbaum, its first woman president',
  standfirst: 'The electoral institute’s quick count gives the former mayor of the capital close to 60 per cent.',
  publishedAt: '2024-06-03T08:30:00Z',
  picture: { key: 'capital-square' },
  credits: [author('idris-okafor-bell'), drawnByWren],
  body: [
    p(
      'Claudia Sheinbaum has won the presidency of Mexico by a wide margin. A quick count by the national electoral institute put her share of Sunday’s vote between 58.3 and 60.7 per cent, some thirty points ahead of Xóchitl Gálvez, the candidate of three opposition parties.',
    ),
    p(
      'She will be the first woman to hold the office. The two leading candidates were both women, which had not happened before either.',
    ),
    facts('Who is she?', [
      list([
        'Born in Mexico City in 1962',
        'Physicist, with a doctorate in energy engineering',
        'Contributed to reports of the UN climate panel',
        'Mayor of the capital from 2018 to 2023',
      ]),
    ]),
    p(
      'Sheinbaum stands for continuity with Andrés Manuel López Obrador, who could not run again. Their party, Morena, and its allies were also on course for a very large majority in the lower house.',
    ),
    p(
      'The campaign was the bloodiest in the country’s recent history: more than thirty candidates for local and other offices were murdered. Her term begins on 1 October and lasts six years.',
    ),
  ],
  related: [
    { slug: 'a-year-of-elections', kind: 'FOLLOW_UP', kicker: '2024' },
    { slug: 'modi-returns-without-majority', kind: 'RELATED', kicker: 'India' },
  ],
};

const india: SampleStory = {
  slug: 'modi-returns-without-majority',
  kind: 'NEWS',
  language: 'en',
  section: 'politics',
  title: 'Modi set for a third term, but now needs partners',
  standfirst: 'India’s governing party loses its own majority. Its alliance keeps one.',
  publishedAt: '2024-06-04T17:20:00Z',
  picture: { key: 'ballot-box', caption: 'About 642 million people voted in India' },
  credits: [author('tomas-eberhart')],
  body: [
    p(
      'Narendra Modi claimed a third term as prime minister of India on Tuesday after an election that turned out far closer than surveys had suggested.',
    ),
    list([
      rich(strong('272'), ' seats are a majority'),
      rich(strong('240'), ' went to his Bharatiya Janata Party, 63 fewer than in 2019'),
      rich(strong('293'), ' to the alliance that it leads'),
      rich(strong('99'), ' to Congress, the largest opposition party, almost double'),
    ]),
    p(
      'For the first time since 2014 Modi will depend on others, above all on regional parties from Andhra Pradesh and Bihar whose leaders have changed sides before.',
    ),
    p(
      'The greatest surprise came from Uttar Pradesh, the most populous state, where the governing party lost nearly half of its seats, including that of Ayodhya, where Modi had opened a temple in January.',
    ),
    p(
      'Voting took six weeks in seven rounds, much of it in extreme heat. The election commission put the number of voters at about 642 million. Indian shares, which had jumped on Monday after exit polls, fell by almost six per cent.',
    ),
  ],
  related: [
    { slug: 'mexico-elects-sheinbaum', kind: 'RELATED', kicker: 'Mexico' },
    { slug: 'a-year-of-elections', kind: 'FOLLOW_UP', kicker: '2024' },
  ],
};

const yearOfElections: SampleStory = {
  slug: 'a-year-of-elections',
  kind: 'ANALYSIS',
  language: 'en',
  section: 'world',
  title: 'A bad year to be in government',
  standfirst:
    'Some seventy countries voted in 2024. From Tokyo to London, those in power were punished, with few exceptions.',
  publishedAt: '2024-12-20T07:00:00Z',
  picture: { key: 'ballot-box' },
  credits: [author('idris-okafor-bell'), editor('mara-lindqvist')],
  body: [
    p(
      'Never before had so many people been called to vote in a single year. Now that the count is in, one pattern stands out: governments lost.',
    ),
    p(
      'The ',
      link('Financial Times', 'https://www.ft.com'),
      ' calculated in November that in every developed country that held a national election this year the governing party’s share of the vote fell, for the first time in almost 120 years of records.',
    ),
    table(
      ['Country', 'Date', 'What happened to the government'],
      [
        ['South Africa', '29 May', 'Majority lost after thirty years; coalition'],
        ['Mexico', '2 June', 'Confirmed: Claudia Sheinbaum elected'],
        ['India', '4 June (count)', 'Narendra Modi stays, with partners'],
        ['United Kingdom', '4 July', 'Voted out; Keir Starmer takes over'],
        ['France', '7 July', 'No majority for anyone'],
        ['Japan', '27 October', 'Majority lost'],
        ['United States', '5 November', 'Voted out; Donald Trump returns'],
      ],
    ),
    h('Prices first'),
    p(
      'What connects such different places? The best candidate is inflation. Prices rose faster in 2022 than at any time in a generation, and voters went on comparing with what they used to pay long after the rate had come down.',
    ),
    h('Not a turn to one side'),
    p(
      'It would be a mistake to read the year as a victory of the right. In Britain the government that fell was conservative; in Mexico the left won easily. Iran, where the choice is narrow, elected the most moderate of six approved candidates, Masoud Pezeshkian.',
    ),
    p(
      'Nor did people stop believing in ballots. Turnout was high in many places, and most losers conceded. The exceptions, such as Venezuela and Georgia, are reminders that holding an election and accepting its outcome are two things.',
    ),
  ],
  related: [
    { slug: 'labour-wins-british-election', kind: 'BACKGROUND', kicker: 'Britain' },
    { slug: 'mexico-elects-sheinbaum', kind: 'BACKGROUND', kicker: 'Mexico' },
    { slug: 'modi-returns-without-majority', kind: 'BACKGROUND', kicker: 'India' },
    { slug: 'gouvernement-barnier-renverse', kind: 'BACKGROUND', kicker: 'France', reason: 'In French' },
    { slug: 'pezeshkian-wins-iran-election', kind: 'BACKGROUND', kicker: 'Iran' },
  ],
};

const opinion: SampleStory = {
  slug: 'opinion-secret-talks-deserve-a-record',
  kind: 'OPINION',
  language: 'en',
  section: 'politics',
  title: 'Talk in secret, but keep the minutes',
  standfirst: 'Enemies need back rooms. The public needs to know, one day, what was said in them.',
  publishedAt: '2024-06-09T06:00:00Z',
  picture: { key: 'negotiating-table' },
  credits: [author('mara-lindqvist'), editor('idris-okafor-bell')],
  body: [
    p(
      'Iran has confirmed what many assumed: it talks to the United States, in Oman, away from cameras. Some will be scandalised. I am relieved. Governments that can destroy each other should have somebody’s telephone number.',
    ),
    p(
      'The most useful conversations of the past half-century began out of sight. An American envoy flew to Beijing in 1971 by way of Pakistan, pleading a stomach ache. Israelis and Palestinians met in Norwegian country houses. The nuclear accord of 2015 started with a handful of diplomats in Muscat.',
    ),
    quote('Secrecy is a loan from the public. It should be repaid, with interest, in documents.', 'Mara Lindqvist'),
    p(
      'My worry is what comes after. Messages that pass by word of mouth through a third country leave no file. When such talks fail, each side tells its own story, and nobody can check.',
    ),
    h('Three modest rules'),
    list(
      [
        'Write it down, even if only one copy is kept',
        'Tell a few elected people, in confidence, that the talks exist',
        'Set the year in which the papers are opened',
      ],
      true,
    ),
    p(
      'There is a model. American law requires the State Department to publish the record of foreign policy, ',
      em('thorough, accurate and reliable'),
      ', within thirty years of the events. The department is often late. But historians know what it owes them, and so do the officials who hold the pen.',
    ),
  ],
  related: [
    { slug: 'iran-confirms-secret-talks-with-the-us', kind: 'BACKGROUND', kicker: 'News' },
    { slug: 'oman-the-quiet-go-between', kind: 'BACKGROUND', kicker: 'Feature' },
  ],
};

export const politicsStories: SampleStory[] = [britain, mexico, india, yearOfElections, opinion];
