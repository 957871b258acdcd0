import { codeChecks, sessionReads, signIns, waitingForCode } from '../driver/loads.mjs';
import { alternate, measure, medianOf } from '../driver/measure.mjs';
import { giveHistory } from '../driver/product-history.mjs';
import { makeProductDatabase, startProduct } from '../driver/product.mjs';
import { line, round } from '../driver/table.mjs';

const SMALL = 1_000;
const READ_SESSIONS = 20_000;
const WITHIN = 1.1;

/** The same server on a small and on a large database: what costs more there than here? Sides: large, small. */
export async function growth(ground, plan) {
  const large = await filled('grown', ground, plan.grown);
  const small = await filled('small', ground, SMALL);
  // A small database has few people: each round is a count, so that nobody comes near a limit.
  const count = plan.grownSignIns;
  const lines = [
    ...(await compared('complete sign-in, 8 at once', [large, small], plan, (side) =>
      signIns(side, { count }, (loop) => measure(side, loop)),
    )),
    ...(await compared('checking a right code alone, 8 at once', [large, small], plan, (side) =>
      rightCodes(side, count),
    )),
    ...(await compared('GET /api/session, 32 at once, anybody’s', [large, small], plan, (side) =>
      sessionReads(side, side.cookies, { durationMs: plan.seconds * 1_000 }, (loop) => measure(side, loop)),
    )),
  ];
  await Promise.all([large.server.stop(), small.server.stop()]);
  return { title: `Growth: ${text(large)} (ours) against ${text(small)} (floor)`, lines };
}

async function filled(name, ground, people) {
  // The redo log of the tests, 8 MB, is for small tables: a fill would wait for it all the time.
  await ground.mariadb.query('SET GLOBAL innodb_log_file_size = 512 * 1024 * 1024');
  const url = await makeProductDatabase(name, ground, { people });
  const side = await startProduct(name, ground, { url, people });
  const { rows, cookieOf } = await giveHistory(side);
  const step = Math.max(1, people / READ_SESSIONS);
  side.cookies = Array.from({ length: Math.min(people, READ_SESSIONS) }, (_, at) =>
    cookieOf(Math.floor(at * step)),
  );
  shuffle(side.cookies);
  return Object.assign(side, { rows });
}

async function rightCodes(side, count) {
  const waiting = await waitingForCode(side, count);
  return codeChecks(side, waiting, 'right', (loop) => measure(side, loop));
}

async function compared(what, sides, { rounds }, once) {
  const [large, small] = await alternate(sides, rounds, once);
  const cpu = (results) => medianOf(results, 'cpuMs') * 1_000;
  const part = (name, key, unit, factor) => ({
    ours: `${round(medianOf(large, key) * factor)} ${unit}`,
    floor: `${round(medianOf(small, key) * factor)} ${unit}`,
    value: medianOf(large, key) / medianOf(small, key),
  });
  return [
    line(`${what}: CPU of server + database`, {
      ...part('cpu', 'cpuMs', 'µs', 1_000),
      value: cpu(large) / cpu(small),
      better: 'lower',
      must: WITHIN,
    }),
    line('  of which MariaDB', part('database', 'databaseMs', 'µs', 1_000)),
    line('  per second', part('rate', 'perSecond', '/s', 1)),
  ];
}

function text({ people, rows }) {
  return `${people.toLocaleString('en')} accounts, ${rows.toLocaleString('en')} rows of history`;
}

/** Neighbours in the list are none in the table. */
function shuffle(list) {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
}
