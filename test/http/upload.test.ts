import { mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import sharp from 'sharp';
import { createAccount } from '../../src/accounts/account.commands.js';
import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { saveSection } from '../../src/sections/section.commands.js';
import { addresses } from '../support/newsroom.js';
import { send, startService, type Service } from './service.js';

const secretKey = 'abcdefghijklmnopqrstuvwxyz0123456789';
const password = 'correct horse battery';
const uploadPicture = `mutation ($input: UploadPictureInput!) { uploadPicture(input: $input) { __typename
  ... on PictureSaved { picture { id: pictureId version uploadedBy { name } picture { pictureId alt width height url } } }
  ... on UserError { message path } } }`;

let service: Service;
let token: string;
let photo: Buffer;
beforeAll(async () => {
  service = await startService({ env: { LOG_LEVEL: 'trace', SECRET_KEY: secretKey, LIMIT_UPLOAD_BYTES: '200000' } });
  mkdirSync(service.mediaDir);
  const ctx = createContext(service.app.database, addresses, { viewer: operator });
  await createAccount(ctx, { email: 'cora@news.example', name: 'Cora', role: 'CONTRIBUTOR', password });
  await createAccount(ctx, { email: 'chima@news.example', name: 'Chima', role: 'CHIEF', password });
  await saveSection(ctx, { slug: 'mena', name: 'MENA', description: '', position: 0 });
  token = await signIn('cora@news.example');
  photo = await sharp({ create: { width: 640, height: 400, channels: 3, background: 'teal' } })
    .jpeg()
    .withExif({ IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '33/1 53/1 0/1' } })
    .toBuffer();
});
afterAll(() => service.stop());

async function signIn(email: string): Promise<string> {
  const { body } = await service.ask(
    `mutation ($email: String!, $password: String!) {
       signIn(input: { email: $email, password: $password }) { ... on SignedIn { token } } }`,
    { email, password },
  );
  return body.data.signIn.token as string;
}

const as = (who: string) => ({ authorization: `Bearer ${who}` });
const preflight = { 'apollo-require-preflight': 'true' };

interface Form {
  file?: Buffer;
  name?: string;
  operations?: unknown;
  map?: unknown;
  /** The order of the parts. */
  order?: string[];
}

const formOf = ({ file = photo, name = 'photo.jpg', operations, map, order }: Form = {}) => {
  const parts: Record<string, string | Blob> = {
    operations: JSON.stringify(
      operations ?? { query: uploadPicture, variables: { input: { file: null, alt: 'A quay' } } },
    ),
    map: JSON.stringify(map ?? { '0': ['variables.input.file'] }),
    '0': new Blob([file], { type: 'image/jpeg' }),
  };
  const form = new FormData();
  for (const part of order ?? ['operations', 'map', '0']) {
    const value = parts[part] ?? parts['0']!;
    if (typeof value === 'string') form.append(part, value);
    else form.append(part, value, name);
  }
  return form;
};
const upload = (form: FormData, headers: Record<string, string> = { ...as(token), ...preflight }) =>
  send(`${service.url}/graphql`, { method: 'POST', headers, body: form });
const put = (url: string, body: Buffer, headers: Record<string, string> = { 'content-type': 'image/jpeg' }) =>
  send(url, { method: 'PUT', headers, body });

/** What is stored: rows and files. */
const stored = async () => {
  const [row] = await service.app.database.read<{ pictures: number }>(sql`select count(*) as pictures from picture`);
  const files = readdirSync(service.mediaDir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /[0-9a-f]{32}$/.test(path),
  );
  return { pictures: row!.pictures, files: files.length };
};

