import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machine } from '../../checks/machine.mjs';
import { makeAuthority } from '../../test-authority/authority.mjs';
import { writeNginx } from '../../test-authority/nginx.mjs';
import { HttpConnection } from './http-connection.mjs';
import { person } from './people.mjs';

const HOST = 'bench.example';
const CARD_HOST = `carte.${HOST}`;
const PROXY_SECRET = 'proof-of-the-proxy-of-the-bench';
const START_MS = 500;

/** Cards of the first `count` people, as production takes them, and the settings of a server that does. */
export function makeCards(folder, count) {
  const indexes = Array.from({ length: count }, (_, index) => index);
  makeAuthority(folder, {
    host: HOST,
    more: Object.fromEntries(indexes.map((index) => [`bench-${index}`, cardOf(index)])),
  });
  const file = (index, kind) => readFileSync(join(folder, 'cards', `bench-${index}.${kind}`));
  return {
    folder,
    ofPeople: indexes.map((index) => ({ cert: file(index, 'pem'), key: file(index, 'key') })),
    trustFile: join(folder, 'real-trust.pem'),
    settings: {
      CPX_TRUST_FILE: join(folder, 'real-trust.pem'),
      CPX_CRL_FILES: join(folder, 'authorities', 'real-persons.crl'),
      CPX_URL: `https://${CARD_HOST}`,
      CPX_PROXY_SECRET: PROXY_SECRET,
    },
  };
}

/** Puts nginx before a side, with the configuration of `docker/nginx`; its processor time is the side's from now on. */
export async function putNginxBefore(side, { folder, trustFile }) {
  const { ground } = side;
  const own = join(ground.folder, `nginx-${side.port}`);
  mkdirSync(own);
  for (const name of ['server.pem', 'server.key']) cpSync(join(folder, name), join(own, name));
  cpSync(trustFile, join(own, 'trust.pem'));
  const [http, https] = [await ground.freePort(), await ground.freePort()];
  const file = writeNginx(own, {
    host: HOST,
    cardHost: CARD_HOST,
    api: `127.0.0.1:${side.port}`,
    http: `127.0.0.1:${http}`,
    https: `127.0.0.1:${https}`,
    origin: `https://${HOST}`,
    secret: PROXY_SECRET,
  });
  const nginx = spawn(machine.nginx, ['-p', join(own, 'nginx'), '-c', file], { stdio: 'inherit' });
  await sleep(START_MS);
  Object.assign(side, { nginx, cardPort: https, proxyPids: [nginx.pid, ...workersOf(nginx.pid)] });
}

export async function takeNginxAway({ nginx }) {
  const exit = once(nginx, 'exit');
  nginx.kill('SIGTERM');
  await exit;
}

/** One request with a handshake of its own, in which the card is shown. */
export async function sendWithCard(side, card, bytes) {
  const connection = await HttpConnection.openSecure(side.cardPort, { ...card, servername: CARD_HOST });
  try {
    return await connection.send(bytes);
  } finally {
    connection.close();
  }
}

/** The headers of a request to the card's host. */
export const AT_THE_CARD = { host: CARD_HOST };

function cardOf(index) {
  const { nationalId } = person(index);
  return {
    subject: `/C=FR/title=Médecin/GN=PERSONNE+CN=${nationalId}+SN=NUMERO ${index}`,
    upn: `${nationalId}@carte-cps.fr`,
    serial: `8025000001/${nationalId.slice(2)}`,
    type: 'CPS',
    category: 'DER:04:01:00',
    by: 'real-persons',
  };
}

function workersOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ').map(Number);
}
