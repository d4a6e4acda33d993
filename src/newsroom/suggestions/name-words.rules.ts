/** Words that tell of a name whether it is a person's, an organisation's, a place's or that of something else. English, as far as words go. */

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** What the names of organisations end with, or begin with before "of" and "for". */
const organisationHeads =
  setOf(`academy administration agency airlines airways alliance army assembly associates association authority bank
  bankers battalion battery band board brigade brigades broadcasting brotherhood bureau cabinet chamber charity church clinic club co
  coalition college command commission committee company confederation congress consortium consulate corporation corp corps
  council court daily department directorate division embassy entertainment enterprises exchange faculty federation fleet
  force forces foundation front fund gallery gazette gmbh government group guard guards guild herald holdings hospital inc
  industries initiative institute institution intelligence journal lab laboratory laboratories league legion library limited
  llc llp ltd magazine media militia ministry mission mosque motors movement museum navy network news observatory office
  orchestra organisation organization parliament partners party plc police polytechnic post press productions publishing
  radio records regiment review school secretariat seminary senate service services society solutions squadron studio
  studios syndicate systems taskforce team technologies television theatre theater times treasury tribunal tribune troupe
  trust union unit united universities university watch weekly wing federal fc afc`);

/** What the names of places end with, or begin with before "of". */
const placeHeads =
  setOf(`airfield airport archipelago arena avenue barracks base basin bay beach boulevard bridge camp canal canyon cape
  castle city coast corridor county creek crossing dam delta desert district emirate emirates falls field forest
  governorate gulf harbor harbour heights highlands highway hill hills island islands isle isles kingdom lake mountain
  mountains municipality ocean oasis palace park peninsula plain plains plateau plaza port prefecture province
  region republic reservoir river road sea shelf square stadium state states strait straits street suburb territories
  territory town township valley village ward woods zone`);

/** What the names of places begin with. */
const placeBeginnings = setOf(`cape fort ft lake mount mt port camp san santa santo rio puerto el los las saint st`);
const quarters = setOf(
  `north south east west northern southern eastern western central upper lower greater inner outer`,
);

/** What names end with, or begin with, that are neither people's, organisations' nor places'. */
const otherHeads =
  setOf(`accord accords act age agreement amendment anniversary award awards bible bill ceremony century championship championships
  charter code concerto conference congressional constitution convention covenant crisis cup day days debate declaration degree
  directive doctrine edition election elections era event exhibition festival final finals framework game games holiday
  hurricane imax initiative law laws lecture lesson marathon medal medals month night oath olympics olympic opera operation
  order pact paralympics paralympic phase plan prize program programme project prizes protocol quran race report resolution
  revolution scholarship season series song spring statement storm study summit symphony theorem theory tour tournament
  time treaty trophy typhoon uprising version war wars week weekend year years`);
const otherBeginnings = setOf(
  `operation hurricane typhoon cyclone article section chapter resolution phase version level grade class`,
);

/** Fields that ministries and boards are for: "and" between two of them parts no names. */
const fields =
  setOf(`affairs agriculture aid arts atomic commerce commonwealth communications community cooperation culture customs defence defense
  development disarmament drug economic economy education employment energy engineering environment exchange exploration
  family finance fisheries food foreign forestry health heritage home housing human humanitarian immigration industry
  information infrastructure innovation interior international investment justice labor labour land licensing management
  medicine media migration mines music nuclear oil planning police political power prevention public recreation reconstruction
  refugees relations relief research resources rights rural safety science sciences security social space sport sports
  standards state studies technology tourism trade training transport transportation treasury urban veterans water welfare
  wildlife women works youth`);

