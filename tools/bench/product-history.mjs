// Person 0 is made by the product and signs in for real; all the others get copies of the rows.
const NUMBER = "LPAD(LOWER(HEX(s.seq)), 12, '0')";
const ACCOUNT = `CONCAT('018f0000-0000-7000-8000-', ${NUMBER})`;
const USERNAME = "CONCAT('bench.', LPAD(s.seq, 6, '0'))";
const EMAIL = `CONCAT(${USERNAME}, '@bench.example')`;
const OWN = '(an id that no other copy has)';
const DIGEST = 'SHA2(CONCAT(t.id, s.seq), 256)';

/** Every column is copied but these, which are SQL over the row `t` and the number `s.seq` of who gets the copy. */
const CHANGES = {
  // The first one: what a session's id becomes is known to `cookieOf`.
  session: { id: OWN, accountId: ACCOUNT },
  account: { id: ACCOUNT, username: USERNAME, usernameKey: USERNAME, email: EMAIL, emailKey: EMAIL },
  signIn: { id: OWN, accountId: ACCOUNT },
  otpSubject: { id: ACCOUNT },
  otpChallenge: { id: OWN, binding: OWN, subjectId: ACCOUNT },
  rememberedBrowser: { id: OWN, accountId: ACCOUNT },
  notification: { id: OWN, accountId: ACCOUNT },
  // As if sealed: the sealing of a backlog would be measured too.
  auditEvent: { id: OWN, accountId: ACCOUNT, sealSequence: '1' },
  rateLimit: { id: DIGEST },
};

/** Gives everybody on `base` what a sign-in leaves behind. Resolves to what tells the cookie of a person's session. */
export async function copyToAll({ ground, name, people }, cookie) {
  let copies = 0;
  for (const [table, changes] of Object.entries(CHANGES)) {
    const columns = await ground.mariadb.query(`SHOW COLUMNS FROM ${name}.${table}`);
    for (const { id } of await ground.mariadb.query(`SELECT id FROM ${name}.${table}`)) {
      const ownId = `CONCAT('${prefix(++copies)}', ${NUMBER})`;
      const values = columns.map(({ Field }) => (changes[Field] ?? `t.${Field}`).replace(OWN, ownId));
      await ground.mariadb.query(`INSERT INTO ${name}.${table} SELECT ${values.join(', ')}
        FROM ${name}.seq_1_to_${people - 1} s JOIN ${name}.${table} t ON t.id = '${id}'`);
    }
  }
  return (index) =>
    index === 0 ? cookie : cookie.replace(/(session=)[0-9a-f-]{36}/, `$1${sessionId(index)}`);
}

/** The copies keep the secret of person 0. */
function sessionId(index) {
  return prefix(1) + index.toString(16).padStart(12, '0');
}

function prefix(copy) {
  return `018f${copy.toString(16).padStart(4, '0')}-0000-7000-8000-`;
}
