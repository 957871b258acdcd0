import { codeChecks, sessionReads, signIns, waitingForCode } from '../driver/loads.mjs';
import { alternate, measure, medianOf, quiet } from '../driver/measure.mjs';
import { giveHistory } from '../driver/product-history.mjs';
import { makeProductDatabase, startProduct } from '../driver/product.mjs';
import { line, round } from '../driver/table.mjs';

const SMALL = 1_000;
const WITHIN = 1.1;
/** Rounds in each process, after those that are thrown away. */
const ROUNDS = 3;

/**
 * One window of each row, and in how many processes it is measured on each database: two of one program differ by some
 * percent for as long as they live. A fresh one takes twice as long for its first hundreds of codes. A small database has
 * few people: sign-ins are counted, so that nobody comes near a limit.
 */
const ROWS = {
  'complete sign-in, 8 at once': {
    casts: 2,
    window: (side, { grownSignIns: count }) => signIns(side, { count }, (loop) => measure(side, loop)),
  },
  'checking a right code alone, 8 at once': {
    casts: 2,
    warmUps: 5,
    window: (side, { grownCodes }) => rightCodes(side, grownCodes),
  },
  'GET /api/session, 32 at once, 1,000 people’s': {
    casts: 4,
    window: (side, { seconds }) => reads(side, seconds * 1_000),
  },
};
const CASTS = Math.max(...Object.values(ROWS).map(({ casts }) => casts));

/** The same server on a small and on a large database: what costs more there than here? */
export async function growth(ground, plan) {
  const bases = [await filled('grown', ground, plan.grown), await filled('small', ground, SMALL)];
  const results = new Map(Object.keys(ROWS).map((what) => [what, bases.map(() => [])]));
  for (let cast = 0; cast < CASTS; cast++) {
    // Every other time the small one's is started, and measured, first.
    const order = cast % 2 ? bases.toReversed() : bases;
    for (const [what, base, result] of await served(order, cast, plan))
      results.get(what)[bases.indexOf(base)].push(...result);
  }
  const lines = [...results].flatMap(([what, [large, small]]) => compared(what, large, small));
  return { title: `Growth: ${text(bases[0])} (ours) against ${text(bases[1])} (floor)`, lines };
}

async function filled(name, ground, people) {
  // The redo log of the tests, 8 MB, is for small tables: a fill would wait for it all the time.
  await ground.mariadb.query('SET GLOBAL innodb_log_file_size = 512 * 1024 * 1024');
  const url = await makeProductDatabase(name, ground, { people });
  const side = await startProduct(name, ground, { url, people });
  const { rows, cookieOf } = await giveHistory(side);
  await side.server.stop();
  // As many on both sides, from all over the table: who reads more rows fills more of the processor's caches, on any.
  const cookies = Array.from({ length: SMALL }, (_, at) => cookieOf(Math.floor((at * people) / SMALL)));
  shuffle(cookies);
  const { nextPerson } = side;
  return { name, ground, url, people, rows, cookies, nextPerson };
}

/** The rows of this cast with a fresh server on each base: `[row, base, results]` of each. */
async function served(bases, cast, plan) {
  const sides = [];
  for (const base of bases) sides.push(await serverOn(base));
  const all = [];
  for (const [what, { casts, warmUps, window }] of Object.entries(ROWS)) {
    if (cast >= casts) continue;
    const results = await alternate(sides, ROUNDS, (side) => window(side, plan), { warmUps });
    all.push(...bases.map((base, at) => [what, base, results[at]]));
  }
  await Promise.all(sides.map((side) => side.server.stop()));
  return all;
}

async function serverOn({ name, ground, url, people, cookies, nextPerson }) {
  return Object.assign(await startProduct(name, ground, { url, people }), { cookies, nextPerson });
}

async function rightCodes(side, count) {
  const waiting = await waitingForCode(side, count);
  await quiet();
  return codeChecks(side, waiting, 'right', (loop) => measure(side, loop));
}

async function reads(side, durationMs) {
  await quiet();
  return sessionReads(side, side.cookies, { durationMs }, (loop) => measure(side, loop));
}

function compared(what, large, small) {
  const part = (key, unit, factor) => ({
    ours: `${round(medianOf(large, key) * factor)} ${unit}`,
    floor: `${round(medianOf(small, key) * factor)} ${unit}`,
    value: medianOf(large, key) / medianOf(small, key),
  });
  return [
    line(`${what}: CPU of server + database`, {
      ...part('cpuMs', 'µs', 1_000),
      better: 'lower',
      must: WITHIN,
    }),
    line('  of which MariaDB', part('databaseMs', 'µs', 1_000)),
    line('  per second', part('perSecond', '/s', 1)),
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
