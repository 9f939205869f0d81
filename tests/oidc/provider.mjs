// An OpenID Connect provider for the tests: PORT (0 picks one), REDIRECT_URI of the portal under test.
// It prints "listening on <issuer>" when it is ready. Whoever signs in as <name> is <name>@example.com; the address counts as
// verified unless the name begins with "unverified".
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'sloportal',
      client_secret: 'secret-of-the-test',
      redirect_uris: [process.env.REDIRECT_URI],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    pkce: { required: () => true },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `The person ${id}`,
        email: `${id.replace(/^unverified-/, '')}@example.com`,
        email_verified: !id.startsWith('unverified'),
        groups: id.startsWith('boss') ? ['everybody', 'slo-admins'] : ['everybody'],
      }),
    }),
    cookies: { keys: ['only for tests'] },
  });
  server.on('request', provider.callback());
  console.log(`listening on ${issuer}`);
});
