import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../bench/processes.js';
import { ask } from './fire.js';

/** A change as a partner got it. */
export interface Taken {
  cursor: string;
  kind: string;
  action: string;
  occurredAt: string;
  storyId: string | null;
  version: number;
  note: string | null;
  title: string | null;
}

/** A partner who is to be told of some stories. */
export interface Taking {
  key: string;
  /** The service as it is now: killed, it is another at another port. */
  server: () => Server;
}

/** Somebody who reads a feed. */
export interface Pulling {
  /** All that came, in its order, once nothing new comes. */
  end(): Promise<Taken[]>;
}

interface Page {
  syndication: {
    changes: {
      edges: { cursor: string; node: Omit<Taken, 'cursor' | 'title'> & { story: { title: string } | null } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
}

const query = `query ($after: String) { syndication { changes(first: 100, after: $after, wait: 2) {
  edges { cursor node { kind action occurredAt storyId version note story { title } } }
  pageInfo { hasNextPage endCursor } } } }`;

/** Asks on from the cursor he had last, and tries again for as long as nobody answers. */
export function pull({ key, server }: Taking): Pulling {
  const taken: Taken[] = [];
  let after: string | null = null;
  let isEnding = false;
  const read = async () => {
    for (;;) {
      const wasEnding = isEnding;
      const page = await ask<Page>(server(), key, query, { after }).catch(() => null);
      if (!page) {
        await sleep(100);
        continue;
      }
      const { edges, pageInfo } = page.syndication.changes;
      for (const { cursor, node } of edges) {
        const { story, ...change } = node;
        taken.push({ ...change, cursor, title: story?.title ?? null });
      }
      after = pageInfo.endCursor;
      if (wasEnding && edges.length === 0) return;
    }
  };
  const reading = read();
  return {
    end: async () => {
      isEnding = true;
      await reading;
      return taken;
    },
  };
}
