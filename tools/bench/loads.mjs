import { Client } from 'undici';
import { onConnections, send } from './connections.mjs';
import { PASSWORD } from './people.mjs';

const PASSWORD_STEP = { method: 'POST', path: '/api/sign-in/password' };
const CODE_STEP = { method: 'POST', path: '/api/sign-in/code' };

/** Complete sign-ins, both requests and the mail between them; `limits` is a duration or a count. */
export function signIns(side, limits, atOnce = 8) {
  return onConnections(side, { atOnce, ...limits }, async (client) =>
    submitCode(client, await submitPassword(client, side)),
  );
}

/** Cookies of a browser after one person's sign-in. */
export async function signedIn(side) {
  const client = new Client(side.server.url);
  const { cookies } = await submitCode(client, await submitPassword(client, side));
  await client.close();
  return cookies;
}

/** Takes `count` sign-ins to the point where only the code is missing. */
export async function waitingForCode(side, count) {
  const started = [];
  await onConnections(side, { atOnce: 8, count }, async (client) =>
    started.push(await submitPassword(client, side)),
  );
  return started;
}

/** The correct codes of these sign-ins, each once, 8 people at once. */
export function rightCodes(side, started) {
  let next = 0;
  return onConnections(side, { atOnce: 8, count: started.length }, (client) =>
    submitCode(client, started[next++]),
  );
}

/** `GET /api/session`, 32 at once, with the sessions of these cookies in turn. */
export function sessionReads(side, cookies, limits) {
  let next = 0;
  return onConnections(side, { atOnce: 32, ...limits }, (client) => {
    const headers = { cookie: cookies[next++ % cookies.length] };
    return send(client, { method: 'GET', path: '/api/session', headers }, { text: 'idleExpiresAt' });
  });
}

/** In an unknown browser, so that a code is required. */
async function submitPassword(client, { ground, nextPerson }) {
  const { username, email, address } = nextPerson();
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const body = JSON.stringify({ username, password: PASSWORD });
  const { cookies } = await send(client, { ...PASSWORD_STEP, headers, body }, { text: 'code-required' });
  return { headers: { ...headers, cookie: cookies }, code: await ground.mailbox.codeFor(email) };
}

function submitCode(client, { headers, code }) {
  return send(client, { ...CODE_STEP, headers, body: JSON.stringify({ code }) }, { text: 'signed-in' });
}
