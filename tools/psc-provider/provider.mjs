import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';
import { errorPage, pickPage, signOutPage } from './pages.mjs';
import { languageOf } from './texts.mjs';
import { PEOPLE } from './people.mjs';
import { Signer } from './tokens.mjs';

/** Paths of Pro Santé Connect: a Keycloak realm, an unusual discovery path, another host for signing in. */
const REALM = '/auth/realms/esante-wallet';
const DISCOVERY = '/.well-known/wallet-openid-configuration';
const STANDARD = '/.well-known/openid-configuration';
const ROUTES = {
  authorization: '/auth',
  token: '/protocol/openid-connect/token',
  userinfo: '/protocol/openid-connect/userinfo',
  jwks: '/protocol/openid-connect/certs',
  end_session: '/protocol/openid-connect/logout',
};
const NAMES = {
  [DISCOVERY]: 'discovery',
  [ROUTES.token]: 'token',
  [ROUTES.userinfo]: 'userinfo',
  [ROUTES.jwks]: 'jwks',
};

/**
 * An OpenID provider shaped like Pro Santé Connect, on two ports of this machine. `settings`: `publicUrl`,
 * `clientId`, `clientSecret` of the service; `port`, `walletPort` (0: any free one); `tls`: a folder of
 * tools/test-authority, where the service has a certificate of the ORGANISATIONS authority.
 */
export async function startProvider(settings) {
  const [api, wallet] = settings.tls ? secureServers(settings.tls) : [createServer(), createServer()];
  await Promise.all([listen(api, settings.port), listen(wallet, settings.walletPort)]);
  const scheme = settings.tls ? 'https' : 'http';
  const origin = `${scheme}://localhost:${api.address().port}`;
  const walletOrigin = `${scheme}://localhost:${wallet.address().port}`;
  const issuer = origin + REALM;
  const state = {
    mood: {},
    /** Number of requests for each path. */
    asked: {},
    people: [...PEOPLE],
    backend: null,
    signer: await Signer.create(settings.clientSecret),
  };
  const oidc = new Provider(issuer, configuration(settings, state));
  oidc.on('backchannel.error', (_ctx, error) =>
    console.error('back-channel:', error.message, error.cause ?? ''),
  );
  api.on('request', realm(oidc, state, { issuer, origin, walletOrigin }));
  wallet.on('request', walletPages(oidc, state, settings.publicUrl));
  return {
    issuer,
    walletOrigin,
    discoveryUrl: issuer + DISCOVERY,
    state,
    close: () => [api.close(), wallet.close()],
  };
}

function configuration(settings, state) {
  return {
    clients: [clientOf(settings)],
    jwks: { keys: [state.signer.privateJwk] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    routes: ROUTES,
    scopes: ['openid', 'scope_all'],
    acrValues: ['eidas1'],
    ...(settings.tls ? { clientAuthMethods: ['tls_client_auth'] } : {}),
    claims: { openid: ['sub'], scope_all: claimNames(), acr: null, sid: null },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      ...(settings.tls ? { mTLS: MUTUAL_TLS } : {}),
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: showSignOut },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: 120,
      IdToken: 300,
      AuthorizationCode: 60,
      Interaction: 900,
      Session: 14_400,
      Grant: 14_400,
    },
    findAccount: (_ctx, id) => accountOf(state, id),
    loadExistingGrant: grantAll,
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(languageWanted(ctx.req), out.error_description ?? out.error, settings.publicUrl);
    },
    // The public name may not resolve from here, so a test gives the actual address. The provider's own dispatcher
    // refuses loopback addresses, such as the test service's.
    fetch: (url, { dispatcher: _dispatcher, ...options }) => {
      const asked = new URL(url);
      return fetch(state.backend ? new URL(asked.pathname, state.backend) : asked, options);
    },
  };
}

const HTML = 'text/html; charset=utf-8';
const ORGANISATION = 'CN=portail.hopital.example';

/** As in PSC's « Espace de confiance »: the service authenticates with an AUTH_CLI certificate of IGC-Santé. */
const MUTUAL_TLS = {
  enabled: true,
  tlsClientAuth: true,
  getCertificate: (ctx) => ctx.socket.getPeerX509Certificate()?.toString(),
  certificateAuthorized: (ctx) => ctx.socket.authorized,
  certificateSubjectMatches: (ctx, _property, expected) =>
    ctx.socket.getPeerX509Certificate().subject.split('\n').includes(expected),
};

/** The realm's host asks for a certificate; the sign-in host does not. */
function secureServers(folder) {
  const file = (name) => readFileSync(join(folder, name));
  const ca = ['root', 'organisations'].map((name) => file(`authorities/${name}.pem`));
  const own = { cert: file('server.pem'), key: file('server.key') };
  return [
    createSecureServer({ ...own, ca, requestCert: true, rejectUnauthorized: false }),
    createSecureServer(own),
  ];
}

