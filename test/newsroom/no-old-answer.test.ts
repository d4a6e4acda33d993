import { setTimeout as sleep } from 'node:timers/promises';
import {
  correctArticle,
  publishArticle,
  schedulePublication,
  unschedulePublication,
  withdrawArticle,
} from '../../src/articles/publish.commands.js';
import { createFront, saveFront } from '../../src/fronts/front.commands.js';
import { publishFront, scheduleFront } from '../../src/fronts/publish.commands.js';
import { enterDueFronts } from '../../src/fronts/schedule.commands.js';
import { globalId } from '../../src/kernel/global-id.js';
import { followStory } from '../../src/storylines/activity.commands.js';
import { addToStoryline, createStoryline } from '../../src/storylines/storyline.commands.js';
import { freshForMs } from '../../src/kernel/freshness.js';
import type { ReadFrom } from '../../src/kernel/database.js';
import { sql, type Sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { mergeEntities } from '../../src/newsroom/entities/merge.commands.js';
import { saveEntityAtDesk } from '../../src/newsroom/entities/save.commands.js';
import { undoMerge } from '../../src/newsroom/entities/undo-merge.commands.js';
import { savePicture as savePictureAtDesk } from '../../src/newsroom/pictures/picture.commands.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { saveNewsletter } from '../../src/site/site.commands.js';
import { enterDue } from '../../src/work/schedule.commands.js';
import { deskOf } from '../support/desk.js';
import { onMariadb, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startNode, type Node } from '../support/node.js';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.js';
import { makeReplica, type Replica } from '../support/replica.js';

/** `OLD_ANSWERS_SECONDS=300 OLD_ANSWERS_SEED=7 npm test -- no-old-answer` tries for longer, from a seed. */
const seconds = Number(process.env.OLD_ANSWERS_SECONDS ?? 10);
const seed = Number(process.env.OLD_ANSWERS_SEED ?? Date.now() % 1_000_000);

/** Numbers from 0 to 1 that are the same for the same seed. */
function randomFrom(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const page = `query ($slug: String!) { article(slug: $slug) { slug title url section { name } leadPicture { caption }
  people { name slug } related(first: 5) { totalCount nodes { title section { name } } } corrections { note }
  mentions { surface entity { name } } placements { slot } } }`;
const person = `query ($slug: String!) { person(slug: $slug) { name slug articles(first: 3) { totalCount nodes { title } }
  mentionedWith(first: 3) { articleCount entity { name } } } }`;
const path = `query ($path: String!) { resolvePath(path: $path) { __typename ... on Redirect { path }
  ... on Gone { reason } } }`;
const lists = [
  '{ section(slug: "mena") { name articles(first: 4) { totalCount nodes { title section { name } } } } }',
  '{ section(slug: "world") { name articles(first: 4) { nodes { title } } } }',
  '{ articles(first: 4) { totalCount nodes { slug title } } }',
  '{ articles(first: 4, filter: { kinds: [ANALYSIS] }) { totalCount nodes { title } } }',
  '{ front(slug: "home") { title blocks { title stories { title isPinned article { title section { name } } } } } }',
  '{ front(slug: "home") { arrangedAt blocks { stories { article { slug } } } } fronts { totalCount } }',
  '{ storyline(slug: "talks") { title entries { title article { title storylines { title } } } mainEntities { articleCount entity { name } } } }',
  '{ storylines(first: 3) { nodes { slug entries(first: 1, newestFirst: true) { at } } } }',
  '{ newsletters(first: 5) { totalCount nodes { name } } }',
  '{ sections { name parent { name } } }',
];

describeWithRedis('no answer', () => {
  let newsroom: TestNewsroom;
  let redis: TestRedis;
  let replica: Replica | undefined;
  let nodes: Node[];
  /** What each node was asked since it started: what it knows by itself. */
  let asked: Set<string>[];

  /** A node that now and then has read something for a while before it goes on. */
  const start = async (): Promise<Node> => {
    const node = await startNode(newsroom, {
      REDIS_URL: redis.url,
      SECRET_KEY: 'a key that all nodes of this newsroom know',
      ...(replica && { DATABASE_REPLICA_URLS: replica.url }),
    });
    const { database } = node.app;
    const read = database.read.bind(database);
    database.read = async <Row>(statement: Sql, from?: ReadFrom): Promise<Row[]> => {
      const rows = await read<Row>(statement, from);
      if (from !== 'primary' && Math.random() < 0.2) await sleep(60 * Math.random());
      return rows;
    };
    return node;
  };
  beforeAll(async () => {
    [newsroom, redis] = await Promise.all([openNewsroom(), startRedis()]);
    if (onMariadb) replica = await makeReplica(newsroom.url);
    nodes = await Promise.all([start(), start(), start()]);
    asked = nodes.map(() => new Set());
  });
  afterAll(async () => {
    redis.thaw();
    await Promise.all(nodes.map((node) => node.stop()));
    await replica?.remove();
    await redis.stop();
    await newsroom.close();
  });

  test(
    `is older than a change that was acknowledged before it was asked for (seed ${seed})`,
    async () => {
      const random = randomFrom(seed);
      const below = (n: number) => Math.floor(random() * n);
      const oneOf = <T>(all: readonly T[]): T => all[below(all.length)]!;
      const as = () => newsroom.contextAs(operator);
      const desk = deskOf(newsroom);
      await desk.section('world');
      const sections = [await desk.section('mena', 'world'), await desk.section('business')];
      const pictureId = await savePicture(as(), { externalId: 'p', alt: 'A quay', caption: '0', credit: '' });
      const people: number[] = [];
      for (const name of ['Ann Other', 'Bob Brown', 'Cleo Clark']) people.push(await desk.entity('Person', name));

      const stories = new Map<string, number>();
      const merges: number[] = [];
      let slugsUsed = 4;
      let times = 0;
      const slug = () => `s${Math.max(0, slugsUsed - 1 - below(6))}`;
      const text = (name: string) => ({
        slug: name,
        title: `${name}, ${++times}`,
        kind: oneOf(['NEWS', 'ANALYSIS'] as const),
        sectionId: oneOf(sections),
        leadPictureId: oneOf([pictureId, undefined]),
        paragraphs: [oneOf(['Ann Other met Bob Brown.', 'Cleo Clark met Ann Other.', 'Nobody met anybody.'])],
        related: [...stories.values()].slice(-4, -1).map((articleId) => ({ articleId, kind: 'RELATED' as const })),
      });
      const arrangement = () => ({
        title: `Home, ${++times}`,
        blocks: [
          { size: 3, filter: {}, pins: [{ articleId: oneOf([...stories.values()]) }] },
          { size: 2, filter: { sections: ['mena'], kinds: [oneOf(['NEWS', 'ANALYSIS'] as const)] } },
          { size: 2, filter: { entities: [globalId('Person', oneOf(people))] } },
        ],
      });
      const rowOf = async (table: 'article' | 'entity' | 'picture' | 'front' | 'storyline', id: number) => {
        const statement = { text: `select version from ${table} where id = ${id}`, values: [] };
        return (await newsroom.database.read<{ version: number }>(statement))[0]!.version;
      };
      const target = async () => {
        const articleId = oneOf([...stories.values()]);
        return { articleId, expectedVersion: await rowOf('article', articleId) };
      };
      const drafted = async () => {
        const name = slug();
        const { articleId } = await desk.draft(text(name));
        stories.set(name, articleId);
        await newsroom.database.transaction((tx) =>
          tx.run(
            sql`update article set workflowState = 'APPROVED' where id = ${articleId} and workflowState in ('DRAFT', 'IN_REVIEW')`,
          ),
        );
        return { articleId, expectedVersion: await rowOf('article', articleId) };
      };
      const saved = async (more: object) => {
        const id = oneOf(people);
        return saveEntityAtDesk(as(), 'Person', { id, expectedVersion: await rowOf('entity', id), ...more });
      };

      const writes: Record<string, () => Promise<unknown>> = {
        publish: async () => publishArticle(as(), await drafted()),
        'bring in': async () => {
          const name = slug();
          stories.set(name, (await desk.publish(text(name))).articleId);
        },
        correct: async () => correctArticle(as(), { ...(await drafted()), note: `It was wrong, ${times}.` }),
        withdraw: async () => withdrawArticle(as(), { ...(await target()), note: 'wrong' }),
        kill: async () => {
          slugsUsed += 1;
          return withdrawArticle(as(), { ...(await target()), note: 'wrong', kill: true });
        },
        schedule: async () => schedulePublication(as(), { ...(await drafted()), at: Date.now() + 60 + below(300) }),
        'schedule and take back': async () => {
          const at = Date.now() + 60 + below(100);
          const set = await schedulePublication(as(), { ...(await drafted()), at });
          if (!('article' in set)) return set;
          return unschedulePublication(as(), { articleId: set.article.id, expectedVersion: set.article.version });
        },
        'rename a person': () =>
          saved({ name: oneOf(['Ann Other', 'Bob Brown', 'Cleo Clark', `Somebody ${++times}`]) }),
        'another slug of a person': () => saved({ slug: `p${below(4)}` }),
        'make a person': () => saveEntityAtDesk(as(), 'Person', { name: 'Dora Dean', slug: `p${below(4)}` }),
        merge: async () => {
          const [fromId, intoId] = [oneOf(people), oneOf(people)];
          const versions = { fromVersion: await rowOf('entity', fromId), intoVersion: await rowOf('entity', intoId) };
          const done = await mergeEntities(as(), { kind: 'Person', fromId, intoId, ...versions });
          if ('merge' in done) merges.push(done.merge.id);
          return done;
        },
        'undo a merge': async () => (merges.length > 0 ? undoMerge(as(), { mergeId: merges.pop()! }) : undefined),
        'what is said of a picture': async () =>
          savePictureAtDesk(as(), {
            id: pictureId,
            expectedVersion: await rowOf('picture', pictureId),
            caption: `${++times}`,
          }),
        'rename a section': () =>
          saveSection(as(), {
            slug: 'mena',
            name: `Mena ${++times}`,
            description: '',
            parentSlug: 'world',
            position: 0,
          }),
        'a newsletter': () =>
          saveNewsletter(as(), { slug: `n${below(4)}`, name: `Daily ${++times}`, description: '', position: 0 }),
        'arrange a front': async () => {
          const expectedVersion = await rowOf('front', 1);
          const saved = await saveFront(as(), { frontId: 1, expectedVersion, ...arrangement() });
          if (!('front' in saved)) return saved;
          return publishFront(as(), { frontId: 1, expectedVersion: saved.front.version });
        },
        'schedule a front': async () => {
          const expectedVersion = await rowOf('front', 1);
          const saved = await saveFront(as(), { frontId: 1, expectedVersion, ...arrangement() });
          if (!('front' in saved)) return saved;
          return scheduleFront(as(), {
            frontId: 1,
            expectedVersion: saved.front.version,
            at: Date.now() + 60 + below(300),
          });
        },
        'tell a storyline on': async () => {
          const expectedVersion = await rowOf('storyline', 1);
          const entry = oneOf([
            { articleId: oneOf([...stories.values()]) },
            { at: Date.now() - below(1_000), title: `It happened, ${++times}` },
          ]);
          return addToStoryline(as(), { storylineId: 1, expectedVersion, entry });
        },
        'follow a story': () => followStory(as(), { subject: 'Article', subjectId: oneOf([...stories.values()]) }),
        'enter what is due': async () => [await enterDue(as()), await enterDueFronts(as())],
      };
      let redisIs: 'there' | 'frozen' | 'dead' = 'there';
      const mishaps: Record<string, () => Promise<unknown> | void> = {
        'the replica catches up': () => replica?.catchUp(),
        'the replica catches up again': () => replica?.catchUp(),
        'a node starts again': async () => {
          const which = below(nodes.length);
          await nodes[which]!.stop();
          nodes[which] = await start();
          asked[which]!.clear();
        },
        'Redis dies': async () => {
          if (redisIs === 'frozen') redis.thaw();
          if (redisIs !== 'dead') await redis.kill();
          redisIs = 'dead';
        },
        'Redis freezes': () => {
          if (redisIs === 'there') redis.freeze();
          if (redisIs === 'there') redisIs = 'frozen';
        },
      };
      const mend = async () => {
        if (redisIs === 'frozen') redis.thaw();
        if (redisIs === 'dead') await redis.start();
        redisIs = 'there';
      };

      const question = (): { document: string; variables: Record<string, unknown> } => {
        const kind = below(10);
        if (kind < 3) return { document: page, variables: { slug: slug() } };
        if (kind < 5)
          return { document: person, variables: { slug: oneOf(['ann-other', 'bob-brown', 'cleo-clark', 'p0', 'p1']) } };
        if (kind < 6) return { document: path, variables: { path: `/${oneOf(['mena', 'business'])}/${slug()}` } };
        return { document: oneOf(lists), variables: {} };
      };
      const story: string[] = [];
      /** What was asked lately, most of it while things changed. */
      const lately: ReturnType<typeof question>[] = [];
      const counts = { reads: 0, fromMemory: 0, fromRedis: 0, changes: 0, mishaps: 0 };
      const truth = async ({ document, variables }: ReturnType<typeof question>): Promise<string> => {
        const { data, errors } = await newsroom.ask(document, variables);
        expect(errors).toEqual([]);
        return JSON.stringify(data);
      };
      /** Asks a node, and whoever stands on no memory before and after. */
      const check = async (): Promise<void> => {
        const which = below(nodes.length);
        const asking = lately.length > 0 && random() < 0.6 ? oneOf(lately) : question();
        const name = JSON.stringify(asking);
        const before = await truth(asking);
        let answer: string | undefined;
        const statements = await nodes[which]!.statements(async () => {
          answer = JSON.stringify(await nodes[which]!.read(asking.document, asking.variables));
        });
        counts.reads += 1;
        if (statements.length === 0 && asked[which]!.has(name)) counts.fromMemory += 1;
        else if (statements.length === 0 && asking.document.startsWith('query')) counts.fromRedis += 1;
        asked[which]!.add(name);
        const after = await truth(asking);
        // whoever asks across a moment of the schedule may get some of before and some of after
        if (answer === before || answer === after || before !== after) return;
        throw new Error(
          `seed ${seed}, node ${which}, ${name}\ngave ${answer}\nnot  ${before}\nafter ${story.slice(-12).join('; ')}`,
        );
      };
      /** What is asked while things change may be of before or after; it must not leave the old behind. */
      const bystand = async (): Promise<void> => {
        const which = below(nodes.length);
        const { document, variables } = question();
        lately.unshift({ document, variables });
        lately.length = Math.min(lately.length, 6);
        await sleep(below(30));
        asked[which]!.add(JSON.stringify({ document, variables }));
        await nodes[which]!.read(document, variables);
      };

      for (const name of ['s0', 's1', 's2']) stories.set(name, (await desk.publish(text(name))).articleId);
      await createFront(as(), { slug: 'home', ...arrangement() });
      await publishFront(as(), { frontId: 1, expectedVersion: 1 });
      await createStoryline(as(), { title: 'Talks', status: 'OPEN', entries: [{ articleId: stories.get('s1')! }] });
      const end = Date.now() + seconds * 1_000;
      let mended = 0;
      while (Date.now() < end) {
        if (redisIs !== 'there' && Date.now() > mended) await mend();
        if (random() < 0.12) {
          const [name, happens] = oneOf(Object.entries(mishaps));
          story.push(name);
          await happens();
          mended = Date.now() + 700;
          counts.mishaps += 1;
        }
        const bystanders = Array.from({ length: below(6) }, bystand);
        if (random() < 0.6) {
          const [name, change] = oneOf(Object.entries(writes));
          const done = await change().catch((error: Error) => ({ message: error.message }));
          const refused = (done as { message?: string } | undefined)?.message;
          story.push(refused === undefined ? name : `${name} (${refused})`);
          if (refused === undefined) counts.changes += 1;
          await sleep(freshForMs + 1); // now it is acknowledged
        }
        for (let i = 0; i < 4; i++) await check();
        await Promise.all(bystanders);
      }
      await mend();
      console.log(`seed ${seed}: ${JSON.stringify(counts)}`);
      expect(counts.reads).toBeGreaterThan(2 * seconds);
      expect(counts.fromMemory).toBeGreaterThan(seconds / 2);
      expect(counts.changes).toBeGreaterThan(seconds / 5);
    },
    (seconds + 60) * 1_000,
  );
});
