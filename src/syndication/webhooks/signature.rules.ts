import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A secret as Standard Webhooks writes it: 256 random bits. */
export const newSecret = (): string => prefix + randomBytes(32).toString('base64');

export interface Message {
  /** The same on each try; a receiver knows by it what he has already. */
  id: string;
  /** When this try is made, in seconds since 1970. */
  timestamp: number;
  body: string;
}

/** What a message is sent with, by Standard Webhooks: a signature for each secret that holds, the newest first. */
export function signedHeaders({ id, timestamp, body }: Message, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}

/** What a change is known by at an endpoint, however often it is sent. */
export const messageId = (webhookId: number, seq: number): string =>
  `msg_${webhookId.toString(36)}_${seq.toString(36)}`;

/** The sealed secrets from before that are still signed with, the newest first. */
export const formerSecrets = ({
  formerSecret,
  formerUntil,
  now,
}: {
  formerSecret: string | null;
  formerUntil: number | null;
  now: number;
}): string[] => (formerSecret !== null && (formerUntil ?? 0) > now ? formerSecret.split(' ') : []);
