import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkRole } from '../accounts/policy.js';
import type { Context } from '../kernel/context.js';
import { badInput, codedError } from '../kernel/errors.js';
import { parseGlobalId } from '../kernel/global-id.js';
import { storyDocument } from '../syndication/documents/document.loaders.js';
import { endedDocument } from '../syndication/documents/document.rules.js';
import type { PartnerDocument } from '../syndication/documents/document.types.js';
import { htmlOf } from '../syndication/documents/html.js';
import { newsmlOf } from '../syndication/documents/newsml.js';
import { ninjsOf, ninjsVersions, type NinjsVersion } from '../syndication/documents/ninjs.js';
import { catchUp } from '../syndication/feed/catch-up.commands.js';
import type { DocumentFormat } from '../syndication/partners/partner.words.js';
import { storyOrItsEnd } from '../syndication/story/held.loaders.js';

interface Story {
  Params: { name: string };
  Querystring: { version?: unknown };
}

/** What a document costs of a partner's quota: about what the same costs in the graph. */
const priceOfDocument = 50;

interface Form {
  format: DocumentFormat;
  contentType: string;
  write: (document: PartnerDocument, version: NinjsVersion) => string;
}

/** The forms a story is given in, by the end of its address. */
const forms: Readonly<Record<string, Form>> = {
  ninjs: {
    format: 'NINJS',
    contentType: 'application/json; charset=utf-8',
    write: (document, version) => JSON.stringify(ninjsOf(document, version)),
  },
  newsml: {
    format: 'NEWSML',
    contentType: 'application/vnd.iptc.g2.newsitem+xml; charset=utf-8',
    write: newsmlOf,
  },
  json: {
    format: 'JSON',
    contentType: 'application/json; charset=utf-8',
    write: (document) => JSON.stringify(document),
  },
  html: { format: 'HTML', contentType: 'text/html; charset=utf-8', write: htmlOf },
};

/**
 * `/syndication/stories/<id>.<form>`: a story as its partner may have it now, for whoever sends a key. One that he must
 * not show any more is answered with 410 and a document that says so; what is not his is not there.
 */
export function storiesRoute(
  server: FastifyInstance,
  { contextOf }: { contextOf: (request: FastifyRequest, reply: FastifyReply) => Promise<Context> },
): void {
  server.get<Story>('/syndication/stories/:name', async (request, reply) => {
    const ctx = await contextOf(request, reply);
    checkRole(ctx, 'PARTNER');
    const { form, articleId } = asked(request.params.name);
    const version = versionOf(request.query.version);
    await ctx.meter?.charge(priceOfDocument);
    await catchUp(ctx);
    const story = await storyOrItsEnd(ctx, articleId);
    if (!story) throw noStory();
    if (story.__typename === 'EndedStory') {
      return send(request, reply.code(410), form, form.write(endedDocument(ctx.addresses, story), version));
    }
    if (!story.rights.formats.includes(form.format))
      throw codedError('FORBIDDEN', 'Your product is not given in this form.');
    ctx.meter?.story(story);
    return send(request, reply, form, form.write(await storyDocument(ctx, story), version));
  });
}

const noStory = () => codedError('NOT_FOUND', 'You have no such story.');

function asked(name: string): { form: Form; articleId: number } {
  const [, id, end] = /^([\w-]{1,80})\.(ninjs|newsml|json|html)$/.exec(name) ?? [];
  const form = forms[end ?? ''];
  if (id === undefined || form === undefined) throw noStory();
  return { form, articleId: articleIdIn(id) };
}

function articleIdIn(id: string): number {
  const { type, id: articleId } = parseGlobalId(id);
  if (type !== 'Article') throw noStory();
  return articleId;
}

function versionOf(version: unknown): NinjsVersion {
  const known = ninjsVersions.find((each) => each === (version ?? '3.2'));
  if (!known) throw badInput(`\`version\` is one of ${ninjsVersions.join(', ')}.`);
  return known;
}

/** It is for this partner alone, who may keep it and ask whether it is still so. */
function send({ headers }: FastifyRequest, reply: FastifyReply, { contentType }: Form, text: string): FastifyReply {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'authorization, x-api-key');
  const isKnown = headers['if-none-match']?.split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === etag);
  if (isKnown && reply.statusCode === 200) return reply.code(304).send();
  return reply.type(contentType).send(text);
}
