import fc from 'fast-check';
import { mergeEntities } from '../../src/newsroom/entities/merge.commands.js';
import { globalId } from '../../src/kernel/global-id.js';
import { operator, type PartnerViewer } from '../../src/kernel/viewer.js';
import { sql } from '../../src/kernel/sql.js';
import { savePicture } from '../../src/media/picture.commands.js';
import type { PicturesPassed } from '../../src/syndication/partners/partner.words.js';
import { enterDue } from '../../src/work/schedule.commands.js';
import { deskOf } from '../support/desk.js';
import { feedOf } from '../support/feed.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { wipe } from '../support/wipe.js';

const hour = 3_600_000;
/** So long is a step of the clock that no moment below falls on its end. */
const step = 1.1 * hour;
const runs = Number(process.env.FC_RUNS ?? (onMariadb ? 4 : 8));

type Section = 'mena' | 'business';
type Name = 'Ali Bagheri' | 'Aly Baghery';

/** A text as the desk published or scheduled it. */
interface Text {
  title: string;
  section: Section;
  name: Name;
  isWithheld: boolean;
  visibleFrom: number;
  partnersFrom: number;
}

interface Story {
  articleId: number;
  /** Those that were not taken back, the newest last. */
  texts: Text[];
  firstAt: number | null;
  state: 'live' | 'down' | 'killed';
}

interface Product {
  id: number;
  sections: Section[] | null;
  name: Name | null;
  shift: number;
  keep: number | null;
  pictures: PicturesPassed;
}

/** A partner, and what his machine has made of his feed. */
interface Partner {
  viewer: PartnerViewer;
  products: Set<string>;
  cursor: string | null;
  shelf: Map<number, string>;
  /** Stories that he ever had, and those he was told to be killed. */
  ever: Set<number>;
  killed: Set<number>;
  heard: string[];
  /** The last version of each story that he was told of. */
  versions: Map<number, number>;
}

interface Model {
  now: number;
  stories: Story[];
  products: Record<string, Product>;
  merged: boolean;
  partners: Partner[];
  /** Notes that each partner has to hear. */
  due: Map<Partner, string[]>;
}

interface Real {
  newsroom: TestNewsroom;
  feed: ReturnType<typeof feedOf>;
  sections: Record<Section, number>;
  names: Record<Name, number>;
  pictures: { bought: number; free: number };
  count: number;
  steps: number;
}

/** How many of the two pictures of each story a product passes on: one was bought, the other is free for all. */
const passed: Record<PicturesPassed, number> = { NONE: 0, LICENSED: 1, ALL: 2 };

interface May {
  title: string;
  pictures: number;
  /** Whether he may have nothing as well: the story left all his products since, and came back with a text whose moment is to come. */
  orNothing: boolean;
}

/** What a partner may have of a story now: the newest text whose moment has come by one of his products, and its pictures by the widest. */
function entitled(model: Model, partner: Partner, story: Story): May | undefined {
  const products = [...partner.products].map((name) => model.products[name]!);
  const byWhich = (text: Text): Product[] =>
    products.filter(
      ({ sections, name, keep }) =>
        !text.isWithheld &&
        (sections === null || sections.includes(text.section)) &&
        (name === null || name === text.name || model.merged) &&
        (keep === null || (story.firstAt ?? text.visibleFrom) + keep > model.now),
    );
  /** A text that another took the place of under its embargo was for no partner. */
  const isForPartners = (text: Text): boolean => {
    const next = story.texts[story.texts.indexOf(text) + 1];
    return next === undefined || text.partnersFrom <= next.visibleFrom || next.partnersFrom > text.partnersFrom;
  };
  const now = (text: Text): Product[] =>
    byWhich(text).filter(({ shift }) => isForPartners(text) && text.partnersFrom + shift <= model.now);
  const newest = story.texts.findLast(({ visibleFrom }) => visibleFrom <= model.now);
  if (
    newest &&
    byWhich(newest).length === 0 &&
    !story.texts.some((text) => text.visibleFrom > model.now && now(text).length > 0)
  )
    return undefined;
  const at = story.texts.findLastIndex((each) => now(each).length > 0);
  if (at < 0) return undefined;
  const orNothing = story.texts
    .slice(at + 1)
    .some((text) => text.visibleFrom <= model.now && byWhich(text).length === 0);
  const pictures = Math.max(...now(story.texts[at]!).map((product) => passed[product.pictures]));
  return { title: story.texts[at]!.title, pictures, orNothing };
}

const feedQuery = `query ($after: String) { syndication { changes(first: 50, after: $after) {
  edges { cursor node { kind action note storyId version story { title } } } pageInfo { hasNextPage endCursor } } } }`;

