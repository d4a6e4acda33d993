import { createHash } from 'node:crypto';

/**
 * Names of what an answer is made of, such as `Article:12` or `list:section:3`: short, and fit for a header, whatever
 * the name of the thing is made of.
 */
export const tag = (kind: string, name: string | number): string => {
  const plain = `${kind}:${name}`;
  if (typeof name === 'number') return plain;
  return plain.length <= 100 && fitsHeader.test(plain)
    ? plain
    : `${kind}:~${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}`;
};

const fitsHeader = /^[\w:./-]+$/;

/** The tag of every answer that caches between us and readers keep, for when anything may look different. */
export const everyAnswer = 'newsgraph';

/** What an answer was made of, gathered while it is made. */
export class Trace {
  readonly tags = new Set<string>();
  /** Whether all that it was made of is known, so that we shall hear when it changes. */
  isWhole = true;

  add(tags: readonly string[]): void {
    for (const each of tags) this.tags.add(each);
  }
}
