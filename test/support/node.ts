import { type App, createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { TestNewsroom } from './newsroom.js';

/** One of the processes that serve a newsroom. */
export interface Node {
  app: App;
  url: string;
  /** Asks as a reader does, by GET. */
  get(query: string, variables?: object, headers?: Record<string, string>): Promise<Response>;
  read(query: string, variables?: object): Promise<unknown>;
  /** The statements that a piece of work took, looks at how fresh things are aside. */
  statements(work: () => Promise<unknown>): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startNode(newsroom: TestNewsroom, env: NodeJS.ProcessEnv = {}): Promise<Node> {
  const settings = { PORT: '0', DATABASE_URL: newsroom.url, MEDIA_DIR: newsroom.mediaDir, LOG_LEVEL: 'error' };
  const app = await createApp(readConfig({ ...settings, SITE_URL: 'https://news.example', ...env }), {
    drainNotice: 0,
  });
  const url = await app.listen();
  const get: Node['get'] = (query, variables = {}, headers = {}) =>
    fetch(`${url}/graphql?${String(new URLSearchParams({ query, variables: JSON.stringify(variables) }))}`, {
      headers,
    });
  return {
    app,
    url,
    get,
    read: async (query, variables) => {
      const { data, errors } = (await (await get(query, variables)).json()) as { data: unknown; errors?: unknown };
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    statements: async (work) => {
      const statements: string[] = [];
      const stop = app.database.listen((statement) => void statements.push(statement));
      await work();
      stop();
      return statements.filter((statement) => !/from counter$|from content_change where seq >/.test(statement.trim()));
    },
    stop: () => app.close(),
  };
}
