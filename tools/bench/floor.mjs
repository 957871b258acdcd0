import { hashSync } from '@node-rs/argon2';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { RETURN } from './application-loads.mjs';
import { PASSWORD, peopleInTurn } from './people.mjs';
import { startServer } from './server-process.mjs';

/** The product's own parameters: Argon2id, 19456 KiB, 2 passes, 1 lane. */
const HASH = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SECRET = 'b'.repeat(43);
const ID = "CONCAT('018f0000-0000-7000-8000-', LPAD(seq, 12, '0'))";

const TABLES = {
  account: `id varchar(36) PRIMARY KEY, username varchar(100) NOT NULL UNIQUE, email varchar(255) NOT NULL,
    displayName varchar(200) NOT NULL, passwordDigest varchar(128) NOT NULL`,
  signIn: `id varchar(36) PRIMARY KEY, accountId varchar(36) NOT NULL, secretDigest varchar(64) NOT NULL,
    codeDigest varchar(64) NOT NULL, attempts int NOT NULL, expiresAt bigint NOT NULL`,
  session: `id varchar(36) PRIMARY KEY, signInId varchar(36) NOT NULL UNIQUE, principal text NOT NULL,
    secretDigest varchar(64) NOT NULL, expiresAt bigint NOT NULL`,
  artifact: `id varchar(128) PRIMARY KEY, payload text NOT NULL, consumedAt bigint, expiresAt bigint NOT NULL`,
};

/** The application registered in `floors/oidc-provider.mjs`. */
const APPLICATION = { id: 'orientation', secret: SECRET };

/** The floors' database with `people` people, each with a session. */
export async function makeFloorBase(ground, people) {
  const base = { ground, people, url: await ground.mariadb.createDatabase('floor') };
  for (const [table, columns] of Object.entries(TABLES))
    await ground.mariadb.query(`CREATE TABLE floor.${table} (${columns})`);
  const everybody = `FROM floor.seq_0_to_${people - 1}`;
  const name = "CONCAT('bench.', LPAD(seq, 6, '0'))";
  await ground.mariadb
    .query(`INSERT INTO floor.account SELECT ${ID}, ${name}, CONCAT(${name}, '@bench.example'),
    CONCAT('Personne ', seq), '${hashSync(PASSWORD, HASH)}' ${everybody}`);
  const digest = createHash('sha256').update(SECRET).digest('hex');
  const principal = `JSON_OBJECT('id', ${ID}, 'displayName', CONCAT('Personne ', seq))`;
  await ground.mariadb.query(`INSERT INTO floor.session SELECT ${ID}, ${ID}, ${principal}, '${digest}',
    ${Date.now() + 14_400_000} ${everybody}`);
  return { ...base, cookieOf };
}

function cookieOf(index) {
  return `portillon_session=018f0000-0000-7000-8000-${String(index).padStart(12, '0')}.${SECRET}`;
}

/**
 * Starts `floors/<name>.mjs` on the floors' database, with `more` in its environment. More hashing threads than cores gain
 * nothing.
 */
export async function startFloor(base, name, more = {}) {
  const program = fileURLToPath(new URL(`./floors/${name}.mjs`, import.meta.url));
  const env = { DATABASE_URL: base.url, SMTP_URL: base.ground.mailbox.url, UV_THREADPOOL_SIZE: '2', ...more };
  const server = await startServer(`floor-${name}`, [program], env, base.ground);
  return { ...base, server, nextPerson: peopleInTurn(base.people) };
}

/** Starts the bare provider, with `sessions` people signed in. */
export async function startProviderFloor(base, sessions) {
  const { id: CLIENT_ID, secret: CLIENT_SECRET } = APPLICATION;
  const settings = { SESSIONS: String(sessions), REDIRECT_URI: RETURN };
  const floor = await startFloor(base, 'oidc-provider', { ...settings, CLIENT_ID, CLIENT_SECRET });
  return { ...floor, application: APPLICATION, cookieOf: (index) => `_session=person-${index}` };
}
