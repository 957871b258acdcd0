import { ThrowAwayMariadb } from './services/throw-away-mariadb';

declare global {
  // `var` is the only way to declare a global; the teardown of the same run reads it.
  var portillonMariadb: ThrowAwayMariadb | undefined;
}

/** Starts one MariaDB for the whole run, unless the environment names the port of another one (or of a MySQL). */
export default async function setUp(): Promise<void> {
  if (process.env['PORTILLON_TEST_MARIADB_PORT']) return;
  if (!ThrowAwayMariadb.available()) {
    const advice =
      'MariaDB is missing: install it with "apt-get install mariadb-server-core mariadb-client-core"';
    if (process.env['CI']) throw new Error(advice);
    console.warn(`\n${advice}. The database tests run on the embedded engine alone.`);
    return;
  }
  globalThis.portillonMariadb = await ThrowAwayMariadb.start();
  process.env['PORTILLON_TEST_MARIADB_PORT'] = String(globalThis.portillonMariadb.port);
}
