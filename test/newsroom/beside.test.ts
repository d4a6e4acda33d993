import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tryGold } from '../../src/command-line/evaluate/related.trial.js';
import { editorsLinks, rankedByTfIdf, rankedByUs } from '../../src/command-line/evaluate/related.ranking.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { wordAllStories, wordChange } from '../../src/newsroom/beside/wording.commands.js';
import { importMany } from '../../src/newsroom/import/import-many.commands.js';
import { readers } from '../../src/newsroom/import/readers.js';
import { doJobs } from '../../src/work/outbox.commands.js';
import { sharedDir } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const document = `query ($articleId: ID!) { newsroom { suggestions(articleId: $articleId) {
  related { article { id slug title } kind reason score } warnings { message path } } } }`;

interface Suggested {
  article: { slug: string };
  kind: string;
  reason: string;
  score: number;
}

/** Does all that a worker would do. */
async function work(newsroom: TestNewsroom): Promise<void> {
  const follow = [(payload: unknown) => wordChange(newsroom.contextAs(operator), payload)];
  while ((await doJobs(newsroom.contextAs(operator), { change: follow, text: follow })) > 0);
}

describe('stories that belong beside one', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let desk: ReturnType<typeof deskOf>;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    desk = deskOf(newsroom);
    await desk.entity('Place', 'Valmora');
    await desk.entity('Person', 'Ines Calder');
    await desk.entity('Organisation', 'Harbour Trust');
  });
  afterAll(() => newsroom.close());

  const suggestions = async (articleId: number, viewer = people.editor) => {
    const { data, errors } = await newsroom.askAs(viewer, document, { articleId: globalId('Article', articleId) });
    expect(errors).toEqual([]);
    return data.newsroom.suggestions as { related: Suggested[]; warnings: { message: string; path: string[] }[] };
  };
  const slugs = ({ related }: { related: Suggested[] }) => related.map(({ article }) => article.slug);

  const blaze = [
    'A blaze destroyed the old rope works in Valmora on Tuesday night.',
    'Mayor Ines Calder said that nobody was hurt, and that the Harbour Trust will rebuild the works.',
  ];

  test('are told with kind and reason, nearest first', async () => {
    await desk.publish({
      slug: 'blaze',
      title: 'Blaze destroys rope works',
      paragraphs: blaze,
      publishedAt: '2024-05-07T20:00:00Z',
    });
    await desk.publish({
      slug: 'causes',
      title: 'What set the rope works ablaze',
      paragraphs: [
        'The blaze at the rope works in Valmora began in a store room.',
        'Ines Calder asked the Harbour Trust why.',
      ],
      publishedAt: '2024-05-09T08:00:00Z',
    });
    await desk.publish({
      slug: 'history',
      title: 'Two centuries of ropes',
      paragraphs: ['Ropes from Valmora held ships of all nations.', 'The Harbour Trust keeps the oldest machines.'],
      publishedAt: '2021-02-01T08:00:00Z',
    });
    await desk.publish({
      slug: 'cheese',
      title: 'A cheese wins a prize',
      paragraphs: ['Judges in Okuzawa tasted ninety cheeses and liked the smallest most.'],
      publishedAt: '2024-05-08T08:00:00Z',
    });
    await work(newsroom);
    const { articleId } = await desk.publish({
      slug: 'rebuild',
      title: 'Harbour Trust to rebuild rope works',
      paragraphs: [
        'The rope works in Valmora will be rebuilt after the blaze.',
        'Ines Calder thanked the Harbour Trust.',
      ],
      publishedAt: '2024-05-10T08:00:00Z',
    });
    const found = await suggestions(articleId);
    expect(found.warnings).toEqual([]);
    expect(found.related.map(({ article, kind, reason }) => [article.slug, kind, reason])).toEqual([
      [
        'blaze',
        'SAME_EVENT',
        'Both name Harbour Trust, Ines Calder and Valmora, in much the same words; published 3 days earlier.',
      ],
      [
        'causes',
        'SAME_EVENT',
        'Both name Harbour Trust, Ines Calder and Valmora, in much the same words; published 1 day earlier.',
      ],
      ['history', 'BACKGROUND', 'Both name Harbour Trust and Valmora; published 3 years earlier.'],
    ]);
    const scores = found.related.map(({ score }) => score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    for (const score of scores) expect(score > 0 && score <= 1).toBe(true);
  });

  test('are found in a draft that nobody has marked, and what stands beside it is left out', async () => {
    const [blazeStory] = await newsroom.database.read<{ id: number }>(sql`select id from article where slug = 'blaze'`);
    const draft = {
      title: 'After the blaze',
      paragraphs: ['What is left of the rope works in Valmora?'],
      mentions: [],
    };
    const alone = await desk.draft({ slug: 'left', ...draft });
    expect(slugs(await suggestions(alone.articleId))).toContain('blaze');
    const beside = await desk.draft({
      slug: 'left-2',
      ...draft,
      related: [{ articleId: blazeStory!.id, kind: 'RELATED' }],
    });
    expect(slugs(await suggestions(beside.articleId))).not.toContain('blaze');
  });

  test('are nearer when they were put beside a near one before', async () => {
    const [blazeStory] = await newsroom.database.read<{ id: number }>(sql`select id from article where slug = 'blaze'`);
    const far = await desk.publish({
      slug: 'hemp',
      title: 'Hemp from the hills',
      paragraphs: ['Farmers above Valmora grow hemp again.'],
      publishedAt: '2024-05-01T08:00:00Z',
    });
    await work(newsroom);
    const draft = { title: 'Blaze and hemp', paragraphs: ['The blaze in Valmora burnt the hemp of the rope works.'] };
    const before = (await suggestions((await desk.draft({ slug: 'hemp-1', ...draft })).articleId)).related;
    await desk.publish({
      slug: 'stores',
      title: 'The stores of the rope works in Valmora',
      paragraphs: ['Hemp lay in the stores of the rope works in Valmora before the blaze.'],
      publishedAt: '2024-05-08T08:00:00Z',
      related: [
        { articleId: far.articleId, kind: 'RELATED' },
        { articleId: blazeStory!.id, kind: 'RELATED' },
      ],
    });
    await work(newsroom);
    const after = (await suggestions((await desk.draft({ slug: 'hemp-2', ...draft })).articleId)).related;
    const hemp = (related: Suggested[]) => related.find(({ article }) => article.slug === 'hemp')!;
    expect(hemp(before).reason).not.toContain('stands beside');
    expect(hemp(after).reason).toContain('it stands beside “The stores of the rope works in Valmora”');
    expect(hemp(after).score).toBeGreaterThan(hemp(before).score);
  });

  test('that say the same word for word are flagged, and told by how much', async () => {
    const wire = [
      'Fishermen off the coast of Valmora have landed the largest catch of herring in thirty years, the Harbour Trust said.',
      'Boats queued at the quay from midnight, and the price of a crate fell by half before the morning was over.',
    ];
    await desk.publish({
      slug: 'herring',
      title: 'Herring galore',
      paragraphs: wire,
      publishedAt: '2024-06-01T08:00:00Z',
    });
    await work(newsroom);
    const again = await desk.draft({
      slug: 'herring-again',
      title: 'UPDATE: record catch off Valmora',
      paragraphs: [...wire, 'Cold stores along the coast are full, and smokehouses work through the night.'],
    });
    const { related, warnings } = await suggestions(again.articleId);
    expect(warnings).toEqual([
      {
        message: expect.stringMatching(
          / in “Herring galore”, published on 1 June 2024: it may be the same story sent once more\.$/,
        ),
        path: ['body'],
      },
    ]);
    expect(related[0]).toMatchObject({
      article: { slug: 'herring' },
      kind: 'SAME_EVENT',
      reason: expect.stringMatching(/^\d+ % of the shorter text is in the other word for word, both name /),
    });
  });

  test('are never drafts, nor what is to come, nor what was killed, from the moment it is', async () => {
    const unseen = { title: 'Blaze destroys rope works', paragraphs: blaze };
    await desk.draft({ slug: 'still-a-draft', ...unseen });
    const killed = await desk.publish({ slug: 'killed', ...unseen, publishedAt: '2024-05-07T21:00:00Z' });
    await work(newsroom);
    const asking = await desk.draft({ slug: 'asking', title: 'Rope works after the blaze', paragraphs: blaze });
    expect(slugs(await suggestions(asking.articleId))).toContain('killed');
    const [{ version }] = (await newsroom.database.read<{ version: number }>(
      sql`select version from article where id = ${killed.articleId}`,
    )) as [{ version: number }];
    await does(newsroom, people.chief, 'withdrawArticle', {
      articleId: globalId('Article', killed.articleId),
      expectedVersion: version,
      kill: true,
      note: 'It was wrong.',
    });
    const now = await suggestions(asking.articleId);
    expect(slugs(now)).not.toContain('killed');
    expect(slugs(now)).not.toContain('still-a-draft');
    expect(now.warnings.map(({ message }) => message).join()).not.toMatch(/7 May 2024.*7 May 2024/);
    await work(newsroom);
    expect(
      await newsroom.database.read(sql`select editionId from wording where articleId = ${killed.articleId}`),
    ).toEqual([]);
  });

  test('are not told of a story that is not theirs to see', async () => {
    const section = await desk.section('elsewhere');
    const elsewhere = await personOf(newsroom, { name: 'Elsa Elsewhere', role: 'EDITOR', sectionIds: [section] });
    const { articleId } = await desk.draft({ slug: 'of-the-world', paragraphs: blaze });
    expect(await suggestions(articleId, elsewhere)).toBeNull();
  });

  test('words are counted once however often it is done, and not at all when no text has them any more', async () => {
    const counts = () =>
      newsroom.database.read(sql`select term, texts from wording_count where texts <> 0 order by term`);
    const before = await counts();
    const story = await desk.publish({
      slug: 'passing',
      title: 'Zeppelin over Valmora',
      paragraphs: ['A zeppelin passed.'],
    });
    await Promise.all([wordAllStories(newsroom.context()), wordAllStories(newsroom.context())]);
    const change = { subject: 'Article', subjectId: story.articleId };
    await Promise.all([1, 2].map(() => wordChange(newsroom.context(), change)));
    expect(await counts()).not.toEqual(before);
    await newsroom.database.transaction((tx) =>
      tx.run(
        sql`update publication set visibleUntil = visibleFrom, partnersUntil = partnersFrom where articleId = ${story.articleId}`,
      ),
    );
    await wordChange(newsroom.context(), change);
    expect(await counts()).toEqual(before);
  });

  test('as many statements for one candidate as for fifty', async () => {
    const other = await openNewsroom();
    const there = deskOf(other);
    const editor = (await peopleOf(other)).editor;
    await there.entity('Place', 'Valmora');
    const paragraphs = ['The lighthouse of Valmora is painted red again, said its keeper.'];
    const took = async () => {
      await work(other);
      const { articleId } = await there.draft({
        slug: `asking-${Math.random()}`.replace('.', ''),
        title: 'Lighthouse',
        paragraphs,
      });
      const { data, errors, statements } = await other.measure(
        document,
        { articleId: globalId('Article', articleId) },
        editor,
      );
      expect(errors).toEqual([]);
      return [data.newsroom.suggestions.related.length, statements.length];
    };
    await there.publish({ slug: 'one', title: 'Lighthouse painted', paragraphs });
    const [one, statements] = await took();
    for (let i = 0; i < 49; i++)
      await there.publish({ slug: `more-${i}`, title: `Lighthouse painted ${i}`, paragraphs });
    expect([one, await took()]).toEqual([1, [10, statements]]);
    expect(statements).toBeLessThanOrEqual(18);
    await other.close();
  }, 120_000);
});

