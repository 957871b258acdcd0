import { line, round } from './table.mjs';

/**
 * What one of `count` turns, which `load` makes one at a time, asks of MariaDB: statements, durable commits. To a tenth,
 * for what the clock does meanwhile.
 */
export async function statementsOf({ ground }, count, load) {
  const before = await counters(ground.mariadb);
  await load();
  const after = await counters(ground.mariadb);
  return after.map((value, at) => Math.round(((value - before[at]) * 10) / count) / 10);
}

/** Statements, and transactions that wrote something, of the whole server so far: each of those waited for the disk. */
async function counters(mariadb) {
  const rows = await mariadb.query(`SHOW GLOBAL STATUS WHERE Variable_name REGEXP
    '^Com_(select|insert|insert_select|update|update_multi|delete|delete_multi|replace|replace_select)$'`);
  const [{ commits }] = await mariadb.query(
    "SELECT COUNT AS commits FROM information_schema.INNODB_METRICS WHERE NAME = 'trx_rw_commits'",
  );
  return [rows.reduce((all, { Value }) => all + Number(Value), 0), Number(commits)];
}

/** The line of what {@link statementsOf} counted of ours and of the floor. A bar is on whole ones: the clock's are a part. */
export function countLine(what, counts, at, bounds) {
  const [own, theirs] = counts.map((one) => one[at]);
  return line(what, { ours: round(own), floor: round(theirs), value: Math.floor(own), ...bounds });
}
