const list = (text: string): string[] => text.trim().split(/\s+/);

/** What the generated stories are written with. */
export const words = list(`
  after again against agreement along among another archive argue assembly autumn balance bargain because before behind
  border bread bridge budget build calm careful carry change city claim climate close coast council country court cover
  crossing current daily debate decade decision deep delay deliver demand draft early east effort election energy engine
  evening evidence expect factory farmer few figure final first forecast forest found freight garden glass government
  grain ground growth harbour harvest hearing heat history hospital housing however hundred increase industry inquiry
  island journey judge keep lake land large late law leader less letter level light line local long loss market meeting
  member message middle million minister moment month more morning mountain museum near network never night north notice
  number office officials often open order over paper parliament part peace people plan plant point port power press
  price private programme promise proposal province public quarter question quiet railway rain rate reach record reform
  region report rescue result return rise river road rule school season second sector senior session settle seven share
  shelter ship shore short signal since slow small south spring station statement still stone storm strike student
  summer supply support surprise talks teacher term three toward town trade train treaty under union until valley
  vessel village voters wage walls warning water weather week west which while wind winter without witness work year`);

/** The word of a rank: those above first, made-up ones behind them. */
export function wordOf(rank: number): string {
  const syllable = (n: number): string => 'bcdfghklmnprstvwz'[n % 17]! + 'aeiou'[Math.floor(n / 17) % 5]!;
  if (rank < words.length) return words[rank]!;
  return syllable(rank) + syllable(Math.floor(rank / 85)) + syllable(Math.floor(rank / 7225)) + 'nrs'[rank % 3]!;
}

const starts = list('Al Be Cor Da El Fa Gi Ho Is Jo Ka Lu Mi No Or Pa Ra Sa Ta Vi');
const middles = list('ba dri lo mi na re si ta va zu');
const ends = list('n ra s to l mar ne dis k vo');

/** A word that names nobody: the same for the same number, another for each of 2,000 numbers. */
export function madeUpName(n: number): string {
  const middle = middles[Math.floor(n / 20) % 10]!;
  return `${starts[n % 20]}${middle}${ends[Math.floor(n / 200) % 10]}`;
}

export const professions = list('economist engineer lawyer physician historian diplomat writer judge farmer scientist');
export const posts = ['Minister of Trade', 'Chief executive', 'Governor', 'Spokesperson', 'President', 'Director'];
export const bodies = ['Council', 'Institute', 'Shipping', 'Union', 'Bank', 'University', 'Energy', 'Foundation'];
export const sectionNames = list(`
  World Politics Climate Business Technology Culture Science Sport Europe Asia Africa Americas Elections Parliament
  Energy Oceans Markets Work Chips Software Books Film Space Medicine Football Athletics Balkans Nordics Levant Gulf
  Sahel Andes Courts Cities Solar Rivers Banks Unions Privacy Design`);
