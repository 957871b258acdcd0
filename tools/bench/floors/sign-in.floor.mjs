// The smallest honest server of a complete sign-in: Argon2id at the product's parameters, the code's HMAC, five
// statements, three durable commits, a mail with text and HTML over SMTP. No framework, limit, audit or log.
import { verify } from '@node-rs/argon2';
import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createTransport } from 'nodemailer';
import { KEPT_MS } from '../driver/http-connection.mjs';
import { readSession } from './session-read.mjs';
import { openStore } from './store.mjs';
import { issueToken, tokenIn } from './tokens.mjs';

const SIGN_IN_MS = 10 * 60_000;
const SESSION_MS = 4 * 3_600_000;
const KEY = randomBytes(32);
const store = openStore(process.env.DATABASE_URL);
const mail = createTransport({
  url: process.env.SMTP_URL,
  pool: true,
  maxConnections: 8,
  maxMessages: Infinity,
});

const ACCOUNT = 'SELECT id, email, displayName, passwordDigest FROM account WHERE username = ?';
const START = `INSERT INTO signIn (id, accountId, secretDigest, codeDigest, attempts, expiresAt)
  VALUES (?, ?, ?, ?, 0, ?)`;
const COUNT = `UPDATE signIn SET attempts = attempts + 1
  WHERE id = ? AND secretDigest = ? AND attempts < 5 AND expiresAt > ?`;
const CODE = `SELECT s.codeDigest, a.id, a.username, a.displayName
  FROM signIn s JOIN account a ON a.id = s.accountId WHERE s.id = ?`;
// A second use of the same code fails on the unique key: consuming and opening are one statement.
const OPEN = 'INSERT INTO session (id, signInId, principal, secretDigest, expiresAt) VALUES (?, ?, ?, ?, ?)';

async function password({ username, password: secret }) {
  const account = await store.row(ACCOUNT, [username]);
  if (!account || !(await verify(account.passwordDigest, secret))) return { status: 401 };
  const token = issueToken();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = Date.now() + SIGN_IN_MS;
  await store.execute(START, [token.id, account.id, token.digest, codeDigest(token.id, code), expiresAt]);
  await mail.sendMail(message(account, code));
  return { cookie: `portillon_sign_in=${token.value}`, body: { status: 'code-required' } };
}

async function submitCode({ code }, cookies) {
  const token = tokenIn(cookies, 'portillon_sign_in');
  if (!(await store.execute(COUNT, [token.id, token.digest, Date.now()]))) return { status: 401 };
  const row = await store.row(CODE, [token.id]);
  if (!sameDigest(row.codeDigest, codeDigest(token.id, code))) {
    return { status: 401, body: { code: 'code.rejected' } };
  }
  const session = issueToken();
  const account = {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    roles: [],
    structure: null,
  };
  const expiresAt = Date.now() + SESSION_MS;
  await store.execute(OPEN, [session.id, token.id, JSON.stringify(account), session.digest, expiresAt]);
  const body = { status: 'signed-in', session: { id: session.id, account, expiresAt } };
  return { cookie: `portillon_session=${session.value}`, body };
}

async function session(_, cookies) {
  const body = await readSession(store, cookies);
  return body ? { body } : { status: 401, body: { code: 'session.required' } };
}

function message({ email, displayName }, code) {
  return {
    from: 'floor@bench.example',
    to: email,
    subject: 'Votre code',
    text: `Bonjour ${displayName},\n\nVotre code : ${code}\n\nIl est valable 10 minutes.\n`,
    html: `<p>Bonjour ${displayName},</p><p>Votre code : <b>${code}</b></p><p>Il est valable 10 minutes.</p>`,
  };
}

function codeDigest(id, code) {
  return createHmac('sha256', KEY).update(`${id} ${code}`).digest('hex');
}

function sameDigest(one, other) {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

const ROUTES = new Map([
  ['POST /api/sign-in/password', password],
  ['POST /api/sign-in/code', submitCode],
  ['GET /api/session', session],
]);

async function answer(request, response, text) {
  const route = ROUTES.get(`${request.method} ${request.url}`);
  const cookies = request.headers.cookie ?? '';
  const result = route ? await route(text && JSON.parse(text), cookies) : { status: 404 };
  const headers = { 'content-type': 'application/json' };
  if (result.cookie) headers['set-cookie'] = `${result.cookie}; HttpOnly; Path=/`;
  const body = JSON.stringify(result.body ?? {});
  headers['content-length'] = Buffer.byteLength(body);
  response.writeHead(result.status ?? 200, headers).end(body);
}

const server = createServer({ keepAliveTimeout: KEPT_MS }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    answer(request, response, Buffer.concat(chunks).toString('utf8')).catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
