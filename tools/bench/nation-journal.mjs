import { accountId, chance, structureOf } from './nation-sql.mjs';

const DAY_MS = 86_400_000;
/** The lines of the first two weeks have been kept long enough. */
const SPAN_MS = 380 * DAY_MS;
/** Lines under one seal. */
const SEALED_AT_ONCE = 100;

/** What the lines say: so many of a thousand each, the last one what is left. `metric`: what the statistics count it as. */
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

/** So many lines, evenly over a year and two weeks, under their seals, and what the statistics count of them. */
export async function makeJournal(run, { accounts, lines, applications }) {
  const seal = `1 + s.seq DIV ${SEALED_AT_ONCE}`;
  await makeLines(run, { accounts, applications, seal, first: 1, lines, spanMs: SPAN_MS });
  await makeSeals(run);
  await count(run, "COALESCE(line.structureId, '')", "line.name <> 'application_entered'");
  await count(run, "'*'", "line.name <> 'application_entered'");
  await count(run, "CONCAT('application:', SUBSTR(line.data, 17, 36))", "line.name = 'application_entered'");
}

/** So many lines more, of the last hour, that wait for their seal. */
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

/** What `column` of the line is. */
function said(column) {
  let below = 0;
  const values = SAID.map(
    (one) => `WHEN s.said < ${(below += one.of)} THEN ${one[column] ? `'${one[column]}'` : 'NULL'}`,
  );
  return `CASE ${values.join(' ')} END`;
}

/** Of digests that nothing verifies here. */
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