/** Given names that are common somewhere. */
const given =
  setOf(`aaron abbas abdul abdullah abigail abraham adam ahmad ahmed aisha alan albert alejandro alex alexander alexandra alexei alexis
  alfred ali alice alicia alison amanda amber amelia amir amy ana andre andrea andreas andrew andrey andy angela angelina anita
  ann anna anne annie anthony anton antonio april ariel arthur asad ashley ashraf austin ayesha barbara barry bashar beatrice
  ben benjamin bernard bernie beth betty bill billy bob bonnie boris brad bradley brandon brenda brett brian bruce bruno bryan
  caleb cameron carl carla carlos carmen carol caroline carolyn catherine cathy cecilia cesar charles charlie charlotte chelsea
  cheryl chloe chris christian christina christine christopher cindy claire clara claudia clive colin connie craig cynthia
  daisy dale damien dan dana daniel daniela danny daphne dave david dean deborah debra denis denise dennis derek diana diane
  diego dmitri dmitry dominic don donald donna doris dorothy doug douglas duncan dylan ebrahim eddie edgar edith edward edwin
  eileen elaine eleanor elena eli elias elizabeth ella ellen elliot emil emily emma emmanuel enrique eric erica erik ernest
  esther ethan eugene eva evan evelyn fadi faisal farid fatima felipe felix fernando fiona florence frances francesca francis
  francisco francois frank franklin fred frederick gabriel gareth gary gavin gemma gene geoff geoffrey george gerald gerard
  gilbert gina giorgio giovanni gloria gordon grace graham grant greg gregory guy gwen haider hamid hannah harold harriet harry
  hasan hassan heather hector heidi helen helena henry herbert hillary holly howard hugh hugo hussain hussein ian ibrahim ida
  igor imran ingrid irene iris isaac isabel isabella isabelle ivan jack jackie jacob jacqueline jake jamal james jamie jan jane
  janet janice jared jasmine jason javier jay jean jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jessie jesus
  jill jim jimmy joan joanna joanne joe joel johan johannes john johnny jon jonathan jordan jorge jose josef joseph josh joshua
  joy joyce juan judith judy julia julian julie julio june justin kamal karen karim karl kate katherine kathleen kathryn kathy
  katie keith kelly ken kenneth kevin khaled khalid kim kofi kristen kristin kurt kyle lara larry laura lauren laurence
  lawrence leah lee leila leo leon leonard leonardo leslie lewis liam lillian linda lindsay lisa liz lloyd logan lois lorenzo
  lorraine louis louise lucas lucia lucy luis luke lydia lynn madeleine maggie mahmoud manuel marc marcel marco marcus margaret
  maria mariam marie marilyn mario marion mark marko marlene marta martha martin martina marvin mary masoud mathias matt matthew
  maureen maurice max maxim megan mehmet melanie melissa mercedes michael michelle miguel mikhail mike milan miles miriam
  mitchell mohamed mohammad mohammed molly monica moses muhammad murray mustafa nadia nancy naomi natalia natalie nathan nathaniel
  neil nelson nicholas nick nicola nicolas nicole nigel nikolai nina noah noam noel nora norman olga oliver olivia omar oscar otto
  pablo pamela patricia patrick paul paula pauline pedro peggy penny peter phil philip philippe phillip phyllis pierre priya
  rachel rafael rahul ralph rami ramon randy raul ray raymond rebecca regina reza ricardo richard rick rita rob robert roberta
  roberto robin rodney roger roland ron ronald rosa rose rosemary ross roy ruben ruth ryan sabrina saddam said salim salman sally
  sam samantha samir samuel sandra sara sarah saul scott sean sebastian sergei sergey sergio seth sharon shaun shawn sheila
  shirley sidney silvia simon simone sofia sonia sophia sophie stacy stan stanley stefan stella stephanie stephen steve steven
  stewart stuart sue susan susanna suzanne sven sylvia tamara tammy tania tanya tara tariq ted teresa terry theodore theresa thomas
  tiffany tim timothy tina tobias todd tom tommy toni tony tracy travis trevor tristan tyler umar ursula valerie vanessa vera
  vernon veronica vicky victor victoria vincent viola virginia vladimir walter wanda warren wayne wendy wilhelm will william
  winston xavier yasmin yousef youssef yuri yusuf yvonne zachary zainab zoe`);

