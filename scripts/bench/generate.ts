import type { Block } from '../../src/articles/body.rules.js';
import type { EditionInput } from '../../src/articles/edition.commands.js';
import { articleKinds, relationKinds } from '../../src/articles/edition.rows.js';
import type { FoundMention } from '../../src/articles/naming.rules.js';
import type { EntityInput, RoleInput } from '../../src/entities/entity.commands.js';
import { slugOf } from '../../src/kernel/slug.js';
import type { PictureInput } from '../../src/media/picture.commands.js';
import type { SectionInput } from '../../src/sections/section.commands.js';
import type { BannerInput } from '../../src/site/site.commands.js';
import { randomOf, type Random } from './random.js';
import { bodies, madeUpName, posts, professions, sectionNames, wordOf, words } from './words.js';

/** How large the generated newsroom is. Things are numbered from 1, and that number is their id. */
export interface Scale {
  articles: number;
  entities: number;
  /** Persons more, each of them named in as many stories, evenly over the years. */
  named?: readonly number[];
  /** How many words stories are written with, or which, the common ones far more often; a few, all alike, when absent. */
  vocabulary?: number | readonly string[];
}

export interface Story extends EditionInput {
  publishedAt: number;
  corrections: { note: string; issuedAt: number }[];
}

/** The ids of the persons more: all of them people, as their last digit is below 5. */
export const namedIds = ({ entities, named = [] }: Scale): number[] =>
  named.map((_, i) => (Math.floor(entities / 10) + 1) * 10 + i);
export const entityCount = (scale: Scale): number => namedIds(scale).at(-1) ?? scale.entities;

function namedIn(id: number, scale: Scale): number[] {
  const upTo = (story: number, count: number) => Math.floor((story * Math.min(count, scale.articles)) / scale.articles);
  return namedIds(scale).filter((_, i) => upTo(id, scale.named![i]!) > upTo(id - 1, scale.named![i]!));
}

export const pictureCount = (scale: Scale): number => Math.max(20, Math.round(scale.articles / 10));
const firstDay = Date.UTC(2020, 0, 1);
const lastDay = Date.UTC(2024, 11, 31);
const titled = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
const phrase = (random: Random, count: number, someWord = () => random.pick(words)): string =>
  Array.from({ length: count }, someWord).join(' ');

/** Where the words of a story come from. */
function wordsFrom(random: Random, vocabulary: Scale['vocabulary']): (() => string) | undefined {
  if (vocabulary === undefined) return undefined;
  if (typeof vocabulary === 'number') return () => wordOf(Math.floor(vocabulary ** random.next()));
  const topic = topicOf(random, vocabulary);
  return () => (random.chance(topicPart) ? topic() : vocabulary[Math.floor(vocabulary.length ** random.next()) - 1]!);
}

/** How many topics there are, how many words each has of its own, and how much of a story is said with them. */
const [topics, topicWords, topicPart] = [500, 100, 0.25];
/** The commonest words are of no topic. */
const ofNoTopic = 200;

/** What a story is about, some topics far more often than others; the words of each are the same in every story. */
function topicOf(random: Random, vocabulary: readonly string[]): () => string {
  const topic = Math.floor(topics ** random.next());
  const common = Math.min(ofNoTopic, vocabulary.length);
  return () => {
    const place = Math.floor(topicWords ** random.next());
    const rank = common * (vocabulary.length / common) ** randomOf(`topic ${topic} word ${place}`).next();
    return vocabulary[Math.floor(rank) - 1]!;
  };
}

/** A tree of 40 sections: 8 at the top, 16 below them, 16 below those. */
export const sections: readonly SectionInput[] = sectionNames.map((name, i) => ({
  slug: slugOf(name),
  name,
  description: `All about ${name.toLowerCase()}.`,
  parentSlug: i < 8 ? undefined : slugOf(sectionNames[i < 24 ? i % 8 : 8 + (i % 16)]!),
  position: i,
}));

