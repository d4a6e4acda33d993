import { createContext } from '../../src/kernel/context.js';
import { createSigner } from '../../src/kernel/signing.js';
import { operator } from '../../src/kernel/viewer.js';
import { globalId } from '../../src/kernel/global-id.js';
import { deskOf } from '../support/desk.js';
import { addresses, type TestNewsroom } from '../support/newsroom.js';
import { syndicationOf } from '../support/partners.js';
import { send, startService, type Service } from './service.js';

const secretKey = 'a key that all nodes of this newsroom know';

describe('a document of a story', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { SECRET_KEY: secretKey, LIMIT_PARTNER_COST: '120' } });
  });
  afterAll(() => service.stop());

  const ctx = () =>
    createContext(service.app.database, addresses, { viewer: operator, signer: createSigner(secretKey) });
  const syndication = syndicationOf(ctx);

  test('is given to who shows a key of a partner who has it, and counted', async () => {
    const partner = await syndication.partner('The Lake Post');
    await syndication.grant(partner, await syndication.product('Everything'));
    const { secret } = await syndication.key(partner);
    const desk = deskOf({ context: ctx } as unknown as TestNewsroom);
    const { articleId } = await desk.publish({ slug: 'talks', title: 'Talks go on', paragraphs: ['They talk.'] });
    const url = `${service.url}/syndication/stories/${globalId('Article', articleId)}`;
    const get = (form: string, headers: Record<string, string> = { authorization: `Bearer ${secret}` }) =>
      send(`${url}.${form}`, { headers });

    const first = await get('json');
    expect([first.status, first.body.title]).toEqual([200, 'Talks go on']);
    expect(first.headers.get('ratelimit')).toContain('"cost";r=70');
    expect((await get('json', { 'x-api-key': secret, 'if-none-match': first.headers.get('etag')! })).status).toBe(304);
    expect(await get('json')).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(await get('json', {})).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await get('json', { authorization: `Bearer ${secret}x` })).toMatchObject({ status: 401 });
  });
});
