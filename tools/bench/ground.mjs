import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { Mailbox } from './mailbox.mjs';
import { killServers } from './server-process.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { freePort, ThrowAwayMariadb } = require('../../libs/testing/src/services/throw-away-mariadb.ts');

/** Servers for both sides: one MariaDB with durable commits, one SMTP sink, one temporary folder. */
export class Ground {
  folder = mkdtempSync(join(tmpdir(), 'portillon-bench-'));
  mailbox = new Mailbox();

  /** Builds the product if its sources changed, and starts the servers of both sides. */
  static async open() {
    await build(['api']);
    const ground = new Ground();
    await ground.mailbox.open();
    ground.mariadb = await ThrowAwayMariadb.start({
      durable: true,
      bufferPool: '2G',
      // The tests' redo log is too small; and InnoDB does not count commits by default.
      args: ['--innodb-log-file-size=512M', '--innodb-monitor-enable=trx_rw_commits'],
    });
    return ground;
  }

  freePort() {
    return freePort();
  }

  async close() {
    killServers();
    await this.mailbox.close();
    await this.mariadb.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
