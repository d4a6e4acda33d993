import type { EntityKind } from '../../../entities/entity.rows.js';
import { inNormalForm } from '../../../kernel/write.js';
import { isObject, listOf, textIn, type Json } from '../readers/values.js';

/** A person, an organisation or a place as an item of Wikidata has it. */
export interface WikidataEntity {
  wikidataId: string;
  kind: EntityKind;
  name: string;
  description: string;
  /** Its other names, those in other languages included. */
  aliases: string[];
  bornOn: string | null;
  diedOn: string | null;
  latitude: number | null;
  longitude: number | null;
  website: string | null;
  posts: WikidataPost[];
}

export interface WikidataPost {
  /** The item that the post is. */
  position: string;
  startedOn: string | null;
  endedOn: string | null;
}

const ids = (numbers: string): ReadonlySet<string> => new Set(numbers.split(/\s+/).map((number) => `Q${number}`));

/** Organisation, company, public body, party, ministry, agency, army, court, newspaper, broadcaster, university, club and the like. */
const organisations =
  ids(`43229 4830453 6881511 783794 891723 7278 327333 484652 245065 163740 79913 3918 1110794 11032 192283
  17149090 47913 192350 1616075 7188 476028 37726 176799 875538 15911314 2659904 5398426 1002697 22687 66344 31855 4438121
  748019 294163 35749 11204 1752939 41487 1194951 17362920 18127 2085381 1137109 157031 708676 21980538 13226383 1058914 219577
  161726 431603 1331793 1391145 3152824 20901295 7210356 4671277 38723 875538 902104 1664720 14350 45400320 1061648 15265344`);
/** Country, city, town, village, region, island, river, sea, mountain and the like. */
const places =
  ids(`6256 3624078 515 5119 1549591 1637706 532 3957 486972 10864048 13220204 15284 35657 1221156 82794 23442 4022 165
  8502 46831 5107 1763527 7275 3336843 1200957 12280 23397 839954 1248784 12323 44782 41176 93352 2221906 123705 188509 34876
  107390 484170 262166 515716 1048835 2418896 1093829 47168 23413 15324 9430 39816 37901 3024240 1520223 133442 1489259 1187580`);

/** Makes of an item of a dump what we know somebody or something by; nothing when it is neither person, organisation nor place. */
export function entityOf(item: unknown, language: string): WikidataEntity | undefined {
  if (!isObject(item) || typeof item.id !== 'string' || !/^Q[1-9]\d{0,17}$/.test(item.id)) return undefined;
  const kind = kindOf(item);
  const name = labelOf(item, language);
  if (kind === undefined || name === undefined) return undefined;
  const [latitude, longitude] = kind === 'Place' ? positionOf(item) : [null, null];
  const isPerson = kind === 'Person';
  return {
    ...{ wikidataId: item.id, kind, name, latitude, longitude },
    description: short(textOf(item.descriptions, language) ?? '', 500),
    aliases: otherNames(item, name),
    bornOn: isPerson ? dayOf(item, 'P569') : null,
    diedOn: isPerson ? dayOf(item, 'P570') : null,
    website: kind === 'Organisation' ? websiteOf(item) : null,
    posts: isPerson ? postsOf(item) : [],
  };
}

/** What an item is called in a language, else in one that is the same everywhere, else in English or any. */
export function labelOf(item: Json, language: string): string | undefined {
  const labels = isObject(item.labels) ? item.labels : {};
  const any = Object.keys(labels)[0] ?? '';
  return [language, 'mul', 'en', any].map((each) => nameIn(textOf(labels, each))).find((name) => name !== undefined);
}

const textOf = (texts: unknown, language: string): string | undefined => {
  const text = isObject(texts) ? texts[language] : undefined;
  return isObject(text) && typeof text.value === 'string' ? text.value : undefined;
};

const short = (text: string, most: number): string =>
  [...inNormalForm(text.toWellFormed())].slice(0, most).join('').trim();

/** A name that fits, on one line, with something to see in it. */
function nameIn(text: string | undefined): string | undefined {
  const name = inNormalForm((text ?? '').toWellFormed())
    .replace(/\s+/gu, ' ')
    .trim();
  return name !== '' && [...name].length <= 200 && /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}

const mostNames = 200;

function otherNames(item: Json, name: string): string[] {
  const labels = isObject(item.labels) ? Object.keys(item.labels).map((language) => textOf(item.labels, language)) : [];
  const aliases = isObject(item.aliases) ? Object.values(item.aliases).flatMap((each) => listOf(each)) : [];
  const texts = [...labels, ...aliases.map((alias) => (isObject(alias) ? String(alias.value as string) : undefined))];
  const names = new Set(texts.flatMap((text) => nameIn(text) ?? []));
  names.delete(name);
  return [...names].slice(0, mostNames);
}

