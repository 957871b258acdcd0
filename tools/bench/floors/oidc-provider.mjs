// The bare library: code flow with PKCE, a confidential client, opaque access tokens, RS256 ID tokens, open sessions,
// introspection. It stores its data in MariaDB. No page, journal or log.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';
import { StoredAdapter } from './stored-adapter.mjs';

const { CLIENT_ID, CLIENT_SECRET, PORT, REDIRECT_URI, SESSIONS } = process.env;
const SCOPES = 'openid profile';
const SESSION_SECONDS = 14_400;
const COOKIE = { httpOnly: true, sameSite: 'lax', signed: false };

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  adapter: StoredAdapter,
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'floor', alg: 'RS256', use: 'sig' }] },
  clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [REDIRECT_URI] }],
  // The same paths as the product's.
  routes: {
    authorization: '/oidc/authorize',
    token: '/oidc/token',
    userinfo: '/oidc/userinfo',
    introspection: '/oidc/introspect',
  },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'locale'] },
  cookies: { long: COOKIE, short: COOKIE },
  features: { devInteractions: { enabled: false }, introspection: { enabled: true } },
  pkce: { required: () => true },
  ttl: {
    AccessToken: 600,
    AuthorizationCode: 60,
    IdToken: 300,
    Session: SESSION_SECONDS,
    Grant: SESSION_SECONDS,
  },
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => claimsOf(accountId) }),
  loadExistingGrant,
});

function claimsOf(sub) {
  return { sub, name: 'Camille Banc', preferred_username: sub, locale: 'fr' };
}

/** Grants everything requested, once for each session. */
async function loadExistingGrant({ oidc: { client, session } }) {
  const id = session.grantIdFor(client.clientId);
  const known = id && (await provider.Grant.find(id));
  if (known) return known;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}

for (let index = 0; index < Number(SESSIONS); index++) {
  const id = `person-${index}`;
  const session = new provider.Session({ jti: id, uid: id });
  session.loginAccount({ accountId: id, acr: 'eidas1', amr: ['pwd', 'otp'] });
  await session.save(SESSION_SECONDS);
}
provider.listen(Number(PORT), '127.0.0.1');
