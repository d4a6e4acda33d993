import type { SharedRedis } from '../redis.js';
import { createSeal, type SharedAnswer } from './shared.seal.js';

/** Where processes leave answers for one another. Whatever goes wrong there is as if nothing had been left. */
export interface SharedAnswers {
  /** What was left under a question; whether it still holds is the asker's to judge. */
  find(question: string): Promise<SharedAnswer | null>;
  /** Leaves an answer; nobody waits for it. */
  leave(question: string, answer: SharedAnswer): void;
}

interface Options {
  /** What only nodes know that may share answers. */
  secretKey: string;
  /** What answers depend on beside the question and the database's content. */
  madeBy: () => string;
}

const largestBytes = 1_000_000;
const keptSeconds = 86_400;

/** Shares answers by way of a Redis. */
export function shareAnswers(redis: SharedRedis, { secretKey, madeBy }: Options): SharedAnswers {
  const { client } = redis;
  const seal = createSeal(secretKey);
  const nameFor = (question: string): string => seal.nameOf(`${madeBy()}\n${question}`);
  return {
    find: async (question) => {
      if (!redis.isThere) return null;
      const name = nameFor(question);
      try {
        return seal.open(name, await redis.inTime(client.getrangeBuffer(name, 0, largestBytes)));
      } catch (error) {
        if (!isReply(error)) redis.lost(error); // something else of that name is no answer
        return null;
      }
    },
    leave: (question, answer) => {
      if (!redis.isThere) return;
      const name = nameFor(question);
      const bytes = seal.seal(name, answer);
      if (bytes.length > largestBytes) return;
      redis.inTime(client.set(name, bytes, 'EX', keptSeconds), 'other').catch((error: unknown) => redis.lost(error));
    },
  };
}

const isReply = (error: unknown): boolean => (error as Error).name === 'ReplyError';
