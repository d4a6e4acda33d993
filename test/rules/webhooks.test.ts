import { createSigner } from '../../src/kernel/signing.js';
import { mostTries, pauseAfter } from '../../src/syndication/webhooks/retry.rules.js';
import { messageId, newSecret, signedHeaders } from '../../src/syndication/webhooks/signature.rules.js';
import { Webhook } from 'standardwebhooks';

describe('how often a change is tried', () => {
  test('is ten times or more, over a day or more, each wait longer than the one before', () => {
    const waits = (chance: number) => Array.from({ length: mostTries }, (_, i) => pauseAfter(i + 1, chance));
    expect(mostTries).toBe(11);
    expect(waits(0).at(-1)).toBeNull();
    for (const chance of [0, 0.5, 1]) {
      const some = waits(chance).slice(0, -1) as number[];
      expect(some.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(24 * 3_600_000);
      expect(some).toEqual([...some].sort((a, b) => a - b));
    }
    expect([pauseAfter(1, 0), pauseAfter(1, 1)]).toEqual([5_000, 6_000]);
  });
});

describe('a signature', () => {
  test('is what others who know Standard Webhooks make of the same', () => {
    const secret = newSecret();
    const at = new Date('2026-03-04T05:06:07Z');
    const message = { id: messageId(7, 1_234), timestamp: at.getTime() / 1_000, body: '{"a":"ü"}' };
    const headers = signedHeaders(message, [secret]);
    expect(headers).toEqual({
      'webhook-id': 'msg_7_ya',
      'webhook-timestamp': String(message.timestamp),
      'webhook-signature': new Webhook(secret).sign(message.id, at, message.body),
    });
  });
});

describe('what is sealed', () => {
  const signer = createSigner('a key');
  test('is opened by who sealed it, for the same purpose, and whole', () => {
    const sealed = signer.seal('webhook secret', 'whsec_ü');
    expect(signer.open('webhook secret', sealed)).toBe('whsec_ü');
    expect(sealed).not.toBe(signer.seal('webhook secret', 'whsec_ü'));
    expect(signer.open('another', sealed)).toBeNull();
    expect(createSigner('another key').open('webhook secret', sealed)).toBeNull();
    const bytes = Buffer.from(sealed, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const bent = Buffer.from(bytes);
      bent[i]! ^= 1;
      expect(signer.open('webhook secret', bent.toString('base64url'))).toBeNull();
    }
    expect(signer.open('webhook secret', 'short')).toBeNull();
  });
});
