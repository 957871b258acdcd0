import { databaseCounters } from '../driver/database-counters.mjs';
import { signIns } from '../driver/loads.mjs';
import { person } from '../driver/people.mjs';
import { alternate, measure, medianOf } from '../driver/measure.mjs';
import { line, ratioLine, round } from '../driver/table.mjs';

const WARM_UP = 10;

/** Password, mail and code, 8 people at once: what one costs, and how many there are in a second. */
export async function completeSignIn([ours, floor], { rounds, seconds }) {
  const limits = { durationMs: seconds * 1_000 };
  const once = (side) => signIns(side, limits, (loop) => measure(side, loop));
  const [own, base] = await alternate([ours, floor], rounds, once);
  return [
    ratioLine(
      'complete sign-in, 8 at once: CPU of server + database',
      medianOf(own, 'cpuMs'),
      medianOf(base, 'cpuMs'),
      {
        unit: 'ms',
        better: 'lower',
        must: 1.5,
        aim: 1.2,
        peers: 'Better Auth 2.2–7.4, LemonLDAP::NG 2.7, allauth 7.5',
      },
    ),
    ...parts(own, base),
    ratioLine('complete sign-ins', medianOf(own, 'perSecond'), medianOf(base, 'perSecond'), {
      unit: '/s',
      better: 'higher',
      must: 0.7,
      aim: 0.85,
      peers: 'Better Auth 0.41–0.14, LemonLDAP::NG 0.42, glewlwyd 0.28',
    }),
  ];
}

function parts(own, base) {
  const part = (what, key) =>
    line(what, {
      ours: `${round(medianOf(own, key))} ms`,
      floor: `${round(medianOf(base, key))} ms`,
      value: medianOf(own, key) / medianOf(base, key),
    });
  const server = part('  of which the server process', 'serverMs');
  return medianOf(base, 'databaseMs') ? [server, part('  of which MariaDB', 'databaseMs')] : [server];
}

/** What one sign-in asks of MariaDB, counted by MariaDB, one person at a time so that nothing is shared. */
export async function statementsOfSignIn([ours, floor], { count }) {
  const own = await counted(ours, count);
  const base = await counted(floor, count);
  const first = ours.newcomers && (await counted(asNewcomers(ours), ours.newcomers - WARM_UP));
  const texts = (key) => ({ ours: round(own[key]), floor: round(base[key]), value: own[key] });
  return [
    line('SQL statements of one sign-in (without BEGIN and COMMIT)', {
      ...texts('statements'),
      better: 'lower',
      must: 18,
      aim: 12,
      peers: 'Better Auth 42, LemonLDAP::NG 13, glewlwyd 55',
    }),
    line('durable commits of one sign-in', {
      ...texts('commits'),
      better: 'lower',
      must: 5,
      aim: 4,
      peers: 'Better Auth 8',
    }),
    line('  BEGIN, COMMIT, SET beside them', texts('control')),
    ...(first
      ? [
          line('  a person’s very first: statements, commits', {
            ours: `${first.statements}, ${first.commits}`,
          }),
        ]
      : []),
  ];
}

/** The same server, signing in those who never have: the last people of its database. */
function asNewcomers(side) {
  let next = side.people;
  return Object.assign(Object.create(side), { nextPerson: () => person(next++) });
}

async function counted(side, count) {
  await signIns(side, { count: WARM_UP }, (loop) => measure(side, loop), 1);
  const before = await databaseCounters(side.ground.mariadb);
  await signIns(side, { count }, (loop) => measure(side, loop), 1);
  const after = await databaseCounters(side.ground.mariadb);
  // To a tenth: a clock-driven job may slip in, and is nobody's sign-in.
  const each = (key) => Math.round(((after[key] - before[key]) / count) * 10) / 10;
  return { statements: each('statements'), commits: each('commits'), control: each('control') };
}
