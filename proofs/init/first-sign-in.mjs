// Runs on the machine: chooses the password by the link of the invitation, and signs in with it and the code of the mail.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , address] = process.argv;
const MAILBOX = '/var/mail/reader';
const PATIENCE = 100;
const password = 'trois chevaux sur la lande';
const cookies = new Map();

const link = await mailed(/\/invitation#([\w.~-]+)/);
console.log('  the invitation arrived');
await post('/api/invitations/accept', { token: link, newPassword: password }, 204);
const { status } = await post('/api/sign-in/password', { username: 'helene.roux', password }, 200);
if (status !== 'code-required') throw new Error(`the password was answered ${status}`);
const code = await mailed(/(?:code|Code)[^\d]{0,80}(\d{6})\b/);
const { session } = await post('/api/sign-in/code', { code }, 200);
if (!session.account.roles.includes('national-admin')) throw new Error('she administers nothing');
console.log(`  ${session.account.displayName} is signed in`);

async function post(path, body, expected) {
  const answer = await fetch(address + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
    },
    body: JSON.stringify(body),
  });
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    cookies.set(name, value);
  }
  const text = await answer.text();
  if (answer.status !== expected) throw new Error(`${path} was answered ${answer.status}: ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** The first match in the latest mail that has one. */
async function mailed(pattern) {
  for (let tries = 0; tries < PATIENCE; tries++) {
    const mails = read()
      .split(/^From /m)
      .reverse();
    for (const mail of mails) {
      const found = pattern.exec(plain(mail));
      if (found) return found[1];
    }
    await sleep(200);
  }
  throw new Error(`no mail has ${pattern}: ${plain(read()).slice(-2_000)}`);
}

function read() {
  try {
    return readFileSync(MAILBOX, 'utf8');
  } catch {
    return '';
  }
}

/** Quoted-printable, decoded as far as links and codes go. */
function plain(mail) {
  return mail
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(parseInt(hex, 16)));
}