export function pictureOf(id: number): PictureInput {
  const random = randomOf(`picture ${id}`);
  const [width, height] = random.pick([[2400, 1600] as const, [1600, 900] as const, [1000, 1000] as const]);
  return {
    externalId: `bench:${id}`,
    file: id.toString(16).padStart(32, '0'),
    width,
    height,
    alt: titled(phrase(random, 8)),
    caption: `${titled(phrase(random, 12))}.`,
    credit: `${madeUpName(random.below(2_000))} / Bench`,
    licence: 'CC-BY-4.0',
  };
}

/** Of ten entities five are people, three organisations and two places. */
export function entityOf(id: number): EntityInput {
  const random = randomOf(`entity ${id}`);
  const [family, round] = [madeUpName(id % 2_000), Math.floor(id / 2_000)];
  const common = { wikidataId: random.chance(0.6) ? `Q${900_000_000 + id}` : undefined };
  const make = (kind: EntityInput['kind'], name: string, description: string): EntityInput => {
    const aliases = random.chance(0.3) ? [`${name.slice(0, 1)}. ${family}`] : [];
    return { kind, slug: `${slugOf(name)}-${id}`, name, description, aliases, ...common };
  };
  if (id % 10 < 5) {
    return make('Person', `${madeUpName(id * 7 + round)} ${family}`, `${titled(random.pick(professions))}, ${family}`);
  }
  if (id % 10 < 8) return make('Organisation', `${family} ${random.pick(bodies)}`, titled(phrase(random, 5)));
  return make('Place', `${family}${round === 0 ? '' : ` ${madeUpName(round)}`}`, `Town in ${madeUpName(id % 50)}`);
}

/** The posts of a person: more than half have one or two, one after the other. */
export function rolesOf(id: number, scale: Scale): RoleInput[] {
  const random = randomOf(`roles ${id}`);
  if (entityOf(id).kind !== 'Person' || random.chance(0.4)) return [];
  const change = `${random.between(2018, 2023)}-07-0`;
  const organisationId = Math.floor(random.below(scale.entities) / 10) * 10 + 5;
  const role = { interim: random.chance(0.1), ...(organisationId <= scale.entities ? { organisationId } : {}) };
  const before = { ...role, title: random.pick(posts), startedOn: '2015-02-01', endedOn: `${change}1` };
  const now = { ...role, title: random.pick(posts), startedOn: `${change}2` };
  return random.chance(0.5) ? [before, now] : [now];
}

/** Some are in the news all the time, most hardly ever: the first of 10,000 is in about one story of six. */
const someEntity = (random: Random, scale: Scale): number => 1 + Math.floor(scale.entities * random.next() ** 2.5);

function someEntities(random: Random, scale: Scale, count: number): number[] {
  const ids = new Set<number>();
  for (let tries = 0; ids.size < count && tries < 50; tries++) ids.add(someEntity(random, scale));
  return [...ids];
}

/** The story with this id: its text, its seven or so entities named about eight times, about five related stories. */
export function storyOf(id: number, scale: Scale): Story {
  const random = randomOf(`story ${id}`);
  const entityIds = [...someEntities(random, scale, random.between(5, 9)), ...namedIn(id, scale)];
  const someWord = wordsFrom(random, scale.vocabulary);
  const lead = entityOf(entityIds[0]!).name;
  const title = random.chance(0.3)
    ? `${lead} ${phrase(random, 5, someWord)}`
    : titled(phrase(random, random.between(6, 9), someWord));
  const repeated = Array.from({ length: random.between(0, 2) }, () => random.pick(entityIds));
  const { blocks, mentions } = bodyOf(random, [...entityIds, ...repeated], scale, someWord);
  const publishedAt = Math.floor(firstDay + ((lastDay - firstDay) * id) / scale.articles);
  const author = entityIds.find((entityId) => entityOf(entityId).kind === 'Person');
  const related = new Set(Array.from({ length: random.between(3, 7) }, () => random.between(1, scale.articles)));
  related.delete(id);
  return {
    article: { source: 'bench', externalId: String(id), slug: `${slugOf(title, 80)}-${id}` },
    kind: random.chance(0.7) ? 'NEWS' : random.pick(articleKinds),
    language: random.chance(0.9) ? 'en' : 'fr',
    title,
    standfirst: `${titled(phrase(random, random.between(14, 22), someWord))}.`,
    blocks,
    sectionId: random.between(1, sections.length),
    leadPicture: random.chance(0.95)
      ? {
          pictureId: random.between(1, pictureCount(scale)),
          caption: random.chance(0.5) ? titled(phrase(random, 9)) : undefined,
        }
      : undefined,
    credits: [
      { role: 'AUTHOR', text: author ? entityOf(author).name : `By ${madeUpName(id)}`, entityId: author },
      ...(random.chance(0.5) ? [{ role: 'AGENCY' as const, text: 'Bench News Agency' }] : []),
    ],
    related: [...related].map((articleId) => ({
      articleId,
      kind: random.pick(relationKinds),
      kicker: random.chance(0.5) ? titled(random.pick(words)) : undefined,
      reason: random.chance(0.3) ? titled(phrase(random, 6)) : undefined,
    })),
    mentions,
    seo: random.chance(0.3) ? { title: titled(phrase(random, 5)), description: undefined } : undefined,
    publishedAt,
    corrections: random.chance(0.03)
      ? [{ note: `${titled(phrase(random, 12))}.`, issuedAt: publishedAt + 86_400_000 }]
      : [],
  };
}

