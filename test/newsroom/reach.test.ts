import { createAccount } from '../../src/accounts/account.commands.js';
import { mediaAccess } from '../../src/http/media.access.js';
import { createSigner } from '../../src/kernel/signing.js';
import { sql } from '../../src/kernel/sql.js';
import { operator, type AccountViewer, type Viewer } from '../../src/kernel/viewer.js';
import { mediaKeys } from '../../src/media/media-key.rules.js';
import { ReceivedFile } from '../../src/media/upload.scalar.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { deskOf } from '../support/desk.js';
import { does } from '../support/does.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, personOf, type People } from '../support/people.js';

const story = 'article { id version section { slug } }';
const drafted = `... on DraftSaved { ${story} }`;
const notTheirs = 'That is not one of the sections you work in.';

interface Told {
  id: string;
  version: number;
}

/** What accounts cannot reach by any way round. */
describe('what is not theirs', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let culture: AccountViewer;
  let files = 0;
  beforeEach(async () => {
    newsroom = await openNewsroom();
    for (const slug of ['politics', 'culture']) {
      await saveSection(newsroom.contextAs(operator), { slug, name: slug, description: '', position: 0 });
    }
    people = await peopleOf(newsroom);
    const [section] = await newsroom.database.read<{ id: number }>(sql`select id from section where slug = 'culture'`);
    culture = await personOf(newsroom, { name: 'Cul Ture', role: 'EDITOR', sectionIds: [section!.id] });
  });
  afterEach(() => newsroom.close());

  const create = async (viewer: Viewer, section: string, more: object = {}) =>
    does(newsroom, viewer, 'createDraft', { title: 'A quay', section, body: { markdown: 'Words.' }, ...more }, drafted);
  const save = (viewer: Viewer, { id, version }: Told, more: object) =>
    does(newsroom, viewer, 'saveDraft', { articleId: id, expectedVersion: version, ...more }, drafted);
  const move = async (
    viewer: Viewer,
    mutation: string,
    { id, version }: Told,
    more: object = {},
    done = 'ArticleMoved',
  ) =>
    does(
      newsroom,
      viewer,
      mutation,
      { articleId: id, expectedVersion: version, ...more },
      `... on ${done} { ${story} }`,
    );
  /** A story whose first text stands in politics and whose second in culture. */
  const wandered = async (): Promise<Told> => {
    const { article } = await create(people.editor, 'politics');
    return (await save(people.editor, article, { section: 'culture' })).article;
  };
  const approved = async (begun: Told): Promise<Told> => {
    const { article } = await move(people.editor, 'submitArticle', begun);
    return (await move(people.editor, 'approveArticle', article)).article;
  };
  const published = async (begun: Told): Promise<Told> =>
    (await move(people.editor, 'publishArticle', await approved(begun), {}, 'ArticlePublished')).article;
  const uploaded = async (viewer: Viewer): Promise<string> => {
    files += 1;
    const file = new ReceivedFile({ file: String(files).padStart(32, '0'), width: 640, height: 400 });
    const fields = '... on PictureSaved { picture { pictureId } }';
    return (await does(newsroom, viewer, 'uploadPicture', { file, alt: 'A quay' }, fields)).picture.pictureId;
  };

  test('an earlier revision of another section is neither shown, scheduled, told to be right nor restored', async () => {
    const held = await approved(await wandered());
    const refused = { __typename: 'InvalidInput', message: notTheirs, path: ['revision'] };
    const at = new Date(Date.now() + 3_600_000).toISOString();
    expect(await move(culture, 'publishArticle', held, { revision: 1 }, 'ArticlePublished')).toEqual(refused);
    expect(await move(culture, 'schedulePublication', held, { revision: 1, at }, 'PublicationScheduled')).toEqual(
      refused,
    );
    expect(await move(culture, 'restoreRevision', held, { revision: 1 }, 'DraftSaved')).toEqual(refused);
    const { article } = await move(culture, 'publishArticle', held, { revision: 2 }, 'ArticlePublished');
    expect(await move(culture, 'correctArticle', article, { revision: 1, note: 'Wrong.' }, 'ArticleCorrected')).toEqual(
      refused,
    );
  });

  test('the same request again shows no story that has gone to another section since', async () => {
    const { article } = await create(people.editor, 'culture');
    const again = { title: 'Saved by culture', idempotencyKey: 'k' };
    const saved = await save(culture, article, again);
    expect(saved).toMatchObject({ __typename: 'DraftSaved', article: { version: 2 } });
    expect(await save(culture, article, again)).toEqual(saved);
    await save(people.editor, saved.article, { section: 'politics', title: 'Secret' });
    expect(await save(culture, article, again)).toEqual({
      __typename: 'Missing',
      message: 'There is no such story.',
      path: ['articleId'],
    });
  });

  test('a contributor shows pictures of his own, and those that readers see, and no others', async () => {
    const [own, others] = [await uploaded(people.contributor), await uploaded(people.editor)];
    const leads = (picture: string) => create(people.contributor, 'politics', { leadPicture: { picture } });
    const inBody = (picture: string) =>
      create(people.contributor, 'politics', { body: { markdown: `![A quay](picture:${picture})` } });
    const missing = (path: string[]) => ({ __typename: 'Missing', message: 'There is no such picture.', path });
    expect(await leads(own)).toMatchObject({ __typename: 'DraftSaved' });
    expect(await leads(others)).toEqual(missing(['leadPicture', 'picture']));
    expect(await inBody(others)).toEqual(missing(['body']));
    await published((await create(people.editor, 'politics', { leadPicture: { picture: others } })).article);
    expect(await leads(others)).toMatchObject({ __typename: 'DraftSaved' });
  });

  test('a picture that an editor put into his story stays there when a contributor saves it', async () => {
    const picture = await uploaded(people.editor);
    const { article } = await create(people.contributor, 'politics');
    const put = await save(people.editor, article, { leadPicture: { picture } });
    expect(await save(people.contributor, put.article, { title: 'Another' })).toMatchObject({
      __typename: 'DraftSaved',
    });
  });

  test('the words of a picture are not changed from outside the sections that show it', async () => {
    const picture = await uploaded(people.editor);
    const words = { id: picture, expectedVersion: 1, alt: 'Another quay' };
    await create(people.editor, 'politics', { leadPicture: { picture } });
    await expect(does(newsroom, culture, 'savePicture', words)).rejects.toThrow('sections you do not work in');
    expect(await does(newsroom, people.editor, 'savePicture', words)).toMatchObject({ __typename: 'PictureSaved' });
    const own = await uploaded(culture);
    await create(people.editor, 'politics', { leadPicture: { picture: own } });
    expect(await does(newsroom, culture, 'savePicture', { ...words, id: own })).toMatchObject({
      __typename: 'PictureSaved',
    });
  });

  test('what was taken down is looked back at by editors of all sections only', async () => {
    const { id, version } = await published((await create(people.editor, 'politics')).article);
    const [row] = await newsroom.database.read<{ at: number; slug: string }>(
      sql`select visibleFrom as at, slug from publication`,
    );
    const taken = { articleId: id, expectedVersion: version, note: 'Libel.' };
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await does(newsroom, people.editor, 'withdrawArticle', taken)).toMatchObject({
      __typename: 'ArticleWithdrawn',
    });
    const document = `{ article(slug: "${row!.slug}", asOf: "${new Date(row!.at).toISOString()}") { title } }`;
    const seenBy = async (viewer: Viewer) => (await newsroom.askAs(viewer, document)).data.article;
    expect(await seenBy(people.editor)).toEqual({ title: 'A quay' });
    expect(await seenBy(people.contributor)).toBeNull();
    expect(await seenBy(culture)).toBeNull();
    expect((await newsroom.ask(document)).data.article).toBeNull();
  });

  test('a key opens a picture until every story that shows it is killed', async () => {
    const picture = await uploaded(people.editor);
    const file = String(files).padStart(32, '0');
    const signer = createSigner('a secret of ours that is long enough');
    const accessOf = mediaAccess({ database: newsroom.database, signer });
    const access = () => accessOf(file, mediaKeys(signer, Date.now())(file));
    expect(await access()).toBe('KEYED');
    const first = await published((await create(people.editor, 'politics', { leadPicture: { picture } })).article);
    const kill = ({ id, version }: Told) =>
      does(newsroom, people.chief, 'withdrawArticle', {
        articleId: id,
        expectedVersion: version,
        kill: true,
        note: 'Libel.',
      });
    const second = await published((await create(people.editor, 'politics', { leadPicture: { picture } })).article);
    expect(await kill(first)).toMatchObject({ __typename: 'ArticleWithdrawn' });
    expect([await access(), await accessOf(file, undefined)]).toEqual(['KEYED', 'OPEN']);
    await kill(second);
    expect([await access(), await accessOf(file, undefined)]).toEqual([null, null]);
  });

  test('another password under a key that was used is not said to be set', async () => {
    const ctx = newsroom.contextAs(people.admin);
    const wish = { email: 'new@news.example', name: 'New', role: 'EDITOR' as const, idempotencyKey: 'k' };
    const made = await createAccount(ctx, { ...wish, password: 'correct horse battery' });
    expect(made).toMatchObject({ __typename: 'AccountSaved' });
    expect(await createAccount(ctx, { ...wish, password: 'correct horse battery' })).toEqual(made);
    expect(await createAccount(ctx, { ...wish, password: 'another horse battery' })).toMatchObject({
      __typename: 'IdempotencyKeyReused',
    });
  });

  test('a name that is gone when the text is stored is missing', async () => {
    const credits = [{ role: 'AUTHOR' as const, text: 'Ann Other', entityId: 99_999 }];
    await expect(deskOf(newsroom).draft({ slug: 'gone', credits })).rejects.toThrow(
      'There is no such person, organisation or place.',
    );
  });
});
