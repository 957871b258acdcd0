import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cookiesOf, HttpConnection, requestBytes } from '../driver/http-connection.mjs';
import { startProduct } from '../driver/product.mjs';
import { ServerProcess } from '../driver/server-process.mjs';
import { startFloor } from '../driver/side.mjs';
import { expectStatus } from '../driver/sign-in-client.mjs';
import { againstFloorAndTransaction } from './one-transaction.mjs';

const START = '/api/sign-in/pro-sante-connect';
const REALM = '/auth/realms/esante-wallet';
const STAND_IN = fileURLToPath(new URL('../driver/psc-stand-in.mjs', import.meta.url));
const CLIENT_ID = 'portillon-bench';

/** To Pro Santé Connect and back: both requests of the browser, and what the server asks of PSC between them. */
export async function pscSignIn(ground, plan, { cards, url, people, transactionMs }) {
  const provider = await startStandIn(ground, cards);
  const issuer = `https://localhost:${provider.port}${REALM}`;
  const trust = { NODE_EXTRA_CA_CERTS: join(cards.folder, 'server-ca.pem') };
  const settings = {
    PSC_DISCOVERY_URL: `${issuer}/.well-known/wallet-openid-configuration`,
    PSC_CLIENT_ID: CLIENT_ID,
    PSC_CLIENT_SECRET: 'secret-of-the-bench',
  };
  const ours = await startProduct('psc', ground, { url, people, env: { ...trust, ...settings } });
  const floor = await startFloor('pro-sante-connect', ground, { people, env: { ...trust, ISSUER: issuer } });
  const acts = new Map();
  for (const side of [ours, floor]) acts.set(side, await waysOf(side, issuer));
  const lines = await againstFloorAndTransaction('Pro Santé Connect sign-in', [ours, floor], acts, {
    ...plan,
    transactionMs: transactionMs['Pro Santé Connect'],
  });
  for (const { server } of [ours, floor, { server: provider }]) await server.stop();
  return lines;
}

/** Where the browser would be sent to is not gone to: the driver knows what PSC would send it back with. */
async function waysOf(side, issuer) {
  const connections = await Promise.all(Array.from({ length: 8 }, () => HttpConnection.open(side.port)));
  return async (person, slot) => {
    const address = { 'x-forwarded-for': person.address };
    const left = await connections[slot].send(requestBytes('GET', START, address));
    const asked = new URL(/\r\nlocation: *(\S+)/i.exec(left.head)[1]).searchParams;
    const query = new URLSearchParams({
      code: `${asked.get('nonce')}~${person.nationalId}`,
      state: asked.get('state'),
      iss: issuer,
    });
    const headers = { ...address, cookie: cookiesOf(left.head) };
    const back = await connections[slot].send(requestBytes('GET', `${START}/callback?${query}`, headers));
    if (!/\r\nlocation: *\/\r\n/i.test(back.head)) expectStatus(back, 302, 'no page but the first');
  };
}

function startStandIn(ground, { folder }) {
  return ground.freePort().then((port) =>
    ServerProcess.start({
      name: 'psc',
      args: [STAND_IN],
      env: { CERT_FILE: join(folder, 'server.pem'), KEY_FILE: join(folder, 'server.key'), CLIENT_ID },
      port,
      folder: ground.folder,
      secure: true,
    }),
  );
}