/** The statements of a property that hold: those that are preferred when there are any, never those that are wrong. */
function statementsOf({ claims }: Json, property: string): Json[] {
  const all = listOf(isObject(claims) ? claims[property] : undefined).filter(isObject);
  const preferred = all.filter(({ rank }) => rank === 'preferred');
  return preferred.length > 0 ? preferred : all.filter(({ rank }) => rank !== 'deprecated');
}

const valueIn = (snak: unknown): unknown => {
  const value =
    isObject(snak) && snak.snaktype === 'value' && isObject(snak.datavalue) ? snak.datavalue.value : undefined;
  return value;
};

const itemsIn = (item: Json, property: string): string[] =>
  statementsOf(item, property).flatMap(({ mainsnak }) => itemIn(mainsnak) ?? []);

function itemIn(snak: unknown): string | undefined {
  const value = valueIn(snak);
  return isObject(value) && typeof value.id === 'string' ? value.id : undefined;
}

function kindOf(item: Json): EntityKind | undefined {
  const classes = itemsIn(item, 'P31');
  if (classes.includes('Q5')) return 'Person';
  if (classes.some((each) => organisations.has(each))) return 'Organisation';
  if (classes.some((each) => places.has(each))) return 'Place';
  const has = (...properties: string[]) => properties.some((property) => statementsOf(item, property).length > 0);
  if (has('P159', 'P1454', 'P169', 'P488', 'P1128')) return 'Organisation'; // seat, legal form, head, chair, employees
  return has('P1082', 'P17') && has('P625') ? 'Place' : undefined; // people or a country, and coordinates
}

function positionOf(item: Json): [number | null, number | null] {
  const value = valueIn(statementsOf(item, 'P625')[0]?.mainsnak);
  const onEarth = isObject(value) && (textIn(value.globe) ?? '/Q2').endsWith('/Q2');
  if (!onEarth) return [null, null];
  const [latitude, longitude] = [Number(value.latitude), Number(value.longitude)];
  const isSome = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isSome ? [latitude, longitude] : [null, null];
}

function websiteOf(item: Json): string | null {
  const value = valueIn(statementsOf(item, 'P856')[0]?.mainsnak);
  return typeof value === 'string' && value.length <= 255 && /^https?:\/\/\S+$/i.test(value) && URL.canParse(value)
    ? value
    : null;
}

interface Moment {
  year: string;
  month: string;
  day: string;
  /** 9 is a year, 10 a month, 11 a day. */
  precision: number;
}

function momentIn(snak: unknown): Moment | undefined {
  const value = valueIn(snak);
  if (!isObject(value) || typeof value.time !== 'string' || !String(value.calendarmodel).endsWith('/Q1985727'))
    return undefined;
  const [, year, month, day] = /^\+?0*(\d{4})-(\d\d)-(\d\d)T/.exec(value.time) ?? [];
  return year === undefined ? undefined : { year, month: month!, day: day!, precision: Number(value.precision) };
}

/** A day, only when it is known to the day. */
function dayOf(item: Json, property: string): string | null {
  const moment = momentIn(statementsOf(item, property)[0]?.mainsnak);
  return moment && moment.precision >= 11 ? real(`${moment.year}-${moment.month}-${moment.day}`) : null;
}

const real = (day: string): string | null => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day) ? day : null;
};

/** The first or last day that a moment known to the day, the month or the year can be. */
function edgeOf(snak: unknown, edge: 'first' | 'last'): string | null {
  const moment = momentIn(snak);
  if (!moment || moment.precision < 9) return null;
  const { year, month, day, precision } = moment;
  if (precision >= 11) return real(`${year}-${month}-${day}`);
  const ofMonth = precision === 10 ? month : edge === 'first' ? '01' : '12';
  if (edge === 'first') return real(`${year}-${ofMonth}-01`);
  const lastDay = new Date(Date.UTC(Number(year), Number(ofMonth), 0)).getUTCDate();
  return real(`${year}-${ofMonth}-${String(lastDay).padStart(2, '0')}`);
}

const mostPosts = 100;

function postsOf(item: Json): WikidataPost[] {
  const all = listOf(isObject(item.claims) ? item.claims.P39 : undefined).filter(isObject);
  return all
    .filter(({ rank }) => rank !== 'deprecated')
    .flatMap(({ mainsnak, qualifiers }) => {
      const position = itemIn(mainsnak);
      if (position === undefined) return [];
      const of = (property: string) => listOf(isObject(qualifiers) ? qualifiers[property] : undefined)[0];
      const [startedOn, endedOn] = [edgeOf(of('P580'), 'first'), edgeOf(of('P582'), 'last')];
      return startedOn !== null && endedOn !== null && endedOn < startedOn ? [] : [{ position, startedOn, endedOn }];
    })
    .slice(0, mostPosts);
}
