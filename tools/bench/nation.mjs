import { createConnection } from 'mysql2/promise';
import { GATE_RETURN } from './application-loads.mjs';
import { makeJournal } from './nation-journal.mjs';
import { accountId, chance, choice, NOW, structureId, structureOf, STRUCTURES } from './nation-sql.mjs';
import { firstPerson, register } from './product.mjs';

const GIVEN =
  'Anne,Bruno,Camille,Claire,Denis,Elise,Fatima,Gael,Helene,Ines,Jean,Karim,Lea,Luc,Marie,Nadia,Paul,Sophie,Yann,Zoe';
const FAMILY = [
  'Mar,Ber,Du,Le,Ro,Gi,Fau,Per,Mo,La,Vi,Cha',
  'ti,na,bo,rou,sso,ra,che,mbe',
  'n,rd,is,x,au,t,rin,lle,gnon,don',
];
const USERNAME = "CONCAT('bench.', LPAD(s.seq, 6, '0'))";
const BACK = 'https://bench.example/back';

/** Of a hundred accounts, 88 are active, 5 invited, 7 closed; 2 of the closed ones are erased. */
const STATUS = `ELT(INTERVAL(${chance('status', 100)}, 0, 88, 93), 'ACTIVE', 'INVITED', 'DEACTIVATED')`;
const ERASED = `${chance('status', 100)} >= 98`;
const EMAIL = `IF(${ERASED}, '', CONCAT(${USERNAME}, '@bench.example'))`;
const NAME = `CONCAT(${choice('given', GIVEN)}, ' ', ${FAMILY.map((words, at) => choice(`family${at}`, words))})`;
const SIGNED_IN = `${NOW} - INTERVAL 86400 * 360 * POW(${chance('came', 10_000)} / 10000, 3) SECOND`;
const CREATED = `${NOW} - INTERVAL 360 + ${chance('created', 1_000)} DAY`;

const ACCOUNT = {
  id: accountId('s.seq'),
  username: USERNAME,
  usernameKey: USERNAME,
  email: EMAIL,
  emailKey: EMAIL,
  displayName: NAME,
  displayNameKey: `LOWER(${NAME})`,
  locale: "'fr'",
  status: STATUS,
  roles: "IF(s.seq = 1 OR s.seq % 500 = 0, 'structure-admin', '')",
  structureId: `IF(s.seq = 1, ${structureId(1)}, ${structureOf('s.seq')})`,
  phoneVerifiedAt: `IF(${chance('phone', 3)} = 0, ${CREATED}, NULL)`,
  codeChannel: `IF(${chance('phone', 3)} = 0, 'SMS', 'EMAIL')`,
  nationalId: `IF(NOT ${ERASED} AND ${chance('card', 100)} < 45, CONCAT('899', LPAD(s.seq, 9, '0')), NULL)`,
  passwordDigest: `IF(${STATUS} = 'ACTIVE', first.passwordDigest, NULL)`,
  lastSignedInAt: `IF(${STATUS} <> 'INVITED' AND ${chance('never', 25)} > 0, ${SIGNED_IN}, NULL)`,
  createdAt: CREATED,
  version: 1,
  // Of four hundred accounts that had emergency access, four have it open.
  emergencyMeans: `IF(${chance('emergency', 500)} = 0, 'password', NULL)`,
  emergencyUntilAt: `IF(${chance('emergency', 500)} = 0, ${NOW} - INTERVAL ${chance('until', 2_000)} - 20 HOUR, NULL)`,
  erasureRequestedAt: `IF(${ERASED} OR ${chance('leaving', 5_000)} = 0, ${CREATED}, NULL)`,
  invitedUntilAt: `IF(${STATUS} = 'INVITED', ${NOW} + INTERVAL ${chance('invited', 40)} - 30 DAY, NULL)`,
  absenceDueAt: `${NOW} + INTERVAL 1 + ${chance('absence', 90)} DAY`,
};

/** The place in the structure that manages the account. */
const MANAGED = {
  accountId: 'a.id',
  structureId: 'a.structureId',
  roles: 'a.roles',
  source: "'console'",
  sinceAt: 'a.createdAt',
};
/** Three of ten people work for a second structure. */
const SECOND = { ...MANAGED, structureId: structureOf('a.id'), roles: "''" };

const PASSKEY = {
  id: 'UUID()',
  accountId: 'a.id',
  credentialDigest: 'SHA2(a.id, 256)',
  credentialId: 'SHA2(a.id, 512)',
  publicKey: 'SHA2(a.id, 512)',
  signCount: 0,
  transports: "'internal hybrid'",
  aaguid: "'00000000-0000-0000-0000-000000000000'",
  kind: `IF(${chance('kind', 3, 'a.id')} = 0, 'device', 'synced')`,
  backedUp: 0,
  rpId: "'bench.example'",
  name: "'Clé'",
  identityProof: `IF(${chance('proof', 2, 'a.id')} = 0, 'pro-sante-connect', NULL)`,
  createdAt: 'a.createdAt',
  endedAt: `IF(${chance('ended', 10, 'a.id')} = 0, ${NOW}, NULL)`,
};