function clientOf({ clientId, clientSecret, publicUrl, tls }) {
  const proof = tls
    ? { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: ORGANISATION }
    : { token_endpoint_auth_method: 'client_secret_post', client_secret: clientSecret };
  return {
    client_id: clientId,
    ...proof,
    redirect_uris: [`${publicUrl}/api/sign-in/pro-sante-connect/callback`],
    post_logout_redirect_uris: [`${publicUrl}/connexion`],
    backchannel_logout_uri: `${publicUrl}/api/sign-in/pro-sante-connect/back-channel-logout`,
    backchannel_logout_session_required: true,
    // Like Keycloak, always includes `auth_time`, not only when `max_age` asks for it.
    require_auth_time: true,
  };
}

function claimNames() {
  return [...new Set(PEOPLE.flatMap((one) => Object.keys(one.claims)))];
}

async function accountOf(state, id) {
  const found = state.people.find((one) => one.id === id);
  return found && { accountId: id, claims: async () => ({ sub: id, ...found.claims }) };
}

/** Asks for no consent: an agreement between the professions and the State settles it. */
async function grantAll(ctx) {
  const { client, session, provider } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid scope_all');
  await grant.save();
  return grant;
}

function showSignOut(ctx, form) {
  const nonce = randomBytes(16).toString('base64url');
  ctx.set('content-security-policy', `script-src 'nonce-${nonce}'`);
  ctx.body = signOutPage(languageWanted(ctx.req), form, nonce);
}

/** The realm's host: discovery, token, userinfo, keys, logout. The configured behaviour can break each. */
function realm(oidc, state, places) {
  const answer = oidc.callback();
  return async (request, response) => {
    const { inside, query } = within(request.url);
    const name = NAMES[inside];
    state.asked[name] = (state.asked[name] ?? 0) + 1;
    await wait(state.mood.delay?.[name]);
    if (state.mood.down?.includes(name))
      return end(response, 503, 'text/html', '<h1>Service unavailable</h1>');
    if (!isThere(inside, request)) return end(response, 404);
    if (name === 'jwks') return json(response, state.signer.publicKeys);
    request.url = (name === 'discovery' ? STANDARD : inside) + query;
    request.originalUrl = REALM + request.url;
    if (name) rewriteAnswer(response, (body) => rewritten(name, body, state, places));
    answer(request, response);
  };
}

/** Discovery is not at the standard path, and userinfo accepts its token in the header only. */
function isThere(inside, { headers }) {
  if (inside === ROUTES.userinfo) return headers.authorization !== undefined;
  return inside !== null && inside !== STANDARD;
}

/** Path of an address inside the realm; null outside. */
function within(url) {
  const { pathname, search } = new URL(url, 'http://realm');
  return { inside: pathname.startsWith(`${REALM}/`) ? pathname.slice(REALM.length) : null, query: search };
}

/** The host where people sign in. */
function walletPages(oidc, state, publicUrl) {
  const answer = oidc.callback();
  return async (request, response) => {
    const [, page, uid, act] = request.url.split('?')[0].split('/');
    if (page !== 'interaction') return answer(request, response);
    try {
      const details = await oidc.interactionDetails(request, response);
      if (request.method === 'GET')
        return end(response, 200, HTML, pickPage(languageWanted(request), uid, state.people));
      const result =
        act === 'login' ? await login(request) : { error: 'access_denied', error_description: 'abandon' };
      if (details.uid !== uid) throw new Error('another interaction');
      await oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    } catch (error) {
      const detail = error.error_description ?? error.message;
      end(response, 400, HTML, errorPage(languageWanted(request), detail, publicUrl));
    }
  };
}

function languageWanted(request) {
  return languageOf(request.headers['accept-language']);
}

async function login(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const accountId = new URLSearchParams(Buffer.concat(chunks).toString()).get('person');
  return { login: { accountId, acr: 'eidas1', amr: ['ecps'], remember: false } };
}

async function rewritten(name, body, state, { issuer, walletOrigin }) {
  const { mood, signer } = state;
  if (name === 'discovery')
    return { ...body, issuer, authorization_endpoint: `${walletOrigin}/auth`, ...mood.discovery };
  if (name === 'token' && body.id_token)
    return { ...body, id_token: await signer.again(body.id_token, mood.idToken) };
  if (name !== 'userinfo' || body.error || !mood.userinfo) return body;
  const { signed, claims } = mood.userinfo;
  const stated = { ...body, ...claims };
  return signed
    ? signer.sign({ iss: issuer, aud: mood.audience ?? signer.clientId, ...stated }, signed)
    : stated;
}

/** Holds the answer back until it is complete, then sends another instead. */
function rewriteAnswer(response, change) {
  const send = response.end.bind(response);
  response.end = (chunk) => {
    const isJson = String(response.getHeader('content-type')).includes('json');
    if (!isJson || !chunk) return send(chunk);
    void change(JSON.parse(chunk.toString())).then((body) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      if (typeof body === 'string') response.setHeader('content-type', 'application/jwt');
      response.setHeader('content-length', Buffer.byteLength(text));
      send(text);
    });
    return response;
  };
}

function json(response, body) {
  end(response, 200, 'application/json', JSON.stringify(body));
}

function end(response, status, type = 'text/plain', text = '') {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}

function listen(server, port = 0) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function wait(milliseconds) {
  return milliseconds && new Promise((resolve) => setTimeout(resolve, milliseconds));
}
