import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { entries, gateCookie, GATE_RETURN, RETURN } from './application-loads.mjs';
import { signedIn } from './loads.mjs';
import { PASSWORD, peopleInTurn, person } from './people.mjs';
import { copyToAll } from './product-history.mjs';
import { startServer } from './server-process.mjs';

/** The command of this checkout. */
export const PROGRAM = fileURLToPath(new URL('../../apps/api/bin/portillon.mjs', import.meta.url));

/** The product's database `name` with `people` people, all signed in, also at two applications. */
export async function makeProductBase(ground, name, people, program = PROGRAM) {
  const base = await firstPerson({ ground, name, people, program });
  const application = await addApplications(base);
  const cookies = await firstVisit({ ...base, application });
  return { ...base, application, ...(await copyToAll(base, cookies)) };
}

/** An empty database of the product with person 0 only, who has these additional roles. */
export async function firstPerson({ ground, name, people, program = PROGRAM }, roles = []) {
  const base = { ground, name, people, program, url: await ground.mariadb.createDatabase(name) };
  const { username, email } = person(0);
  await command(base, ['migrate']);
  const account = ['--username', username, '--email', email, '--name', 'Camille Banc'];
  const given = roles.flatMap((role) => ['--role', role]);
  await command(base, ['account', 'create', ...account, ...given, '--password-stdin'], PASSWORD);
  return base;
}

/** Starts the built server on a base, as in production; `more`: further variables of its environment. */
export async function startProduct(base, more = {}) {
  const environment = { ...settings(base), ...more };
  const server = await startServer(base.name, [base.program, 'serve'], environment, base.ground);
  return { ...base, server, nextPerson: peopleInTurn(base.people) };
}

/** One with a secret, which is the result, and one behind a reverse proxy, for everyone signed in. */
async function addApplications(base) {
  const id = await register(base, 'web', RETURN);
  const said = await command(base, ['application', 'secret', id]);
  const gated = await register(base, 'gate', GATE_RETURN);
  await base.ground.mariadb.query(`INSERT INTO ${base.name}.gateRule
    (id, applicationId, position, paths, methods, access, roles, structures)
    VALUES (UUID(), '${gated}', 0, '["/"]', '[]', 'signed-in', '[]', '[]')`);
  return { id, secret: /once: (\S+)/.exec(said)[1] };
}

/** Registers an application of this kind; returns its id. */
export async function register(base, kind, redirectUri) {
  const named = ['--name', `Banc ${kind}`, '--kind', kind, '--redirect-uri', redirectUri, '--trusted'];
  return /\((\S+)\)/.exec(await command(base, ['application', 'create', ...named]))[1];
}

/** Signs person 0 in, here and at both applications. */
async function firstVisit(base) {
  const side = await startProduct(base);
  const session = await signedIn({ ...side, nextPerson: () => person(0) });
  await entries(side, [session], { count: 1 });
  const gate = await gateCookie(side, session);
  await side.server.stop();
  return { session, gate };
}

/** Output of this command of the product. @throws Error unless it ends with 0 */
export async function command(base, args, input = '') {
  const child = spawn(process.execPath, [base.program, ...args], {
    env: settings(base),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`portillon ${args[0]} ended with ${code}`);
  return said;
}

/** The environment of every server and command on a base, as in production. `isPlain`: its database has no TLS. */
export function settings({ ground, url, isPlain = false }) {
  return {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://bench.example',
    OPS_PORT: '0',
    DATABASE_URL: url,
    DATABASE_ALLOW_PLAIN: String(isPlain),
    SECRET_KEYS: `bench:${Buffer.alloc(32, 'portillon-bench').toString('base64')}`,
    SMTP_URL: ground.mailbox.url,
    SMTP_ALLOW_PLAIN: 'true',
    MAIL_FROM: 'Portillon <bench@bench.example>',
    TRUSTED_PROXIES: '127.0.0.1',
    GATE_PROXIES: '127.0.0.1',
  };
}
