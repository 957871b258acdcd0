import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { signedIn } from './loads.mjs';
import { PASSWORD, peopleInTurn, person } from './people.mjs';
import { copyToAll } from './product-history.mjs';
import { startServer } from './server-process.mjs';

const PROGRAM = fileURLToPath(new URL('../../apps/api/bin/portillon.mjs', import.meta.url));

/** The product's database `name` with `people` people who have all signed in before. */
export async function makeProductBase(ground, name, people) {
  const base = { ground, name, people, url: await ground.mariadb.createDatabase(name) };
  const { username, email } = person(0);
  await command(base, ['migrate']);
  const account = ['--username', username, '--email', email, '--name', 'Camille Banc'];
  await command(base, ['account', 'create', ...account, '--password-stdin'], PASSWORD);
  const side = await startProduct(base);
  const cookie = await signedIn({ ...side, nextPerson: () => person(0) });
  await side.server.stop();
  const cookieOf = await copyToAll(base, cookie);
  return { ...base, cookieOf };
}

/** Starts the built server on a base, as in production. */
export async function startProduct(base) {
  const server = await startServer(base.name, [PROGRAM, 'serve'], settings(base), base.ground);
  return { ...base, server, nextPerson: peopleInTurn(base.people) };
}

async function command(base, args, input = '') {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: settings(base),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(input);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`portillon ${args[0]} ended with ${code}`);
}

function settings({ ground, url }) {
  return {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://bench.example',
    OPS_PORT: '0',
    DATABASE_URL: url,
    SECRET_KEYS: `bench:${Buffer.alloc(32, 'portillon-bench').toString('base64')}`,
    SMTP_URL: ground.mailbox.url,
    SMTP_ALLOW_PLAIN: 'true',
    MAIL_FROM: 'Portillon <bench@bench.example>',
    TRUSTED_PROXIES: '127.0.0.1',
  };
}
