import { accountId } from './product-people.mjs';
import { person } from './people.mjs';
import { signInOf } from './loads.mjs';

/**
 * What the rows of one real sign-in become for everybody else. Every column is copied but these, which are SQL over
 * an account `a` and the row `t`; NEW_ID is an id that no other copy has.
 */
const NEW_ID = Symbol('an id of the product’s form');
const HISTORY = {
  session: { id: NEW_ID, accountId: 'a.id' },
  signIn: { id: NEW_ID, accountId: 'a.id' },
  otpChallenge: { id: NEW_ID, binding: NEW_ID, subjectId: 'a.id' },
  rememberedBrowser: { id: NEW_ID, accountId: 'a.id' },
  notification: { id: NEW_ID, accountId: 'a.id' },
  // As if sealed: a backlog that is sealed meanwhile would be measured too.
  auditEvent: { id: NEW_ID, accountId: 'a.id', sealSequence: '1' },
  rateLimit: { id: 'SHA2(CONCAT(t.id, a.id), 256)' },
};
/** Person number 0 signs in for real; the others get the copies. */
const MODEL = 0;

/**
 * Gives everybody on `side` what a sign-in leaves behind: a session, a sign-in, a code, a browser, a message, the
 * audit and the counters. Resolves to how many rows that made, and the cookie of anybody's session.
 */
export async function giveHistory(side) {
  const cookie = await signInOf(side, person(MODEL));
  const schema = new URL(side.url).pathname.slice(1);
  let rows = 0;
  let copies = 0;
  for (const [table, changes] of Object.entries(HISTORY)) {
    for (const id of await idsOf(side, schema, table)) {
      rows += await copyForAll(side, schema, { table, changes, id, number: ++copies });
    }
  }
  return { rows, cookieOf: (index) => sessionCookie(cookie, index) };
}

async function idsOf(side, schema, table) {
  const rows = await side.ground.mariadb.query(`SELECT id FROM ${schema}.${table}`);
  return rows.map((row) => row.id);
}

async function copyForAll(side, schema, { table, changes, id, number }) {
  const { mariadb } = side.ground;
  const columns = await mariadb.query(
    `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '${schema}' AND TABLE_NAME = '${table}'`,
  );
  const names = columns.map(({ name }) => name);
  const newId = `CONCAT('018f${number.toString(16).padStart(4, '0')}', SUBSTR(a.id, 9))`;
  const values = names.map((name) => (changes[name] === NEW_ID ? newId : (changes[name] ?? `t.${name}`)));
  const result = await mariadb.query(
    `INSERT INTO ${schema}.${table} (${names.join(', ')}) SELECT ${values.join(', ')}
     FROM ${schema}.account a JOIN ${schema}.${table} t ON t.id = '${id}' WHERE a.id <> '${accountId(MODEL)}' ORDER BY a.id`,
  );
  return result.affectedRows;
}

/** The copies keep the model's secret, and their ids can be told: the session table is copied first, as number 1. */
function sessionCookie(cookie, index) {
  if (index === MODEL) return cookie;
  return cookie.replace(/(session=)[0-9a-f-]{36}/, `$1018f0001${accountId(index).slice(8)}`);
}
