import { accountId } from './product-people.mjs';

/** A year of a busy service: the oldest line this long ago. */
const YEAR_MS = 365 * 86_400_000;
const STRUCTURES = 200;
/** A mark that no key made: it costs as much to check as a right one. */
const MARK = `bench.${'0'.repeat(64)}`;
const AT_ONCE = 200_000;

/** The id of structure number `index`. Number 0 has a fifth of all lines. */
export function structureId(index) {
  return `018f0000-0000-7000-9000-${String(index).padStart(12, '0')}`;
}

/**
 * Puts `lines` lines of the last year into the journal of `side`, as sign-ins, codes, refusals and administrators
 * write them, and the counters of that year. `sealed` lines bear the number of a seal, so that nothing seals them
 * while something else is measured.
 */
export async function fillJournal(side, { lines, people, sealed }) {
  const { mariadb } = side.ground;
  const schema = new URL(side.url).pathname.slice(1);
  await mariadb.query('SET GLOBAL innodb_log_file_size = 512 * 1024 * 1024');
  for (let from = 0; from < lines; from += AT_ONCE)
    await mariadb.query(
      linesSql(schema, { from, to: Math.min(lines, from + AT_ONCE) - 1, lines, people, sealed }),
    );
  await mariadb.query(`INSERT INTO ${schema}.structure (id, name, nameKey, createdAt)
    SELECT CONCAT('018f0000-0000-7000-9000-', LPAD(seq, 12, '0')), CONCAT('Structure ', seq), CONCAT('structure ', seq), NOW(3)
    FROM ${schema}.seq_0_to_${STRUCTURES - 1}`);
  await mariadb.query(`ANALYZE TABLE ${schema}.auditEvent`);
}

/** A year of counters: what each structure counts in a day, and all together. */
export async function fillCounters(side) {
  const schema = new URL(side.url).pathname.slice(1);
  await side.ground.mariadb
    .query(`INSERT INTO ${schema}.auditCounter (structureId, day, metric, means, channel, total)
    SELECT IF(s.seq = ${STRUCTURES}, '*', CONCAT('018f0000-0000-7000-9000-', LPAD(s.seq, 12, '0'))),
      DATE_FORMAT(NOW() - INTERVAL d.seq DAY, '%Y-%m-%d'), m.metric, m.means, m.channel, 7
    FROM ${schema}.seq_0_to_${STRUCTURES} s JOIN ${schema}.seq_0_to_364 d JOIN (${COUNTED.map(countedSql).join(' UNION ALL ')}) m`);
  await side.ground.mariadb.query(`ANALYZE TABLE ${schema}.auditCounter`);
}

const COUNTED = [
  ['sign-in', 'password', 'EMAIL'],
  ['sign-in', 'password', 'SMS'],
  ['sign-in', 'password', ''],
  ['sign-in', 'pro-sante-connect', ''],
  ['code-sent', '', 'EMAIL'],
  ['code-sent', '', 'SMS'],
  ['code-used', '', 'EMAIL'],
  ['code-used', '', 'SMS'],
  ['code-within-10', '', 'EMAIL'],
  ['code-within-30', '', 'EMAIL'],
  ['code-refused', '', 'EMAIL'],
  ['refusal', 'password', ''],
];

function countedSql([metric, means, channel]) {
  return `SELECT '${metric}' AS metric, '${means}' AS means, '${channel}' AS channel`;
}

/** Of twenty lines nine are codes sent, nine sign-ins, one a wrong code; one in a hundred is an administrator's. */
function linesSql(schema, { from, to, lines, people, sealed }) {
  const at = `(UNIX_TIMESTAMP(NOW(3)) * 1000 - ${YEAR_MS} + FLOOR(n * ${YEAR_MS / lines}))`;
  const hex = `LOWER(LPAD(HEX(CAST(${at} AS UNSIGNED)), 12, '0'))`;
  const person = 'MOD(n * 7919, ' + people + ')';
  const ofPerson = `CONCAT('${accountId(0).slice(0, 24)}', LPAD(LOWER(HEX(${person})), 12, '0'))`;
  const structure = `IF(MOD(n, 5) = 0, 0, MOD(${person}, ${STRUCTURES}))`;
  const name = `CASE WHEN MOD(n, 100) = 50 THEN 'user_updated' WHEN MOD(n, 20) = 1 THEN 'authn_login_fail'
    WHEN MOD(n, 20) = 3 THEN 'authn_code_fail' WHEN MOD(n, 2) = 0 THEN 'authn_code_sent' ELSE 'authn_login_success' END`;
  return `INSERT INTO ${schema}.auditEvent (id, happenedAt, name, outcome, accountId, actorId, structureId, means, channel,
      address, device, requestId, reason, data, mark, sealSequence)
    SELECT CONCAT(SUBSTR(${hex}, 1, 8), '-', SUBSTR(${hex}, 9, 4), '-7000-8000-', LPAD(LOWER(HEX(n)), 12, '0')),
      FROM_UNIXTIME(${at} / 1000), IF(n = 777, 'sequence_fail', ${name}),
      IF(MOD(n, 20) IN (1, 3), 'FAILURE', 'SUCCESS'), ${ofPerson},
      IF(MOD(n, 100) = 50, '${accountId(1)}', NULL), CONCAT('018f0000-0000-7000-9000-', LPAD(${structure}, 12, '0')),
      'password', 'EMAIL', '192.0.2.7', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      UUID(), NULL, '{"codeAgeSeconds":12}', '${MARK}', IF(n < ${sealed}, 1, NULL)
    FROM (SELECT seq AS n FROM ${schema}.seq_${from}_to_${to}) numbers`;
}
