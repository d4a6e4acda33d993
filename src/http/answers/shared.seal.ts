import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Stamp } from '../../kernel/freshness.js';
import type { WholeAnswer } from './answers.js';

/** An answer as it is left for other processes: with what had been seen before it was made. */
export interface SharedAnswer extends WholeAnswer {
  stamp: Stamp;
}

/** Makes answers into bytes that only those can read who have the key, under the name that they were made for. */
export interface Seal {
  /** The name of a question where others look for its answer: nobody without the key can guess it. */
  nameOf(question: string): string;
  seal(name: string, answer: SharedAnswer): Buffer;
  /** The answer in some bytes; `null` when they are not ours, of another name, or not whole. */
  open(name: string, bytes: Buffer): SharedAnswer | null;
}

const macBytes = 32;
const headAt = macBytes + 4;

/** Bytes are HMAC-SHA256, the length of the head, the head as JSON, the body. */
export function createSeal(secretKey: string): Seal {
  const key = createHmac('sha256', secretKey).update('answers').digest();
  const mac = (name: string, content: Buffer) => createHmac('sha256', key).update(`${name}\n`).update(content).digest();
  return {
    nameOf: (question) => `newsgraph:answer:${createHmac('sha256', key).update(question).digest('base64url')}`,
    seal: (name, { body, ...head }) => {
      const text = Buffer.from(JSON.stringify(head));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      const content = Buffer.concat([length, text, body]);
      return Buffer.concat([mac(name, content), content]);
    },
    open: (name, bytes) => {
      if (bytes.length < headAt) return null;
      if (!timingSafeEqual(mac(name, bytes.subarray(macBytes)), bytes.subarray(0, macBytes))) return null;
      const bodyAt = headAt + bytes.readUInt32BE(macBytes);
      const head = JSON.parse(bytes.toString('utf8', headAt, bodyAt)) as Omit<SharedAnswer, 'body'>;
      return { ...head, body: bytes.subarray(bodyAt) };
    },
  };
}
