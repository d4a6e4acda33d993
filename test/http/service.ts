import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { migrateUp } from '../../src/kernel/migrate.js';

export interface Service {
  app: App;
  url: string;
  mediaDir: string;
  /** What the log has said, one line for each event. */
  log: string[];
  /** Sends a GraphQL request by POST, as a client that only knows JSON unless told otherwise. */
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  ask(query: string, variables?: object): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of any shape
  body: any;
  /** The code of the first error. */
  code: string | undefined;
  ms: number;
}

interface Settings extends AppOptions {
  env?: NodeJS.ProcessEnv;
  migrated?: boolean;
  /** Adds to the service before it starts to answer. */
  before?: (app: App) => void;
}

/** A real service on a free port of this machine, with an empty newsroom of its own. */
export async function startService({ env = {}, migrated = true, before, ...options }: Settings = {}): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-http-'));
  const mediaDir = join(folder, 'media');
  const log: string[] = [];
  const app = await createApp(
    readConfig({
      PORT: '0',
      DATABASE_URL: `sqlite:${join(folder, 'newsroom.sqlite')}`,
      MEDIA_DIR: mediaDir,
      LOG_LEVEL: 'debug',
      ...env,
    }),
    { logStream: { write: (line) => void log.push(line) }, drainNotice: 0, ...options },
  );
  if (migrated) await migrateUp(app.database);
  before?.(app);
  const url = await app.listen().catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const post: Service['post'] = (body, headers = {}) =>
    send(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return {
    app,
    url,
    mediaDir,
    log,
    post,
    ask: (query, variables) => post({ query, variables }),
    stop: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Fetches without following redirects, and reads the whole answer. */
export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const ms = performance.now() - started;
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = isJson && text !== '' ? JSON.parse(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body,
    code: body?.errors?.[0].extensions?.code,
    ms,
  };
}
