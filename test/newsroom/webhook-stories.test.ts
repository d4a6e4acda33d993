import { setTimeout as sleep } from 'node:timers/promises';
import type { Meter } from '../../src/kernel/context.js';
import { globalId } from '../../src/kernel/global-id.js';
import { sql, type Sql } from '../../src/kernel/sql.js';
import { operator, type PartnerViewer } from '../../src/kernel/viewer.js';
import { changesAbout } from '../../src/syndication/alerts/match.queries.js';
import {
  deleteSavedSearch,
  saveSearch,
  type SaveSearchInput,
} from '../../src/syndication/alerts/saved-search.commands.js';
import type { SavedSearchView } from '../../src/syndication/alerts/saved-search.queries.js';
import { ownSearch } from '../../src/syndication/alerts/saved-search.queries.js';
import type { ChangeEdge } from '../../src/syndication/feed/change.queries.js';
import { cursorOf } from '../../src/syndication/feed/change.rules.js';
import { changesFrom } from '../../src/syndication/feed/subscription.queries.js';
import { bodyMaker } from '../../src/syndication/webhooks/body.js';
import { replayDeadLetter } from '../../src/syndication/webhooks/state.commands.js';
import { useWay } from '../../src/syndication/webhooks/way.js';
import { createWebhook } from '../../src/syndication/webhooks/webhook.commands.js';
import { runDeliveries } from '../../src/work/deliveries.js';
import { deskOf } from '../support/desk.js';
import { feedOf } from '../support/feed.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { startReceiver, type Receiver } from '../support/receiver.js';

const pull = /* GraphQL */ `
  {
    syndication {
      changes(first: 100) {
        edges {
          cursor
          node {
            kind
            action
            occurredAt
            note
            storyId
            version
            embargoedUntil
            story {
              id
              title
              standfirst
              body {
                html
                text
              }
              pictures {
                url
                caption
                credit
                usageTerms
              }
              redactions {
                path
                reason
              }
            }
          }
        }
      }
    }
  }
`;

const usageQuery = `query ($id: ID!) { newsroom { partner(id: $id) { usage { date requests stories cost
  keys { key { prefix } requests stories cost } products { product { name } requests stories cost } } } } }`;

interface Event {
  type: string;
  timestamp: string;
  data: { cursor: string; node: { kind: string; story: { title: string } | null } };
}

