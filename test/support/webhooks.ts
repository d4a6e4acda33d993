import { globalId } from '../../src/kernel/global-id.js';
import { ownSigner } from '../../src/kernel/signing.js';
import { raw } from '../../src/kernel/sql.js';
import { SavedSearchRow } from '../../src/syndication/alerts/saved-search.rows.js';
import { newSecret } from '../../src/syndication/webhooks/signature.rules.js';
import { openWay, useWay } from '../../src/syndication/webhooks/way.js';
import { WebhookDeadLetterRow, WebhookRow } from '../../src/syndication/webhooks/webhook.rows.js';
import { secretPurpose } from '../../src/syndication/webhooks/webhook.words.js';
import type { CallValues } from './calls.js';
import type { TestNewsroom } from './newsroom.js';

/** What to put into a mutation of webhooks or saved searches so that it does something: new ones for each call. */
export async function webhookValues(newsroom: TestNewsroom, partnerId: number, field: string): Promise<CallValues> {
  if (!/webhook|deadLetter|search$/i.test(field)) return {};
  useWay(newsroom.database, openWay({ lookup: (_, __, done) => done(new Error('there are no names here'), '') }));
  const [webhookId, deadLetterId, searchId] = await newsroom.database.transaction(async (tx) => {
    for (const table of ['webhook_dead_letter', 'webhook', 'saved_search']) await tx.run(raw(`delete from ${table}`));
    const idOf = async (inserted: ReturnType<typeof tx.manager.insert>) =>
      ((await inserted).identifiers[0] as { id: number }).id;
    const search = { partnerId, name: 'The lake', query: 'lake', filter: {}, version: 1, createdAt: 0 };
    const searchId = await idOf(tx.manager.insert(SavedSearchRow, search));
    const own = { partnerId, url: 'https://hooks.partner.example/', description: '', version: 1, createdAt: 0 };
    const sending = { state: 'ACTIVE' as const, place: 0, leasedUntil: 0, attempts: 0, nextAt: 0, deadInRow: 0 };
    const secret = ownSigner.seal(secretPurpose, newSecret());
    const webhookId = await idOf(tx.manager.insert(WebhookRow, { ...own, ...sending, secret }));
    const letter = { webhookId, seq: 1, kind: 'PUBLISHED' as const, at: 0, attempts: 11, status: 500, error: 'No.' };
    return [webhookId, await idOf(tx.manager.insert(WebhookDeadLetterRow, { ...letter, dueAt: null })), searchId];
  });
  return {
    partnerId: globalId('Partner', partnerId),
    'CreateWebhookInput.partnerId': globalId('Partner', partnerId),
    url: 'https://hooks.partner.example/changes',
    webhookId: globalId('Webhook', webhookId),
    'ChangeWebhookInput.expectedVersion': 1,
    'ChangeWebhookInput.description': 'Another one',
    deadLetterId: globalId('DeadLetter', deadLetterId),
    'SaveSearchInput.partnerId': globalId('Partner', partnerId),
    'SaveSearchInput.name': 'The harbour',
    'SaveSearchInput.query': 'harbour',
    'DeleteSavedSearchInput.id': globalId('SavedSearch', searchId),
  };
}
