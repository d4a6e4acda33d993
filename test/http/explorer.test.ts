import { parse, validate } from 'graphql';
import { articlePage } from '../../src/http/article-page.document.js';
import { createSchema } from '../../src/schema.js';
import { hasShared, shared } from '../support/contract.js';
import { type Service, send, startService } from './service.js';

describe('the explorer', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ env: { LOG_LEVEL: 'silent' } });
  });
  afterAll(() => service.stop());

  test.each(['/', '/explorer', '/graphql'])('is where a browser is sent that comes to %s', async (path) => {
    const { status, headers } = await send(`${service.url}${path}`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([status, headers.get('location')]).toEqual([302, '/explorer/']);
  });

  test('comes whole from here: every file it names is there', async () => {
    const page = await send(`${service.url}/explorer/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch('text/html');
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+\.(?:js|css|svg|ico))"/g)].map((match) => match[1]!);
    expect(files).toEqual(expect.arrayContaining(['main.js', 'styles.css', 'newsgraph.js']));
    for (const file of files)
      expect([file, (await send(`${service.url}/explorer/${file}`)).status]).toEqual([file, 200]);
    expect(page.text).not.toMatch(/https?:\/\//);
  });

  test('opens with the article page, its variables and our address', async () => {
    const { text, headers } = await send(`${service.url}/explorer/newsgraph.js`);
    expect(headers.get('content-type')).toMatch('javascript');
    expect(text).toContain('query ArticlePage($slug: String!)');
    expect(text).toContain('"slug": "iran-confirms-secret-talks-with-the-us"');
    expect(text).toContain('endpointURL: `/graphql`');
  });

  test('may run and reach nothing but what comes from here', async () => {
    const { headers } = await send(`${service.url}/explorer/`);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).toMatch(/connect-src 'self';/);
    expect(policy).not.toMatch(/unsafe-eval|https?:/);
    const other = await send(`${service.url}/healthz`);
    expect(other.headers.get('content-security-policy')).not.toMatch(/'self'/);
  });

  test('gives no file from elsewhere on the disk', async () => {
    for (const path of ['..%2fpackage.json', '%2e%2e/package.json', '..%5cpackage.json']) {
      expect((await send(`${service.url}/explorer/${path}`)).status).toBeGreaterThanOrEqual(400);
    }
  });

  test('is not there where the schema is closed', async () => {
    const closed = await startService({ env: { LOG_LEVEL: 'silent', INTROSPECTION: 'false' } });
    for (const path of ['/', '/explorer', '/explorer/', '/explorer/main.js']) {
      expect((await send(`${closed.url}${path}`)).status).toBe(404);
    }
    expect((await send(`${closed.url}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(400);
    await closed.stop();
  });
});

describe('the document of the article page', () => {
  test('fits the schema', () => {
    expect(validate(createSchema(), parse(articlePage.query))).toEqual([]);
  });

  (hasShared ? test : test.skip)('asks for what the web front end asks for', () => {
    const words = (text: string) =>
      text
        .replace(/#.*/g, '')
        .split(/[\s,]+/)
        .filter(Boolean)
        .sort();
    const parts = (text: string) => words(text.replace(/[{}]/g, ' '));
    expect(parts(articlePage.query)).toEqual(parts(shared('contract/web/article-page.graphql')));
  });
});
