import { execFile } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from '../../build.mjs';
import { fillProduct, NEWCOMERS } from './product-people.mjs';
import { ServerProcess } from './server-process.mjs';
import { Side } from './side.mjs';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const SECRET_KEYS = `bench:${Buffer.alloc(32, 'portillon-bench').toString('base64')}`;

/**
 * Builds the server if its sources changed, and copies it where its packages are still found: a build that somebody
 * starts meanwhile must not change what is being measured.
 */
export async function buildProduct() {
  await build(['api']);
  const copy = join(ROOT, `node_modules/.cache/portillon-bench-${process.pid}`);
  cpSync(join(ROOT, 'apps/api/dist'), copy, { recursive: true });
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  return join(copy, 'main.cjs');
}

/** Makes the product's database with `people` people who have all signed in before. */
export async function makeProductDatabase(name, ground, { people, embedded = false }) {
  const url = embedded ? join(ground.folder, `${name}.db`) : await ground.mariadb.createDatabase(name);
  const options = { env: await productEnvironment(ground, url), cwd: ground.folder };
  await run(process.execPath, [ground.program, 'migrate'], options);
  await fillProduct(url, people);
  return url;
}

/** Starts the built server as in production; `nodeArgs` come before the program, `env` adds to the environment. */
export async function startProduct(name, ground, { url, people, nodeArgs = [], env = {}, ipc = false }) {
  const server = await ServerProcess.start({
    name,
    args: [...nodeArgs, ground.program, 'serve'],
    env: { ...(await productEnvironment(ground, url)), ...env },
    port: await ground.freePort(),
    probePath: '/api/session',
    folder: ground.folder,
    ipc,
  });
  return Object.assign(new Side(name, ground, { server, url, people }), { newcomers: NEWCOMERS });
}

/** The settings of a server in production, on the database at `url`. */
export async function productEnvironment(ground, url) {
  return {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://bench.example',
    OPS_PORT: String(await ground.freePort()),
    DATABASE_URL: url,
    SECRET_KEYS,
    SMTP_URL: ground.mailbox.url,
    SMTP_ALLOW_PLAIN: 'true',
    MAIL_FROM: 'Portillon <bench@bench.example>',
    TRUSTED_PROXIES: '127.0.0.1',
  };
}
