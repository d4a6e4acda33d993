import type { Slugs } from './compare.js';
import type { Stretch, StretchResult } from './load.js';
import { cpuMs } from './meters.js';
import type { Server } from './processes.js';
import { variants, type DocumentName, type RequestShape, type Variant } from './requests.js';

export interface Target extends Server {
  shapes: Record<DocumentName, RequestShape>;
}

/** What one round of one variant gave; CPU is for each request. */
export interface Round {
  rps: number;
  p50: number;
  p99: number;
  cpu: number | undefined;
  databaseCpu: number | undefined;
}

export interface Measured {
  document: DocumentName;
  connections: number;
  variant: Variant;
  /** Statements a request, counted apart. */
  statements: number | undefined;
  rounds: Round[];
}

export interface Plan {
  targets: Partial<Record<Variant, Target>>;
  documents: readonly DocumentName[];
  connections: readonly number[];
  slugs: Slugs;
  rounds: number;
  seconds: number;
  warmUp: number;
  load: (stretch: Stretch) => Promise<StretchResult>;
  databasePid: number | undefined;
  statements: Statements;
  progress: (done: number, total: number) => void;
}

/** How many different answers are asked for where the answer is known. */
export const mostKnown = 200;

const isKnown = (variant: Variant): boolean => variant.startsWith('known');

/** Statements a request, by `keyOf`. */
export type Statements = ReadonlyMap<string, number>;
export const keyOf = (variant: Variant, document: DocumentName, connections: number): string =>
  `${variant} ${document} ${connections}`;

/** Counts the statements of requests, the same for each target, behind a counter that only these targets use. */
export async function countOf(
  {
    targets,
    slugs,
    load,
    documents,
    connections: counts,
    warmUp,
  }: Pick<Plan, 'targets' | 'slugs' | 'load' | 'documents' | 'connections' | 'warmUp'>,
  requests: number,
  counted: () => number,
): Promise<Statements> {
  const statements = new Map<string, number>();
  for (const [variant, { port, shapes }] of Object.entries(targets) as [Variant, Target][]) {
    for (const document of documents) {
      const asked = { port, shape: shapes[document], slugs: slugs[document] };
      if (warmUp > 0) await load({ ...asked, connections: 16, seed: 'warm up', requests: warmUp });
      for (const connections of counts) {
        const before = counted();
        const stretch = { ...asked, connections, seed: 'statements' };
        const done = await load({ ...stretch, requests });
        statements.set(keyOf(variant, document, connections), (counted() - before) / done.requests);
      }
    }
  }
  return statements;
}

/** Warms all up with the same number of requests, then lets them answer in turn, each round beginning with another. */
export async function measure(plan: Plan): Promise<Measured[]> {
  const taking = variants.filter((variant) => plan.targets[variant]);
  const { documents } = plan;
  const total = documents.length * plan.connections.length * plan.rounds * taking.length;
  const measured: Measured[] = [];
  let done = 0;
  for (const document of documents) {
    for (const variant of taking) {
      const requests = isKnown(variant) ? Math.max(plan.warmUp, 16 * mostKnown) : plan.warmUp;
      await stretchOf(plan, document, variant, 16, 'warm up', { requests });
    }
    for (const connections of plan.connections) {
      const each = taking.map((variant): Measured => {
        const statements = plan.statements.get(keyOf(variant, document, connections));
        return { document, connections, variant, statements, rounds: [] };
      });
      measured.push(...each);
      for (let round = 0; round < plan.rounds; round++) {
        const inTurn = [...each.slice(round % each.length), ...each.slice(0, round % each.length)];
        for (const { variant, rounds } of inTurn) {
          const seed = `${document} ${connections} ${round}`;
          rounds.push(await stretchOf(plan, document, variant, connections, seed, { seconds: plan.seconds }));
          plan.progress(++done, total);
        }
      }
    }
  }
  return measured;
}

async function stretchOf(
  { targets, slugs, load, databasePid }: Plan,
  document: DocumentName,
  variant: Variant,
  connections: number,
  seed: string,
  bound: { seconds: number } | { requests: number },
): Promise<Round> {
  const { port, pid, shapes } = targets[variant]!;
  const before = [cpuMs(pid), cpuMs(databasePid)] as const;
  const asked = isKnown(variant) ? slugs[document].slice(0, mostKnown) : slugs[document];
  const result = await load({ port, shape: shapes[document], slugs: asked, connections, seed, ...bound });
  const after = [cpuMs(pid), cpuMs(databasePid)] as const;
  const spent = (which: 0 | 1) => {
    const [from, to] = [before[which], after[which]];
    return from === undefined || to === undefined ? undefined : (to - from) / result.requests;
  };
  const { p50, p99, requests, seconds } = result;
  return { rps: requests / seconds, p50, p99, cpu: spent(0), databaseCpu: spent(1) };
}