const paragraphs = 9;
const sentences = 3;

/** A body of nine paragraphs and here and there a heading, a picture or a quote; names are spread evenly over it. */
function bodyOf(random: Random, names: readonly number[], scale: Scale, someWord?: () => string) {
  const pictures = pictureCount(scale);
  const blocks: Block[] = [];
  const mentions: FoundMention[] = [];
  const key = () => `b${blocks.length + 1}`;
  for (let p = 0, named = 0; p < paragraphs; p++) {
    const blockKey = key();
    let text = '';
    for (let s = 0; s < sentences; s++) {
      text += `${text === '' ? '' : ' '}${titled(phrase(random, random.between(4, 7), someWord))} `;
      if (named * paragraphs * sentences <= (p * sentences + s) * names.length && named < names.length) {
        const entityId = names[named++]!;
        const surface = entityOf(entityId).name;
        mentions.push({ entityId, blockKey, start: text.length, end: text.length + surface.length, surface });
        text += `${surface} `;
      }
      text += `${phrase(random, random.between(4, 7), someWord)}.`;
    }
    const link = { type: 'LINK' as const, start: 0, end: 12, href: `https://news.example/${random.pick(words)}` };
    blocks.push({ key: blockKey, kind: 'Paragraph', text, ...(random.chance(0.15) ? { marks: [link] } : {}) });
    if (p === 3 && random.chance(0.4)) {
      blocks.push({ key: key(), kind: 'Heading', level: 2, text: titled(phrase(random, 4)) });
    }
    if (p === 4 && random.chance(0.3)) {
      blocks.push({ key: key(), kind: 'Picture', pictureId: random.between(1, pictures) });
    }
    if (p === 6 && random.chance(0.25)) {
      blocks.push({ key: key(), kind: 'Quote', text: `${titled(phrase(random, 12))}.`, attribution: madeUpName(p) });
    }
  }
  return { blocks, mentions };
}

export const banners: readonly BannerInput[] = [
  {
    name: 'The week',
    title: 'Seven days in twelve stories',
    url: 'https://news.example/newsletters/the-week',
    pictureId: 1,
    placements: [
      { slot: 'article-bottom', position: 1 },
      { slot: 'section-top', position: 1 },
      { slot: 'article-bottom', sectionId: 9, position: 1 },
    ],
  },
];

export const newsletters = ['The Week', 'Degrees', 'Ballot Watch', 'Harbour Mail'].map((name, position) => ({
  slug: slugOf(name),
  name,
  description: `${name}, by mail, every Saturday.`,
  position,
}));

export const consentCategories = ['necessary', 'preferences', 'statistics', 'marketing'].map((key, position) => ({
  key,
  name: titled(key),
  description: `What we keep under the heading of ${key}.`,
  required: position === 0,
  position,
}));
