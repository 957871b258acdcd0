// A statement run through a prepared one counts under its own kind too, so these are all of them, and BEGIN,
// COMMIT, SET and PREPARE are none of them.
const KINDS = [
  'Com_select',
  'Com_insert',
  'Com_insert_select',
  'Com_update',
  'Com_update_multi',
  'Com_delete',
  'Com_delete_multi',
  'Com_replace',
  'Com_replace_select',
];
const CONTROL = ['Com_begin', 'Com_commit', 'Com_rollback', 'Com_set_option'];
const STATUS = `SHOW GLOBAL STATUS WHERE Variable_name IN ('${[...KINDS, ...CONTROL].join("', '")}')`;
// Transactions of InnoDB that wrote and were committed, alone or by COMMIT: with
// innodb_flush_log_at_trx_commit=1 each has waited for the disk.
const COMMITS =
  "SELECT COUNT AS commits FROM information_schema.INNODB_METRICS WHERE NAME = 'trx_rw_commits'";

/** Makes the server count commits; it does not by itself. */
export async function countCommits(mariadb) {
  await mariadb.query("SET GLOBAL innodb_monitor_enable = 'trx_rw_commits'");
}

/** Statements, durable commits and transaction control that the whole server has seen so far. */
export async function databaseCounters(mariadb) {
  const status = await mariadb.query(STATUS);
  const sum = (names) =>
    status
      .filter((row) => names.includes(row.Variable_name))
      .reduce((all, row) => all + Number(row.Value), 0);
  const [{ commits }] = await mariadb.query(COMMITS);
  return { statements: sum(KINDS), commits: Number(commits), control: sum(CONTROL) };
}