describe('what webhooks are sent', () => {
  let newsroom: TestNewsroom;
  let receiver: Receiver;
  let feed: ReturnType<typeof feedOf>;
  let partner: PartnerViewer;
  const stops: (() => Promise<void>)[] = [];
  const errors: unknown[] = [];

  let productId: number;
  let partners = 0;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    await deskOf(newsroom).section('mena');
    await deskOf(newsroom).section('sport');
    feed = feedOf(newsroom);
    productId = await feed.product('everything');
  }, 120_000);
  beforeEach(async () => {
    receiver = await startReceiver();
    useWay(newsroom.database, receiver.way);
    partner = await feed.partner(`Partner ${++partners}`, productId);
    await feed.catchUp();
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await receiver.stop();
    await feed.setActive(partner, false);
    expect(errors.splice(0)).toEqual([]);
  });

  afterAll(() => newsroom.close());

  const hook = async (path: string, more: object = {}) => {
    const made = await createWebhook(newsroom.contextAs(partner), { url: receiver.url(path), ...more });
    if (!('webhook' in made)) throw new Error(JSON.stringify(made));
  };
  const work = (more: object = {}) => {
    const stopping = new AbortController();
    const contextOf = () => newsroom.contextAs(operator);
    const onError = (error: unknown) => errors.push(error);
    const makeBody = bodyMaker(newsroom.schema);
    const running = runDeliveries({ contextOf, makeBody, onError, signal: stopping.signal, rest: 20, ...more });
    stops.push(() => (stopping.abort(), running));
  };
  const until = async (holds: () => boolean) => {
    for (let tries = 0; tries < 400; tries++) {
      if (holds()) return;
      await sleep(25);
    }
    throw new Error('it did not come in 10 seconds');
  };
  const eventsAt = (path: string) =>
    receiver.received.filter((each) => each.path === path).map(({ body }) => JSON.parse(body) as Event);
  const heard = (path: string) => eventsAt(path).map(({ data: { node } }) => [node.kind, node.story?.title ?? null]);
  const end = async () =>
    (
      await newsroom.database.read<{ seq: number }>(
        sql`select max(seq) as seq from partner_change where partnerId = ${partner.partnerId}`,
        'primary',
      )
    )[0]!.seq;
  const untilRows = async <Row>(statement: Sql): Promise<Row[]> => {
    for (let tries = 0; tries < 400; tries++) {
      const rows = await newsroom.database.read<Row>(statement, 'primary');
      if (rows.length > 0) return rows;
      await sleep(25);
    }
    throw new Error('it was not written in 10 seconds');
  };
  const usedBy = ({ partnerId }: PartnerViewer) =>
    newsroom.database.read(
      sql`select keyId, productId, stories from partner_usage where partnerId = ${partnerId}`,
      'primary',
    );
  const search = async (input: Partial<SaveSearchInput> & { name: string }) => {
    const saved = await saveSearch(newsroom.contextAs(partner), input);
    if (!('savedSearch' in saved)) throw new Error(JSON.stringify(saved));
    return saved.savedSearch;
  };

  test('is what the partner could pull at that moment', async () => {
    await hook('/all');
    const story = await feed.published('A quay gives way', 'mena', 'It gave way at **noon**.');
    work();
    await until(() => receiver.received.length === 1);
    await feed.correct(story, 'It was at one.', { title: 'A quay gave way' });
    await until(() => receiver.received.length === 2);
    const { data } = await newsroom.askAs(partner, pull);
    const pulled = (data.syndication.changes.edges as Event['data'][]).slice(-2);
    expect(eventsAt('/all')).toMatchObject(
      pulled.map(({ cursor, node }, i) => ({
        type: ['story.published', 'story.corrected'][i],
        timestamp: expect.stringMatching(/^2\d{3}-.*Z$/),
        data: { cursor, node: { ...node } },
      })),
    );
    expect(heard('/all')).toEqual([
      ['PUBLISHED', 'A quay gives way'],
      ['CORRECTED', 'A quay gave way'],
    ]);
    await feed.withdraw(story, 'We were wrong.', true);
    await until(() => receiver.received.length === 3);
    expect(eventsAt('/all')[2]).toMatchObject({
      type: 'story.killed',
      data: { node: { kind: 'KILLED', action: 'REMOVE', note: 'We were wrong.', story: null } },
    });
  });

  test('has no text any more when the story was killed before it was sent', async () => {
    await hook('/late');
    const story = await feed.published('Not for long', 'mena');
    await feed.catchUp();
    await feed.withdraw(story, null, true);
    work();
    await until(() => receiver.received.length === 2);
    expect(heard('/late')).toEqual([
      ['PUBLISHED', null],
      ['KILLED', null],
    ]);
    expect(receiver.received.map(({ body }) => body).join()).not.toContain('Not for long');
  });

  test('counts as given once it was taken, by its product and its day', async () => {
    let refused = 0;
    receiver.answer('/counted', (_, response) => void response.writeHead((refused += 1) < 3 ? 503 : 204).end());
    await hook('/counted');
    const story = await feed.published('Told twice', 'mena');
    await feed.correct(story, 'It was at one.');
    work({ pauseAfter: () => 20 });
    await until(() => heard('/counted').length === 4);
    await feed.withdraw(story, null, true);
    await until(() => heard('/counted').length === 5);
    await Promise.all(stops.splice(0).map((stop) => stop()));
    const { data } = await newsroom.askAs(operator, usageQuery, { id: globalId('Partner', partner.partnerId) });
    const given = { requests: 0, stories: 2, cost: 0 };
    expect(data.newsroom.partner.usage).toEqual([
      {
        date: new Date().toISOString().slice(0, 10),
        ...given,
        keys: [{ key: null, ...given }],
        products: [{ product: { name: 'everything' }, ...given }],
      },
    ]);
  });

  test('counts as given when it had been given up and is taken after all', async () => {
    let isUp = false;
    receiver.answer('/up-again', (_, response) => void response.writeHead(isUp ? 204 : 500).end());
    await hook('/up-again');
    await feed.published('Given up', 'mena');
    work({ pauseAfter: () => null });
    await until(() => heard('/up-again').length === 1);
    isUp = true;
    const seq = await end();
    const [letter] = await untilRows<{ id: number }>(
      sql`select d.id from webhook_dead_letter d join webhook w on w.id = d.webhookId
          where w.partnerId = ${partner.partnerId} and d.seq = ${seq}`,
    );
    expect(await usedBy(partner)).toEqual([]);
    await replayDeadLetter(newsroom.contextAs(partner), { deadLetterId: letter!.id });
    await until(() => heard('/up-again').length === 2);
    await Promise.all(stops.splice(0).map((stop) => stop()));
    expect(await usedBy(partner)).toEqual([{ keyId: 0, productId, stories: 1 }]);
  });

  describe('by a saved search', () => {
    test('is what it finds, and what becomes of that, also when it does not find it any more', async () => {
      const { id: savedSearchId } = await search({
        name: 'Harbours',
        query: 'harbour -film',
        filter: { sections: ['mena'] },
      });
      await hook('/harbours', { savedSearchId });
      await hook('/all');
      work();
      await feed.published('A film about a harbour', 'mena');
      await feed.published('The harbour wins the cup', 'sport');
      const story = await feed.published('Harbours are closed', 'mena');
      await feed.published('Something else', 'mena');
      await feed.catchUp();
      await feed.update(story, { title: 'The port is closed' });
      await until(() => eventsAt('/harbours').length === 2);
      await feed.withdraw(story, null, true);
      await until(() => eventsAt('/all').length === 6);
      await until(() => eventsAt('/harbours').length === 3);
      await sleep(200);
      expect(heard('/harbours')).toEqual([
        ['PUBLISHED', 'Harbours are closed'],
        ['UPDATED', 'The port is closed'],
        ['KILLED', null],
      ]);
    });

    test('is what a subscription has, too', async () => {
      const { id } = await search({ name: 'Harbours', query: 'harbour' });
      const savedSearchId = globalId('SavedSearch', id);
      const ctx = newsroom.contextAs(partner);
      const about = await ownSearch(ctx, savedSearchId);
      const events = changesFrom(ctx, {
        partnerId: partner.partnerId,
        after: cursorOf(partner.partnerId, await end()),
        about,
      });
      const next = async () => ((await events.next()).value as ChangeEdge).node;
      await feed.published('A bridge is closed', 'mena');
      const story = await feed.published('Another harbour is closed', 'mena');
      expect(await next()).toMatchObject({ kind: 'PUBLISHED', articleId: story.articleId });
      await feed.withdraw(story, null, true);
      expect(await next()).toMatchObject({ kind: 'KILLED', articleId: story.articleId });
      await events.return?.();
      const other = newsroom.contextAs(await feed.partner('A nosy one'));
      await expect(ownSearch(other, savedSearchId)).rejects.toThrow('There is no such saved search.');
    });

    test('is looked for by a subscription in ten changes at once, each paid for, while others have their turn', async () => {
      const about = await search({ name: 'Harbours', query: 'harbour' });
      const after = cursorOf(partner.partnerId, await end());
      for (let i = 0; i < 12; i++) await feed.published(`Bridge ${i} is closed`, 'mena');
      const story = await feed.published('A harbour is closed', 'mena');
      await feed.withdraw(story, null, true);
      await feed.catchUp();
      const happened: string[] = [];
      const meter: Meter = {
        charge: async (cost) => (happened.push(`paid ${cost}`), { limit: 1_000, remaining: 900, resetIn: 60 }),
        story: () => undefined,
        forEvent: () => meter,
      };
      let turns = 0;
      let turn = setImmediate(function next() {
        turns += 1;
        turn = setImmediate(next);
      });
      const ctx = { ...newsroom.contextAs(partner), meter };
      const deaf = newsroom.database.listen((statement) => {
        if (statement.includes('from edition e where e.id in')) happened.push('looked');
      });
      const events = changesFrom(ctx, { partnerId: partner.partnerId, after, about });
      const kinds = [];
      for (let i = 0; i < 2; i++) kinds.push(((await events.next()).value as ChangeEdge).node.kind);
      clearImmediate(turn);
      deaf();
      await events.return?.();
      expect(kinds).toEqual(['PUBLISHED', 'KILLED']);
      const paid = (times: number) => Array<string>(times).fill('paid 10');
      expect(happened).toEqual(['looked', ...paid(10), 'looked', ...paid(3)]);
      expect(turns).toBeGreaterThanOrEqual(13);
    });

    test('finds by words in any form, phrases, people by any of their names, kinds and languages', async () => {
      const desk = deskOf(newsroom);
      const person = await desk.entity('Person', 'Ali Bagheri', { aliases: ['Bagheri Kani'] });
      expect(person).toBeGreaterThan(0);
      await feed.published('Ali Bagheri speaks of two negotiations', 'mena', 'Ali Bagheri spoke of the nuclear deal.');
      await feed.catchUp();
      const [change] = await newsroom.database.read<{ seq: number; articleId: number; publicationId: number }>(
        sql`select seq, articleId, publicationId from partner_change where partnerId = ${partner.partnerId} order by seq desc limit 1`,
        'primary',
      );
      const finds = async (sought: Pick<SavedSearchView, 'query' | 'filter'>) => {
        const { partnerId } = partner;
        return (await changesAbout(newsroom.contextAs(operator), { partnerId, ...sought }, [change!])).length === 1;
      };
      for (const query of ['negotiation', '"nuclear deal"', 'title:speaks', 'section:mena', 'deal -cup']) {
        expect({ query, finds: await finds({ query, filter: {} }) }).toEqual({ query, finds: true });
      }
      for (const query of ['harbour', '"deal nuclear"', 'title:nuclear', 'section:sport', 'deal -nuclear']) {
        expect({ query, finds: await finds({ query, filter: {} }) }).toEqual({ query, finds: false });
      }
      expect(await finds({ query: '', filter: { kinds: ['NEWS'], languages: ['en'] } })).toBe(true);
      expect(await finds({ query: '', filter: { kinds: ['OPINION'] } })).toBe(false);
    });

    test('cannot look for nothing, has a name of its own, and is kept while a webhook sends by it', async () => {
      const ctx = () => newsroom.contextAs(partner);
      for (const nothing of [{}, { query: '   ' }, { query: '!?' }, { filter: {} }]) {
        expect(await saveSearch(ctx(), { name: 'Nothing', ...nothing })).toMatchObject({ __typename: 'InvalidInput' });
      }
      const saved = await search({ name: 'Lakes', query: 'lake' });
      expect(await saveSearch(ctx(), { name: 'Lakes', query: 'sea' })).toMatchObject({ path: ['name'] });
      const other = { name: 'Seas', query: 'sea', id: saved.id };
      expect(await saveSearch(ctx(), { ...other, expectedVersion: 7 })).toMatchObject({ __typename: 'StaleVersion' });
      expect(await saveSearch(ctx(), { ...other, expectedVersion: 1 })).toMatchObject({
        savedSearch: { name: 'Seas', query: 'sea', version: 2 },
      });
      await hook('/by-it', { savedSearchId: saved.id });
      expect(await deleteSavedSearch(ctx(), { id: saved.id })).toMatchObject({ __typename: 'InvalidInput' });
      const elsewhere = newsroom.contextAs(await feed.partner('Somebody else'));
      expect(await deleteSavedSearch(elsewhere, { id: saved.id })).toMatchObject({ __typename: 'Missing' });
      const url = receiver.url('/theirs');
      expect(await createWebhook(elsewhere, { url, savedSearchId: saved.id })).toMatchObject({ __typename: 'Missing' });
    });
  });
});
