// The smallest realistic server for a complete sign-in: Argon2id at the product's parameters, the code's HMAC, five
// statements, three durable commits, a text and HTML mail over SMTP. No framework, limit, journal or log.
import { verify } from '@node-rs/argon2';
import { createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createTransport } from 'nodemailer';
import { execute, sha256, tokenIn } from './store.mjs';

const SIGN_IN_MS = 10 * 60_000;
const SESSION_MS = 4 * 3_600_000;
const KEY = randomBytes(32);
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
  const [account] = await execute(ACCOUNT, [username]);
  if (!account || !(await verify(account.passwordDigest, secret))) return { status: 401 };
  const token = issueToken();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const digest = codeDigest(token.id, code).toString('hex');
  await execute(START, [token.id, account.id, token.digest, digest, Date.now() + SIGN_IN_MS]);
  await mail.sendMail(message(account, code));
  return { cookie: `portillon_sign_in=${token.value}`, body: { status: 'code-required' } };
}

async function submitCode({ code }, cookies) {
  const token = tokenIn(cookies, 'portillon_sign_in');
  const { affectedRows } = await execute(COUNT, [token.id, token.digest, Date.now()]);
  if (affectedRows === 0) return { status: 401 };
  const [{ codeDigest: digest, ...account }] = await execute(CODE, [token.id]);
  if (!timingSafeEqual(Buffer.from(digest, 'hex'), codeDigest(token.id, code))) return { status: 401 };
  const session = issueToken();
  const expiresAt = Date.now() + SESSION_MS;
  await execute(OPEN, [session.id, token.id, JSON.stringify(account), session.digest, expiresAt]);
  const body = { status: 'signed-in', session: { id: session.id, account, expiresAt } };
  return { cookie: `portillon_session=${session.value}`, body };
}

function issueToken() {
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  return { id, value: `${id}.${secret}`, digest: sha256(secret) };
}

function codeDigest(id, code) {
  return createHmac('sha256', KEY).update(`${id} ${code}`).digest();
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

const ROUTES = { '/api/sign-in/password': password, '/api/sign-in/code': submitCode };

async function answer(request, response, text) {
  const route = ROUTES[request.url];
  const result = route ? await route(JSON.parse(text), request.headers.cookie ?? '') : { status: 401 };
  const body = JSON.stringify(result.body ?? {});
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  if (result.cookie) headers['set-cookie'] = `${result.cookie}; HttpOnly; Path=/`;
  response.writeHead(result.status ?? 200, headers).end(body);
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    answer(request, response, Buffer.concat(chunks).toString('utf8')).catch((error) => {
      console.error(error);
      response.writeHead(500, { 'content-length': 0 }).end();
    });
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