describe('events of our own', () => {
  test('are told from others of their kind, and reports sent again are flagged', async () => {
    const newsroom = await openNewsroom();
    expect(await tryGold(() => newsroom.contextAs(operator))).toEqual({
      sameEvent: { pairs: 26, suggested: 26, asSame: 26 },
      otherEvent: { pairs: 52, keptOut: 52 },
      sentAgain: { texts: 13, flagged: 13, wrongly: 0 },
      off: [],
    });
    await newsroom.close();
  }, 120_000);
});

const corpus = join(sharedDir, 'corpus/digitalgov-2018plus.jsonl');
const withCorpus = existsSync(corpus) ? describe : describe.skip;

withCorpus('links that editors of digitalgov-2018plus.jsonl made', () => {
  test('are suggested clearly more often than TF-IDF finds them', async () => {
    const newsroom = await openNewsroom();
    const contextOf = () => newsroom.contextAs(operator);
    const sources = { paths: [corpus], totalBytes: 0, bytesRead: 0 };
    await importMany(
      contextOf(),
      readers.jsonl.read(sources, { now: Date.now() }),
      { source: 'trial' },
      () => undefined,
    );
    await wordAllStories(contextOf());
    const trial = await editorsLinks(contextOf());
    const links = trial.asked.flatMap((each) => each.links).length;
    const ours = await rankedByUs(contextOf, trial.asked, () => undefined);
    const share = (found: readonly (readonly number[])[]) =>
      trial.asked.flatMap((each, i) => each.links.filter((link) => found[i]!.slice(0, 10).includes(link))).length /
      links;
    expect(links).toBe(75);
    expect(share(ours.map(({ found }) => found))).toBeGreaterThanOrEqual(0.75);
    expect(share(rankedByTfIdf(trial))).toBeCloseTo(0.547, 2);
    await newsroom.close();
  }, 300_000);
});
