import { accountId, chance, structureOf } from './nation-sql.mjs';

const DAY_MS = 86_400_000;
/** Lines of the first two weeks are older than their retention. */
const SPAN_MS = 380 * DAY_MS;
/** Lines covered by one seal. */
const SEALED_AT_ONCE = 100;

/** Frequency of each event in a thousand lines; the last one gets the rest. `metric`: the statistic that counts it. */
const SAID = [
  { of: 370, name: 'authn_login_success', means: 'password', channel: 'EMAIL', metric: 'sign-in' },
  { of: 260, name: 'authn_code_sent', channel: 'EMAIL', metric: 'code-sent' },
  { of: 200, name: 'application_entered', metric: 'entry' },
  { of: 75, name: 'authn_logout' },
  { of: 60, name: 'authn_login_fail', means: 'password', reason: 'wrong-password', metric: 'refusal' },
  { of: 20, name: 'authn_code_fail', channel: 'EMAIL', reason: 'rejected', metric: 'code-refused' },
  { of: 3, name: 'authn_login_lock', means: 'password', reason: 'wrong-password', metric: 'lock' },
  { of: 1_000, name: 'user_updated' },
];
const FAILURES = SAID.filter(({ reason }) => reason).map(({ name }) => `'${name}'`);
const METRICS = SAID.filter(({ metric }) => metric).map(
  ({ name, metric }) => `WHEN '${name}' THEN '${metric}'`,
);
const METRIC = `CASE line.name ${METRICS.join(' ')} END`;

/** Creates this number of lines, evenly over a year and two weeks, with their seals and statistics. */
export async function makeJournal(run, { accounts, lines, applications }) {
  const seal = `1 + s.seq DIV ${SEALED_AT_ONCE}`;
  await makeLines(run, { accounts, applications, seal, first: 1, lines, spanMs: SPAN_MS });
  await makeSeals(run);
  await count(run, "COALESCE(line.structureId, '')", "line.name <> 'application_entered'");
  await count(run, "'*'", "line.name <> 'application_entered'");
  await count(run, "CONCAT('application:', SUBSTR(line.data, 17, 36))", "line.name = 'application_entered'");
}

/** Adds this number of lines of the last hour, without a seal. */
export function makeWaiting(run, { accounts, lines, waiting }) {
  const kept = { accounts, applications: ['none'], seal: 'NULL' };
  return makeLines(run, { ...kept, first: lines + 1, lines: waiting, spanMs: DAY_MS / 24 });
}

async function makeLines(run, { accounts, applications, seal, first, lines, spanMs }) {
  const ms = `FLOOR(${Date.now()} - ${spanMs} * (1 - (s.seq - ${first}) / ${lines}))`;
  const columns = {
    id: "CONCAT(LEFT(s.hex, 8), '-', SUBSTR(s.hex, 9), '-7000-8000-', LPAD(LOWER(HEX(s.seq)), 12, '0'))",
    happenedAt: 'FROM_UNIXTIME(s.ms / 1000)',
    name: said('name'),
    outcome: `IF(${said('name')} IN (${FAILURES}), 'FAILURE', 'SUCCESS')`,
    accountId: accountId('s.person'),
    actorId: `IF(${said('name')} = 'user_updated', ${accountId(`500 * ${chance('actor', 300)}`)}, NULL)`,
    structureId: structureOf('s.person'),
    means: said('means'),
    channel: said('channel'),
    address: "CONCAT('10.', s.seq % 200, '.', s.seq % 250, '.1')",
    device: "'Firefox 140, Linux'",
    requestId: 'MD5(s.seq)',
    reason: said('reason'),
    data: `CASE ${said('name')}
      WHEN 'authn_code_sent' THEN CONCAT('{"reference":"', LPAD(CONV(s.seq % 80000, 10, 18), 4, 'X'), '"}')
      WHEN 'application_entered' THEN CONCAT('{"application":"', ELT(1 + s.seq % ${applications.length}, '${applications.join("', '")}'), '"}') END`,
    mark: "CONCAT('bench.', SHA2(s.seq, 256))",
    sealSequence: seal,
  };
  await run(`INSERT INTO auditEvent (${Object.keys(columns)}) SELECT ${Object.values(columns)} FROM (
    SELECT s.seq, ${ms} AS ms, LPAD(LOWER(HEX(${ms})), 12, '0') AS hex, ${chance('said', 1_000)} AS said,
      1 + ${chance('who', accounts - 1)} AS person FROM seq_${first}_to_${first + lines - 1} s) s`);
}

/** SQL for `column` of the line. */
function said(column) {
  let below = 0;
  const values = SAID.map(
    (one) => `WHEN s.said < ${(below += one.of)} THEN ${one[column] ? `'${one[column]}'` : 'NULL'}`,
  );
  return `CASE ${values.join(' ')} END`;
}

/** Random digests: the bench verifies none. */
function makeSeals(run) {
  return run(`INSERT INTO auditSeal (sequence, firstId, lastId, lineCount, unmarkedCount, youngestAt, linesDigest,
      purgedThrough, previousDigest, sealedAt, digest, signature)
    SELECT sealSequence, MIN(id), MAX(id), COUNT(*), 0, MAX(happenedAt), SHA2(MIN(id), 256), 0,
      SHA2(sealSequence - 1, 256), MAX(happenedAt), SHA2(sealSequence, 256), CONCAT('bench.', SHA2(sealSequence, 256))
    FROM auditEvent WHERE sealSequence IS NOT NULL GROUP BY sealSequence`);
}

function count(run, place, which) {
  const key = [
    place,
    'LEFT(line.happenedAt, 10)',
    METRIC,
    "COALESCE(line.means, '')",
    "COALESCE(line.channel, '')",
  ];
  return run(`INSERT INTO auditCounter (structureId, day, metric, means, channel, total) SELECT ${key}, COUNT(*)
    FROM auditEvent line WHERE ${which} AND ${METRIC} IS NOT NULL GROUP BY ${key}`);
}
