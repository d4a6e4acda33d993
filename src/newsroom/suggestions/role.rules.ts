import { heldOn, type Term } from '../../entities/role.rules.js';
import type { TextBlock } from './mention.rules.js';
import { isDemonym } from './words.rules.js';

interface Named {
  entityId: number;
  blockKey: string;
  start: number;
  end: number;
}

interface Body {
  id: number;
  name: string;
}

export interface HeldPost extends Term {
  title: string;
  interim: boolean;
  organisation: Body | null;
  place: Body | null;
}

export interface Person {
  name: string;
  diedOn: string | null;
  roles: readonly HeldPost[];
}

export interface RoleWarning {
  message: string;
  path: string[];
}

/** A post that stands beside a name, and what the text says of it. */
interface Called {
  title: string;
  interim: boolean;
  mention: Named;
}

/** Posts that nobody is called by who did not hold one. */
const commonPosts = [
  'prime minister', 'foreign minister', 'defence minister', 'defense minister', 'finance minister', 'interior minister',
  'vice president', 'president', 'chancellor', 'secretary of state', 'secretary-general', 'supreme leader',
]; // prettier-ignore

const past =
  /\b(?:former|formerly|ex|late|then|one-?time|erstwhile|previous|ousted|deposed|outgoing|slain|deputy|vice|assistant|shadow|future|next|incoming|would-be)(?:[\s-]+[^\s,;]+){0,2}[\s-]*$/i;
const interimWord = /\b(?:interim|acting|caretaker)\b/i;
const deathBefore =
  /\b(?:death|deaths|killing|funeral|burial|assassination|killed|assassinated|mourn\w*|succeeded|replaced|predecessor)\b/i;
const deathAfter =
  /^[^.;]{0,90}?(?:\b(?:died|perished|(?:was|were) (?:killed|assassinated|buried))\b|^['’]s? (?:death|funeral|killing|assassination|burial))/i;

/** Where a text calls somebody by a post that he or she did not hold on its day, once for each person and post. */
export function rolesOutOfTime(
  blocks: readonly TextBlock[],
  mentions: readonly Named[],
  people: ReadonlyMap<number, Person>,
  day: string,
): RoleWarning[] {
  const texts = new Map(blocks.map(({ key, text }) => [key, text]));
  const calls = mentions.flatMap((mention): Called[] => {
    const person = people.get(mention.entityId);
    const text = texts.get(mention.blockKey);
    return person && text ? calledBy(text, mention, person, mentions) : [];
  });
  const warnings = new Map<string, RoleWarning>();
  for (const call of calls) {
    const person = people.get(call.mention.entityId)!;
    const key = `${call.mention.entityId} ${call.title}`;
    if (warnings.has(key)) continue;
    const saidInterim = calls.some(
      (other) => other.interim && other.title === call.title && other.mention.entityId === call.mention.entityId,
    );
    const message = objection(person, { ...call, interim: saidInterim }, day);
    const { blockKey } = call.mention;
    const path = blockKey === 'title' || blockKey === 'standfirst' ? [blockKey] : ['body', blockKey];
    if (message) warnings.set(key, { message, path });
  }
  return [...warnings.values()];
}

function objection({ name, diedOn, roles }: Person, { title, interim }: Called, day: string): string | undefined {
  const posts = roles.filter((role) => titlesOf(role).includes(title));
  const tail = `the text calls ${name} that on ${inWords(day)}.`;
  const post = postOf(title, posts);
  const dead = diedOn !== null && diedOn < day;
  const [current] = heldOn(posts, day);
  if (current && !dead) {
    if (current.interim && !interim)
      return `${name} was ${post} only in the interim on ${inWords(day)}; the text leaves that out.`;
    return !current.interim && interim ? `${name} was ${post} on ${inWords(day)}, and not in the interim.` : undefined;
  }
  const ended = latest(posts.map((role) => role.endedOn).filter((end) => end !== null && end < day));
  if (ended) return `${name} was ${post} until ${inWords(ended)}; ${tail}`;
  if (dead) return `${name} died on ${inWords(diedOn)}; the text calls ${name} ${title} on ${inWords(day)}.`;
  const [begins] = posts.flatMap(({ startedOn }) => (startedOn !== null && startedOn > day ? [startedOn] : [])).sort();
  if (begins) return `${name} became ${post} only on ${inWords(begins)}; ${tail}`;
  const others = heldOn(roles, day).map((role) => postOf(role.title.toLowerCase(), [role]));
  return posts.length === 0 && others.length > 0
    ? `${name} was ${others.join(' and ')} on ${inWords(day)}; the text says ${title}.`
    : undefined;
}

const latest = (days: readonly (string | null)[]): string | null | undefined => [...days].sort().at(-1);

/** "foreign minister of Iran" */
function postOf(title: string, posts: readonly HeldPost[]): string {
  const [{ place, organisation } = { place: null, organisation: null }] = posts;
  const of = place ?? organisation;
  return of && !title.includes(of.name.toLowerCase()) ? `${title} of ${of.name}` : title;
}

/** The forms a text can give a post in: whole, and without whose it is. */
function titlesOf({ title, place, organisation }: HeldPost): string[] {
  const whole = title.toLowerCase().replace(/^(?:interim|acting) /, '');
  const whose = [place, organisation].flatMap((body) => (body ? [` of ${body.name}`, ` of the ${body.name}`] : []));
  const short = whose.map((end) => end.toLowerCase()).find((end) => whole.endsWith(end));
  return short === undefined ? [whole] : [whole, whole.slice(0, -short.length)];
}

function calledBy(text: string, mention: Named, person: Person, mentions: readonly Named[]): Called[] {
  const from = sentenceStart(text, mention.start);
  const [before, after] = [text.slice(from, mention.start), text.slice(mention.end, mention.end + 160)];
  const titles = [...new Set([...person.roles.flatMap(titlesOf), ...(person.roles.length > 0 ? commonPosts : [])])];
  const found = titles
    .sort((a, b) => b.length - a.length)
    .flatMap((title) => {
      const lead = leadBefore(before, title) ?? leadBehind(after, title);
      return lead ? [{ title, ...lead }] : [];
    });
  const [call] = found;
  if (!call || past.test(call.lead.replace(/[\s,]*(?:interim|acting|caretaker)\s*$/i, ' '))) return [];
  const isDeath = person.diedOn !== null && (deathBefore.test(before.slice(-70)) || deathAfter.test(after));
  const years = [...`${before}${after.split(/[.;]/)[0]}`.matchAll(/\b(?:19|20)\d\d\b/g)].map(([year]) => year);
  const posts = person.roles.filter((role) => titlesOf(role).includes(call.title));
  const ofThen = years.some((year) => heldIn(posts, year));
  const others = call.before && isOfOther(text, from, call.lead, posts, mentions, mention.blockKey);
  if (isDeath || ofThen || others || call.of?.some((whose) => isOfOtherName(whose, posts))) return [];
  return [{ title: call.title, interim: interimWord.test(call.lead.split(/\s+/).slice(-3).join(' ')), mention }];
}

const sentenceStart = (text: string, at: number): number =>
  Math.max(
    0,
    at - 160,
    ...[...text.slice(0, at).matchAll(/[.!?;:]["”’]?\s+(?=[\p{Lu}“"])|\n/gu)]
      .map((end) => end.index + end[0].length)
      .filter((end) => !/\b(?:Mr|Mrs|Ms|Dr|Gen|U\.S)\.\s$/.test(text.slice(0, end))),
  );

interface Lead {
  /** What stands before the post. */
  lead: string;
  before: boolean;
  /** What it is the post of. */
  of?: string[];
}

const pattern = (title: string): string => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[\s-]+/g, '[\\s-]+');

