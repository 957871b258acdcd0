import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'undici';
import { authorizationQuery, RETURN } from '../application-loads.mjs';
import { send } from '../connections.mjs';
import { startServer } from '../server-process.mjs';

const VERSION = '2.3.0';
const APPLICATION = { id: 'orientation', secret: 'b'.repeat(43) };
const PATHS = { authorize: '/oauth2/auth', token: '/oauth2/token', userinfo: '/userinfo' };
const SCOPE = 'openid profile';
/** Hydra sends browsers there to ask who the person is, and what she consents to. */
const DRIVER = 'http://driver.bench.example';

/**
 * Starts Ory Hydra, built by Go, with `sessions` people whom it remembers. The driver is the program that answers its
 * questions about them, whose own work is not counted.
 */
export async function startHydra(ground, folder, sessions) {
  const program = join(folder, `hydra-${VERSION}/hydra`);
  if (!existsSync(program)) buildHydra(folder);
  const [port, adminPort] = [await ground.freePort(), await ground.freePort()];
  const env = { PORT: port, ...settings(await ground.mariadb.createDatabase('hydra'), port, adminPort) };
  execFileSync(program, ['migrate', 'sql', '-e', '--yes'], { env, stdio: 'ignore' });
  const server = await startServer('hydra', ['serve', 'all', '--dev'], env, ground, program);
  const adminUrl = `http://127.0.0.1:${adminPort}`;
  const admin = new Client(adminUrl);
  await register(admin);
  const people = [];
  for (let index = 0; index < sessions; index++) people.push(await signIn(server, admin, `person-${index}`));
  const authorize = async (client, path, person) => (await enter(client, admin, path, person)).location;
  const side = {
    ground,
    server,
    application: APPLICATION,
    paths: PATHS,
    authorize,
    cookieOf: (at) => people[at],
  };
  const paths = { introspect: '/admin/oauth2/introspect' };
  return {
    ...side,
    introspecting: { ...side, paths, server: { ...server, url: adminUrl } },
    close: () => admin.close(),
  };
}

/** Its module lacks the folder that replaces a library, and its migrations cast to a type that MariaDB does not have. */
function buildHydra(folder) {
  const run = (program, args, cwd) => execFileSync(program, args, { cwd, encoding: 'utf8' });
  const { Dir } = JSON.parse(
    run('go', ['mod', 'download', '-json', `github.com/ory/hydra/v2@v${VERSION}`], folder),
  );
  const sources = join(folder, `hydra-${VERSION}`);
  cpSync(Dir, sources, { recursive: true });
  run('chmod', ['-R', 'u+w', sources], folder);
  run('go', ['mod', 'edit', '-dropreplace', 'github.com/ory/hydra-client-go/v2'], sources);
  run('sh', ['-c', "sed -i 's/ as json)/ as char)/I' persistence/sql/migrations/*.mysql.up.sql"], sources);
  run('go', ['build', '-mod=mod', '-o', 'hydra', '.'], sources);
}

function settings(database, port, adminPort) {
  const { host, username, pathname } = new URL(database);
  return {
    DSN: `mysql://${username}@tcp(${host})${pathname}?parseTime=true`,
    SECRETS_SYSTEM: 's'.repeat(32),
    URLS_SELF_ISSUER: `http://127.0.0.1:${port}`,
    URLS_LOGIN: `${DRIVER}/login`,
    URLS_CONSENT: `${DRIVER}/consent`,
    SERVE_PUBLIC_PORT: String(port),
    SERVE_ADMIN_PORT: String(adminPort),
    SERVE_PUBLIC_REQUEST_LOG_DISABLE_FOR_HEALTH: 'true',
    LOG_LEVEL: 'error',
  };
}

async function register(admin) {
  const { id: client_id, secret: client_secret } = APPLICATION;
  const grants = { grant_types: ['authorization_code'], response_types: ['code'], scope: SCOPE };
  await ask(
    admin,
    'POST',
    '/admin/clients',
    { client_id, client_secret, redirect_uris: [RETURN], ...grants },
    201,
  );
}

async function signIn({ url }, admin, subject) {
  const client = new Client(url);
  const path = `${PATHS.authorize}?${authorizationQuery(APPLICATION)}`;
  const { cookies } = await enter(client, admin, path, { subject, cookies: '' });
  await client.close();
  return { subject, cookies };
}

/** The browser's way: asked who the person is, then what she consents to, then back to the application. */
async function enter(client, admin, path, { subject, cookies }) {
  const asked = await visit(client, path, cookies, 302);
  const known = await answer(admin, 'login', asked.location, { subject, remember: true, remember_for: 0 });
  const signedIn = await visit(client, known, `${cookies}; ${asked.cookies}`, 302);
  const consent = { grant_scope: SCOPE.split(' '), session: { id_token: { name: subject } } };
  const agreed = await answer(admin, 'consent', signedIn.location, consent);
  const both = `${cookies}; ${asked.cookies}; ${signedIn.cookies}`;
  const entered = await visit(client, agreed, both, 303);
  return { location: entered.location, cookies: sessionOf(signedIn.cookies) };
}

function visit(client, address, cookie, status) {
  const { pathname, search } = new URL(address, DRIVER);
  return send(client, { method: 'GET', path: pathname + search, headers: { cookie } }, { status });
}

/** Where the browser goes next. */
async function answer(admin, question, asked, answered) {
  const challenge = new URL(asked).search;
  const path = `/admin/oauth2/auth/requests/${question}/accept${challenge}`;
  return (await ask(admin, 'PUT', path, answered)).redirect_to;
}

async function ask(admin, method, path, body, status = 200) {
  const headers = { 'content-type': 'application/json' };
  return JSON.parse(
    (await send(admin, { method, path, headers, body: JSON.stringify(body) }, { status })).answer,
  );
}

function sessionOf(cookies) {
  return cookies.split('; ').find((cookie) => cookie.includes('session'));
}