/** Those of the last month are kept; a quarter of them are still open. */
const SESSION = {
  id: 'UUID()',
  accountId: 'a.id',
  secretDigest: 'SHA2(a.id, 256)',
  rotation: 0,
  principal: `CONCAT('{"accountId":"', a.id, '","username":"', a.username, '","displayName":"","roles":[],"structure":null}')`,
  means: "'password'",
  amr: "'pwd otp'",
  proof: "'{}'",
  signedInAt: 'a.lastSignedInAt',
  authenticatedAt: 'a.lastSignedInAt',
  idleExpiresAt: `${NOW} + INTERVAL 30 MINUTE`,
  expiresAt: `${NOW} + INTERVAL 4 HOUR`,
  userAgent: "'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'",
  address: "'10.0.0.1'",
  endedAt: `IF(${chance('open', 4, 'a.id')} = 0, NULL, a.lastSignedInAt + INTERVAL 2 HOUR)`,
  endReason: `IF(${chance('open', 4, 'a.id')} = 0, NULL, 'sign-out')`,
};

/**
 * The database `name` of a nation, made by SQL except for its first person and its applications. Person 0 administers
 * everything, person 1 the largest structure.
 */
export async function makeNation(ground, name, { accounts, lines }) {
  const base = await firstPerson({ ground, name, people: accounts }, ['national-admin']);
  const applications = [await register(base, 'web', BACK), await register(base, 'gate', GATE_RETURN)];
  const run = (sql) => runOn(base.url, sql);
  await makePeople(run, accounts - 1);
  await makeMemberships(run);
  await makeMeans(run);
  await makeJournal(run, { accounts, lines, applications });
  await run(
    'ANALYZE TABLE account, accountTerm, membership, passkey, totp, session, otpSubject, auditEvent, auditCounter',
  );
  const [{ structure }] = await run(`SELECT ${structureId(1)} AS structure`);
  return { ...base, run, structure };
}

async function runOn(url, sql) {
  const connection = await createConnection(url);
  try {
    return (await connection.query(sql))[0];
  } finally {
    await connection.end();
  }
}

async function makePeople(run, count) {
  const named = "CONCAT('Centre hospitalier ', LPAD(s.seq, 3, '0'))";
  await run(`INSERT INTO structure (id, name, nameKey, sortKey, createdAt)
    SELECT ${structureId('s.seq')}, ${named}, LOWER(${named}), LOWER(${named}), ${NOW} FROM seq_1_to_${STRUCTURES} s`);
  await copy(
    run,
    'account',
    ACCOUNT,
    `seq_1_to_${count} s JOIN account first ON first.username = 'bench.000000'`,
  );
  const terms = ["SUBSTRING_INDEX(a.displayNameKey, ' ', 1)", "SUBSTRING_INDEX(a.displayNameKey, ' ', -1)"];
  for (const term of [...terms, 'a.usernameKey', 'a.emailKey', "COALESCE(a.nationalId, '')"])
    await copy(
      run,
      'accountTerm',
      { accountId: 'a.id', term, structureId: 'a.structureId' },
      `account a WHERE ${term} <> ''`,
    );
}

async function makeMemberships(run) {
  const people = 'account a WHERE a.structureId IS NOT NULL';
  await copy(run, 'membership', MANAGED, people);
  await copy(run, 'membership', SECOND, `${people} AND ${chance('second', 10, 'a.id')} < 3`);
}

/** Three of twenty have a passkey, one an app, some of them a card too; nearly all had a code once. */
async function makeMeans(run) {
  const active = "account a WHERE a.status = 'ACTIVE' AND a.username <> 'bench.000000'";
  const some = (what, of) => `${active} AND ${chance(what, of, 'a.id')} = 0`;
  await copy(run, 'passkey', PASSKEY, `${active} AND ${chance('passkey', 20, 'a.id')} < 3`);
  const app = {
    accountId: 'a.id',
    secretSealed: "''",
    lastStep: 0,
    createdAt: 'a.createdAt',
    confirmedAt: 'a.createdAt',
  };
  await copy(run, 'totp', app, some('totp', 20));
  const failed = `IF(${chance('locked', 5_000, 'a.id')} = 0, 10, 0)`;
  const until = `IF(${failed} > 0, ${NOW} + INTERVAL ${chance('lock', 50, 'a.id')} - 40 HOUR, NULL)`;
  await copy(run, 'otpSubject', { id: 'a.id', failures: failed, lockedUntilAt: until }, active);
  await copy(run, 'session', SESSION, `${active} AND a.lastSignedInAt > ${NOW} - INTERVAL 30 DAY`);
}

function copy(run, table, columns, from) {
  return run(
    `INSERT IGNORE INTO ${table} (${Object.keys(columns)}) SELECT ${Object.values(columns)} FROM ${from}`,
  );
}