/** Has a partner's machine read on and do what it is told. */
async function readOn({ newsroom }: Real, partner: Partner): Promise<void> {
  for (;;) {
    const { data, errors } = await newsroom.askAs(partner.viewer, feedQuery, { after: partner.cursor });
    expect(errors).toEqual([]);
    const { edges, pageInfo } = data.syndication.changes;
    for (const { node } of edges) {
      const id = node.storyId === null ? 0 : Number(Buffer.from(node.storyId, 'base64url').toString().split(':')[1]);
      expect(partner.killed.has(id) && node.kind !== 'CORRECTED').toBe(false); // nothing comes after a kill
      if (id > 0) expect(node.version).toBeGreaterThan(partner.versions.get(id) ?? 0);
      partner.versions.set(id, node.version);
      if (node.note) partner.heard.push(node.note);
      if (node.action === 'REMOVE') partner.shelf.delete(id);
      else if (node.story) partner.shelf.set(id, node.story.title);
      if (node.kind === 'KILLED') partner.killed.add(id);
      if (node.kind === 'PUBLISHED') partner.ever.add(id);
    }
    partner.cursor = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) return;
  }
}

async function picturesOf({ newsroom }: Real, { viewer }: Partner, articleId: number): Promise<number> {
  const document =
    'query ($id: ID!) { syndication { story(id: $id) { ... on SyndicatedStory { pictures { url } } } } }';
  const { data, errors } = await newsroom.askAs(viewer, document, { id: globalId('Article', articleId) });
  expect(errors).toEqual([]);
  return data.syndication.story.pictures.length;
}

/** Everybody reads on, and has exactly what he may have. */
async function compare(model: Model, real: Real): Promise<void> {
  await real.feed.catchUp();
  for (const partner of model.partners) {
    await readOn(real, partner);
    const right = model.stories.flatMap((story) => {
      const may = entitled(model, partner, story);
      if (may === undefined || (may.orNothing && !partner.shelf.has(story.articleId))) return [];
      return [[story.articleId, may.title, may.pictures]];
    });
    const shelf = [...partner.shelf].sort(([a], [b]) => a - b);
    const has = [];
    for (const [id, title] of shelf) has.push([id, title, await picturesOf(real, partner, id)]);
    expect(has).toEqual(right);
    for (const { articleId, state } of model.stories) {
      if (state === 'killed')
        expect([articleId, partner.killed.has(articleId)]).toEqual([articleId, partner.ever.has(articleId)]);
    }
    expect(partner.heard.filter((note) => note.startsWith('It was'))).toEqual(
      expect.arrayContaining(model.due.get(partner) ?? []),
    );
  }
}

type Command = fc.AsyncCommand<Model, Real>;

