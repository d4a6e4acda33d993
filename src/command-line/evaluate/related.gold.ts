/**
 * Events in our own words, made up for measuring. Each has two reports of it, and a report of another event of the same
 * kind: the words are alike, and the places, people and days are others.
 */
export interface GoldEvent {
  kind: string;
  /** Two reports of one event, by different hands. */
  same: readonly [GoldStory, GoldStory];
  /** Another event of the kind. */
  other: GoldStory;
}

export interface GoldStory {
  title: string;
  day: string;
  text: string;
}

const story = (day: string, title: string, text: string): GoldStory => ({ day, title, text });

export const goldEvents: readonly GoldEvent[] = [
  {
    kind: 'earthquake',
    same: [
      story(
        '2023-03-04',
        'Strong earthquake shakes the coast near Valmora',
        'A strong earthquake shook the coast near Valmora before dawn, bringing down houses in the old harbour. The quake had a magnitude of 6.8, the Institute of Geophysics in Tressel said. Rescuers from Tressel dug through rubble for survivors while aftershocks went on. Mayor Ines Calder asked people to stay outdoors.',
      ),
      story(
        '2023-03-05',
        'Search for survivors goes on in Valmora',
        'A day after the earthquake that struck Valmora, rescue teams from Tressel were still pulling people out of the rubble. Ines Calder, the mayor, said forty houses in the old harbour had collapsed. Seismologists of the Institute of Geophysics counted ninety aftershocks.',
      ),
    ],
    other: story(
      '2023-03-06',
      'Earthquake brings down houses in Okuzawa',
      'A strong earthquake shook the mountains around Okuzawa before dawn and brought down houses. The quake had a magnitude of 6.5, the Meteorological Bureau in Hamada said. Rescuers dug through rubble for survivors while aftershocks went on. Governor Kenji Morita asked people to stay outdoors.',
    ),
  },
  {
    kind: 'election',
    same: [
      story(
        '2022-10-10',
        'Opposition wins parliamentary election in Karelund',
        'The opposition has won the parliamentary election in Karelund, the electoral commission said after nine tenths of the votes were counted. Turnout was the highest in twenty years. Astrid Holm of the Reform League is expected to form a government with the Greens, and Prime Minister Lars Vik conceded defeat.',
      ),
      story(
        '2022-10-11',
        'Astrid Holm begins coalition talks after victory over Vik',
        'Astrid Holm, whose Reform League came first in the vote in Karelund, has begun coalition talks with the Greens. Lars Vik, the outgoing prime minister, wished her luck. The electoral commission will publish the final count and turnout on Friday.',
      ),
    ],
    other: story(
      '2022-10-12',
      'Ruling party loses parliamentary election in Sorvania',
      'The ruling party has lost the parliamentary election in Sorvania, the electoral commission said after most of the votes were counted. Turnout was low. Milan Petrak of the Farmers’ Union is expected to form a government, and Prime Minister Dana Kovar conceded defeat.',
    ),
  },
  {
    kind: 'plane crash',
    same: [
      story(
        '2021-06-14',
        'Passenger plane of Northwind crashes near Brevik Sound',
        'A passenger plane of Northwind Airways with 82 people on board crashed shortly before landing at Brevik Sound. Investigators are looking for the flight recorders. The pilot had told the tower of trouble with an engine. Bad weather hampered the rescue on Mount Selje.',
      ),
      story(
        '2021-06-16',
        'Flight recorder of crashed Northwind plane found on Mount Selje',
        'Divers and climbers have recovered one of the flight recorders of the Northwind Airways plane that crashed on its way to Brevik Sound. Investigators said the pilot reported engine trouble minutes before it hit Mount Selje. All 82 people on board died.',
      ),
    ],
    other: story(
      '2021-06-15',
      'Cargo plane of Transmar crashes after take-off from Port Adair',
      'A cargo plane of Transmar with five people on board crashed shortly after take-off from Port Adair. Investigators are looking for the flight recorders. The pilot had told the tower of trouble with an engine. Bad weather hampered the rescue in the Culloway Marshes.',
    ),
  },
  {
    kind: 'flood',
    same: [
      story(
        '2020-08-02',
        'River Aldra bursts its banks, thousands leave Mistelbach',
        'After three days of rain the River Aldra has burst its banks and flooded the lower town of Mistelbach. Thousands were taken to shelters in schools. The dam at Obersee holds, engineers of the Water Office said. Soldiers filled sandbags through the night.',
      ),
      story(
        '2020-08-03',
        'Water falls in Mistelbach as dam at Obersee holds',
        'The water has begun to fall in Mistelbach, where the River Aldra flooded hundreds of cellars. Families may go back on Wednesday, the Water Office said. Soldiers will watch the dam at Obersee, which held through the rain.',
      ),
    ],
    other: story(
      '2020-08-04',
      'Floods drive thousands from their homes in Rangpara',
      'After a week of rain the River Dhola has burst its banks and flooded villages around Rangpara. Thousands were taken to shelters in schools. The embankment at Kalighat holds, engineers said. Soldiers filled sandbags through the night.',
    ),
  },
  {
    kind: 'central bank',
    same: [
      story(
        '2024-02-08',
        'Bank of Tarnow raises interest rate to five per cent',
        'The Bank of Tarnow has raised its interest rate by half a point to five per cent to bring inflation down. Governor Helena Brzak said prices of food and energy were rising too fast. Economists had expected a smaller step. The crown gained against the dollar.',
      ),
      story(
        '2024-02-09',
        'Brzak defends rate rise against critics in Tarnow',
        'Helena Brzak, who heads the Bank of Tarnow, has defended the rise of the interest rate to five per cent. Unions said that it would cost jobs. Inflation had to come down before the crown could be trusted, Brzak told the parliament.',
      ),
    ],
    other: story(
      '2024-02-09',
      'Reserve Bank of Quilmara leaves interest rate where it is',
      'The Reserve Bank of Quilmara has left its interest rate at seven per cent although inflation is rising. Governor Tomás Arrieta said prices of food and energy would fall. Economists had expected a rise. The real fell against the dollar.',
    ),
  },
  {
    kind: 'train accident',
    same: [
      story(
        '2019-11-20',
        'Two trains collide outside Ferrenbourg',
        'Two trains collided in fog outside Ferrenbourg on Wednesday morning, and eleven passengers were taken to hospital. A signal at the Lys junction had been passed at red, the railway operator Translinea said. The line to Montreval will be closed for days.',
      ),
      story(
        '2019-11-21',
        'Translinea looks into signal failure after collision in Ferrenbourg',
        'The railway operator Translinea is examining why a driver passed a red signal at the Lys junction outside Ferrenbourg. Eleven passengers were hurt when two trains collided. Buses run between Ferrenbourg and Montreval.',
      ),
    ],
    other: story(
      '2019-11-22',
      'Train derails near Stonebridge, nine hurt',
      'A train came off the rails near Stonebridge on Friday morning, and nine passengers were taken to hospital. The points at Heathfield had been repaired the day before, the railway operator Wessex Lines said. The line to Carrow will be closed for days.',
    ),
  },
  {
    kind: 'court',
    same: [
      story(
        '2023-05-17',
        'Court in Lindenau sentences banker Ruben Okafor to six years',
        'The regional court in Lindenau has sentenced the former banker Ruben Okafor to six years in prison for fraud. Okafor had sold worthless bonds of Solvara Holding to pensioners. His lawyer, Petra Nyberg, said he would appeal.',
      ),
      story(
        '2023-05-19',
        'Okafor appeals against sentence in Solvara fraud',
        'Ruben Okafor, the banker convicted of fraud in Lindenau, has appealed against his sentence of six years. Petra Nyberg, who defends him, says the judges overlooked who else at Solvara Holding knew of the bonds.',
      ),
    ],
    other: story(
      '2023-05-18',
      'Court in Bellmare sentences contractor Dario Lunghi to four years',
      'The criminal court in Bellmare has sentenced the former contractor Dario Lunghi to four years in prison for fraud. Lunghi had built a bridge with worthless steel of Ferrotec. His lawyer, Chiara Manzi, said he would appeal.',
    ),
  },
  {
    kind: 'football',
    same: [
      story(
        '2022-05-28',
        'Dunmore Rovers win cup final after penalties',
        'Dunmore Rovers have won the cup final against Castleford Athletic after penalties. Goalkeeper Jamie Orr saved two shots in front of 60,000 people at Granary Park. Castleford had led until a late goal by Samir Haddad.',
      ),
      story(
        '2022-05-29',
        'Dunmore celebrates Orr, the hero of Granary Park',
        'Tens of thousands lined the streets of Dunmore to greet the Rovers and their goalkeeper Jamie Orr, who saved two penalties in the cup final at Granary Park. Samir Haddad, who scored late against Castleford Athletic, carried the cup.',
      ),
    ],
    other: story(
      '2022-05-29',
      'Real Albarra win cup final after extra time',
      'Real Albarra have won the cup final against Deportivo Mirasol after extra time. Goalkeeper Iker Sanz saved a penalty in front of 50,000 people at the Estadio Norte. Mirasol had led until a late goal by Rui Teixeira.',
    ),
  },
  {
    kind: 'strike',
    same: [
      story(
        '2024-09-03',
        'Dockers walk out in Haverholm over pay',
        'Dockers in Haverholm have gone on strike for higher pay, and forty ships wait outside the port. The union Seaward asks for eight per cent; the port company Norholm offers three. Shops on the Faren Islands fear empty shelves.',
      ),
      story(
        '2024-09-05',
        'Norholm and Seaward meet to end strike in Haverholm',
        'The port company Norholm and the union Seaward have agreed to talk about pay on Friday while dockers in Haverholm stay out. Ferries bring food to the Faren Islands. The strike costs Norholm a million a day.',
      ),
    ],
    other: story(
      '2024-09-04',
      'Bus drivers walk out in Calatrera over pay',
      'Bus drivers in Calatrera have gone on strike for higher pay, and commuters wait in vain. The union Unidos asks for nine per cent; the company Metrobus offers four. Schools in Villa Clara fear empty classrooms.',
    ),
  },
  {
    kind: 'fire',
    same: [
      story(
        '2021-01-12',
        'Fire destroys cloth market in Zahrani',
        'A fire has destroyed the old cloth market in Zahrani. Firefighters from three districts fought the flames until noon; nobody was killed. Traders blame cables that the Zahrani Power Company had not renewed. The roof of the Copper Gate fell in.',
      ),
      story(
        '2021-01-13',
        'Traders of burnt market in Zahrani ask for help',
        'Traders whose stalls burnt in the cloth market of Zahrani have asked the city for help. The Zahrani Power Company denied that its cables were to blame. Masons are propping up what is left of the Copper Gate.',
      ),
    ],
    other: story(
      '2021-01-14',
      'Fire destroys furniture factory in Kessfeld',
      'A fire has destroyed a furniture factory in Kessfeld. Firefighters from three districts fought the flames until noon; nobody was killed. Workers blame a dryer that the owner, Holzwerk Brandt, had not renewed. The roof fell in.',
    ),
  },
  {
    kind: 'summit',
    same: [
      story(
        '2023-09-21',
        'Leaders sign fishing treaty at summit in Port Selim',
        'Leaders of nine coastal states have signed a treaty on fishing at a summit in Port Selim. It sets quotas for tuna and bans drift nets. President Amara Diallo called it a gift to the grandchildren. Environmental groups such as Blue Shelf want stricter checks.',
      ),
      story(
        '2023-09-22',
        'Blue Shelf doubts that Port Selim treaty will save the tuna',
        'The environmental group Blue Shelf doubts that the treaty of Port Selim will save the tuna. Quotas are worth little without checks at sea, it said. Amara Diallo, the host of the summit, promised patrol boats against drift nets.',
      ),
    ],
    other: story(
      '2023-09-22',
      'Ministers sign border treaty at summit in Ulan Tash',
      'Ministers of four inland states have signed a treaty on borders at a summit in Ulan Tash. It opens crossings and bans new fences. President Timur Akhmedov called it a gift to the grandchildren. Groups such as Open Steppe want stricter checks.',
    ),
  },
  {
    kind: 'epidemic',
    same: [
      story(
        '2020-04-06',
        'Cholera spreads in camps around Mbasa',
        'Cholera is spreading in the camps around Mbasa, the aid group Hands Across said. Three hundred people are being treated in tents and the wells at Lake Toro are closed. Doctor Grace Achieng asked for vaccines and clean water.',
      ),
      story(
        '2020-04-08',
        'Vaccines against cholera reach Mbasa',
        'The first vaccines against cholera have reached Mbasa, where Doctor Grace Achieng and the aid group Hands Across treat three hundred patients. New wells are being dug away from Lake Toro.',
      ),
    ],
    other: story(
      '2020-04-07',
      'Measles spreads in schools of Nordhaven',
      'Measles is spreading in the schools of Nordhaven, the health office said. Thirty children are being treated and two kindergartens in Skagby are closed. Doctor Mette Friis asked parents to have them vaccinated.',
    ),
  },
  {
    kind: 'rocket launch',
    same: [
      story(
        '2022-12-01',
        'Rocket Petrel brings weather satellite into orbit from Cape Lorne',
        'The rocket Petrel has brought a weather satellite into orbit from Cape Lorne. It was the first launch of the company Skyway since a failure in spring. The satellite Nimbra will watch storms over the ocean.',
      ),
      story(
        '2022-12-03',
        'Nimbra sends first picture after launch from Cape Lorne',
        'The weather satellite Nimbra has sent its first picture, two days after a Petrel rocket carried it into orbit. Engineers of Skyway at Cape Lorne cheered. Forecasters will see storms over the ocean hours earlier.',
      ),
    ],
    other: story(
      '2022-12-02',
      'Rocket Baikara fails to bring telescope into orbit from Sary Kum',
      'The rocket Baikara has failed to bring a telescope into orbit from Sary Kum. It was the second launch of the agency Kazcosmos this year. The telescope Altyn was to watch distant stars.',
    ),
  },
];

/** A report as an agency sends it again: another headline, one paragraph more. */
export const sentAgain = ({ day, title, text }: GoldStory): GoldStory => ({
  day,
  title: `UPDATE 1: ${title}`,
  text: `${text} More was to be said later in the day.`,
});
