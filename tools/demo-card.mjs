import './workspace/node-version.mjs';
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { machine } from './checks/machine.mjs';
import { makeAuthority, P12_PASSWORD } from './test-authority/authority.mjs';
import { writeNginx } from './test-authority/nginx.mjs';
import { ROOT } from './workspace/command.mjs';
import { demoProSanteConnect } from './workspace/demo-psc.mjs';
import { install } from './workspace/install.mjs';
import { isTaken } from './workspace/port.mjs';
import { step } from './workspace/progress.mjs';
import { PROGRAM } from './workspace/server.mjs';
import { setting } from './workspace/settings.mjs';

const FOLDER = join(ROOT, 'data', 'cards');
const HOST = 'portillon.localhost';
const CARD_HOST = `carte.${HOST}`;
const PORT = Number(setting('PORT', 3000));
const HTTPS = Number(setting('DEMO_CARD_PORT', 3443));
const HALF_A_WEEK_MS = 3.5 * 86_400_000;

/**
 * The demo with test cards: behind nginx if it is installed, otherwise (or with `--own-tls`) with the server's own
 * TLS.
 */
async function start() {
  if (!machine.openssl) throw new Error('The throw-away cards need openssl: apt-get install openssl');
  for (const port of [PORT, HTTPS]) await refuseTaken(port);
  await install();
  await build();
  await step('Making throw-away cards', async () => makeCards());
  const settings = machine.nginx && !process.argv.includes('--own-tls') ? behindNginx() : withOwnTls();
  const { origin: publicUrl, backend } = settings;
  const psc = await demoProSanteConnect({ publicUrl, backend, authority: join(FOLDER, 'server-ca.pem') });
  const children = [serve({ ...settings.environment, ...psc })];
  if (settings.nginx) children.push(settings.nginx);
  endTogether(children);
  tell(settings);
}

async function refuseTaken(port) {
  if (!(await isTaken(port, '127.0.0.1'))) return;
  throw new Error(`Port ${port} is taken. Choose others: PORT=3100 DEMO_CARD_PORT=3543 npm run demo:card`);
}

/** Kept between starts, so that an imported card still works; recreated before the revocation lists expire. */
function makeCards() {
  const mark = join(FOLDER, 'trust.pem');
  if (!existsSync(mark) || statSync(mark).mtimeMs < Date.now() - HALF_A_WEEK_MS)
    makeAuthority(FOLDER, { host: HOST });
}

function common() {
  return {
    CPX_TRUST_FILE: join(FOLDER, 'trust.pem'),
    CPX_CRL_FILES: join(FOLDER, 'authorities', 'persons.crl'),
    CPX_ALLOW_TEST_CARDS: 'true',
  };
}

function behindNginx() {
  const secret = randomBytes(32).toString('hex');
  const [origin, cardOrigin] = [`https://${HOST}:${HTTPS}`, `https://${CARD_HOST}:${HTTPS}`];
  const api = `127.0.0.1:${PORT}`;
  const file = writeNginx(FOLDER, {
    host: HOST,
    cardHost: CARD_HOST,
    api,
    http: `127.0.0.1:${HTTPS + 1}`,
    https: `127.0.0.1:${HTTPS}`,
    origin,
    secret,
  });
  const nginx = spawn(machine.nginx, ['-p', join(FOLDER, 'nginx'), '-c', file], { stdio: 'inherit' });
  const environment = {
    ...common(),
    PORT: String(PORT),
    PUBLIC_URL: origin,
    CPX_URL: cardOrigin,
    CPX_PROXY_SECRET: secret,
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const how = 'nginx ends TLS and asks for the card';
  return { nginx, environment, origin, cardOrigin, backend: `http://${api}`, how };
}

function withOwnTls() {
  const origin = `https://localhost:${PORT}`;
  const environment = {
    ...common(),
    PORT: String(PORT),
    PUBLIC_URL: origin,
    CPX_PORT: String(HTTPS),
    TLS_CERT_FILE: join(FOLDER, 'server.pem'),
    TLS_KEY_FILE: join(FOLDER, 'server.key'),
  };
  const how = 'the server itself ends TLS';
  const backend = `https://127.0.0.1:${PORT}`;
  return { environment, origin, cardOrigin: `https://localhost:${HTTPS}`, backend, how };
}

function serve(environment) {
  return spawn(process.execPath, [PROGRAM, 'serve'], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
}

function endTogether(children) {
  const end = (code) => {
    for (const child of children) child.kill('SIGTERM');
    process.exitCode = code ?? 0;
  };
  for (const child of children) child.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
}

function tell({ origin, cardOrigin, how }) {
  const card = join(FOLDER, 'cards', 'cps.p12');
  console.log(`
Demo of the card: ${how}.
1. Load the card of Claire Martin into your browser: ${card}
   Its password: ${P12_PASSWORD}
   Firefox: Settings, Privacy & Security, View Certificates, Your Certificates, Import.
   Chrome, Edge: Settings, Privacy and security, Security, Manage certificates, Your certificates, Import.
   Other cards beside it: cpf, cpe, cpa, stranger (no account), expired, revoked, service-card.
2. Accept the throw-away TLS of both addresses once (or trust ${join(FOLDER, 'server-ca.pem')}):
   ${cardOrigin}  (choose the card)  and  ${origin}
3. On ${origin} choose « Se connecter avec la carte CPx »,
   or « S’identifier avec Pro Santé Connect » and a professional to be.
   To link a card or an e-CPS: sign in as nadia.benali with password and code, then « Mon compte ».
`);
}

start().catch((error) => {
  console.error(`\n${error.message}`);
  process.exit(1);
});
