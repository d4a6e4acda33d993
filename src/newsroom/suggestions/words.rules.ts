/** Words that tell names from what only looks like one, and texts from one another. English, as far as words go. */

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that begin sentences more often than names do. */
const ordinary =
  setOf(`a about according across after again against all also although amid among an and another any are as
  asked at be because before behind being below beneath beside besides both but by can could despite did do does during each
  earlier either even every few finally first following for from further given had has have he her here his how however i if
  in indeed inside instead into is it its just last late later least less like many may meanwhile might more moreover most
  much must my nearly neither never nevertheless next no nobody none nor not nothing now of off often on once one only or
  other others our out outside over overall part perhaps previously rather recent recently same second several she should
  similarly since so some somebody soon still such ten than that the their them then there therefore these they third this
  those though three through throughout thus to today together tomorrow toward towards two under unless unlike until up upon
  us using was we were what whatever when where whether which while who whoever whose why will with within without would yes
  yesterday yet you your`);

const calendar = setOf(`monday tuesday wednesday thursday friday saturday sunday january february march april june july
  august september october november december christmas easter ramadan`);

const notNames =
  setOf(`am pm tv gdp ceo cfo cto ai dna rna hiv aids pdf url html api faq usb vat diy id ok covid gmt utc
  internet web god muslim muslims christian christians jew jews jewish hindu hindus buddhist sunni sunnis shia shiite shiites
  islam islamic islamist arab arabs arabic kurd kurds kurdish persian hebrew latin`);

const demonyms = setOf(`afghan african albanian algerian american americans argentine armenian asian australian austrian
  azerbaijani azeri bahraini bangladeshi belgian bolivian bosnian brazilian british briton britons bulgarian canadian chechen
  chilean chinese colombian croatian cuban cypriot czech danish dutch egyptian egyptians emirati english ethiopian european
  europeans finnish french georgian german germans ghanaian greek hungarian indian indians indonesian iranian iranians iraqi
  iraqis irish israeli israelis italian italians japanese jordanian kazakh kenyan korean kuwaiti lebanese libyan malaysian
  maltese mexican moroccan nigerian norwegian omani pakistani pakistanis palestinian palestinians peruvian philippine polish
  portuguese qatari romanian russian russians saudi saudis scottish senegalese serbian slovak slovenian somali spanish
  sudanese swedish swiss syrian syrians taiwanese thai tunisian turkish turks ukrainian ukrainians uzbek venezuelan
  vietnamese welsh western yemeni yemenis`);

const titles =
  setOf(`mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess crown emperor emir sultan
  pope president vice prime foreign interior defence defense finance energy oil health education justice deputy acting
  interim minister ministers chancellor secretary senator sen congressman congresswoman representative rep governor gov mayor
  judge justice general gen colonel col major maj captain capt lieutenant lt sergeant brigadier admiral commander sheikh
  ayatollah imam hojatoleslam rabbi cardinal bishop archbishop reverend rev father sister brother chairman chairwoman chair
  chief director ambassador envoy negotiator spokesman spokeswoman spokesperson leader supreme speaker analyst
  coach striker engineer economist biologist cpl pvt pfc spc cmdr adm brig amb hon corporal private specialist lieutenant-general
  petty officer advisor adviser commissioner superintendent inspector detective constable senator operator editor manager`);

const bare = (word: string): string => word.toLowerCase().replace(/\.$/, '');

export const isOrdinary = (word: string): boolean => word !== 'US' && ordinary.has(bare(word));
export const isDemonym = (word: string): boolean => demonyms.has(bare(word));
export const isTitle = (word: string): boolean => titles.has(bare(word));

/** Whether a capital alone makes a name of a word: not of days, nations, faiths and what everybody abbreviates. */
export const isNoName = (word: string): boolean =>
  isOrdinary(word) || calendar.has(bare(word)) || notNames.has(bare(word)) || demonyms.has(bare(word));

/** Whether a word before or behind a family name may belong to somebody else's name. */
export const isPartOfName = (word: string | undefined): boolean =>
  word !== undefined && /^\p{Lu}/u.test(word) && !isNoName(word) && !isTitle(word);

/** The words of a text that tell what it is about, without the endings that change most often in English. */
export const stemsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).flatMap((word) => {
    if (word.length < 3 || ordinary.has(word)) return [];
    return [word.length > 4 ? word.replace(/(?:ings?|edly|ed|ies|es|s|e|y)$/, '') : word];
  });