/** "Iran’s foreign minister, Ali Bagheri"; "the president of Iran, Ebrahim Raisi". */
function leadBefore(before: string, title: string): Lead | undefined {
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${pattern(title)}(?:\\s+of\\s+(?<of>[^,.;]{1,40}),)?,?\\s+$`, 'iu').exec(
    before,
  );
  return found
    ? { lead: before.slice(0, found.index), before: true, of: found.groups?.of ? [found.groups.of] : [] }
    : undefined;
}

/** "Raisi, the president of Iran," */
function leadBehind(after: string, title: string): Lead | undefined {
  const [, phrase = ''] = /^,\s+(?!who\b|whose\b)([^,.;]{1,90})/.exec(after) ?? [];
  const found = new RegExp(
    `(?<![\\p{L}\\p{N}])${pattern(title)}(?:\\s+of\\s+(?:the\\s+)?(?<of>[\\p{L} ]{1,40}))?(?=\\s+(?:and|in|since|for|at|who)\\b|\\s*$)`,
    'iu',
  ).exec(phrase);
  if (!found || /\b(?:until|from|between|before)\b/i.test(phrase)) return undefined;
  const lead = phrase.slice(0, found.index);
  return lead.trim().split(/\s+/).length > 4
    ? undefined
    : { lead, before: false, of: found.groups?.of ? [found.groups.of] : [] };
}

const heldIn = (posts: readonly HeldPost[], year: string): boolean =>
  posts.some(
    ({ startedOn, endedOn }) =>
      (startedOn ?? '0000').slice(0, 4) <= year && endedOn !== null && year <= endedOn.slice(0, 4),
  ) && posts.every(({ endedOn }) => endedOn === null || endedOn.slice(0, 4) >= year);

/** Whether the post is one of another country or body than his: "Syria’s president", "the Syrian president". */
function isOfOther(
  text: string,
  from: number,
  lead: string,
  posts: readonly HeldPost[],
  mentions: readonly Named[],
  blockKey: string,
): boolean {
  const whose = lead.replace(/\s*(?:(?:interim|acting|caretaker|new)\s*)*$/i, '');
  const bodies = posts.flatMap(({ place, organisation }) => [place, organisation].filter((body) => body !== null));
  if (bodies.length === 0) return false;
  const owner = mentions.find(
    (other) =>
      other.blockKey === blockKey && text.slice(other.end, from + whose.length).match(/^['’]s?$/) && other.end >= from,
  );
  if (owner) return bodies.every(({ id }) => id !== owner.entityId);
  const nation = /([\p{L}]+)$/u.exec(whose)?.[1];
  return (
    nation !== undefined && isDemonym(nation) && !bodies.some(({ name }) => nation.slice(0, 3) === name.slice(0, 3))
  );
}

function isOfOtherName(whose: string, posts: readonly HeldPost[]): boolean {
  const bodies = posts.flatMap(({ place, organisation }) => [place, organisation].filter((body) => body !== null));
  return bodies.length > 0 && !bodies.some(({ name }) => whose.toLowerCase().includes(name.toLowerCase()));
}

const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A day as texts write it: 3 June 2024. */
export const inWords = (day: string): string => format.format(new Date(`${day}T00:00:00Z`));
