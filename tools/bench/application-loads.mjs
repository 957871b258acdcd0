import { createHash } from 'node:crypto';
import { Client } from 'undici';
import { onConnections, send } from './connections.mjs';

const HOST = 'app.bench.example';
const ORIGIN = `https://${HOST}`;
/** Redirect targets: the OpenID Connect application, and the one behind a proxy. */
export const RETURN = `${ORIGIN}/retour`;
export const GATE_RETURN = `${ORIGIN}/.portillon/callback`;

const VERIFIER = 'v'.repeat(43);
const REQUEST = {
  redirect_uri: RETURN,
  response_type: 'code',
  scope: 'openid profile',
  state: 'bench-state',
  nonce: 'bench-nonce',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
};
const FORM = 'application/x-www-form-urlencoded';

const AT_APPLICATION = { 'x-forwarded-proto': 'https', 'x-forwarded-host': HOST };
const CHECK = { ...AT_APPLICATION, 'x-forwarded-method': 'GET', 'x-forwarded-uri': '/images/logo.png' };

/** Of ours and of the floor; a peer has others. */
const PATHS = {
  authorize: '/oidc/authorize',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  introspect: '/oidc/introspect',
};

/** Entries into an application, by the sessions of these cookies in turn: the browser's request, code, claims. */
export function entries(side, cookies, limits) {
  let next = 0;
  return onConnections(side, { atOnce: 8, ...limits }, (client) =>
    enter(client, side, cookies[next++ % cookies.length]),
  );
}

/** An access token for the person of each cookie. */
export async function accessTokens(side, cookies) {
  const tokens = [];
  let next = 0;
  await onConnections(side, { atOnce: 8, count: cookies.length }, async (client) => {
    tokens.push(await enter(client, side, cookies[next++]));
  });
  return tokens;
}

/** The application asks for the claims of these access tokens in turn. */
export function userinfos(side, limits) {
  let next = 0;
  return onConnections(side, { atOnce: 8, ...limits }, (client) =>
    userinfo(client, side, side.tokens[next++ % side.tokens.length]),
  );
}

/** The application introspects these access tokens in turn. */
export function introspections(side, limits) {
  let next = 0;
  return onConnections(side, { atOnce: 8, ...limits }, (client) =>
    introspect(client, side, side.tokens[next++ % side.tokens.length]),
  );
}

/** Forward-auth checks for an image, 32 at once, with the application's cookies in turn. */
export function gateChecks(side, cookies, limits) {
  let next = 0;
  return onConnections(side, { atOnce: 32, ...limits }, (client) =>
    check(client, { accept: 'image/*', cookie: cookies[next++ % cookies.length] }),
  );
}

/**
 * Cookie of the application behind the gate, for a browser with the session of `cookie` that opens it for the first
 * time.
 */
export async function gateCookie({ server }, cookie) {
  const client = new Client(server.url);
  const asked = await check(client, { accept: 'text/html' }, 302);
  const begun = await open(client, asked.location, AT_APPLICATION, 302);
  const entered = await open(client, begun.location, { cookie }, 303);
  const back = await open(client, entered.location, { ...AT_APPLICATION, cookie: begun.cookies }, 302);
  await client.close();
  return back.cookies;
}

async function enter(client, side, cookie) {
  const asked = `${pathsOf(side).authorize}?${authorizationQuery(side.application)}`;
  const location = await (side.authorize ?? authorize)(client, asked, cookie);
  const { access_token: token } = await redeem(client, side, location);
  await userinfo(client, side, token);
  return token;
}

/** The parameters of an authorization request of this application. */
export function authorizationQuery({ id }) {
  return new URLSearchParams({ client_id: id, ...REQUEST }).toString();
}

/** Where the answer to the browser's request leads, with the code. */
async function authorize(client, path, cookie) {
  return (await open(client, path, { cookie }, 303)).location;
}

function userinfo(client, side, token) {
  const headers = { authorization: `Bearer ${token}` };
  return send(client, { method: 'GET', path: pathsOf(side).userinfo, headers }, { text: '"name"' });
}

function introspect(client, side, token) {
  const body = new URLSearchParams({ token }).toString();
  const headers = proofOf(side.application);
  const options = { method: 'POST', path: pathsOf(side).introspect, headers, body };
  return send(client, options, { text: '"active":true' });
}

async function redeem(client, side, location) {
  const form = {
    grant_type: 'authorization_code',
    code: new URL(location).searchParams.get('code'),
    redirect_uri: RETURN,
    code_verifier: VERIFIER,
  };
  const body = new URLSearchParams(form).toString();
  const options = { method: 'POST', path: pathsOf(side).token, headers: proofOf(side.application), body };
  return JSON.parse((await send(client, options, { text: 'id_token' })).answer);
}

function pathsOf({ paths = PATHS }) {
  return paths;
}

function proofOf({ id, secret }) {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  return { authorization, 'content-type': FORM };
}

/** One forward-auth check for an image. */
export function check(client, headers, status = 200) {
  const options = { method: 'GET', path: '/api/gate/forward-auth', headers: { ...CHECK, ...headers } };
  return send(client, options, { status });
}

/** Sends every address to this server, whatever its host. */
function open(client, address, headers, status) {
  const { pathname, search } = new URL(address, ORIGIN);
  return send(client, { method: 'GET', path: pathname + search, headers }, { status });
}
