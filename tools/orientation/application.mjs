import { createServer } from 'node:http';
import { ACTS, suffices } from './acts.mjs';
import { Gate } from './gate.mjs';
import { actPage, homePage, refusalPage, STYLE, welcomePage } from './pages.mjs';
import { Sessions } from './sessions.mjs';

const SESSION = 'orientation_session';
const LEAVING = 'orientation_leaving';
const LARGEST_BODY = 16_384;

/**
 * « Orientation », a small application behind the gate. `issuer`: the gate's address; `registration`: file with the
 * id and the secret issued by the gate; `port` (0: any free one). Resolves to its address.
 */
export async function startOrientation({ issuer, registration, port = 0 }) {
  const server = createServer();
  // If its port is taken, it uses another one.
  await listen(server, port).catch(() => listen(server, 0));
  const url = `http://localhost:${server.address().port}`;
  const application = { url, issuer, gate: new Gate(issuer, registration, url), sessions: new Sessions() };
  server.on('request', (request, response) => {
    answer(application, request, response).catch((error) => {
      console.error('Orientation:', error.message);
      html(response, 502, refusalPage('La passerelle ne répond pas', 'Réessayez dans un instant.'));
    });
  });
  return { url, close: () => server.close() };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function answer(application, request, response) {
  const { pathname, searchParams } = new URL(request.url, application.url);
  const cookies = cookiesOf(request);
  const visit = {
    ...application,
    request,
    response,
    cookies,
    session: application.sessions.find(cookies[SESSION]),
  };
  if (request.method === 'POST') return post(visit, pathname);
  if (request.method !== 'GET') return html(response, 405, refusalPage('Méthode refusée', ''));
  if (pathname === '/style.css') return send(response, 200, 'text/css; charset=utf-8', STYLE);
  if (pathname === '/')
    return html(response, 200, visit.session ? homePage(visit.session, visit.issuer) : welcomePage());
  if (pathname === '/connexion') return initiate(visit, searchParams);
  if (pathname === '/retour') return comeBack(visit);
  if (ACTS[pathname]) return act(visit, pathname);
  return html(response, 404, refusalPage('Cette page n’existe pas', ''));
}

function post(visit, pathname) {
  if (pathname === '/deconnexion-par-la-passerelle') return endByGate(visit);
  // Forms of other sites may not sign people out; the gate's call above has no cookie and is signed.
  if (visit.request.headers.origin !== visit.url)
    return html(visit.response, 403, refusalPage('Demande refusée', ''));
  if (pathname === '/deconnexion') return signOut(visit);
  return html(visit.response, 404, refusalPage('Cette page n’existe pas', ''));
}

/** Also where the gate starts a sign-in (OpenID Connect Core 1.0, 4): accepts only the known gate. */
function initiate(visit, query) {
  const from = query.get('iss');
  if (from && from !== visit.issuer) return html(visit.response, 400, refusalPage('Demande refusée', ''));
  return leave(visit, '/', { loginHint: query.get('login_hint') });
}

/** Redirects to the gate, which returns to `page`. */
async function leave({ gate, sessions, response }, page, wish) {
  const { address, kept } = await gate.leave(wish);
  setCookie(response, LEAVING, sessions.leave({ ...kept, page }));
  redirect(response, address);
}

async function comeBack({ gate, sessions, request, response, cookies, url }) {
  const kept = sessions.comeBack(cookies[LEAVING]);
  setCookie(response, LEAVING, '');
  if (!kept)
    return html(response, 400, refusalPage('Ce retour n’est plus valable', 'Recommencez depuis l’accueil.'));
  try {
    const arrived = await gate.welcome(url + request.url, kept);
    sessions.end(cookies[SESSION]);
    setCookie(response, SESSION, sessions.open(arrived));
    redirect(response, kept.page);
  } catch (error) {
    html(response, 403, refusalPage('La connexion n’a pas abouti', reasonOf(error)));
  }
}

const REASONS = {
  access_denied: 'Vous avez annulé, ou cette application ne vous est pas ouverte.',
  unmet_authentication_requirements: 'La preuve demandée n’a pas été donnée.',
};

/** `error`: from OAuth if the gate refused, otherwise from openid-client. */
function reasonOf({ error, code, message }) {
  console.error('Orientation:', error ?? code ?? message);
  return REASONS[error] ?? 'Recommencez depuis l’accueil.';
}

function act(visit, pathname) {
  const { session, response } = visit;
  const { wish } = ACTS[pathname];
  if (!session || !suffices(session.proof, wish)) return leave(visit, pathname, wish);
  return html(response, 200, actPage(ACTS[pathname]));
}

/** Signs out here, at the gate and in every application. */
async function signOut({ gate, sessions, session, response, cookies }) {
  sessions.end(cookies[SESSION]);
  setCookie(response, SESSION, '');
  redirect(response, session ? await gate.farewell(session.idToken) : '/');
}

/** OpenID Connect Back-Channel Logout 1.0: the gate reports the end of a session, wherever it was ended. */
async function endByGate({ gate, sessions, request, response }) {
  try {
    const form = new URLSearchParams(await read(request));
    sessions.endThose(await gate.ended(form.get('logout_token') ?? ''));
    response.writeHead(200, { 'cache-control': 'no-store' }).end();
  } catch {
    response.writeHead(400, { 'cache-control': 'no-store' }).end();
  }
}

async function read(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Error('Too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function cookiesOf({ headers }) {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.map(([name, value = '']) => [name, value]));
}

/** Empty: deletes the cookie. */
function setCookie(response, name, value) {
  const life = value ? '' : '; Max-Age=0';
  response.appendHeader('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${life}`);
}

function redirect(response, location) {
  response.writeHead(303, { location, 'cache-control': 'no-store' }).end();
}

function html(response, status, page) {
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
  );
  send(response, status, 'text/html; charset=utf-8', page);
}

function send(response, status, type, text) {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
