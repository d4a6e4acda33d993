import { withProgress } from '../../../src/command-line/progress.js';
import { globalId } from '../../../src/kernel/global-id.js';
import { documentOf, storyOf, type Fields, type Held, type MutationName, type Outcome } from '../../promises/desk.js';
import type { Scale } from '../generate.js';
import type { StretchResult } from '../load.js';
import { stopAll } from '../processes.js';
import { startKnowing, startLoad, startUnknowing } from '../sides.js';
import { account, openDesk } from './newsroom.js';

export const works = ['nobody', 'saving', 'publishing'] as const;

/** Readers of one service while nobody writes, or eight save or publish; latencies in milliseconds. */
export interface Writing {
  readers: 'answers made' | 'answers kept';
  writers: (typeof works)[number];
  rounds: { writes: number; reads: number; p50: number; p99: number }[];
}

const writerCount = 8;
const readerConnections = 4;

/** Has eight writers save and publish by HTTP, signed in, while four connections read article pages. */
export async function writing(
  url: string,
  scale: Scale,
  { serve, rounds, seconds }: { serve: readonly string[]; rounds: number; seconds: number },
): Promise<Writing[]> {
  const desk = await openDesk(`${url}_desk`, scale, 0);
  try {
    const services = {
      'answers made': await startUnknowing(serve, desk.url),
      'answers kept': await startKnowing(serve, desk.url),
    };
    const load = startLoad();
    const sends = {
      'answers made': await signIn(services['answers made'].port),
      'answers kept': await signIn(services['answers kept'].port),
    };
    const found = (['answers made', 'answers kept'] as const).flatMap((readers) =>
      works.map((writers): Writing => ({ readers, writers, rounds: [] })),
    );
    const stories = Array.from({ length: writerCount }, (_, i) => published(scale, i));
    await withProgress('Writers', async (progress) => {
      let done = 0;
      for (let round = 0; round <= rounds; round++) {
        for (const { readers, writers, rounds: kept } of found) {
          const { port, shapes } = services[readers];
          const send = sends[readers];
          const until = performance.now() + seconds * 1_000;
          const seed = `writers ${round}`;
          const shape = shapes.article;
          const stretch = { port, shape, slugs: desk.slugs.article, connections: readerConnections, seed, seconds };
          const [read, ...written] = await Promise.all([
            load(stretch),
            ...(writers === 'nobody' ? [] : stories.map((each) => write(send, writers, each, until))),
          ] as [Promise<StretchResult>, ...Promise<number>[]]);
          const writes = written.reduce((sum, count) => sum + count, 0) / read.seconds;
          if (round > 0) kept.push({ writes, reads: read.requests / read.seconds, p50: read.p50, p99: read.p99 });
          progress(++done, found.length * (rounds + 1));
        }
      }
    });
    return found;
  } finally {
    await stopAll();
    await desk.close();
  }
}

/** The stories of a writer, which nobody else writes. */
const published = ({ articles }: Scale, writer: number): Held[] =>
  Array.from({ length: Math.min(20, Math.floor(articles / writerCount)) }, (_, i) => ({
    articleId: globalId('Article', 1 + writer + i * writerCount),
    expectedVersion: 2,
  }));

type Send = (name: MutationName, input: Fields) => Promise<Outcome>;

async function write(send: Send, how: 'saving' | 'publishing', stories: Held[], until: number): Promise<number> {
  let done = 0;
  for (; performance.now() < until; done++) {
    const i = done % stories.length;
    const story = stories[i]!;
    const outcome =
      how === 'saving'
        ? await send('saveDraft', { ...story, title: `A story at version ${story.expectedVersion}` })
        : await send('publishArticle', { ...story });
    stories[i] = storyOf(outcome);
  }
  return done;
}

async function signIn(port: number): Promise<Send> {
  const post = async (query: string, input: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const { data, errors } = (await answer.json()) as { data?: Record<string, unknown>; errors?: unknown };
    if (errors !== undefined || !data) throw new Error(`A writer heard ${JSON.stringify(errors)}`);
    return Object.values(data)[0];
  };
  const signed = await post(
    'mutation($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { token } } }',
    account,
  );
  const { token } = signed as { token: string };
  return async (name, input) => (await post(documentOf(name), input, { authorization: `Bearer ${token}` })) as Outcome;
}
