import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { changeAccount, createAccount } from '../../src/accounts/account.commands.js';
import { createContext } from '../../src/kernel/context.js';
import { sql } from '../../src/kernel/sql.js';
import { operator } from '../../src/kernel/viewer.js';
import { addresses } from '../support/newsroom.js';
import { startService, type Service } from './service.js';

/** A browser that keeps cookies and follows redirects one by one. */
function browser() {
  const jar = new Map<string, Map<string, string>>();
  const visit = async (url: string, init: RequestInit = {}) => {
    const { origin } = new URL(url);
    const cookies = jar.get(origin) ?? new Map<string, string>();
    jar.set(origin, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const location = response.headers.get('location');
    return { status: response.status, text: await response.text(), next: location && new URL(location, url).href };
  };
  return { visit, cookiesOf: (origin: string) => jar.get(origin) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe.each(['at its userinfo', 'in-token'])('signing in at an OpenID provider that tells the email %s', (told) => {
  let provider: ChildProcess;
  let service: Service;
  beforeAll(async () => {
    const port = await freePort();
    const script = join(__dirname, '../support/oidc-provider.mjs');
    provider = spawn(process.execPath, [script, `http://127.0.0.1:${port}/auth/oidc/callback`, told], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [issuer] = (await once(provider.stdout!, 'data')) as [Buffer];
    service = await startService({
      env: {
        PORT: String(port),
        OIDC_ISSUER: issuer.toString().trim(),
        OIDC_CLIENT_ID: 'newsgraph',
        OIDC_CLIENT_SECRET: 'a secret of the tests',
      },
    });
    const ctx = createContext(service.app.database, addresses, { viewer: operator });
    for (const name of ['edith', 'unsure', 'gone']) {
      await createAccount(ctx, { email: `${name}@news.example`, name, role: 'EDITOR', password: null });
    }
    await changeAccount(ctx, { ...(await accountOf('gone')), active: false });
  });
  afterAll(async () => {
    await service.stop();
    provider.kill();
  });

  const accountOf = async (name: string) => {
    const { database } = service.app;
    const [row] = await database.read<{ accountId: number; expectedVersion: number }>(
      sql`select id as accountId, version as expectedVersion from account where name = ${name}`,
    );
    return row!;
  };

  /** Goes through the provider's pages as somebody; stops before our callback, whose address it gives. */
  const toCallback = async (who: string, start = '/auth/oidc') => {
    const { visit, cookiesOf } = browser();
    let page = await visit(service.url + start);
    for (let steps = 0; steps < 20; steps++) {
      if (page.next?.startsWith(`${service.url}/auth/oidc/callback`)) return { visit, cookiesOf, callback: page.next };
      if (page.next) page = await visit(page.next);
      else {
        const action = /action="([^"]+)"/.exec(page.text)![1]!;
        const prompt = /name="prompt" value="(\w+)"/.exec(page.text)![1]!;
        const form = new URLSearchParams({ prompt, login: who, password: 'any' });
        page = await visit(action, { method: 'POST', body: form });
      }
    }
    throw new Error('The provider never came back.');
  };
  const whoAmI = async (cookies: ReadonlyMap<string, string> | undefined) => {
    const answer = await service.post(
      { query: '{ newsroom { viewer { email } } }' },
      { cookie: `newsgraph=${cookies?.get('newsgraph')}` },
    );
    return answer.body.data?.newsroom?.viewer?.email;
  };

  test('leads there and back, and links the account by its email once', async () => {
    for (const [start, end] of [
      ['/auth/oidc?returnTo=/explorer/', '/explorer/'],
      ['/auth/oidc?returnTo=//evil.example/', '/'],
    ]) {
      const { visit, cookiesOf, callback } = await toCallback('edith', start);
      expect(await visit(callback)).toMatchObject({ status: 302, next: service.url + end });
      expect(await whoAmI(cookiesOf(service.url))).toBe('edith@news.example');
    }
    const rows = await service.app.database.read<object>(
      sql`select subject, (select count(*) from session) as sessions from account where subject is not null`,
    );
    expect(rows).toEqual([{ subject: 'edith', sessions: 2 }]);
  });

  test.each(['stranger', 'unsure', 'gone'])('has no place for %s', async (who) => {
    const { visit, cookiesOf, callback } = await toCallback(who);
    expect(await visit(callback)).toMatchObject({ status: 403, text: expect.stringContaining('You have no account') });
    expect(cookiesOf(service.url)?.has('newsgraph')).toBe(false);
  });

  test('takes no answer twice, none that was changed, and none of another browser', async () => {
    const { visit, callback } = await toCallback('edith');
    const elsewhere = browser();
    expect(await elsewhere.visit(callback)).toMatchObject({ status: 401 });
    expect((await visit(callback.replace(/state=[^&]+/, 'state=forged'))).status).toBe(401);
    const again = await toCallback('edith');
    expect((await again.visit(again.callback)).status).toBe(302);
    expect((await again.visit(again.callback)).status).toBe(401);
  });

  test('is over for an account that was deactivated', async () => {
    const ctx = createContext(service.app.database, addresses, { viewer: operator });
    await changeAccount(ctx, { ...(await accountOf('edith')), active: false });
    const { visit, callback } = await toCallback('edith');
    expect((await visit(callback)).status).toBe(403);
  });
});
