import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'undici';
import { authorizationQuery, RETURN } from '../application-loads.mjs';
import { send } from '../connections.mjs';
import { PASSWORD, person } from '../people.mjs';
import { startServer } from '../server-process.mjs';

const VERSION = '26.7.3';
const REALM = 'bench';
const APPLICATION = { id: 'orientation', secret: 'b'.repeat(43) };
const PROTOCOL = `/realms/${REALM}/protocol/openid-connect`;
const PATHS = {
  authorize: `${PROTOCOL}/auth`,
  token: `${PROTOCOL}/token`,
  userinfo: `${PROTOCOL}/userinfo`,
  introspect: `${PROTOCOL}/token/introspect`,
};
const { PATH } = process.env;

/** Starts Keycloak, as Maven distributes it, with `sessions` people signed in. It keeps sessions and codes in memory. */
export async function startKeycloak(ground, folder, sessions) {
  const home = join(folder, `keycloak-${VERSION}`);
  if (!existsSync(home)) fetchKeycloak(folder, home);
  const imports = join(home, 'data/import');
  mkdirSync(imports, { recursive: true });
  writeFileSync(join(imports, `${REALM}.json`), JSON.stringify(realmOf(sessions)));
  const port = await ground.freePort();
  const env = { PATH, PORT: port, ...settings(await ground.mariadb.createDatabase('keycloak'), port) };
  const server = await startServer('keycloak', argsOf(home), env, ground, 'java');
  const side = { ground, server, application: APPLICATION, paths: PATHS, authorize };
  const cookies = [];
  for (let index = 0; index < sessions; index++) cookies.push(await signIn(side, person(index)));
  return { ...side, cookieOf: (index) => cookies[index] };
}

function fetchKeycloak(folder, home) {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;
  const run = (program, ...args) => execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
  run('mvn', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`);
  run('unzip', '-q', `keycloak-quarkus-dist-${VERSION}.zip`);
  run(join(home, 'bin/kc.sh'), 'build', '--db=mariadb', '--cache=local');
}

/** As `kc.sh` starts it, which would stay beside it: the processor time of the shell is not that of the server. */
function argsOf(home) {
  const options = ['-Xms64m', '-Xmx512m', `-Dkc.home.dir=${home}`, `-Djboss.server.config.dir=${home}/conf`];
  const logs = '-Djava.util.logging.manager=org.jboss.logmanager.LogManager';
  const program = ['-cp', `${home}/lib/quarkus-run.jar`, 'io.quarkus.bootstrap.runner.QuarkusEntryPoint'];
  return [...options, logs, ...program, 'start', '--optimized', '--import-realm'];
}

function settings(database, port) {
  const { host, username, pathname } = new URL(database);
  return {
    KC_DB_URL: `jdbc:mariadb://${host}${pathname}`,
    KC_DB_USERNAME: username,
    KC_DB_PASSWORD: '',
    KC_HTTP_ENABLED: 'true',
    KC_HTTP_HOST: '127.0.0.1',
    KC_HTTP_PORT: String(port),
    KC_HOSTNAME_STRICT: 'false',
  };
}

function realmOf(sessions) {
  const users = Array.from({ length: sessions }, (_, index) => {
    const { username, email } = person(index);
    const credentials = [{ type: 'password', value: PASSWORD }];
    return { username, email, emailVerified: true, enabled: true, ...NAME, credentials };
  });
  const { id: clientId, secret } = APPLICATION;
  const protocolMappers = [AUDIENCE_MAPPER];
  const client = { clientId, secret, redirectUris: [RETURN], standardFlowEnabled: true, protocolMappers };
  return { realm: REALM, enabled: true, sslRequired: 'none', clients: [client], users };
}

/** Keycloak answers about a token only to its audience. */
const AUDIENCE_MAPPER = {
  name: 'audience',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.client.audience': APPLICATION.id, 'access.token.claim': 'true' },
};
const NAME = { firstName: 'Personne', lastName: 'Banc' };

/** Fills in the sign-in page. Resolves to the cookies of the session. */
async function signIn({ server, application }, { username }) {
  const client = new Client(server.url);
  const page = await send(client, {
    method: 'GET',
    path: `${PATHS.authorize}?${authorizationQuery(application)}`,
  });
  const action = /action="([^"]+)"/.exec(page.answer)[1].replaceAll('&amp;', '&');
  const { pathname, search } = new URL(action);
  const headers = { cookie: page.cookies, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ username, password: PASSWORD }).toString();
  const options = { method: 'POST', path: pathname + search, headers, body };
  const { cookies } = await send(client, options, { status: 302 });
  await client.close();
  return cookies;
}

async function authorize(client, path, cookie) {
  return (await send(client, { method: 'GET', path, headers: { cookie } }, { status: 302 })).location;
}
