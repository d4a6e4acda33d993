import { serverAudits } from 'graphql-http';
import { type Service, startService } from './service.js';

/** What the specification only permits, and we leave out. */
const declined: Record<string, string> = {
  'MAY accept application/x-www-form-urlencoded formatted GET requests': 'any page can make a browser send it (CSRF)',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json':
    'only with a header that a foreign page cannot send, which the audit does not (CSRF)',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json':
    'only with a header that a foreign page cannot send, which the audit does not (CSRF)',
};

let service: Service;
beforeAll(async () => {
  service = await startService({ env: { LOG_LEVEL: 'silent' } });
});
afterAll(() => service.stop());

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({ url: () => `${service.url}/graphql`, fetchFn: fetch });

  test.each(audits.map(({ name, fn }) => [name, fn] as const))('%s', async (name, fn) => {
    const result = await fn();
    const reason = 'reason' in result ? result.reason : '';
    expect([result.status, reason]).toEqual(declined[name] ? ['notice', reason] : ['ok', '']);
  });

  test('declines nothing that it must or should do', () => {
    const names = audits.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(60);
    for (const name of Object.keys(declined)) {
      expect(names).toContain(name);
      expect(name).toMatch(/^MAY /);
    }
  });
});
