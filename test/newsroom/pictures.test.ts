import { globalId, idIn } from '../../src/kernel/global-id.js';
import { sql } from '../../src/kernel/sql.js';
import type { Viewer } from '../../src/kernel/viewer.js';
import { diskStore } from '../../src/media/media.store.js';
import { savePicture } from '../../src/media/picture.commands.js';
import { renditionPath } from '../../src/media/picture.store.js';
import { ReceivedFile } from '../../src/media/upload.scalar.js';
import { closedFilesOf } from '../../src/articles/open-picture.queries.js';
import { saveBanner } from '../../src/site/site.commands.js';
import { forgetTakenBack } from '../../src/work/media.commands.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const saved = `... on PictureSaved { picture { id: pictureId version uploadedBy { name }
  picture { alt caption credit licence usageTerms focalPoint { x y } width height } } }
  ... on StaleVersion { currentVersion }`;

describe('pictures of the newsroom', () => {
  let newsroom: TestNewsroom;
  let desk: ReturnType<typeof deskOf>;
  let people: People;
  let files = 0;
  beforeEach(async () => {
    newsroom = await openNewsroom();
    desk = deskOf(newsroom);
    people = await peopleOf(newsroom);
  });
  afterEach(() => newsroom.close());

  const hash = (n: number) => String(n).padStart(32, '0');
  const upload = (viewer: Viewer, more: object = {}) => {
    files += 1;
    const file = new ReceivedFile({ file: hash(files), width: 640, height: 400 });
    return does(
      newsroom,
      viewer,
      'uploadPicture',
      { file, alt: 'A quay', ...more },
      saved.replace(/\.\.\. on Stale.*/s, ''),
    );
  };
  const save = (viewer: Viewer, input: object) => does(newsroom, viewer, 'savePicture', input, saved);
  const listed = async (viewer: Viewer, args = '') => {
    const { data, errors } = await newsroom.askAs(
      viewer,
      `{ newsroom { pictures${args} { nodes { id: pictureId picture { alt } } totalCount pageInfo { endCursor } } } }`,
    );
    expect(errors).toEqual([]);
    const { nodes, totalCount, pageInfo } = data.newsroom.pictures;
    return { ids: nodes.map(({ id }: { id: string }) => id) as string[], totalCount: totalCount as number, pageInfo };
  };
  const pictureIdOf = (answer: { picture: { id: string } }) => idIn('id', answer.picture.id, 'Picture');
  const closed = (articleId: number) => closedFilesOf(newsroom.context(), articleId);

  test('are kept with what is said about them', async () => {
    const words = { caption: ' At dawn ', credit: 'A. Photographer', licence: 'CC-BY-4.0', usageTerms: 'Web only' };
    const made = await upload(people.contributor, { ...words, focalPoint: { x: 0, y: 1 } });
    expect(made.picture).toMatchObject({
      version: 1,
      uploadedBy: { name: 'Cora Contributor' },
      picture: { ...words, alt: 'A quay', caption: 'At dawn', focalPoint: { x: 0, y: 1 }, width: 640, height: 400 },
    });
  });

  test.each([
    ['no words for those who cannot see it', { alt: ' ' }, ['alt'], 'alt must not be empty.'],
    [
      'a focal point outside',
      { focalPoint: { x: 1.01, y: 0 } },
      ['focalPoint'],
      'A focal point is from 0 to 1 in both directions.',
    ],
    [
      'a credit that is too long',
      { credit: 'x'.repeat(256) },
      ['credit'],
      'credit has 256 characters; at most 255 fit.',
    ],
    ['a file and an upload', { upload: 'x' }, ['file'], 'Send either file or upload.'],
    [
      'an upload that is none',
      { upload: 'x', file: null },
      ['upload'],
      'The upload is not yours, or was put there too long ago: send the file again.',
    ],
  ])('are not made with %s', async (_, input, path, message) => {
    expect(await upload(people.contributor, input)).toEqual({ __typename: 'InvalidInput', path, message });
    expect((await listed(people.admin)).totalCount).toBe(0);
  });

  test('change their words at the version somebody saw', async () => {
    const { picture } = await upload(people.contributor, { caption: 'Old', licence: 'CC0-1.0' });
    const changed = await save(people.contributor, { id: picture.id, expectedVersion: 1, caption: 'New', licence: '' });
    expect(changed.picture).toMatchObject({
      version: 2,
      picture: { alt: 'A quay', caption: 'New', licence: null, focalPoint: { x: 0.5, y: 0.5 } },
    });
    expect(await save(people.editor, { id: picture.id, expectedVersion: 1, caption: 'Newer' })).toMatchObject({
      __typename: 'StaleVersion',
      currentVersion: 2,
    });
    const at = async (n: number) => save(people.editor, { id: picture.id, expectedVersion: 2, caption: `By ${n}` });
    const answers = await Promise.all([at(1), at(2), at(3)]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      'PictureSaved',
      'StaleVersion',
      'StaleVersion',
    ]);
  });

  test('are a contributor’s own until a story with them is published, then an editor’s to change', async () => {
    const made = await upload(people.contributor);
    const other = await personOf(newsroom, { name: 'Olga Other', role: 'CONTRIBUTOR' });
    expect(await save(other, { id: made.picture.id, expectedVersion: 1, alt: 'x' })).toEqual({
      __typename: 'Missing',
      message: 'There is no such picture.',
      path: ['id'],
    });
    const story = { slug: 'quay', leadPicture: { pictureId: pictureIdOf(made) } };
    await desk.draft(story);
    expect(await save(people.contributor, { id: made.picture.id, expectedVersion: 1, alt: 'Drafted' })).toMatchObject({
      __typename: 'PictureSaved',
    });
    await desk.publish(story);
    await expect(save(people.contributor, { id: made.picture.id, expectedVersion: 2, alt: 'x' })).rejects.toThrow(
      'FORBIDDEN',
    );
    expect(await save(people.editor, { id: made.picture.id, expectedVersion: 2, alt: 'Published' })).toMatchObject({
      picture: { version: 3 },
    });
    const { data } = await newsroom.ask('{ article(slug: "quay") { leadPicture { alt pictureId } } }');
    expect(data.article.leadPicture).toEqual({ alt: 'Published', pictureId: made.picture.id });
  });

  test('are listed newest first, to contributors only their own and what readers see', async () => {
    const mine = (await upload(people.contributor, { alt: 'Ships at the quay' })).picture.id;
    const draft = (await upload(people.editor, { alt: 'A 100% secret' })).picture.id;
    const shown = await upload(people.editor, { credit: 'The Quay Agency' });
    await desk.publish({ slug: 'quay', leadPicture: { pictureId: pictureIdOf(shown) } });
    expect(await listed(people.editor)).toMatchObject({ ids: [shown.picture.id, draft, mine], totalCount: 3 });
    expect(await listed(people.contributor)).toMatchObject({ ids: [shown.picture.id, mine], totalCount: 2 });
    const first = await listed(people.editor, '(first: 2)');
    expect(first.ids).toEqual([shown.picture.id, draft]);
    expect((await listed(people.editor, `(first: 2, after: "${first.pageInfo.endCursor}")`)).ids).toEqual([mine]);
    expect((await listed(people.editor, '(search: "QUAY agency")')).ids).toEqual([shown.picture.id]);
    expect((await listed(people.editor, '(search: "0%")')).ids).toEqual([draft]);
    expect((await listed(people.editor, '(search: "_00")')).ids).toEqual([]);
  });

  test('are no nodes: nobody finds one by its id', async () => {
    const { picture } = await upload(people.contributor);
    const { data } = await newsroom.askAs(people.admin, `{ node(id: "${picture.id}") { id } }`);
    expect(data.node).toBeNull();
  });

  test('are written down with who did it', async () => {
    const { picture } = await upload(people.contributor);
    await save(people.editor, { id: picture.id, expectedVersion: 1, caption: 'x' });
    const rows = await newsroom.database.read<{ accountId: number; action: string; subjectId: number }>(
      sql`select accountId, action, subjectId from audit where subject = 'Picture' order by id`,
    );
    const subjectId = idIn('id', picture.id, 'Picture');
    expect(rows).toEqual([
      { accountId: people.contributor.accountId, action: 'upload', subjectId },
      { accountId: people.editor.accountId, action: 'save', subjectId },
    ]);
  });

  describe('are open to readers', () => {
    const stored = (n: number) =>
      savePicture(newsroom.context(), {
        externalId: `p${n}`,
        file: hash(900 + n),
        width: 640,
        height: 400,
        alt: 'x',
        caption: '',
        credit: '',
      });

    test('from the moment a story with them is seen, not before, and not by partners’ earlier clock', async () => {
      const pictureId = await stored(1);
      const { articleId } = await desk.draft({ slug: 'quay', leadPicture: { pictureId } });
      expect(await closed(articleId)).toEqual([hash(901)]);
      await desk.publish({ slug: 'quay', leadPicture: { pictureId } });
      expect(await closed(articleId)).toEqual([]);
      const later = 9_000_000_000_000;
      await newsroom.database.transaction((tx) => tx.run(sql`update publication set visibleFrom = ${later}`));
      expect(await closed(articleId)).toEqual([hash(901)]);
    });

    test('while a later text leaves them out, but not when the story was taken back', async () => {
      const pictureId = await stored(2);
      const { articleId } = await desk.publish({ slug: 'quay', leadPicture: { pictureId } });
      await desk.publish({ slug: 'quay', paragraphs: ['Without.'] });
      expect(await closed(articleId)).toEqual([]);
      await newsroom.database.transaction((tx) => tx.run(sql`update publication set recalledAt = visibleFrom`));
      expect(await closed(articleId)).toEqual([hash(902)]);
    });

    test('when a body, a banner or another picture of the same file shows them', async () => {
      const [inBody, onBanner] = [await stored(3), await stored(4)];
      const drafted = await desk.draft({ slug: 'draft', leadPicture: { pictureId: inBody } });
      const other = await desk.draft({ slug: 'other', leadPicture: { pictureId: onBanner } });
      const twin = await savePicture(newsroom.context(), {
        externalId: 'twin',
        file: hash(903),
        width: 640,
        height: 400,
        alt: 'x',
        caption: '',
        credit: '',
      });
      await desk.publish({ slug: 'quay', blocks: [{ key: 'b1', kind: 'Picture', pictureId: twin }] });
      await saveBanner(newsroom.context(), {
        name: 'b',
        title: '',
        url: 'https://shop.example',
        pictureId: onBanner,
        placements: [],
      });
      expect([await closed(drafted.articleId), await closed(other.articleId)]).toEqual([[], []]);
    });

    test('and what was made of them is forgotten when their story is taken back', async () => {
      const store = diskStore(newsroom.mediaDir);
      const [gone, kept] = [await stored(5), await stored(6)];
      const blocks = [{ key: 'b1', kind: 'Picture' as const, pictureId: kept }];
      const { articleId } = await desk.publish({ slug: 'quay', leadPicture: { pictureId: gone }, blocks });
      await desk.publish({ slug: 'elsewhere', leadPicture: { pictureId: kept } });
      for (const n of [905, 906]) await store.write(renditionPath(hash(n), 640), Buffer.from('x'));
      const there = () => Promise.all([905, 906].map((n) => store.has(renditionPath(hash(n), 640))));
      const change = { op: 'WITHDRAWN', subject: 'Article', subjectId: articleId };
      await forgetTakenBack(newsroom.context(), store, change);
      expect(await there()).toEqual([true, true]);
      await newsroom.database.transaction((tx) =>
        tx.run(sql`update publication set recalledAt = visibleFrom where articleId = ${articleId}`),
      );
      await forgetTakenBack(newsroom.context(), store, { ...change, op: 'UPDATED' });
      expect(await there()).toEqual([true, true]);
      await forgetTakenBack(newsroom.context(), store, change);
      expect(await there()).toEqual([false, true]);
    });
  });

  test('with an id of something else are not found', async () => {
    const answer = await save(people.editor, { id: globalId('Picture', 999), expectedVersion: 1, alt: 'x' });
    expect(answer).toEqual({ __typename: 'Missing', message: 'There is no such picture.', path: ['id'] });
    expect(await save(people.editor, { id: globalId('Article', 1), expectedVersion: 1 })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['id'],
    });
  });
});
