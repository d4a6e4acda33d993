import { codedError } from '../../src/kernel/errors.js';
import { Gathering } from '../../src/kernel/gathering.js';
import { operator, type Viewer } from '../../src/kernel/viewer.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

const page = `query ($slug: String!) { article(slug: $slug) { title body { text } section { name } credits { text }
  people { name } mentions { role { title } } related(first: 5) { totalCount nodes { title } } corrections { note }
  placements { slot } } newsletters(first: 3) { nodes { name } } consentCategories { key } }`;

describe('requests at the same time', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    const desk = deskOf(newsroom);
    const sectionId = await desk.section('world');
    await desk.entity('Person', 'Ann Other');
    for (let i = 0; i < 20; i++) {
      await desk.publish({ slug: `story-${i}`, sectionId, paragraphs: [`Ann Other spoke for the ${i}th time.`] });
    }
  });
  afterAll(() => newsroom.close());

  /** Asks for stories at once, each as a request of its own; tells the titles and how many statements it took. */
  const askedAtOnce = async (slugs: readonly string[], viewer?: Viewer) => {
    const statements: string[] = [];
    const stop = newsroom.database.listen((statement) => statements.push(statement));
    const answers = await Promise.all(
      slugs.map((slug) => (viewer ? newsroom.askAs(viewer, page, { slug }) : newsroom.ask(page, { slug }))),
    );
    stop();
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    return { people: answers.map(({ data }) => data.article.people[0].name), statements: statements.length };
  };

  test('of readers take the statements of one, and each is answered with its own', async () => {
    const slugs = Array.from({ length: 20 }, (_, i) => `story-${i}`);
    const one = await askedAtOnce(['story-0']);
    const many = await askedAtOnce([...slugs, ...slugs]);
    expect(many.statements).toBe(one.statements);
    expect(many.people).toEqual(Array.from({ length: 40 }, () => 'Ann Other'));
    const answers = await Promise.all(
      slugs.map((slug) =>
        newsroom.ask('query ($slug: String!) { article(slug: $slug) { slug body { text } } }', { slug }),
      ),
    );
    expect(answers.map(({ data }) => data.article)).toEqual(
      slugs.map((slug, i) => ({ slug, body: { text: `Ann Other spoke for the ${i}th time.` } })),
    );
  });

  test('of who may see more share nothing', async () => {
    const one = await askedAtOnce(['story-0'], operator);
    const three = await askedAtOnce(['story-0', 'story-1', 'story-2'], operator);
    expect(three.statements).toBe(3 * one.statements);
  });

  test('see what was written before they asked', async () => {
    const desk = deskOf(newsroom);
    const title = () => newsroom.ask('{ article(slug: "story-3") { title } }').then(({ data }) => data.article.title);
    const before = title();
    expect(await before).not.toBe('Another');
    await desk.publish({ slug: 'story-3', title: 'Another' });
    expect(await Promise.all([title(), title()])).toEqual(['Another', 'Another']);
  });
});

describe('a gathering', () => {
  const gathered = (fetch: (keys: readonly number[]) => Promise<(key: number) => string>, most = 500) => {
    const reads: (readonly number[])[] = [];
    let idle = 0;
    const gathering = new Gathering<number, string>({
      fetch: (keys) => {
        reads.push(keys);
        return fetch(keys);
      },
      most,
      onIdle: () => void (idle += 1),
    });
    return { ask: (key: number) => gathering.ask(key), reads, idle: () => idle };
  };
  const named = async () => (key: number) => `no. ${key}`;
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('reads each key once, in parts that are not too large', async () => {
    const { ask, reads } = gathered(named, 2);
    expect(await Promise.all([1, 2, 3, 2, 1].map(ask))).toEqual(['no. 1', 'no. 2', 'no. 3', 'no. 2', 'no. 1']);
    expect(reads).toEqual([[1, 2], [3]]);
  });

  test('lets a key that fails fail alone', async () => {
    const { ask } = gathered(async (keys) => {
      if (keys.includes(3)) throw new Error('Three is out of order.');
      return named();
    });
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(ask));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  test('does not ask again when the database does not answer at all', async () => {
    const { ask, reads } = gathered(() => Promise.reject(codedError('UNAVAILABLE', 'Try again.')));
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(ask));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(reads).toHaveLength(1);
  });

  test('holds keys together while those before them are under way, and reads them when these have come', async () => {
    let come = () => {};
    const first = new Promise<void>((resolve) => (come = resolve));
    const { ask, reads, idle } = gathered(async (keys) => {
      if (keys.includes(1)) await first;
      return named();
    });
    const one = ask(1);
    await turn();
    const others = [ask(2)];
    await turn();
    others.push(ask(3), ask(1));
    expect(reads).toEqual([[1]]);
    come();
    expect(await Promise.all([one, ...others])).toEqual(['no. 1', 'no. 2', 'no. 3', 'no. 1']);
    expect(reads).toEqual([[1], [2, 3, 1]]);
    await turn();
    expect(idle()).toBe(1);
  });

  test('does not wait long for what is slow', async () => {
    const { ask } = gathered((keys) => (keys.includes(1) ? new Promise(() => undefined) : named()));
    void ask(1);
    await turn();
    expect(await ask(2)).toBe('no. 2');
  });
});
