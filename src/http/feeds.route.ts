import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { atomOf } from '../feeds/atom.js';
import { feedAt, type FeedPlace } from '../feeds/feed.queries.js';
import type { FeedForm } from '../feeds/address.rules.js';
import type { Feed } from '../feeds/feed.types.js';
import { jsonFeedOf } from '../feeds/json-feed.js';
import { rssOf } from '../feeds/rss.js';
import { newsSitemap, sitemapIndex, sitemapOfPages, sitemapOfStories } from '../feeds/sitemap.js';
import { printOfMap } from '../feeds/sitemap.queries.js';
import type { Context } from '../kernel/context.js';
import { codedError } from '../kernel/errors.js';
import { everyAnswer, type Trace } from '../kernel/tags.js';
import type { Answers, Made } from './answers/answers.js';
import { replyTo } from './answers/reply.js';

interface FeedsOptions {
  answers: Answers;
  /** Makes what a reader is answered with. */
  readerContext: (trace: Trace | null) => Context;
}

const forms: Record<FeedForm, { contentType: string; write: (feed: Feed) => string }> = {
  rss: { contentType: 'application/rss+xml; charset=utf-8', write: rssOf },
  atom: { contentType: 'application/atom+xml; charset=utf-8', write: atomOf },
  json: { contentType: 'application/feed+json; charset=utf-8', write: jsonFeedOf },
};

const xml = 'application/xml; charset=utf-8';

/** A map of stories has more tags than proxies take, so that they keep it for a minute only. */
const mapCaching = 'public, max-age=0, s-maxage=60';

/**
 * Feeds and maps of what readers see: `/feeds/<place>.<form>`, `/sitemap.xml`, `/sitemaps/<name>.xml`. They are kept,
 * tagged and purged as answers of the graph are; a map of stories, which is long, is sent while it is read.
 */
export function feedsRoute(server: FastifyInstance, { answers, readerContext }: FeedsOptions): void {
  const give = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { key, contentType, write }: { key: string; contentType: string; write: (ctx: Context) => Promise<string | null> },
  ): Promise<FastifyReply> => {
    const make = async (trace: Trace): Promise<Made> => {
      const written = await write(readerContext(trace));
      if (!written) return { status: 404, headers: {}, body: '' };
      const headers = { 'content-type': contentType };
      return { status: 200, headers, body: written };
    };
    const made = (await answers.answer(key, make))!;
    if (!('etag' in made) && made.status === 404) throw noFeed();
    if (!('etag' in made)) {
      const etag = `W/"${createHash('sha256').update(made.body).digest('base64url').slice(0, 22)}"`;
      reply.headers({ ...made.headers, etag, 'cache-control': 'public, max-age=0, must-revalidate' });
      return hasIt(request, etag) ? reply.code(304).send() : reply.send(made.body);
    }
    const { status, headers, body } = replyTo(made, request.headers, {
      isGet: true,
      untilNext: answers.freshness.untilNext,
    });
    reply.headers(headers).header('vary', 'accept-encoding');
    if (status === 304 || hasIt(request, made.etag)) return reply.code(304).send();
    return reply.send(await body);
  };

  server.get<{ Params: { '*': string } }>('/feeds/*', async (request, reply) => {
    const { place, form } = asked(request.params['*']);
    const { contentType, write } = forms[form];
    return give(request, reply, {
      key: `feed ${request.params['*']}`,
      contentType,
      write: async (ctx) => {
        const feed = await feedAt(ctx, place, form);
        return feed && write(feed);
      },
    });
  });

  server.get('/sitemap.xml', async (request, reply) =>
    give(request, reply, {
      key: 'sitemap',
      contentType: xml,
      write: sitemapIndex,
    }),
  );

  server.get<{ Params: { name: string } }>('/sitemaps/:name', async (request, reply) => {
    const { name } = request.params;
    if (name === 'pages.xml') {
      return give(request, reply, { key: 'sitemap pages', contentType: xml, write: sitemapOfPages });
    }
    if (name === 'news.xml') {
      await answers.freshness.now();
      const { at } = answers.freshness.stamp;
      const write = (ctx: Context) => newsSitemap(ctx, at);
      // What is older than two days goes by itself: nothing tells us, so it is made anew every hour.
      return give(request, reply, { key: `sitemap news ${Math.floor(at / 3_600_000)}`, contentType: xml, write });
    }
    const map = /^stories-(\d{1,6})\.xml$/.exec(name)?.[1];
    if (map === undefined) throw noFeed();
    const ctx = readerContext(null);
    await answers.freshness.now();
    const { stories, texts, updatedAt } = await printOfMap(ctx, Number(map));
    if (stories === 0) throw noFeed();
    const etag = `W/"${stories}-${texts}-${updatedAt}"`;
    reply.headers({ etag, 'cache-control': mapCaching, 'surrogate-key': everyAnswer });
    if (hasIt(request, etag)) return reply.code(304).send();
    return reply.type(xml).send(Readable.from(sitemapOfStories(ctx, Number(map))));
  });
}

const noFeed = () => codedError('NOT_FOUND', 'There is no such feed.');

/**
 * Whether somebody has it already, by its mark. Its newest moment would not tell: when a story is taken down, what is left
 * is no newer.
 */
const hasIt = ({ headers }: FastifyRequest, etag: string): boolean =>
  (headers['if-none-match'] ?? '').split(',').some((mark) => mark.trim() === etag || mark.trim() === '*');

/** The place and the form that an address names. */
function asked(path: string): { place: FeedPlace; form: FeedForm } {
  const [, folder, slug, form] =
    /^(all|sections|people|organisations|places)(?:\/([^/]{1,160}))?\.(rss|atom|json)$/.exec(path) ?? [];
  if (folder === undefined || (folder === 'all') !== (slug === undefined)) throw noFeed();
  return { place: slug === undefined ? { folder: 'all' } : { folder, slug }, form: form as FeedForm };
}
