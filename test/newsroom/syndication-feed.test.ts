import { mergeEntities } from '../../src/newsroom/entities/merge.commands.js';
import { undoMerge } from '../../src/newsroom/entities/undo-merge.commands.js';
import { savePicture } from '../../src/newsroom/pictures/picture.commands.js';
import type { Transaction } from '../../src/kernel/database.js';
import { globalId } from '../../src/kernel/global-id.js';
import { raw, sql } from '../../src/kernel/sql.js';
import { operator, type PartnerViewer } from '../../src/kernel/viewer.js';
import { PictureRow } from '../../src/media/picture.rows.js';
import { openStorage } from '../../src/storage.js';
import { catchUp } from '../../src/syndication/feed/catch-up.commands.js';
import { enterDue } from '../../src/work/schedule.commands.js';
import { saveProduct } from '../../src/syndication/partners/product.commands.js';
import { storyOrItsEnd } from '../../src/syndication/story/held.loaders.js';
import { deskOf } from '../support/desk.js';
import { feedOf } from '../support/feed.js';
import { onMariadb, openNewsroom, storageOf, type TestNewsroom } from '../support/newsroom.js';
import { wipe } from '../support/wipe.js';

const hour = 3_600_000;

describe('what partners are told', () => {
  let newsroom: TestNewsroom;
  let feed: ReturnType<typeof feedOf>;
  let mena: number;
  let gulf: number;
  let business: number;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    feed = feedOf(newsroom);
  });
  beforeEach(async () => {
    await wipe(newsroom);
    const desk = deskOf(newsroom);
    mena = await desk.section('mena');
    gulf = await desk.section('gulf', 'mena');
    business = await desk.section('business');
  });
  afterAll(() => newsroom.close());
  const kinds = async (viewer: PartnerViewer) =>
    (await feed.told(viewer)).map(([kind, action, title]) => [kind, action, title]);

  test('an embargo ends at the version that was published, however late that is told', async () => {
    const partner = await feed.partner('Late looker', await feed.product('an-hour-early', { shift: -3_600_000 }));
    const story = await feed.schedule(await feed.approved('Soon', 'mena'), Date.now() + 600_000);
    await feed.catchUp();
    await feed.letTimePass(700_000);
    const { expectedVersion: corrected } = await feed.correct(story, 'It was at one.');
    const { data } = await newsroom.askAs(partner, '{ syndication { changes { nodes { kind version } } } }');
    expect(data.syndication.changes.nodes).toEqual([
      { kind: 'PUBLISHED', version: story.expectedVersion },
      { kind: 'EMBARGO_LIFTED', version: story.expectedVersion + 1 },
      { kind: 'CORRECTED', version: corrected + 1 },
    ]);
    expect(corrected).toBe(story.expectedVersion + 1);
  });

  test('a story of a section is news to who has the section, and to nobody else', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('mena', { sections: [mena] }));
    const echo = await feed.partner('The Echo', await feed.product('business', { sections: [business] }));
    await feed.published('Ships wait at the strait', 'gulf');
    expect(await feed.told(post)).toEqual([['PUBLISHED', 'PUBLISH', 'Ships wait at the strait', null]]);
    expect(await feed.told(echo)).toEqual([]);
  });

  test('what an editor noted when he published is the newsroom’s', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    const story = await feed.publish(await feed.approved('Ships', 'mena'), [], 'The lawyer objects, go ahead.');
    await feed.catchUp();
    await feed.publish(await feed.save(story, { title: 'More ships' }), [], 'Our source is in the ministry.');
    expect((await feed.told(post)).map(([kind, , , note]) => [kind, note])).toEqual([
      ['PUBLISHED', null],
      ['UPDATED', null],
    ]);
  });

  test('an update, a correction with and without another text, and what was withdrawn come in their order', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('all'));
    const story = await feed.published('Ships wait', 'mena');
    await feed.update(story, { title: 'Ships wait in the heat' });
    await feed.correct(story, 'It was nine ships.', { title: 'Nine ships wait' });
    await feed.correct(story, 'It was on Monday.');
    expect(await feed.told(post)).toEqual([
      ['PUBLISHED', 'PUBLISH', 'Ships wait', null],
      ['UPDATED', 'REPLACE', 'Ships wait in the heat', null],
      ['CORRECTED', 'CORRECT', 'Nine ships wait', 'It was nine ships.'],
      ['CORRECTED', 'CORRECT', 'Nine ships wait', 'It was on Monday.'],
    ]);
    await feed.withdraw(story, 'We look into it.');
    expect(await feed.told(post)).toEqual([
      ['PUBLISHED', 'PUBLISH', null, null],
      ['UPDATED', 'REPLACE', null, null],
      ['CORRECTED', 'CORRECT', null, 'It was nine ships.'],
      ['CORRECTED', 'CORRECT', null, 'It was on Monday.'],
      ['WITHDRAWN', 'REMOVE', null, 'We look into it.'],
    ]);
  });

  test('what was published between a look at the clock and one at the feed has begun', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('all'));
    await feed.published('Ships wait', 'mena');
    await newsroom.database.transaction((tx) =>
      tx.run(raw('update publication set visibleFrom = visibleFrom + 5000, partnersFrom = partnersFrom + 5000')),
    );
    expect(await feed.told(post)).toEqual([['PUBLISHED', 'PUBLISH', 'Ships wait', null]]);
  });

  test('a kill goes to all who ever had the story, also to one whose product it left, and takes the text out of all feeds', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('mena', { sections: [mena] }));
    const echo = await feed.partner('The Echo', await feed.product('business', { sections: [business] }));
    const other = await feed.partner('The Other', await feed.product('opinion', { kinds: ['OPINION'] }));
    const story = await feed.published('A deal', 'mena');
    await feed.catchUp();
    await feed.update(story, { section: 'business' });
    await feed.catchUp();
    await feed.withdraw(story, 'It is not true.', true);
    const kinds = async (viewer: typeof post) => (await feed.told(viewer)).map(([kind, , title]) => [kind, title]);
    expect(await kinds(post)).toEqual([
      ['PUBLISHED', null],
      ['RIGHTS_EXPIRED', null],
      ['KILLED', null],
    ]);
    expect(await kinds(echo)).toEqual([
      ['PUBLISHED', null],
      ['KILLED', null],
    ]);
    expect(await kinds(other)).toEqual([]);
  });

  describe('an embargo', () => {
    const partners = (until: number) => [{ audience: 'PARTNERS' as const, until }];

    test('keeps a story from partners until its moment: some have it earlier, some later', async () => {
      const post = await feed.partner('The Post', await feed.product('all'));
      const early = await feed.partner('The Early', await feed.product('early', { shift: -hour }));
      const late = await feed.partner('The Late', await feed.product('late', { shift: hour }));
      const story = await feed.approved('What the report says', 'mena');
      await feed.publish(story, partners(Date.now() + 2 * hour));
      expect([await kinds(post), await kinds(early), await kinds(late)]).toEqual([[], [], []]);
      await feed.letTimePass(1.5 * hour);
      const told = [['PUBLISHED', 'PUBLISH', 'What the report says']];
      expect([await kinds(early), await kinds(post), await kinds(late)]).toEqual([told, [], []]);
      await feed.letTimePass(hour);
      expect([await kinds(post), await kinds(late)]).toEqual([told, []]);
      await feed.letTimePass(hour);
      expect(await kinds(late)).toEqual(told);
    });

    test('that is lifted early gives the story at once, and only once', async () => {
      const post = await feed.partner('The Post', await feed.product('all'));
      const story = await feed.approved('What the report says', 'mena');
      await feed.publish(story, partners(Date.now() + hour));
      expect(await kinds(post)).toEqual([]);
      await feed.publish(story, partners(Date.now()));
      const told = [['PUBLISHED', 'PUBLISH', 'What the report says']];
      expect(await kinds(post)).toEqual(told);
      await feed.letTimePass(2 * hour);
      expect(await kinds(post)).toEqual(told);
    });

    test('text that was replaced before its moment is told to nobody', async () => {
      const post = await feed.partner('The Post', await feed.product('all'));
      const story = await feed.approved('Ten ships', 'mena');
      await feed.publish(story, partners(Date.now() + hour));
      expect(await kinds(post)).toEqual([]);
      await feed.update(story, { title: 'Nine ships' });
      expect(await kinds(post)).toEqual([]);
      await feed.letTimePass(2 * hour);
      expect(await kinds(post)).toEqual([['PUBLISHED', 'PUBLISH', 'Nine ships']]);
    });

    test('that partners get a story before readers is said with it, and that it has ended', async () => {
      const post = await feed.partner('The Post', await feed.product('all'));
      const at = Date.now() + hour;
      await feed.schedule(await feed.approved('The budget', 'business'), at, partners(Date.now()));
      expect(await kinds(post)).toEqual([['PUBLISHED', 'HOLD', 'The budget']]);
      const asked = '{ syndication { changes { nodes { embargoedUntil } } } }';
      expect((await newsroom.askAs(post, asked)).data.syndication.changes.nodes).toEqual([
        { embargoedUntil: new Date(at).toISOString() },
      ]);
      await feed.letTimePass(2 * hour);
      const told = [
        ['PUBLISHED', 'HOLD', 'The budget'],
        ['EMBARGO_LIFTED', 'RELEASE', 'The budget'],
      ];
      expect(await kinds(post)).toEqual(told); // no worker has entered it
      await enterDue(newsroom.contextAs(operator));
      expect(await kinds(post)).toEqual(told);
    });

    test('of a story that is scheduled anew goes on; of one that is published now it ends', async () => {
      const early = await feed.partner('The Early', await feed.product('early', { shift: -2 * hour }));
      const story = await feed.approved('The budget', 'business');
      await feed.schedule(story, Date.now() + hour);
      expect(await kinds(early)).toEqual([['PUBLISHED', 'HOLD', 'The budget']]);
      await feed.save(story, { title: 'The new budget' });
      await feed.schedule(story, Date.now() + 1.5 * hour);
      expect((await kinds(early)).slice(1)).toEqual([['UPDATED', 'HOLD', 'The new budget']]);
      await feed.publish(story);
      expect((await kinds(early)).slice(2)).toEqual([['EMBARGO_LIFTED', 'RELEASE', 'The new budget']]);
    });

    test('of a story that is scheduled for much later takes it back for now', async () => {
      const early = await feed.partner('The Early', await feed.product('early', { shift: -2 * hour }));
      const story = await feed.approved('The budget', 'business');
      await feed.schedule(story, Date.now() + hour);
      await feed.catchUp();
      await feed.schedule(story, Date.now() + 9 * hour);
      expect(await kinds(early)).toEqual([
        ['PUBLISHED', 'HOLD', null],
        ['WITHDRAWN', 'REMOVE', null],
      ]);
      await feed.letTimePass(8 * hour);
      expect((await kinds(early)).slice(2)).toEqual([['PUBLISHED', 'HOLD', 'The budget']]);
    });

    test('of a story that is taken from the schedule takes it back, and what was never told is never told', async () => {
      const early = await feed.partner('The Early', await feed.product('early', { shift: -2 * hour }));
      const post = await feed.partner('The Post', await feed.product('all'));
      const story = await feed.approved('The budget', 'business');
      await feed.schedule(story, Date.now() + hour);
      await feed.catchUp();
      await feed.unschedule(story);
      expect(await kinds(early)).toEqual([
        ['PUBLISHED', 'HOLD', null],
        ['WITHDRAWN', 'REMOVE', null],
      ]);
      await feed.letTimePass(2 * hour);
      expect(await kinds(post)).toEqual([]);
    });

    test('does not keep a story from being killed that some have before everybody', async () => {
      const early = await feed.partner('The Early', await feed.product('early', { shift: -2 * hour }));
      const post = await feed.partner('The Post', await feed.product('all'));
      const story = await feed.approved('The budget', 'business');
      await feed.schedule(story, Date.now() + hour);
      await feed.catchUp();
      await feed.withdraw(story, 'It is not true.', true);
      expect(await kinds(early)).toEqual([
        ['PUBLISHED', 'HOLD', null],
        ['KILLED', 'REMOVE', null],
      ]);
      await feed.letTimePass(2 * hour);
      expect(await kinds(post)).toEqual([]);
    });

    test('of a product gives nothing of a story that left it meanwhile', async () => {
      const late = await feed.partner('The Late', await feed.product('late', { sections: [mena], shift: hour }));
      const story = await feed.published('Ships', 'gulf');
      await feed.catchUp();
      await feed.update(story, { title: 'Freight', section: 'business' });
      await feed.letTimePass(2 * hour);
      expect(await kinds(late)).toEqual([]);
      await feed.update(story, { title: 'Ships again', section: 'gulf' });
      await feed.letTimePass(2 * hour);
      expect(await kinds(late)).toEqual([['PUBLISHED', 'PUBLISH', 'Ships again']]);
    });

    test('holds for a correction too: what partners have is corrected at once in words, later in its text', async () => {
      const late = await feed.partner('The Late', await feed.product('late', { shift: hour }));
      const story = await feed.published('Ten ships', 'mena');
      await feed.catchUp();
      await feed.letTimePass(1.5 * hour);
      expect(await kinds(late)).toEqual([['PUBLISHED', 'PUBLISH', 'Ten ships']]);
      await feed.correct(story, 'It was nine.', { title: 'Nine ships' });
      expect((await feed.told(late)).slice(1)).toEqual([['CORRECTED', 'NOTE', null, 'It was nine.']]);
      await feed.letTimePass(1.5 * hour);
      expect((await feed.told(late)).slice(2)).toEqual([['CORRECTED', 'CORRECT', 'Nine ships', 'It was nine.']]);
    });
  });

  describe('a correction', () => {
    const mergeOf = async () => {
      const desk = deskOf(newsroom);
      const [ali, aly] = [await desk.entity('Person', 'Ali Bagheri'), await desk.entity('Person', 'Aly Baghery')];
      const fan = await feed.partner('The Fan', await feed.product('aly', { entities: [aly] }));
      const { articleId } = await desk.publish({ slug: 'talks', sectionId: mena, paragraphs: ['Aly Baghery spoke.'] });
      const other = await feed.published('Elsewhere', 'business');
      await feed.catchUp();
      const merging = { kind: 'Person' as const, fromId: aly, fromVersion: 1, intoId: ali, intoVersion: 1 };
      await mergeEntities(newsroom.contextAs(operator), merging);
      return { fan, other, story: { articleId, expectedVersion: 0 } };
    };

    test('that came after two entries were merged is one, when both are told at once', async () => {
      const { fan, story } = await mergeOf();
      await feed.correct(story, 'He spoke on Monday.', { title: 'Talks on Monday' });
      const told = await feed.told(fan);
      expect(told.slice(1)).toEqual([
        ['CORRECTED', 'CORRECT', 'Talks on Monday', 'He spoke on Monday.'],
        ['ENTITY_MERGED', 'RELINK', null, null],
      ]);
      const asked = '{ syndication { changes { nodes { story { newsml } } } } }';
      const { nodes } = (await newsroom.askAs(fan, asked)).data.syndication.changes;
      const marked = nodes.map(({ story: held }: { story: { newsml: string } | null }) =>
        held?.newsml.includes('sig:correction'),
      );
      expect(marked).toEqual([false, true, undefined]);
    });

    test('is none when the story was withdrawn after the merge, however long: that is told', async () => {
      const { fan, other, story } = await mergeOf();
      for (let i = 0; i < 120; i++) await feed.correct(other, `It was ${i}.`);
      await feed.withdraw(story, 'The talks never took place.');
      expect((await feed.told(fan)).slice(1)).toEqual([['WITHDRAWN', 'REMOVE', null, 'The talks never took place.']]);
    });

    test('under an embargo is told to who had a text before, also when another text took its place unseen', async () => {
      const post = await feed.partner('The Post', await feed.product('all'));
      const story = await feed.published('Ten ships', 'mena');
      expect(await kinds(post)).toEqual([['PUBLISHED', 'PUBLISH', 'Ten ships']]);
      const until = [{ audience: 'PARTNERS' as const, until: Date.now() + hour }];
      await feed.publish(await feed.save(story, { title: 'Ships' }), until);
      await feed.correct(story, 'It was nine.', { title: 'Nine ships' });
      await feed.update(story, { title: 'Nine grey ships' });
      expect((await feed.told(post)).slice(1)).toEqual([['CORRECTED', 'CORRECT', 'Ten ships', 'It was nine.']]);
    });
  });

  test('what is not ours to pass on comes to nobody, and goes from those who had it; its terms go with it', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    const story = await feed.published('Ships', 'mena');
    const wire = await feed.approved('From a wire', 'mena');
    await feed.publishAgain(await feed.save(wire, { passingOn: { allowed: false } }));
    expect(await kinds(post)).toEqual([['PUBLISHED', 'PUBLISH', 'Ships']]);
    await feed.update(story, { passingOn: { allowed: false } });
    expect((await kinds(post)).slice(1)).toEqual([['RIGHTS_EXPIRED', 'REMOVE', null]]);
    const other = await feed.partner('The Other', await feed.product('more'));
    expect(await kinds(other)).toEqual([]);
    await feed.update(story, { title: 'Ours again', passingOn: { allowed: true, usageTerms: 'Not for archives.' } });
    const asked = '{ syndication { changes { nodes { kind story { title usageTerms } } } } }';
    const { nodes } = (await newsroom.askAs(other, asked)).data.syndication.changes;
    expect(nodes).toEqual([{ kind: 'PUBLISHED', story: { title: 'Ours again', usageTerms: 'Not for archives.' } }]);
  });

  test('what is withheld stays so when terms are said, and is given back by no grant, whatever embargo there was', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    const story = await feed.published('Ships', 'mena');
    await feed.catchUp();
    const until = [{ audience: 'PARTNERS' as const, until: Date.now() + hour }];
    await feed.publish(await feed.save(story, { title: 'More ships' }), until);
    await feed.update(story, { passingOn: { allowed: false } });
    await feed.update(story, { passingOn: { usageTerms: 'Not for archives.' } });
    await feed.update(story, { passingOn: { allowed: null, usageTerms: 'Not for anybody.' } });
    expect(await kinds(post)).toEqual([
      ['PUBLISHED', 'PUBLISH', null],
      ['RIGHTS_EXPIRED', 'REMOVE', null],
    ]);
    await feed.grant(post, await feed.product('more'));
    await feed.letTimePass(1.5 * hour);
    expect((await kinds(post)).slice(2)).toEqual([]);
  });

  test('no version of a story is lower than one before, whatever text comes', async () => {
    const late = await feed.partner('The Late', await feed.product('late', { shift: hour }));
    const story = await feed.published('Ten ships', 'mena');
    await feed.catchUp();
    await feed.letTimePass(1.5 * hour);
    await feed.catchUp();
    await feed.update(story, { title: 'Nine ships' });
    await feed.correct(story, 'It was nine.');
    for (const title of ['Eight ships', 'Seven ships']) await feed.save(story, { title });
    await feed.catchUp();
    await feed.letTimePass(1.5 * hour);
    const asked = '{ syndication { changes { nodes { kind version story { title } } } } }';
    const { nodes } = (await newsroom.askAs(late, asked)).data.syndication.changes;
    const versions = nodes.map(({ version }: { version: number }) => version);
    expect(nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['PUBLISHED', 'CORRECTED', 'UPDATED']);
    expect(versions).toEqual([...new Set<number>(versions)].sort((a, b) => a - b));
  });

  describe('a product', () => {
    const day = 24 * hour;
    /** The product by which a partner has each story. */
    const byWhich = async ({ partnerId }: PartnerViewer) =>
      (
        await newsroom.database.read<{ name: string }>(
          sql`select d.name from partner_story s join product d on d.id = s.productId
              where s.partnerId = ${partnerId} order by s.articleId`,
          'primary',
        )
      ).map(({ name }) => name);

    test('with wider rights is what a partner has a story by, whichever he had first', async () => {
      const [words, all] = [await feed.product('words', { pictures: 'NONE' }), await feed.product('pictures')];
      const post = await feed.partner('The Post', words);
      await feed.published('Ships', 'gulf');
      expect(await kinds(post)).toEqual([['PUBLISHED', 'PUBLISH', 'Ships']]);
      await feed.grant(post, all);
      expect((await kinds(post)).slice(1)).toEqual([['UPDATED', 'REPLACE', 'Ships']]);
      await feed.published('Boats', 'gulf');
      expect((await kinds(post)).slice(2)).toEqual([['PUBLISHED', 'PUBLISH', 'Boats']]);
      expect(await byWhich(post)).toEqual(['pictures', 'pictures']);
    });

    test('with wider rights takes over at its moment, also when the other comes later by now', async () => {
      const words = await feed.product('words', { pictures: 'NONE' });
      const post = await feed.partner('The Post', words, await feed.product('late', { shift: hour }));
      await feed.published('Ships', 'gulf');
      await feed.catchUp();
      await feed.change(words, { shift: 4 * hour });
      await feed.letTimePass(1.5 * hour);
      await feed.catchUp();
      expect(await byWhich(post)).toEqual(['late']);
    });

    test('with wider rights that comes later takes over at its moment', async () => {
      const [soon, late] = [
        await feed.product('words', { pictures: 'NONE' }),
        await feed.product('late', { shift: hour }),
      ];
      const post = await feed.partner('The Post', soon, late);
      await feed.published('Ships', 'gulf');
      await feed.catchUp();
      const other = await feed.partner('The Other', soon);
      await feed.grant(other, late);
      for (const partner of [post, other]) {
        expect(await kinds(partner)).toEqual([['PUBLISHED', 'PUBLISH', 'Ships']]);
        expect(await byWhich(partner)).toEqual(['words']);
      }
      await feed.letTimePass(1.5 * hour);
      for (const partner of [post, other]) {
        expect((await kinds(partner)).slice(1)).toEqual([['UPDATED', 'REPLACE', 'Ships']]);
        expect(await byWhich(partner)).toEqual(['late']);
      }
    });

    test('that a partner gets brings what is there, oldest first; one that he loses takes it', async () => {
      const product = await feed.product('mena', { sections: [mena] });
      const post = await feed.partner('The Post');
      await feed.published('First', 'mena');
      await feed.published('Elsewhere', 'business');
      await feed.published('Second', 'gulf');
      expect(await feed.told(post)).toEqual([]);
      await feed.grant(post, product);
      expect(await feed.told(post)).toEqual([
        ['PUBLISHED', 'PUBLISH', 'First', null],
        ['PUBLISHED', 'PUBLISH', 'Second', null],
      ]);
      await feed.withdrawProduct(post, product);
      expect(await feed.told(post)).toEqual([
        ['PUBLISHED', 'PUBLISH', null, null],
        ['PUBLISHED', 'PUBLISH', null, null],
        ['RIGHTS_EXPIRED', 'REMOVE', null, null],
        ['RIGHTS_EXPIRED', 'REMOVE', null, null],
      ]);
    });

    test('whose filter changes brings and takes what follows, and what both let through stays untold', async () => {
      const product = await feed.product('mena', { sections: [mena] });
      const post = await feed.partner('The Post', product);
      await feed.published('In the gulf', 'gulf');
      await feed.published('In the east', 'mena');
      await feed.published('A deal', 'business');
      await feed.catchUp();
      await feed.change(product, { sections: [gulf, business] });
      expect((await feed.told(post)).slice(2)).toEqual([
        ['RIGHTS_EXPIRED', 'REMOVE', null, null],
        ['PUBLISHED', 'PUBLISH', 'A deal', null],
      ]);
    });

    test('that is lost while another lets the story through changes only by which he has it', async () => {
      const one = await feed.product('mena', { sections: [mena] });
      const post = await feed.partner('The Post', one, await feed.product('all'));
      await feed.published('Ships', 'gulf');
      await feed.catchUp();
      await feed.withdrawProduct(post, one);
      expect(await feed.told(post)).toEqual([
        ['PUBLISHED', 'PUBLISH', 'Ships', null],
        ['UPDATED', 'REPLACE', 'Ships', null],
      ]);
    });

    test('takes a story back when it was kept for long enough', async () => {
      const post = await feed.partner('The Post', await feed.product('week', { keepDays: 7 }));
      const story = await feed.published('Ships', 'gulf');
      await feed.catchUp();
      await feed.letTimePass(8 * day);
      expect(await feed.told(post)).toEqual([
        ['PUBLISHED', 'PUBLISH', null, null],
        ['RIGHTS_EXPIRED', 'REMOVE', null, null],
      ]);
      await feed.correct(story, 'It was nine ships.', { title: 'Nine ships' });
      expect(await storyOrItsEnd(newsroom.contextAs(post), story.articleId)).toMatchObject({
        __typename: 'EndedStory',
        kind: 'RIGHTS_EXPIRED',
      });
      expect((await feed.told(post)).slice(2)).toEqual([['CORRECTED', 'NOTE', null, 'It was nine ships.']]);
      await feed.withdraw(story, null, true);
      expect((await feed.told(post)).slice(3)).toEqual([['KILLED', 'REMOVE', null, null]]);
    });

    test('that took a story back says nothing of it by an old change, though another lets the partner keep it', async () => {
      const [short, long] = [
        await feed.product('a week', { keepDays: 7 }),
        await feed.product('words', { pictures: 'NONE' }),
      ];
      const post = await feed.partner('The Post', short, long);
      await feed.published('Ships', 'gulf');
      const ends = async () => {
        const query = '{ syndication { changes { nodes { kind story { title expiresAt } } } } }';
        const { data, errors } = await newsroom.askAs(post, query);
        expect(errors).toEqual([]);
        return data.syndication.changes.nodes;
      };
      expect(await ends()).toMatchObject([{ kind: 'PUBLISHED', story: { expiresAt: expect.any(String) } }]);
      await feed.letTimePass(8 * day);
      expect(await ends()).toEqual([
        { kind: 'PUBLISHED', story: { title: 'Ships', expiresAt: null } },
        { kind: 'UPDATED', story: { title: 'Ships', expiresAt: null } },
      ]);
    });

    test('that lets partners do something else tells them of each story they have by it; another name tells nothing', async () => {
      const product = await feed.product('all');
      const post = await feed.partner('The Post', product);
      await feed.published('Ships', 'gulf');
      await feed.catchUp();
      const change = async (expectedVersion: number, rights: object) =>
        expect(
          await saveProduct(newsroom.contextAs(operator), {
            ...{ id: product, expectedVersion },
            ...rights,
          }),
        ).toMatchObject({ __typename: 'ProductSaved' });
      const kinds = async () => (await feed.told(post)).map(([kind]) => kind);
      await change(1, {});
      await change(2, { name: 'Middle East' });
      expect(await kinds()).toEqual(['PUBLISHED']);
      await change(3, { pictures: 'NONE' });
      expect(await kinds()).toEqual(['PUBLISHED', 'UPDATED']);
      await change(4, { usageTerms: 'Online only.' });
      expect(await kinds()).toEqual(['PUBLISHED', 'UPDATED', 'UPDATED']);
    });

    test('wants a story to be in a list of each of its dimensions', async () => {
      const both = await feed.product('news of mena', {
        sections: [mena],
        kinds: ['ANALYSIS', 'NEWS'],
        languages: ['en'],
      });
      const post = await feed.partner('The Post', both);
      const no = await feed.partner(
        'The No',
        await feed.product('opinion of mena', { sections: [mena], kinds: ['OPINION'] }),
      );
      await feed.published('Ships', 'gulf');
      expect([(await feed.told(post)).length, (await feed.told(no)).length]).toEqual([1, 0]);
    });

    test('of a partner who is no partner any more gives nothing, and kills still reach him', async () => {
      const post = await feed.partner('The Post', await feed.product('all'));
      const story = await feed.published('Ships', 'gulf');
      await feed.catchUp();
      await feed.setActive(post, false);
      await feed.published('More ships', 'gulf');
      await feed.withdraw(story, null, true);
      expect((await feed.told(post)).map(([kind]) => kind)).toEqual(['PUBLISHED', 'RIGHTS_EXPIRED', 'KILLED']);
      await feed.setActive(post, true);
      expect((await feed.told(post)).slice(3)).toEqual([['PUBLISHED', 'PUBLISH', 'More ships', null]]);
    });
  });

  test('a correction goes to one whose product the story left too, without the text, which he loses', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('mena', { sections: [mena] }));
    const story = await feed.published('A deal', 'mena');
    await feed.catchUp();
    await feed.correct(story, 'It was no deal.', { section: 'business' });
    expect((await feed.told(post)).slice(1)).toEqual([
      ['CORRECTED', 'NOTE', null, 'It was no deal.'],
      ['RIGHTS_EXPIRED', 'REMOVE', null, null],
    ]);
    await feed.correct(story, 'It was no meeting either.');
    expect((await feed.told(post)).slice(3)).toEqual([['CORRECTED', 'NOTE', null, 'It was no meeting either.']]);
  });

  test('a story that was withdrawn and comes back is news again', async () => {
    const post = await feed.partner('The Lake Post', await feed.product('all'));
    const story = await feed.published('A deal', 'mena');
    await feed.catchUp();
    await feed.withdraw(story);
    await feed.catchUp();
    await feed.publishAgain(story);
    expect((await feed.told(post)).map(([kind, , title]) => [kind, title])).toEqual([
      ['PUBLISHED', null],
      ['WITHDRAWN', null],
      ['PUBLISHED', 'A deal'],
    ]);
  });

  test('merging two entries is told to who has a story that names them, and products made for one have the stories of both', async () => {
    const desk = deskOf(newsroom);
    const [ali, aly] = [await desk.entity('Person', 'Ali Bagheri'), await desk.entity('Person', 'Aly Baghery')];
    const post = await feed.partner('The Post', await feed.product('all'));
    const fan = await feed.partner('The Fan', await feed.product('aly', { entities: [aly] }));
    await desk.publish({ slug: 'talks', sectionId: mena, paragraphs: ['Ali Bagheri spoke.'] });
    await desk.publish({ slug: 'other-talks', sectionId: mena, paragraphs: ['Aly Baghery spoke.'] });
    expect([(await feed.told(post)).length, (await feed.told(fan)).length]).toEqual([2, 1]);
    const merged = await mergeEntities(newsroom.contextAs(operator), {
      ...{ kind: 'Person', fromId: aly, fromVersion: 1, intoId: ali, intoVersion: 1 },
    });
    expect(merged).toMatchObject({ __typename: 'EntitiesMerged' });
    const asked = `{ syndication { changes { nodes { kind action storyId version entity { entityId name uri } formerEntity { name } } } } }`;
    const { nodes } = (await newsroom.askAs(post, asked)).data.syndication.changes;
    expect(nodes.slice(2)).toEqual([
      {
        ...{ kind: 'ENTITY_MERGED', action: 'RELINK', storyId: null, version: 2 },
        entity: {
          entityId: globalId('Person', ali),
          name: 'Ali Bagheri',
          uri: 'https://news.example/people/ali-bagheri',
        },
        formerEntity: { name: 'Aly Baghery' },
      },
    ]);
    expect((await feed.told(fan)).slice(1)).toEqual([
      ['ENTITY_MERGED', 'RELINK', null, null],
      ['PUBLISHED', 'PUBLISH', 'The headline of talks', null],
    ]);
    const mergeId = (merged as { merge: { id: number } }).merge.id;
    await undoMerge(newsroom.contextAs(operator), { mergeId });
    expect((await feed.told(fan)).slice(3)).toEqual([['RIGHTS_EXPIRED', 'REMOVE', null, null]]);
  });

  test('other words of a picture are an update of the stories that show it', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    const pictureId = await newsroom.database.transaction(async (tx) => {
      const words = { alt: 'Ships', caption: '', credit: '', licence: null, usageTerms: null, externalId: null };
      const row = {
        file: 'a.jpg',
        width: 3,
        height: 2,
        focalX: 0.5,
        focalY: 0.5,
        uploadedBy: null,
        version: 1,
        createdAt: 0,
      };
      return ((await tx.manager.insert(PictureRow, { ...words, ...row })).identifiers[0] as { id: number }).id;
    });
    await deskOf(newsroom).publish({
      slug: 'ships',
      sectionId: mena,
      paragraphs: ['Ships.'],
      leadPicture: { pictureId },
    });
    await deskOf(newsroom).publish({ slug: 'no-picture', sectionId: mena, paragraphs: ['No ships.'] });
    await feed.catchUp();
    await savePicture(newsroom.contextAs(operator), { id: pictureId, expectedVersion: 1, credit: 'M. Otani' });
    expect((await feed.told(post)).slice(2)).toEqual([['UPDATED', 'REPLACE', 'The headline of ships', null]]);
  });

  test('reading again from any cursor gives the same, byte for byte', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    const story = await feed.published('Ships', 'gulf');
    await feed.update(story, { title: 'More ships' });
    await feed.correct(story, 'It was nine ships.', { title: 'Nine ships' });
    await feed.published('A deal', 'business');
    const page = (after: string | null, first: number) =>
      newsroom.askAs(post, wholeQuery, { after, first }).then(({ data }) => data.syndication.changes);
    const whole = await page(null, 100);
    expect(whole.edges).toHaveLength(4);
    for (let i = 0; i < 4; i++) {
      const from = await page(whole.edges[i].cursor, 100);
      expect(JSON.stringify(from.edges)).toBe(JSON.stringify(whole.edges.slice(i + 1)));
    }
    const walked = [];
    for (let after: string | null = null; ;) {
      const { edges, pageInfo } = await page(after, 1);
      walked.push(...edges);
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(JSON.stringify(walked)).toBe(JSON.stringify(whole.edges));
    const end = await page(whole.pageInfo.endCursor, 5);
    expect(end).toEqual({ edges: [], pageInfo: { hasNextPage: false, endCursor: whole.pageInfo.endCursor } });
  });

  test('a cursor is for the partner who got it, and anything else is refused', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    const echo = await feed.partner('The Echo', await feed.product('everything'));
    await feed.published('Ships', 'gulf');
    const { data } = await newsroom.askAs(post, '{ syndication { changes { pageInfo { endCursor } } } }');
    const after = data.syndication.changes.pageInfo.endCursor;
    const says = async (variables: object) =>
      (await newsroom.askAs(echo, wholeQuery, { first: 1, ...variables })).errors.map(({ message, extensions }) => [
        extensions?.code,
        message,
      ]);
    expect(await says({ after })).toEqual([
      ['BAD_USER_INPUT', '`after` is a cursor of another partner’s feed: start with one of yours.'],
    ]);
    expect(await says({ after: 'nonsense' })).toEqual([['BAD_USER_INPUT', '`after` is not a cursor of ours.']]);
    expect(await says({ first: 101 })).toEqual([['BAD_USER_INPUT', '`first` is from 0 to 100, not 101.']]);
  });

  test('whoever waits is answered as soon as there is something, and in the end without', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    const ask = (wait: number) =>
      newsroom.askAs(post, `{ syndication { changes(wait: ${wait}) { nodes { kind } } } }`).then(({ data }) => data);
    const began = performance.now();
    expect((await ask(1)).syndication.changes.nodes).toEqual([]);
    expect(performance.now() - began).toBeGreaterThan(900);
    const waiting = ask(20);
    await feed.published('Ships', 'gulf');
    const committed = performance.now();
    expect((await waiting).syndication.changes.nodes).toEqual([{ kind: 'PUBLISHED' }]);
    expect(performance.now() - committed).toBeLessThan(2_000);
    expect(
      (await newsroom.askAs(post, '{ syndication { changes(wait: 26) { nodes { kind } } } }')).errors[0]!.message,
    ).toBe('`wait` is from 1 to 25 seconds, not 26.');
  });

  test('many who tell at once tell everything once', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    for (let i = 0; i < 8; i++) await feed.published(`Story ${i}`, 'mena');
    const others = await Promise.all([1, 2, 3].map(() => openStorage(storageOf(newsroom.url))));
    await Promise.all([...others, newsroom.database].map((database) => catchUp({ database })));
    await Promise.all(others.map((database) => database.close()));
    expect((await feed.told(post)).map(([, , title]) => title)).toEqual(
      Array.from({ length: 8 }, (_, i) => `Story ${i}`),
    );
  });

  test('one who is cut off at any statement leaves nothing, and the next tells all', async () => {
    const post = await feed.partner('The Post', await feed.product('all', { keepDays: 9 }));
    const story = await feed.published('Ships', 'gulf');
    await feed.correct(story, 'It was nine ships.');
    await feed.schedule(await feed.approved('The budget', 'business'), Date.now() + hour);
    const rows = () =>
      newsroom.database.read(
        raw('select partnerId, seq from partner_change union all select partnerId, publicationId from partner_due'),
      );
    const before = await rows();
    let statements = 0;
    for (let cut = 1; ; cut++) {
      statements = 0;
      const dying = {
        ...newsroom.database,
        transaction: <R>(work: (tx: Transaction) => Promise<R>) =>
          newsroom.database.transaction((tx) => {
            const counting = <T>(run: () => Promise<T>) => {
              if ((statements += 1) === cut) throw new Error('cut off');
              return run();
            };
            return work({
              ...tx,
              read: (statement) => counting(() => tx.read(statement)),
              run: (statement) => counting(() => tx.run(statement)),
            });
          }),
      };
      const ended = await catchUp({ database: dying }).catch((error: Error) => error.message);
      if (ended === undefined) break;
      expect(ended).toBe('cut off');
      expect(await rows()).toEqual(before);
    }
    expect(statements).toBeGreaterThan(10);
    expect((await feed.told(post)).map(([kind]) => kind)).toEqual(['PUBLISHED', 'CORRECTED']);
    expect(await newsroom.database.read(raw('select kind from partner_due order by kind'))).toEqual([
      { kind: 'ARRIVE' },
      { kind: 'EXPIRE' },
    ]);
  });

  test('a page of fifty takes as many statements as a page of one, and each is one range', async () => {
    const post = await feed.partner('The Post', await feed.product('all'));
    for (let i = 0; i < 50; i++)
      await deskOf(newsroom).publish({ slug: `story-${i}`, sectionId: mena, paragraphs: ['Ships.'] });
    await feed.catchUp();
    const ask = (first: number) => newsroom.measure(budgetQuery, { first }, post);
    const [one, fifty] = [await ask(1), await ask(50)];
    expect(fifty.data.syndication.changes.edges).toHaveLength(50);
    expect(fifty.statements.length).toBe(one.statements.length);
    expect(one.statements.length).toBeLessThanOrEqual(4);
    const explain = (text: string) =>
      newsroom.database.read<object>(raw(`${onMariadb ? 'explain' : 'explain query plan'} ${text}`));
    const plan = JSON.stringify(
      await explain(
        `select * from partner_change where partnerId = ${post.partnerId} and seq > 3 order by seq limit 5`,
      ),
    );
    expect(plan).toMatch(
      onMariadb ? /"type":"range","possible_keys":"PRIMARY"/ : /USING PRIMARY KEY \(partnerId=\? AND seq>\?\)/,
    );
    const due = JSON.stringify(
      await explain('select articleId from partner_due where dueAt <= 5 order by dueAt limit 5'),
    );
    expect(due).toMatch(/partner_due_moment/);
  });
});

const wholeQuery = `query ($after: String, $first: Int!) { syndication { changes(after: $after, first: $first) {
  edges { cursor node { kind action occurredAt note storyId version embargoedUntil story { title version body { html } } } }
  pageInfo { hasNextPage endCursor } } } }`;
const budgetQuery = `query ($first: Int!) { syndication { changes(first: $first) {
  edges { cursor node { kind action storyId story { title } entity { name } } } } } }`;