describe('a picture sent beside a GraphQL request', () => {
  test('is kept without what the camera wrote, and seen only with a key until it is published', async () => {
    const { status, body } = await upload(formOf());
    const { picture } = body.data.uploadPicture;
    expect(status).toBe(200);
    expect(body.data.uploadPicture).toMatchObject({
      __typename: 'PictureSaved',
      picture: { version: 1, uploadedBy: { name: 'Cora' }, picture: { alt: 'A quay', width: 640, height: 400 } },
    });
    expect(picture.picture.pictureId).toBe(picture.id);
    const { url } = picture.picture as { url: string };
    expect(url).toMatch(/\/640\.webp\?key=[\w-]+\.[\w]+\.[\w-]+$/);
    const keyed = await send(url);
    expect([keyed.status, keyed.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect((await send(url.split('?')[0]!)).status).toBe(404);
    const path = readdirSync(service.mediaDir, { recursive: true, encoding: 'utf8' }).find((each) =>
      /^[0-9a-f]{2}\/[0-9a-f]{32}$/.test(each),
    )!;
    const { exif, format } = await sharp(`${service.mediaDir}/${path}`).metadata();
    expect([exif, format]).toEqual([undefined, 'jpeg']);
  });

  test('that comes twice is one file and two pictures, for its rights differ by use', async () => {
    const before = await stored();
    const [one, two] = [await upload(formOf()), await upload(formOf())];
    const ids = [one, two].map(({ body }) => body.data.uploadPicture.picture.id as string);
    expect(new Set(ids).size).toBe(2);
    expect(await stored()).toEqual({ pictures: before.pictures + 2, files: before.files });
  });

  test('is one picture for one idempotency key, and another file needs another key', async () => {
    const operations = (alt = 'A quay') => ({
      query: uploadPicture,
      variables: { input: { file: null, alt, idempotencyKey: 'once' } },
    });
    const first = await upload(formOf({ operations: operations() }));
    const before = await stored();
    const again = await upload(formOf({ operations: operations(), name: 'other.jpg' }));
    expect(again.body.data).toEqual(first.body.data);
    const other = await sharp(photo).negate().jpeg().toBuffer();
    const reused = await upload(formOf({ operations: operations(), file: other }));
    expect(reused.body.data.uploadPicture.__typename).toBe('IdempotencyKeyReused');
    expect((await stored()).pictures).toBe(before.pictures);
  });

  test.each<[string, () => Form, string]>([
    [
      'an SVG called .jpg',
      () => ({ file: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }),
      'The file is none of the pictures we take: JPEG, PNG, WebP, AVIF and GIF.',
    ],
    [
      'half a picture',
      () => ({ file: photo.subarray(0, photo.length / 2) }),
      'The picture is damaged or cut off: save it anew and send it again.',
    ],
  ])('is refused by what it holds: %s', async (_, form, message) => {
    const before = await stored();
    const { status, body } = await upload(formOf(form()));
    expect([status, body.data.uploadPicture]).toEqual([200, { __typename: 'InvalidInput', message, path: ['file'] }]);
    expect(await stored()).toEqual(before);
  });

  test.each<[string, () => FormData, string]>([
    ['a file that is too long', () => formOf({ file: Buffer.alloc(200_001, 1) }), 'longer than 200000 bytes'],
    ['a file before the map', () => formOf({ order: ['operations', '0', 'map'] }), 'before the file'],
    [
      'two files',
      () => formOf({ map: { '0': ['variables.input.file'], '1': [] }, order: ['operations', 'map', '0', '1'] }),
      'one file',
    ],
    ['no file', () => formOf({ order: ['operations', 'map'] }), 'one file'],
    ['a file without a place', () => formOf({ map: { '1': ['variables.input.file'] } }), 'where each file belongs'],
    ['a place that is no variable', () => formOf({ map: { '0': ['query'] } }), 'must name variables'],
    ['a place that is taken', () => formOf({ map: { '0': ['variables.input.alt'] } }), 'must name variables'],
    ['a place in a prototype', () => formOf({ map: { '0': ['variables.__proto__.file'] } }), 'must name variables'],
    ['operations that are no JSON', () => formOf({ operations: 'nonsense' }), 'must be an object in JSON'],
    [
      'several operations at once',
      () => formOf({ operations: [{ query: uploadPicture }] }),
      'must be an object in JSON',
    ],
    [
      'operations that are too long',
      () => formOf({ operations: { query: `${uploadPicture} # ${'x'.repeat(270_000)}` } }),
      '`operations` is longer than 262144 bytes',
    ],
  ])('is refused with a reason: %s', async (_, form, reason) => {
    const before = await stored();
    const { status, code, body } = await upload(form());
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(body.errors[0].message).toContain(reason);
    expect(await stored()).toEqual(before);
  });

  test('is refused when a form of another page could have sent it', async () => {
    const before = await stored();
    const { status, code, body } = await upload(formOf(), as(token));
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(body.errors[0].message).toContain('apollo-require-preflight');
    expect(await stored()).toEqual(before);
  });

  test.each([
    ['no boundary', 'multipart/form-data', 'x'],
    [
      'an end that is missing',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{',
    ],
  ])('is refused when it has %s', async (_, type, body) => {
    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { ...preflight, ...as(token), 'content-type': type },
      body,
    });
    const told = (await answer.json()) as { errors: { extensions: { code: string } }[] };
    expect([answer.status, told.errors[0]!.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('is refused to readers before it is read, and nothing of it is kept', async () => {
    const before = await stored();
    const { status, code } = await upload(formOf(), preflight);
    expect([status, code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(await stored()).toEqual(before);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (data) => (text += String(data))).on('close', () => resolve(text));
      socket.write(
        'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\napollo-require-preflight: 1\r\n' +
          'Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n',
      );
    });
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toMatch(/connection: close/i);
  });

  test('cannot be made up in JSON, and is not taken anywhere else', async () => {
    const file = { outcome: { file: '0'.repeat(32), width: 100, height: 100 } };
    const { body } = await service.post({ query: uploadPicture, variables: { input: { file, alt: 'x' } } }, as(token));
    expect(body.errors[0].message).toContain('multipart request convention');
    const elsewhere = await send(`${service.url}/healthz`, { method: 'POST', body: formOf() });
    expect(elsewhere.status).toBe(404);
  });
});

describe('a picture put at an address of its own', () => {
  const create = async (bytes = photo.length, who = token) => {
    const { body } = await service.post(
      {
        query: `mutation ($bytes: Int!) { createPictureUpload(input: { bytes: $bytes }) { __typename
          ... on PictureUploadCreated { url expiresAt } ... on UserError { message path } } }`,
        variables: { bytes },
      },
      as(who),
    );
    return body.data.createPictureUpload as { url: string; expiresAt: string };
  };
  const picture = (input: object, who = token) =>
    service.post({ query: uploadPicture, variables: { input: { alt: 'A quay', ...input } } }, as(who));

  test('becomes a picture, for whoever asked for the address', async () => {
    const { url, expiresAt } = await create();
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 600_000)).toBeLessThan(30_000);
    const { status, body, headers } = await put(url, photo);
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    const made = await picture({ upload: body.upload });
    expect(made.body.data.uploadPicture).toMatchObject({
      __typename: 'PictureSaved',
      picture: { picture: { width: 640 } },
    });
    const other = await picture({ upload: body.upload }, await signIn('chima@news.example'));
    expect(other.body.data.uploadPicture).toMatchObject({ __typename: 'InvalidInput', path: ['upload'] });
    expect(service.log.join('\n')).not.toContain(new URL(url).searchParams.get('token'));
  });

  test('is refused when it is no picture, when it is longer than said, and when it is nothing', async () => {
    const before = await stored();
    const { url } = await create();
    const svg = await put(url, Buffer.from('<svg/>'));
    expect([svg.status, svg.body.errors[0].message]).toEqual([
      400,
      'The file is none of the pictures we take: JPEG, PNG, WebP, AVIF and GIF.',
    ]);
    const long = await put(url, Buffer.concat([photo, Buffer.alloc(1)]));
    expect([long.status, long.body.errors[0].message]).toEqual([
      400,
      `The file is longer than ${photo.length} bytes: send a smaller one.`,
    ]);
    expect((await put(url, Buffer.alloc(0))).status).toBe(400);
    expect(await stored()).toEqual(before);
  });

  test('is not taken without a token of ours that still holds', async () => {
    const before = await stored();
    const at = (upload: string) => `${service.url}/media/uploads?token=${upload}`;
    const signer = createSigner(secretKey);
    const tokens = [
      '',
      'nonsense',
      signer.sign('picture-upload', '1 1000000', Date.now() - 1_000),
      signer.sign('picture-uploaded', '1 1000000', Date.now() + 60_000),
      createSigner('another secret of ours, just as long').sign('picture-upload', '1 1000000', Date.now() + 60_000),
    ];
    for (const each of tokens) expect([each, (await put(at(each), photo)).status]).toEqual([each, 401]);
    expect(await stored()).toEqual(before);
  });

  test('is one or the other: a file or an upload', async () => {
    for (const input of [{}, { upload: 'nonsense' }]) {
      const { body } = await picture(input);
      expect(body.data.uploadPicture.__typename).toBe('InvalidInput');
    }
  });
});

test('a published picture is open to everybody, and gone for readers when its story is withdrawn', async () => {
  const chief = await signIn('chima@news.example');
  const ask = async (query: string, variables: object = {}) =>
    (await service.post({ query, variables }, as(chief))).body;
  const made = (await upload(formOf(), { ...as(chief), ...preflight })).body.data.uploadPicture.picture;
  const input = {
    title: 'A quay',
    section: 'mena',
    slug: 'quay',
    leadPicture: { picture: made.id },
    body: { markdown: 'Ships.' },
  };
  const drafted = await ask(
    `mutation ($input: CreateDraftInput!) { createDraft(input: $input) {
       ... on DraftSaved { article { id version } } ... on UserError { message path } } }`,
    { input },
  );
  const { id, version } = drafted.data.createDraft.article;
  const file = /media\/([0-9a-f]{32})/.exec(made.picture.url)![1]!;
  const open = `${service.url}/media/${file}/320.webp`;
  expect((await send(open)).status).toBe(404);

  const move = async (mutation: string, article: { version: number }, more = '') => {
    const { data, errors } = await ask(
      `mutation { ${mutation}(input: { articleId: "${id}", expectedVersion: ${article.version} ${more} }) {
         __typename ... on ${{ publishArticle: 'ArticlePublished', withdrawArticle: 'ArticleWithdrawn' }[mutation]} { article { version } }
         ... on UserError { message } } }`,
    );
    expect(errors).toBeUndefined();
    return data[mutation].article as { version: number };
  };
  await service.app.database.transaction((tx) => tx.run(sql`update article set workflowState = 'APPROVED'`));
  const published = await move('publishArticle', { version });
  const seen = await send(open);
  expect([seen.status, seen.headers.get('surrogate-key')]).toEqual([200, `media-${file}`]);

  const story = '{ article(slug: "quay") { leadPicture { url } seo { jsonLd } body { html } } }';
  const read = (await service.ask(story)).body.data.article;
  expect(read.leadPicture.url).toBe(`${service.url}/media/${file}/640.webp`);
  const edited = (await ask(story)).data.article;
  expect(edited.leadPicture.url).toContain('?key=');
  expect(JSON.parse(edited.seo.jsonLd).image).toEqual([
    `${service.url}/media/${file}/640.webp`,
    `${service.url}/media/${file}/640.webp`,
  ]);

  await move('withdrawArticle', published, ', note: "Wrong"');
  expect((await send(open)).status).toBe(404);
  expect((await send(open, { headers: { 'if-none-match': seen.headers.get('etag')! } })).status).toBe(404);
  const keyed = await send(edited.leadPicture.url);
  expect([keyed.status, keyed.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
});
