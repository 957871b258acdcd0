import { ThrowAwayMariadb } from './throw-away-mariadb';

declare global {
  // `var` is the only way to declare a global; the teardown of the same run reads it.
  var portillonMariadb: ThrowAwayMariadb | undefined;
}

/** One MariaDB for the whole run; its port reaches the workers through the environment. */
export default async function setUp(): Promise<void> {
  // A project with a setup of its own calls this one, in the same run as the projects that have it alone.
  if (globalThis.portillonMariadb) return;
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
