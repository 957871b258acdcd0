import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countCommits } from './database-counters.mjs';
import { Mailbox } from './mailbox.mjs';
import { killAll } from './server-process.mjs';

const require = createRequire(import.meta.url);

/** What both sides stand on: one MariaDB with durable commits, one SMTP sink, one folder that goes away. */
export class Ground {
  static async open() {
    const ground = new Ground();
    ground.folder = mkdtempSync(join(tmpdir(), 'portillon-bench-'));
    const { ThrowAwayMariadb, freePort } = throwAwayMariadb();
    ground.freePort = freePort;
    ground.mariadb = await ThrowAwayMariadb.start({ durable: true, bufferPool: '2G' });
    await countCommits(ground.mariadb);
    ground.mailbox = await Mailbox.open();
    return ground;
  }

  async close() {
    killAll();
    this.mailbox?.close();
    await this.mariadb?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The tests' own server, from its TypeScript: one recipe in the house. */
function throwAwayMariadb() {
  require('@swc-node/register');
  return require('../../../libs/testing/src/throw-away-mariadb.ts');
}
