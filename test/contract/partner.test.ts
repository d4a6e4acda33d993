import type { PartnerViewer } from '../../src/kernel/viewer.js';
import { hasShared, shared } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { feedOf } from '../support/feed.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';

(hasShared ? describe : describe.skip)('a partner’s own documents', () => {
  let newsroom: TestNewsroom;
  let feed: ReturnType<typeof feedOf>;
  let post: PartnerViewer;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    feed = feedOf(newsroom);
    await deskOf(newsroom).section('mena');
    post = await feed.partner('The Post', await feed.product('all'));
  });
  afterAll(() => newsroom.close());

  test('read on from the last cursor until nothing is left, and later from there', async () => {
    const changes = hasShared ? shared('contract/partner/changes.graphql') : '';
    const readOn = async (after: string | null) => {
      const seen: [string, string | null, string | null][] = [];
      for (let more = true, pages = 0; more && pages < 9; pages++) {
        const { data, errors } = await newsroom.askAs(post, changes, { after, first: 2 });
        expect(errors).toEqual([]);
        const { edges, pageInfo } = data.syndication.changes;
        for (const { node } of edges) seen.push([node.kind, node.story?.title ?? null, node.note]);
        expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? after);
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      return { seen, after };
    };
    const story = await feed.published('Ten ships', 'mena');
    await feed.published('A deal', 'mena');
    await feed.correct(story, 'It was nine.', { title: 'Nine ships' });
    const first = await readOn(null);
    expect(first.seen).toEqual([
      ['PUBLISHED', 'Ten ships', null],
      ['PUBLISHED', 'A deal', null],
      ['CORRECTED', 'Nine ships', 'It was nine.'],
    ]);
    expect(await readOn(first.after)).toEqual({ seen: [], after: first.after });
    await feed.withdraw(story, 'It is not true.', true);
    expect((await readOn(first.after)).seen).toEqual([['KILLED', null, 'It is not true.']]);
  });

  test('say who he is, what he has and what he took', async () => {
    const account = hasShared ? shared('contract/partner/account.graphql') : '';
    const { data, errors } = await newsroom.askAs(post, account);
    expect(errors).toEqual([]);
    expect(data.syndication).toEqual({
      partner: { name: 'The Post', products: [{ name: 'all' }] },
      usage: expect.any(Array),
    });
  });
});