const command = (
  name: string,
  can: (model: Readonly<Model>) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command => ({
  check: can,
  run: async (model, real) => {
    await run(model, real);
    real.steps += 1;
    if (real.steps % 3 > 0) await compare(model, real); // a third of what happens is told together with the next
  },
  toString: () => name,
});

const held = ({ articleId }: Story) => ({ articleId, expectedVersion: 0 });
const section = fc.constantFrom<Section>('mena', 'business');
const naming = fc.constantFrom<Name>('Ali Bagheri', 'Aly Baghery');
const pick = fc.nat(20);
const of = (stories: readonly Story[], n: number): Story => stories[n % stories.length]!;
const live = ({ stories }: Readonly<Model>) =>
  stories.filter(({ state, texts }) => state === 'live' && texts.length > 0);
/** Nothing of it is scheduled: what the desk does next is about what readers see. */
const settled = (model: Readonly<Model>) =>
  live(model).filter(({ texts }) => texts.every((t) => t.visibleFrom <= model.now));
const until = (hours: number) => [{ audience: 'PARTNERS' as const, until: Date.now() + hours * hour }];

/** An embargo that holds goes on. */
const partnersFromOf = (model: Model, { texts }: Story, hours: number | null): number =>
  hours === null ? Math.max(model.now, texts.at(-1)?.partnersFrom ?? 0) : model.now + hours * hour;

/** The product that makes a text come to somebody who has the story, whatever became of it. */
const mustHear = (model: Model, note: string, story: Story): void => {
  for (const partner of model.partners) {
    if (partner.ever.has(story.articleId)) model.due.set(partner, [...(model.due.get(partner) ?? []), note]);
  }
};

async function write(real: Real, where: Section, name: Name) {
  const title = `Story ${(real.count += 1)}`;
  const { articleId } = await deskOf(real.newsroom).draft({
    ...{
      slug: `story-${real.count}`,
      title,
      sectionId: real.sections[where],
      leadPicture: { pictureId: real.pictures.bought },
    },
    blocks: [
      { key: 'b1', kind: 'Paragraph', text: `${name} spoke.` },
      { key: 'b2', kind: 'Picture', pictureId: real.pictures.free },
    ],
  });
  return { articleId, title };
}

const commands = [
  fc.tuple(section, naming, fc.constantFrom(null, null, 1.5, 2.5)).map(([where, name, hours]) =>
    command(
      `publish in ${where}, ${name}, embargo ${hours}`,
      ({ stories }) => stories.length < 6,
      async (model, real) => {
        const { articleId, title } = await write(real, where, name);
        const story: Story = { articleId, texts: [], firstAt: model.now, state: 'live' };
        await real.feed.approveFirst(articleId);
        await real.feed.publish(held(story), hours === null ? [] : until(hours));
        story.texts = [
          {
            title,
            section: where,
            name,
            isWithheld: false,
            visibleFrom: model.now,
            partnersFrom: partnersFromOf(model, story, hours),
          },
        ];
        model.stories.push(story);
      },
    ),
  ),
  fc.tuple(section, fc.constantFrom(1.5, 2.5)).map(([where, hours]) =>
    command(
      `schedule in ${where} in ${hours} hours`,
      ({ stories }) => stories.length < 6,
      async (model, real) => {
        const { articleId, title } = await write(real, where, 'Ali Bagheri');
        const story: Story = { articleId, texts: [], firstAt: null, state: 'live' };
        await real.feed.approveFirst(articleId);
        await real.feed.schedule(held(story), Date.now() + hours * hour);
        const at = model.now + hours * hour;
        story.texts = [
          { title, section: where, name: 'Ali Bagheri', isWithheld: false, visibleFrom: at, partnersFrom: at },
        ];
        model.stories.push(story);
      },
    ),
  ),
  pick.map((n) =>
    command(
      `unschedule ${n}`,
      (model) => live(model).some(({ texts }) => texts.at(-1)!.visibleFrom > model.now),
      async (model, real) => {
        const story = of(
          live(model).filter(({ texts }) => texts.at(-1)!.visibleFrom > model.now),
          n,
        );
        await real.feed.unschedule(held(story));
        story.texts.pop();
      },
    ),
  ),
  fc.tuple(pick, section, fc.constantFrom('update', 'embargo', 'correct', 'withhold', 'allow')).map(([n, where, how]) =>
    command(
      `${how} ${n} into ${where}`,
      (model) => settled(model).length > 0,
      async (model, real) => {
        const story = of(settled(model), n);
        const title = `Story ${(real.count += 1)}`;
        const last = story.texts.at(-1)!;
        const text = {
          title,
          section: where,
          name: last.name,
          isWithheld: how === 'withhold' || (how !== 'allow' && last.isWithheld),
          visibleFrom: model.now,
          partnersFrom: partnersFromOf(model, story, how === 'embargo' ? 1.5 : null),
        };
        const note = `It was ${real.count}.`;
        if (how === 'embargo')
          await real.feed.publish(await real.feed.save(held(story), { title, section: where }), until(1.5));
        else if (how === 'update') await real.feed.update(held(story), { title, section: where });
        else if (how !== 'correct')
          await real.feed.update(held(story), { title, section: where, passingOn: { allowed: how === 'allow' } });
        else {
          mustHear(model, note, story);
          await real.feed.correct(held(story), note, { title, section: where });
        }
        story.texts.push(text);
      },
    ),
  ),
  fc.tuple(pick, fc.constantFrom('lift')).map(([n]) =>
    command(
      `lift the embargo of ${n}`,
      (model) => settled(model).some(({ texts }) => texts.at(-1)!.partnersFrom > model.now),
      async (model, real) => {
        const story = of(
          settled(model).filter(({ texts }) => texts.at(-1)!.partnersFrom > model.now),
          n,
        );
        await real.feed.publish(held(story), until(0));
        story.texts.push({ ...story.texts.at(-1)!, visibleFrom: model.now, partnersFrom: model.now });
      },
    ),
  ),
  fc.tuple(pick, fc.boolean()).map(([n, kill]) =>
    command(
      `${kill ? 'kill' : 'withdraw'} ${n}`,
      (model) => settled(model).length > 0,
      async (model, real) => {
        const story = of(settled(model), n);
        await real.feed.withdraw(held(story), null, kill);
        Object.assign(story, { texts: [], state: kill ? 'killed' : 'down' });
      },
    ),
  ),
  fc.tuple(pick, fc.constantFrom('all', 'mena', 'early', 'late', 'aly', 'short')).map(([n, name]) =>
    command(
      `grant or withdraw ${name} for partner ${n % 2}`,
      () => true,
      async ({ partners, products }, { feed }) => {
        const { viewer, products: his } = partners[n % 2]!;
        if (his.delete(name)) await feed.withdrawProduct(viewer, products[name]!.id);
        else await feed.grant(viewer, products[(his.add(name), name)]!.id);
      },
    ),
  ),
  section.map((where) =>
    command(
      `have product mena filter ${where}`,
      () => true,
      async ({ products }, { feed, sections }) => {
        products.mena!.sections = [where];
        await feed.change(products.mena!.id, { sections: [sections[where]] });
      },
    ),
  ),
  fc.constant(
    command(
      'merge',
      ({ merged }) => !merged,
      async (model, { newsroom, names }) => {
        const answer = await mergeEntities(newsroom.contextAs(operator), {
          ...{
            kind: 'Person',
            fromId: names['Aly Baghery'],
            fromVersion: 1,
            intoId: names['Ali Bagheri'],
            intoVersion: 1,
          },
        });
        expect(answer).toMatchObject({ __typename: 'EntitiesMerged' });
        model.merged = true;
      },
    ),
  ),
  fc.integer({ min: 1, max: 4 }).map((steps) =>
    command(
      `wait ${steps}`,
      () => true,
      async (model, { newsroom, feed }) => {
        await feed.letTimePass(steps * step);
        model.now += steps * step;
        for (const story of model.stories) {
          const begun = story.texts.find(({ visibleFrom }) => visibleFrom <= model.now);
          if (begun && story.firstAt === null) story.firstAt = begun.visibleFrom;
        }
        await enterDue(newsroom.contextAs(operator));
      },
    ),
  ),
];

describe('partners', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom();
  });
  afterAll(() => newsroom.close());

  const setUp = async (): Promise<{ model: Model; real: Real }> => {
    await wipe(newsroom);
    const desk = deskOf(newsroom);
    const feed = feedOf(newsroom);
    const sections = { mena: await desk.section('mena'), business: await desk.section('business') };
    await desk.section('world');
    const names = {
      'Ali Bagheri': await desk.entity('Person', 'Ali Bagheri'),
      'Aly Baghery': await desk.entity('Person', 'Aly Baghery'),
    };
    const picture = (name: string, file: string, licence?: string) =>
      savePicture(newsroom.context(), {
        ...{ externalId: name, file: file.repeat(32), width: 1600, height: 900, licence, usageTerms: '' },
        ...{ alt: `What ${name} shows`, caption: '', credit: 'Somebody' },
      });
    const pictures = { bought: await picture('bought', 'a'), free: await picture('free', 'b', 'CC-BY-4.0') };
    const inputs: Record<string, Omit<Product, 'id'>> = {
      all: { sections: null, name: null, shift: 0, keep: null, pictures: 'ALL' },
      mena: { sections: ['mena'], name: null, shift: 0, keep: null, pictures: 'LICENSED' },
      early: { sections: null, name: null, shift: -2 * hour, keep: null, pictures: 'NONE' },
      late: { sections: ['mena'], name: null, shift: 2 * hour, keep: null, pictures: 'ALL' },
      aly: { sections: null, name: 'Aly Baghery', shift: 0, keep: null, pictures: 'NONE' },
      short: { sections: null, name: null, shift: 0, keep: 24 * hour, pictures: 'LICENSED' },
    };
    const products: Model['products'] = {};
    for (const [name, input] of Object.entries(inputs)) {
      const id = await feed.product(name, {
        ...(input.sections && { sections: input.sections.map((each) => sections[each]) }),
        ...(input.name && { entities: [names[input.name]] }),
        ...{ shift: input.shift, keepDays: input.keep === null ? null : 1, pictures: input.pictures },
      });
      products[name] = { id, ...input };
    }
    const partner = async (name: string, has: string): Promise<Partner> => ({
      viewer: await feed.partner(name, products[has]!.id),
      products: new Set([has]),
      cursor: null,
      ...{
        shelf: new Map<number, string>(),
        ever: new Set<number>(),
        killed: new Set<number>(),
        heard: [],
        versions: new Map<number, number>(),
      },
    });
    const partners = [await partner('The Post', 'mena'), await partner('The Echo', 'late')];
    const [clock] = await newsroom.database.read<{ now: number }>(sql`select ${newsroom.database.now} as now`);
    const model: Model = { now: clock!.now, stories: [], products, merged: false, partners, due: new Map() };
    return { model, real: { newsroom, feed, sections, names, pictures, count: 0, steps: 0 } };
  };

  test('have exactly what they may have, whatever the desk, the salespeople and the clock do, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: 'max' }), (cmds) =>
        fc.asyncModelRun(setUp, cmds),
      ),
      {
        numRuns: runs,
        ...(process.env.FC_SEED && { seed: Number(process.env.FC_SEED) }),
        endOnFailure: !process.env.FC_SHRINK,
      },
    );
  }, 600_000);
});
