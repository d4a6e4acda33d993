import { Command } from 'commander';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withProgress } from '../../src/command-line/progress.js';
import { prepareNewsroom } from './newsroom.database.js';
import { startServer, stopAll } from './processes.js';
import { documents, graphqlShape, type DocumentName } from './requests.js';
import { environment, startLoad } from './sides.js';

interface Options {
  database: string;
  articles: number;
  entities: number;
  connections: number;
  seconds: number;
  document: DocumentName;
}

/** What `--cpu-prof` writes: a tree of functions, and which of them was running at each sample. */
interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

const program = new Command('bench:profile')
  .description('Says where the service spends its time while it makes answers: by library and room, and by function.')
  .option('--database <url>', 'the bench’s own database', 'mariadb://root@127.0.0.1:3306/newsgraph_bench')
  .option('--articles <n>', 'how many stories the newsroom has', Number, 3_000)
  .option('--connections <n>', 'how many ask at once', Number, 16)
  .option('--seconds <n>', 'for how long', Number, 10)
  .option('--document <name>', `one of ${documents.join(', ')}`, 'article');

async function profile({ database, articles, entities, connections, seconds, document }: Options): Promise<void> {
  const { slugs } = await withProgress('Newsroom', (progress) =>
    prepareNewsroom(database, { articles, entities }, progress),
  );
  const folder = await mkdtemp(join(tmpdir(), 'newsgraph-profile-'));
  try {
    const load = startLoad();
    const serve = [join(import.meta.dirname, '../../src/main.js'), 'serve'];
    const profiled = ['--cpu-prof', `--cpu-prof-dir=${folder}`, ...serve];
    const { port, pid, ended } = await startServer(profiled, { ...environment(database), ANSWERS_MB: '0' });
    const stretch = { port, shape: await graphqlShape(document), slugs: slugs[document], connections };
    await load({ ...stretch, seed: 'warm up', requests: 1_000 });
    const { requests } = await load({ ...stretch, seed: 'profile', seconds });
    process.kill(pid, 'SIGTERM');
    await ended;
    const [file] = await readdir(folder);
    print(JSON.parse(await readFile(join(folder, file!), 'utf8')) as Profile, requests);
  } finally {
    await stopAll();
    await rm(folder, { recursive: true });
  }
}

function print({ nodes, samples, timeDeltas }: Profile, requests: number): void {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const places = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  samples.forEach((sample, i) => {
    const { functionName, url } = byId.get(sample)!;
    if (functionName === '(idle)' || functionName === '(root)') return;
    const spent = timeDeltas[i]! / 1_000;
    const place = placeOf(functionName, url);
    busy += spent;
    places.set(place, (places.get(place) ?? 0) + spent);
    const name = `${functionName || '(anonymous)'}  ${place}`;
    functions.set(name, (functions.get(name) ?? 0) + spent);
  });
  process.stdout.write(
    `\n${requests} requests, and ${Math.round(busy)} ms of CPU with the warm-up. Where it went:\n\n`,
  );
  for (const spent of [places, functions]) {
    for (const [name, ms] of [...spent].sort((a, b) => b[1] - a[1]).slice(0, 25)) {
      process.stdout.write(`${((100 * ms) / busy).toFixed(1).padStart(6)} %  ${name}\n`);
    }
    process.stdout.write('\n');
  }
}

/** A library, a room of ours, or a part of Node. */
function placeOf(name: string, url: string): string {
  if (url === '') return name.startsWith('(') ? name : 'native';
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(url)?.[1];
  if (library) return library;
  const room = /dist\/src\/(.+?)(?:\/[^/]+)?\.js$|dist\/src\/([^/]+)\.js$/.exec(url);
  if (room) return `src/${room[1] ?? room[2]}`;
  return url.startsWith('node:') ? url.replace(/^(node:[^/]+\/?[^/]*).*/, '$1') : url;
}

try {
  await program.parseAsync();
  const given = program.opts<Omit<Options, 'entities'>>();
  await profile({ ...given, entities: Math.max(100, Math.round(given.articles / 2)) });
} catch (error) {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
