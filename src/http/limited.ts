import { codedError } from '../kernel/errors.js';

/** Runs at most so many pieces of work at once and lets so many wait; one more is refused as UNAVAILABLE. */
export function limited(atOnce: number, waitingAtMost: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw codedError('UNAVAILABLE', 'Too much is being made: try again soon.');
      await new Promise<void>((go) => waiting.push(go)); // whoever ends hands its place over
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
