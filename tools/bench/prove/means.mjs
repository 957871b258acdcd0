import { createRequire } from 'node:module';
import { join } from 'node:path';
import { settings } from '../product.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { SystemClock } = require('../../../libs/kernel/src/clock.ts');
const { Keyring } = require('../../../libs/kernel/src/keyring.ts');
const { SystemRandom } = require('../../../libs/kernel/src/random.ts');

/** Assigned in turn, whatever the order of arrival. */
const MEANS = ['mail', 'sms', 'mail', 'e-cps'];

/** Means of a person: code by `mail`, code by `sms`, or the `e-cps`. */
export function meansOf({ index }) {
  return MEANS[index % MEANS.length];
}

/** E.164. */
export function mobileOf({ index }) {
  return `+33612${String(index).padStart(6, '0')}`;
}

/** People as in Pro Santé Connect. */
export function nationalIdOf({ index }) {
  return `8${String(index).padStart(11, '0')}`;
}

/** Prepares each person of a base for their means: a mailbox for all, a proved mobile number, a national id. */
export async function giveMeans(base) {
  const account = `${base.name}.account`;
  const found = await base.ground.mariadb.query(`SELECT id, username FROM ${account}`);
  const people = found.map(({ id, username }) => ({ id, index: Number(username.split('.')[1]) }));
  const ring = Keyring.parse(settings(base).SECRET_KEYS);
  const random = new SystemRandom(new SystemClock());
  const seal = (one) => ring.seal('account.phone', `${one.id} ${mobileOf(one)}`, random);
  const by = (means) => people.filter((one) => meansOf(one) === means);
  const phones = by('sms').map((one) => ({ id: one.id, given: seal(one) }));
  const nationals = by('e-cps').map((one) => ({ id: one.id, given: nationalIdOf(one) }));
  await give(base, phones, "phoneSealed = g.given, phoneVerifiedAt = NOW(3), codeChannel = 'SMS'");
  await give(base, nationals, 'nationalId = g.given');
}

function give({ ground, name }, rows, changes) {
  const columns = "COLUMNS (id CHAR(36) PATH '$.id', given VARCHAR(255) PATH '$.given')";
  return ground.mariadb.query(`UPDATE ${name}.account a
    JOIN JSON_TABLE('${JSON.stringify(rows)}', '$[*]' ${columns}) g ON g.id = a.id SET ${changes}`);
}

/** Settings of an instance for Pro Santé Connect, which recognises it by a certificate of the authority in `folder`. */
export function pscEnvironment({ ready: { discoveryUrl, clientId } }, folder) {
  return {
    PSC_DISCOVERY_URL: discoveryUrl,
    PSC_CLIENT_ID: clientId,
    PSC_CLIENT_CERT: join(folder, 'cards', 'organisation.pem'),
    PSC_CLIENT_KEY: join(folder, 'cards', 'organisation.key'),
    NODE_EXTRA_CA_CERTS: join(folder, 'server-ca.pem'),
  };
}
