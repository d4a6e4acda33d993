const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** How long after each try the next one is made: together more than a day. */
const pauses = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  10 * hour,
];

export const mostTries = pauses.length + 1;

/** How long it takes until a change that has failed so many times is tried again, in milliseconds; `null` when it is given up. */
export function pauseAfter(tries: number, chance: number): number | null {
  const pause = pauses[tries - 1];
  // up to a fifth more, so that what failed at one moment does not come back at one moment
  return pause === undefined ? null : Math.round(pause * (1 + chance / 5));
}
