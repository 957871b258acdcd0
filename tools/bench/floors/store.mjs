import { createPool } from 'mysql2';
import Libsql from 'libsql';

/** One prepared statement at a time on MariaDB or on the embedded engine, and nothing around it. */
export function openStore(url) {
  return url.startsWith('mysql:') ? openServer(url) : openEmbedded(url);
}

function openServer(uri) {
  const pool = createPool({ uri, connectionLimit: 10, maxIdle: 10 });
  const run = (sql, values) =>
    new Promise((resolve, reject) => {
      pool.execute(sql, values, (error, result) => (error ? reject(error) : resolve(result)));
    });
  return {
    row: async (sql, values) => (await run(sql, values))[0],
    execute: async (sql, values) => (await run(sql, values)).affectedRows,
  };
}

function openEmbedded(file) {
  const database = new Libsql(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const statements = new Map();
  const prepared = (sql) => statements.get(sql) ?? statements.set(sql, database.prepare(sql)).get(sql);
  return {
    row: async (sql, values) => prepared(sql).get(values),
    execute: async (sql, values) => prepared(sql).run(values).changes,
  };
}
