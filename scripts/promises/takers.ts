import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../bench/processes.js';
import { ask } from './fire.js';

/** A change as a partner got it. */
export interface Taken {
  cursor: string;
  kind: string;
  action: string;
  storyId: string | null;
  version: number;
  note: string | null;
  title: string | null;
}

/** A partner who is to be told of some stories. */
export interface Taking {
  name: string;
  partnerId: number;
  key: string;
  /** The service as it is now: killed, it is another at another port. */
  server: () => Server;
}

/** How a partner takes what he is told: by pull here; whoever is pushed to is another of these. */
export interface Taker {
  name: string;
  /** Whether the same change may come again, recognisable by its cursor. */
  mayRepeat: boolean;
  begin(taking: Taking): Promise<Running>;
}

export interface Running {
  /** All that came, in its order, once nothing new has come for a while. */
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
  edges { cursor node { kind action storyId version note story { title } } }
  pageInfo { hasNextPage endCursor } } } }`;

/** Asks on from the cursor he had last, and tries again for as long as nobody answers. */
export const pull: Taker = {
  name: 'pull',
  mayRepeat: false,
  begin: async ({ key, server }) => {
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
  },
};