/** Places that the time zones and the countries of the world leave out, and short forms of those that are there. */
const otherPlaces = `Africa|Antarctica|Arctic|Asia|Balkans|Baltic|Caribbean|Caucasus|Europe|Eurasia|Latin America|Levant|Middle East|Far East|Near East
  |Gaza|Gaza Strip|West Bank|Golan Heights|Kurdistan|Palestine|Holy Land|Persian Gulf|Mediterranean|Pacific|Atlantic|Horn of Africa|Sahel|Sahara
  |US|U.S.|USA|U.S.A.|UK|U.K.|UAE|DRC|America|Britain|Great Britain|England|Scotland|Wales|Northern Ireland|Holland|Burma|Ivory Coast|Czech Republic
  |Turkey|Macedonia|Bosnia|Congo|Korea|North Korea|South Korea|Soviet Union|USSR|Yugoslavia|Czechoslovakia|West Germany|East Germany|Hong Kong|Macau|Tibet|Crimea|Donbas|Kashmir
  |Washington|Washington DC|Washington D.C.|D.C.|Beijing|Tel Aviv|Mumbai|Delhi|New Delhi|Geneva|Milan|Barcelona|Munich|Frankfurt|Hamburg|Manchester|Birmingham|Liverpool|Edinburgh|Glasgow|Cardiff
  |Canberra|Ottawa|Rio de Janeiro|San Francisco|Boston|Philadelphia|Houston|Dallas|Miami|Seattle|Atlanta|St. Louis|Las Vegas|San Diego|New Orleans|Cleveland|Pittsburgh|Baltimore|Kyiv|Kiev|St. Petersburg|Ankara
  |Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri
  |Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|New York City|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia
  |West Virginia|Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta|Nova Scotia|New South Wales|Queensland|Tasmania`;

let places: ReadonlySet<string> | undefined;

/** Countries and regions by their English names, cities that time zones are named after, and a few more. */
function knownPlaces(): ReadonlySet<string> {
  if (places) return places;
  const names = new Set(otherPlaces.split('|').map((name) => name.trim()));
  const region = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const name = region.of(code);
    if (name && !/^(?:Unknown|Pseudo|European Union|Eurozone|United Nations)/.test(name)) {
      for (const part of name.split(/ - |[()]| & /)) if (part.trim().length > 3) names.add(part.trim());
    }
  }
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const [area, ...city] = zone.split('/');
    const name = city.at(-1)?.replaceAll('_', ' ');
    if (name !== undefined && !/^(?:Etc|Antarctica)$/.test(area!) && !given.has(name.toLowerCase())) names.add(name);
  }
  places = names;
  return names;
}

/** Adjectives of nations, faiths and parties' followers: a name of an organisation may begin with them, no other. */
const following =
  setOf(`african african-american arab arabian arabs asian assyrian buddhist catholic christian coptic conservative conservatives democrat democrats
  democratic european hindu islamic islamist jewish kurdish latin liberal libertarian marxist muslim nazi orthodox persian presidential
  protestant republican republicans salafi shia shiite socialist soviet sunni turkmen yazidi yezidi zionist western eastern northern
  southern federal congressional parliamentary olympic paralympic`);

/** Words that stand with a capital where no name is. */
const noNames =
  setOf(`near amid image images photo photos picture file category credit source video caption screenshot interview interviewer update
  editor note thanks thank hi hello dear sorry sure maybe please people everyone everybody anyone nothing something anything
  officers jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun thanksgiving halloween hanukkah passover
  eid nowruz est pst gmt utc bst mr mrs ms q a ph phd md ba bsc msc ma m.sc mba u.n phrase`);

const bare = (word: string): string => word.toLowerCase().replace(/\.$/, '');

export const isOrganisationHead = (word: string): boolean => organisationHeads.has(bare(word));
export const isPlaceHead = (word: string): boolean => placeHeads.has(bare(word));
export const isPlaceBeginning = (word: string): boolean => placeBeginnings.has(bare(word));
export const isQuarter = (word: string): boolean => quarters.has(bare(word));
export const isOtherHead = (word: string): boolean => otherHeads.has(bare(word));
export const isOtherBeginning = (word: string): boolean => otherBeginnings.has(bare(word));
export const isField = (word: string): boolean => fields.has(bare(word));
export const isFollowing = (word: string): boolean => following.has(bare(word));
export const isNoNameHere = (word: string): boolean => noNames.has(bare(word));
export const isGiven = (word: string): boolean => given.has(bare(word));
export const isWellKnownPlace = (name: string): boolean => knownPlaces().has(name.replace(/^the /i, ''));
