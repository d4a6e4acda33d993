import { createContext } from '../../src/kernel/context.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { publishArticle, schedulePublication, withdrawArticle } from '../../src/articles/publish.commands.js';
import { enterDueFronts } from '../../src/fronts/schedule.commands.js';
import { previewOfFront } from '../../src/fronts/preview.queries.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const hour = 3_600_000;
const page = `query ($slug: String!, $asOf: DateTime) { front(slug: $slug, asOf: $asOf) { slug title blocks { key title layout
  stories(first: 50) { kicker title standfirst isPinned article { slug } } } } }`;
const front = '... on FrontSaved { front { frontId version title newest { number } } warnings { message path } }';
const moved = `... on FrontPublished { front { frontId version } } ... on FrontScheduled { revision front { frontId version } }
  ... on FrontUnscheduled { front { frontId version } } ... on FrontWithdrawn { front { frontId version } }`;
const stale = '... on StaleVersion { expectedVersion currentVersion }';

describe('a front', () => {
  let newsroom: TestNewsroom;
  let desk: ReturnType<typeof deskOf>;
  let people: People;
  let ids: Record<string, number>;
  const id = (slug: string) => globalId('Article', ids[slug]!);

  beforeEach(async () => {
    newsroom = await openNewsroom();
    desk = deskOf(newsroom);
    people = await peopleOf(newsroom);
    await desk.section('world');
    const mena = await desk.section('mena', 'world');
    const sport = await desk.section('sport');
    await desk.entity('Person', 'Ann Other');
    ids = {};
    const stories: [string, number, string?][] = [
      ['m1', mena],
      ['s1', sport],
      ['m2', mena, 'ANALYSIS'],
      ['s2', sport],
      ['m3', mena],
      ['m4', mena],
    ];
    for (const [i, [slug, sectionId, kind = 'NEWS']] of stories.entries()) {
      const publishedAt = `2024-06-0${i + 1}T12:00:00Z`;
      const paragraphs = [slug === 'm1' || slug === 's2' ? 'Ann Other was there.' : 'Nobody was there.'];
      const saved = await desk.publish({ slug, sectionId, kind: kind as 'NEWS', publishedAt, paragraphs });
      ids[slug] = saved.articleId;
    }
  });
  afterEach(() => newsroom.close());

  const make = async (blocks: object[], more: object = {}) => {
    const input = { title: 'Home', slug: 'home', blocks, ...more };
    return does(newsroom, people.editor, 'createFront', input, front);
  };
  const publish = async (blocks: object[]) => {
    const made = await make(blocks);
    if (!made.front) throw new Error(JSON.stringify(made));
    const { frontId } = made.front;
    await does(newsroom, people.editor, 'publishFront', { id: frontId, expectedVersion: 1 }, moved);
    return frontId as string;
  };
  const shownTo = async (ctx = newsroom.context(), asOf: string | null = null): Promise<unknown> => {
    const { data, errors } = await newsroom.askIn(ctx, page, { slug: 'home', asOf });
    expect(errors).toEqual([]);
    type Blocks = { stories: { isPinned: boolean; article: { slug: string } }[] }[];
    const blocks = (data.front?.blocks ?? null) as Blocks | null;
    return (
      blocks?.map(({ stories }) =>
        stories.map(({ isPinned, article }) => (isPinned ? `${article.slug}!` : article.slug)).join(' '),
      ) ?? null
    );
  };
  const versionOf = async (table: 'front' | 'article', which: number): Promise<number> => {
    const statement = { text: `select version from ${table} where id = ${which}`, values: [] };
    return (await newsroom.database.read<{ version: number }>(statement, 'primary'))[0]!.version;
  };
  const takeDown = async (slug: string, kill = false) =>
    withdrawArticle(newsroom.contextAs(operator), {
      articleId: ids[slug]!,
      expectedVersion: await versionOf('article', ids[slug]!),
      note: 'wrong',
      kill,
    });

  test('shows pinned stories in their places and fills the others with the newest, each story once', async () => {
    await publish([
      {
        key: 'top',
        title: 'Top stories',
        layout: 'hero',
        size: 3,
        filter: {},
        pins: [{ article: id('m1'), kicker: 'Talks', title: 'They talk', standfirst: 'At last.' }],
      },
      { title: 'Mena', size: 3, filter: { sections: ['mena'] }, pins: [{ article: id('s1'), position: 2 }] },
      { title: 'Ann', size: 2, filter: { entities: [globalId('Person', 1)], kinds: ['NEWS'], languages: ['en'] } },
      { title: 'Only pinned', size: 3 },
    ]);
    expect(await shownTo()).toEqual(['m1! m4 m3', 'm2 s1!', 's2', '']);
    const { data } = await newsroom.ask(page, { slug: 'home' });
    expect(data.front).toMatchObject({ slug: 'home', title: 'Home' });
    expect(data.front.blocks.map(({ key, title, layout }: Record<string, string>) => [key, title, layout])).toEqual([
      ['top', 'Top stories', 'hero'],
      ['block-1', 'Mena', null],
      ['block-2', 'Ann', null],
      ['block-3', 'Only pinned', null],
    ]);
    expect(data.front.blocks[0].stories.slice(0, 2)).toEqual([
      { kicker: 'Talks', title: 'They talk', standfirst: 'At last.', isPinned: true, article: { slug: 'm1' } },
      { kicker: null, title: null, standfirst: null, isPinned: false, article: { slug: 'm4' } },
    ]);
  });

  test('is made and shown', async () => {
    expect(await shownTo()).toBeNull();
    expect(await make([{ size: 2, filter: {} }])).toEqual({
      __typename: 'FrontSaved',
      front: { frontId: globalId('Front', 1), version: 1, title: 'Home', newest: { number: 1 } },
      warnings: [],
    });
    expect(await shownTo()).toBeNull();
  });
});
void [hour, stale, createContext, sql, publishArticle, schedulePublication, enterDueFronts, previewOfFront, personOf, addresses, takeDownUnused];
function takeDownUnused() {}
