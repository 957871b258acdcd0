// The product creates person 0, who really signs in; all the others get copies of the rows.
const NUMBER = "LPAD(LOWER(HEX(s.seq)), 12, '0')";
const ACCOUNT = `CONCAT('018f0000-0000-7000-8000-', ${NUMBER})`;
const USERNAME = "CONCAT('bench.', LPAD(s.seq, 6, '0'))";
const EMAIL = `CONCAT(${USERNAME}, '@bench.example')`;
const OWN = '(an id that no other copy has)';
const SESSION = `CONCAT('${prefix(1)}', ${NUMBER})`;

/**
 * SQL for the changed columns of a copy, over the row `t` and the number `s.seq` of the copy's account. The first
 * column is the primary key.
 */
const CHANGES = {
  // The first two tables have one row for each account; the cookies derive the copies' ids.
  session: { id: OWN, accountId: ACCOUNT },
  gateSession: { id: OWN, sessionId: SESSION, sid: OWN },
  account: { id: ACCOUNT, username: USERNAME, usernameKey: USERNAME, email: EMAIL, emailKey: EMAIL },
  signIn: { id: OWN, accountId: ACCOUNT },
  otpSubject: { id: ACCOUNT },
  otpChallenge: { id: OWN, binding: OWN, subjectId: ACCOUNT },
  rememberedBrowser: { id: OWN, accountId: ACCOUNT },
  notification: { id: OWN, accountId: ACCOUNT },
  // Marked as sealed, because the bench would otherwise measure the sealing of a backlog.
  auditEvent: { id: OWN, accountId: ACCOUNT, sealSequence: '1' },
  rateLimit: { id: digestOf('id') },
  // A copy has no valid grant; the next entry of its account writes one.
  openidSessionClient: { sid: OWN, sessionId: SESSION, accountId: ACCOUNT, grantId: OWN },
  openidArtifact: { idDigest: digestOf('idDigest'), grantId: OWN },
};

/**
 * Gives everyone on `base` the rows of a sign-in, at both applications too. Returns functions that make a person's
 * session cookie, and the cookie of the application behind the gate.
 */
export async function copyToAll({ ground, name, people }, cookies) {
  let copies = 0;
  // Codes and tokens expire earlier than sessions.
  await ground.mariadb.query(`DELETE FROM ${name}.openidArtifact WHERE model <> 'Grant'`);
  for (const [table, changes] of Object.entries(CHANGES)) {
    const [key] = Object.keys(changes);
    const columns = await ground.mariadb.query(`SHOW COLUMNS FROM ${name}.${table}`);
    for (const row of await ground.mariadb.query(`SELECT ${key} FROM ${name}.${table}`)) {
      const ownId = `CONCAT('${prefix(++copies)}', ${NUMBER})`;
      const values = columns.map(({ Field }) => (changes[Field] ?? `t.${Field}`).replace(OWN, ownId));
      await ground.mariadb.query(`INSERT INTO ${name}.${table} SELECT ${values.join(', ')}
        FROM ${numbersTo(people - 1)} s JOIN ${name}.${table} t ON t.${key} = '${row[key]}'`);
    }
  }
  return { cookieOf: copied(cookies.session, 1), gateCookieOf: copied(cookies.gate, 2) };
}

/** The copies keep the secret of person 0. */
function copied(cookie, copy) {
  const id = /(?<=(?:session|gate)=)[0-9a-f-]{36}/;
  return (index) =>
    index === 0 ? cookie : cookie.replace(id, prefix(copy) + index.toString(16).padStart(12, '0'));
}

function digestOf(column) {
  return `SHA2(CONCAT(t.${column}, s.seq), 256)`;
}

/** The numbers from 1, for MySQL too, which has no sequences. */
function numbersTo(last) {
  const digit = `(SELECT 0 AS d ${Array.from({ length: 9 }, (_, at) => `UNION ALL SELECT ${at + 1}`).join(' ')})`;
  const places = Array.from(String(last), (_, at) => `d${at}`);
  const number = places.map((place, at) => `${place}.d * ${10 ** at}`).join(' + ');
  return `(SELECT ${number} AS seq FROM ${places.map((place) => `${digit} ${place}`).join(', ')}
    HAVING seq BETWEEN 1 AND ${last})`;
}

function prefix(copy) {
  return `018f${copy.toString(16).padStart(4, '0')}-0000-7000-8000-`;
}
