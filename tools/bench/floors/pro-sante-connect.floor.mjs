import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { Agent, request as ask } from 'node:https';
import { KEPT_MS } from '../driver/http-connection.mjs';

// node:http, the two calls to the provider over kept connections, and one verification of RS256.
const { ISSUER } = process.env;
const PROTOCOL = `${ISSUER}/protocol/openid-connect`;
const agent = new Agent({ keepAlive: true });
const pending = new Map();
let key;

createServer({ keepAliveTimeout: KEPT_MS }, (incoming, response) => {
  const url = new URL(incoming.url, 'http://floor');
  const act = url.pathname.endsWith('/callback') ? finish(url.searchParams) : begin();
  act.then(
    (headers) => response.writeHead(302, headers).end(),
    (error) => response.writeHead(401).end(error.message),
  );
}).listen(Number(process.env.PORT), '127.0.0.1');

async function begin() {
  const [state, nonce] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  pending.set(state, nonce);
  return { location: `${ISSUER}/auth?state=${state}&nonce=${nonce}`, 'set-cookie': `request=${state}` };
}

async function finish(query) {
  const nonce = pending.get(query.get('state'));
  pending.delete(query.get('state'));
  const form = `grant_type=authorization_code&code=${encodeURIComponent(query.get('code'))}`;
  const { id_token: token, access_token: access } = await answerOf(`${PROTOCOL}/token`, 'POST', form);
  const claims = await claimsOf(token);
  const person = await answerOf(`${PROTOCOL}/userinfo`, 'GET', undefined, `Bearer ${access}`);
  if (!nonce || claims.nonce !== nonce || person.sub !== claims.sub) throw new Error('refused');
  return { location: '/', 'set-cookie': `session=${randomBytes(32).toString('base64url')}; HttpOnly` };
}

async function claimsOf(token) {
  const [head, body, signature] = token.split('.');
  key ??= createPublicKey({ key: (await answerOf(`${PROTOCOL}/certs`, 'GET')).keys[0], format: 'jwk' });
  if (!verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
    throw new Error('signature');
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

function answerOf(url, method, body, authorization) {
  const headers = {
    ...(authorization && { authorization }),
    ...(body && {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = ask(url, { method, headers, agent }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
