// A real OpenID provider on a free port of this machine, for one client and the people of the tests: prints its address.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirectUri] = process.argv.slice(2);
const people = {
  edith: { email: 'edith@news.example', email_verified: true },
  unsure: { email: 'unsure@news.example', email_verified: false },
  gone: { email: 'gone@news.example', email_verified: true },
  stranger: { email: 'stranger@news.example', email_verified: true },
};

const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'newsgraph', client_secret: 'a secret of the tests', redirect_uris: [redirectUri] }],
    cookies: { keys: ['a key of the tests'] },
    pkce: { required: () => true },
    claims: { email: ['email', 'email_verified'], openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: process.argv[3] !== 'in-token',
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    features: { devInteractions: { enabled: true } },
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
process.on('SIGTERM', () => process.exit(0));
