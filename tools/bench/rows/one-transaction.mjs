import { createPool } from 'mysql2/promise';
import { closedLoop } from '../driver/closed-loop.mjs';
import { alternate, measure, medianOf } from '../driver/measure.mjs';
import { taken, takenBetween } from '../driver/processor-time.mjs';
import { line, round } from '../driver/table.mjs';

const AT_ONCE = 8;
/** Sessions that one person opens in one window: people have few, and who has five is asked about them first. */
const SESSIONS_EACH = 4;
/** Windows of the transaction, after one that is thrown away. */
const WINDOWS = 5;
/** Turns of each side until it has compiled what it runs, with as few sessions of a person as in those that count. */
const WARM_UPS = 3;
/** The bound of issue 3: at most so many times the floor, plus one transaction. */
const MOST_FLOORS = 3;

/** Of whichever means: each has an id of its own. */
let acts = 0;

/**
 * Processor ms of one transaction, 8 at once: bare mysql2 in this process, and MariaDB; the median of several windows.
 * `statements` as in `stored-sign-in.mjs`, for `people` people in turn.
 */
export async function oneTransaction(ground, uri, { statements, people, seconds }) {
  const pool = createPool({ uri, connectionLimit: AT_ONCE, timezone: 'Z' });
  const work = () => {
    const act = { id: String(++acts).padStart(36, '0'), index: acts % people };
    return transaction(
      pool,
      statements.map((statement) => statement(act)),
    );
  };
  const windows = [];
  for (let window = 0; window <= WINDOWS; window++)
    windows.push(await costOf(ground, { durationMs: (seconds * 1_000) / 2, work }));
  await pool.end();
  return medianOf(windows.slice(1), 'cpuMs');
}

async function costOf(ground, loop) {
  const [own, database] = [process.cpuUsage(), taken(ground.mariadb.pid)];
  const { done } = await closedLoop({ atOnce: AT_ONCE, ...loop });
  const { user, system } = process.cpuUsage(own);
  const databaseMs = takenBetween(database, taken(ground.mariadb.pid));
  return { cpuMs: ((user + system) / 1_000 + databaseMs) / done };
}

async function transaction(pool, statements) {
  const connection = await pool.getConnection();
  await connection.beginTransaction();
  for (const [sql, values] of statements) await connection.execute(sql, values);
  await connection.commit();
  connection.release();
}

/** Processor time of one sign-in of each side, and what ours takes beyond a transaction, in floors. */
export async function againstFloorAndTransaction(
  what,
  [ours, floor],
  acts,
  { rounds, seconds, transactionMs },
) {
  const work = (side) => (slot) => acts.get(side)(side.nextPerson(), slot);
  const loop = { atOnce: AT_ONCE, durationMs: seconds * 1_000, count: ours.people * SESSIONS_EACH };
  const once = async (side) => {
    if (side.url)
      await side.ground.mariadb.query(`DELETE FROM ${new URL(side.url).pathname.slice(1)}.session`);
    return measure(side, { ...loop, work: work(side) });
  };
  const [own, base] = await alternate([ours, floor], rounds, once, { warmUps: WARM_UPS });
  const [ownMs, baseMs] = [medianOf(own, 'cpuMs'), medianOf(base, 'cpuMs')];
  return [
    line(`${what}, 8 at once: CPU, less that transaction`, {
      ours: `${round(ownMs)} ms`,
      floor: `${round(baseMs)} ms`,
      value: (ownMs - transactionMs) / baseMs,
      better: 'lower',
      must: MOST_FLOORS,
    }),
    line('  against the floor with that transaction in it', {
      ours: `${round(ownMs)} ms`,
      floor: `${round(baseMs + transactionMs)} ms`,
      value: ownMs / (baseMs + transactionMs),
    }),
    line('  of which the server process', { ours: `${round(medianOf(own, 'serverMs'))} ms` }),
    line('  of which MariaDB', { ours: `${round(medianOf(own, 'databaseMs'))} ms` }),
    line(`  sign-ins`, {
      ours: `${round(medianOf(own, 'perSecond'))} /s`,
      floor: `${round(medianOf(base, 'perSecond'))} /s`,
    }),
  ];
}
