import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  authorization: string | undefined;
  contentType: string | undefined;
  body: string;
}

interface Stored {
  version: number;
  source: Record<string, unknown> | null;
}

/**
 * As much of OpenSearch's documented API as our client uses: indexes, aliases, bulk requests with external versions. It
 * does not search: what a question is answered with is set by the test.
 */
export async function fakeOpenSearch() {
  const sized = (answer: { hits?: { hits: object[] } }, body: string): object =>
    answer.hits
      ? {
          ...answer,
          hits: { ...answer.hits, hits: answer.hits.hits.slice(0, (JSON.parse(body) as { size: number }).size) },
        }
      : answer;

  const asked: Asked[] = [];
  const indexes = new Map<string, { aliases: Set<string>; documents: Map<string, Stored> }>();
  const state = { status: 200, answer: {} as { hits?: { total?: object; hits: object[] }; suggest?: object } };

  const bulk = (body: string) => {
    const lines = body.split('\n').filter((line) => line !== '');
    const items: object[] = [];
    for (let i = 0; i < lines.length; i++) {
      const [op, meta] = Object.entries(
        JSON.parse(lines[i]!) as Record<string, { _index: string; _id: string; version: number; version_type: string }>,
      )[0]!;
      const source = op === 'index' ? (JSON.parse(lines[++i]!) as Record<string, unknown>) : null;
      const index = indexes.get(meta._index);
      const before = index?.documents.get(meta._id);
      const isStale = before !== undefined && meta.version_type === 'external_gte' && before.version > meta.version;
      if (index && !isStale) index.documents.set(meta._id, { version: meta.version, source });
      const status = !index ? 404 : isStale ? 409 : op === 'delete' && !before?.source ? 404 : 200;
      const error = !index
        ? { type: 'index_not_found_exception' }
        : isStale
          ? { type: 'version_conflict_engine_exception' }
          : undefined;
      items.push({ [op]: { _index: meta._index, _id: meta._id, status, ...(error ? { error } : {}) } });
    }
    return { took: 1, errors: items.some((item) => Object.values(item)[0].error), items };
  };

  const answer = ({ method, path, body }: Asked): [status: number, answer: object] => {
    if (state.status !== 200) return [state.status, { error: { type: 'es_rejected_execution_exception' } }];
    const name = path.split('/')[1]!;
    if (method === 'GET' && path.endsWith('/_alias')) {
      const there = [...indexes].filter(([index]) => index.startsWith(name.replace('*', '')));
      return [
        200,
        Object.fromEntries(
          there.map(([index, { aliases }]) => [
            index,
            { aliases: Object.fromEntries([...aliases].map((alias) => [alias, {}])) },
          ]),
        ),
      ];
    }
    if (method === 'POST' && path === '/_bulk') return [200, bulk(body)];
    if (method === 'POST' && path === '/_aliases') {
      for (const action of (JSON.parse(body) as { actions: Record<string, { index: string; alias: string }>[] })
        .actions) {
        const [verb, { index, alias }] = Object.entries(action)[0]!;
        if (verb === 'add') indexes.get(index)!.aliases.add(alias);
        else indexes.get(index)!.aliases.delete(alias);
      }
      return [200, { acknowledged: true }];
    }
    if (method === 'PUT' && !indexes.has(name)) {
      indexes.set(name, { aliases: new Set(), documents: new Map() });
      return [200, { acknowledged: true, index: name }];
    }
    if (method === 'DELETE') return indexes.delete(name) ? [200, { acknowledged: true }] : [404, { error: {} }];
    if (method === 'POST' && path.endsWith('/_search')) return [200, sized(state.answer, body)];
    return [400, { error: { type: 'illegal_argument_exception' } }];
  };

  const server: Server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => reply(request, response, chunks));
  });
  function reply(request: IncomingMessage, response: ServerResponse, chunks: Buffer[]): void {
    const { authorization, 'content-type': contentType } = request.headers;
    const mine = {
      method: request.method!,
      path: request.url!,
      authorization,
      contentType,
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(mine);
    const [status, body] = answer(mine);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://desk:secret@127.0.0.1:${(server.address() as AddressInfo).port}/paper`,
    asked,
    indexes,
    state,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
