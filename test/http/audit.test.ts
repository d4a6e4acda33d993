import { serverAudits } from 'graphql-http';
import { type Service, startService } from './service.js';

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { LOG_LEVEL: 'silent' } });
});
afterAll(() => service.stop());

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => `${service.url}/graphql`, fetchFn: fetch });

  test.each(audits.map(({ name, fn }) => [name, fn] as const))('%s', async (_, fn) => {
    const result = await fn();
    const reason = 'reason' in result ? result.reason : '';
    expect([result.status, reason]).toEqual(['ok', '']);
  });

  test('is asked about in more than 60 ways', () => {
    expect(audits.length).toBeGreaterThan(60);
  });
});
