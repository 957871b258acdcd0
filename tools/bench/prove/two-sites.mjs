import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../workspace/command.mjs';
import { PROGRAM, settings } from '../product.mjs';
import { makeBase, OF_LEDGER, seenLast, sentenceOf } from './cluster.mjs';
import { DatabaseNode } from './database-cluster.mjs';
import { GaleraCluster } from './galera.mjs';
import { Ledger } from './ledger.mjs';
import { HELD, LOST, underLoad } from './load.mjs';
import { Platform } from './platform.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { ThrowAwayRedis } = require('../../../libs/testing/src/services/throw-away-redis.ts');

const PAGE = join(ROOT, 'docs/guide/two-sites.md');
const CUT_MS = 5_000;
/** The cleaning waits 90 s for instances that were killed. */
const REFUSED_MS = 120_000;

/** What happens to the first site. */
const LOSSES = {
  'the first site is lost': async () => undefined,
  'the link between the sites is cut, and the first site is lost 5 s later': async ({ first, second }) => {
    first.network.deafen(second.name, [first.writer.address]);
    await sleep(CUT_MS);
  },
};

/**
 * Loses a site in the middle of the traffic, and switches to the other by the commands of docs/guide/two-sites.md. One
 * nginx is the proxy before both sites. Needs root.
 */
export async function twoSites({ only = '', ...plan }) {
  const lines = [];
  const words = only.split(',');
  for (const [what, hurt] of Object.entries(LOSSES))
    if (words.some((word) => what.includes(word))) lines.push(await lose({ what, hurt, ...plan }));
  return lines;
}

async function lose({ what, hurt, rate, before, during, after, people }) {
  const sites = await TwoSites.open(people);
  const { platform } = sites;
  let turn = 0;
  const ledger = new Ledger(platform, () => people + (turn++ % OF_LEDGER));
  try {
    const running = ledger.run();
    const plan = { what, rate, before, during, after };
    let switched;
    const line = await underLoad(platform, plan, async () => {
      await hurt(sites);
      const seen = await sites.loseFirst();
      ledger.close();
      switched = await sites.switchOver(seen);
    });
    await running;
    const faults = await ledger.faultsOfCleaned();
    // People who gave up before the switch are counted, and expected.
    const verdict = line['codes unasked'] === '0' && faults.length === 0 ? HELD : LOST;
    const record = [`${ledger.size} acts`, switched.said, ...faults].join(', ');
    return { ...line, 'commands and start': `${switched.seconds.toFixed(0)} s`, record, verdict };
  } finally {
    await sites.close();
  }
}

/** Three Galera nodes with two instances, and a replica with a Valkey where the instances start after the switch. */
class TwoSites {
  /** `people`: of the load; those of the ledger come after them. */
  static async open(people) {
    const sites = new TwoSites();
    sites.platform = await Platform.open({
      people: people + OF_LEDGER,
      startDatabase: async ({ folder, freePort }) =>
        (sites.first = await GaleraCluster.start(folder, freePort, (at) => optionsOf('first site', { at }))),
      startCounters: async () => (sites.counters = await startValkey()),
      makeBase,
    });
    sites.platform.base.people = people;
    await sites.#setUp();
    return sites;
  }

  /** Ends its database, its instances and its Valkey at once. Returns what a SIEM received last from it. */
  async loseFirst() {
    const { platform, first, counters } = this;
    const seen = await seenLast(first, platform.base);
    const all = [
      ...first.nodes.map((node) => node.kill('SIGKILL')),
      ...platform.instances.map((one) => one.kill()),
    ];
    await Promise.all([...all, counters.close()]);
    return seen;
  }

  /** Runs what the page prints. */
  async switchOver(seen) {
    const { platform } = this;
    const from = performance.now();
    // The second site's database is not on the loopback, and has no certificate.
    Object.assign(platform.base, { url: this.#url, isPlain: true });
    let said = '';
    for (const command of printed('## Switch', 'sh')) {
      if (command.startsWith('systemctl')) await this.#startInstances();
      else said += await this.#runUntilDone(command.replace('EVENT…', seen.join(' ')));
    }
    return { said: sentenceOf(said), seconds: (performance.now() - from) / 1_000 };
  }

  async close() {
    await this.platform.close();
    await this.second?.kill('SIGKILL');
    await this.spare?.close();
  }

  get #url() {
    return `mysql://root@${this.second.address}:3306/${this.platform.base.name}`;
  }

  async #startInstances() {
    const { platform } = this;
    platform.counters = this.spare;
    platform.mariadb = { query: (sql) => this.second.locally(sql), stop: () => this.first.stop() };
    for (const at of platform.instances.keys()) await platform.startInstance(at);
  }

  /** As the page says: from a backup of the first site. */
  async #setUp() {
    const { platform, first } = this;
    const backup = join(platform.folder, 'backup');
    this.second = new DatabaseNode(join(platform.folder, 'second'), 'db4', 14, first.network);
    const { second } = this;
    const files = ['--no-defaults', `--target-dir=${backup}`];
    const quiet = { stdio: 'pipe' };
    execFileSync(
      'mariadb-backup',
      [...files, '--backup', `--socket=${first.writer.socket}`, '--user=root'],
      quiet,
    );
    execFileSync('mariadb-backup', [...files, '--prepare'], quiet);
    mkdirSync(second.data);
    execFileSync('mariadb-backup', [...files, '--copy-back', `--datadir=${second.data}`], quiet);
    second.run(['mariadbd', ...placeOf(second), ...optionsOf('second site', { at: 4 })]);
    await second.until('SELECT 1', (rows) => rows.length === 1);
    this.#makeWrappers();
    await first.writer.locally(
      "CREATE USER replica@'%' IDENTIFIED BY 'secret'; GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO replica@'%'",
    );
    const position = readFileSync(join(backup, 'xtrabackup_binlog_info'), 'utf8').trim().split(/\s+/).at(-1);
    for (const sql of printed('## Set up', 'sql').slice(1))
      await second.locally(
        sql
          .trim()
          .replace('…', 'secret')
          .replace('POSITION', position)
          .replace('10.0.0.11', first.writer.address)
          .replace(', MASTER_SSL=1', ''),
      );
    await second.until('SHOW SLAVE STATUS', ([row]) => row?.Seconds_Behind_Master === 0);
    this.spare = await startValkey();
  }

  /** `mariadb` and `portillon` as on the machine of the second site. */
  #makeWrappers() {
    const { platform, second } = this;
    this.bin = join(platform.folder, 'bin');
    mkdirSync(this.bin);
    const write = (name, line) =>
      writeFileSync(join(this.bin, name), `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 });
    write('mariadb', `/usr/bin/mariadb --no-defaults --socket=${second.socket} --user=root`);
    write('portillon', `${process.execPath} ${PROGRAM}`);
  }

  /** The cleaning refuses while a killed instance may still run. */
  async #runUntilDone(command) {
    for (const from = performance.now(); ; await sleep(1_000))
      try {
        return this.#run(command);
      } catch (error) {
        const isEarly = error.stderr.includes('Stop every instance');
        if (!isEarly || performance.now() - from > REFUSED_MS) throw error;
      }
  }

  #run(command) {
    const env = {
      ...settings(this.platform.base),
      PATH: `${this.bin}:${process.env.PATH}`,
    };
    return execFileSync('sh', ['-ec', command], { env, encoding: 'utf8', stdio: 'pipe' });
  }
}

/** Lines of the blocks of this kind below a heading of the page. */
function printed(heading, kind) {
  const [section] = readFileSync(PAGE, 'utf8').split(`${heading}\n`)[1].split(/^## /m);
  const blocks = [...section.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))];
  return blocks.flatMap(([, text]) =>
    text
      .replaceAll(/ *\\\n */g, ' ')
      .trim()
      .split('\n'),
  );
}

/** The settings that the page prints for a site, as arguments. */
function optionsOf(site, { at }) {
  const [, block] = new RegExp(`# ${site}\\n\\[mariadb\\]\\n(.*?)\`\`\``, 's').exec(
    readFileSync(PAGE, 'utf8'),
  );
  const lines = block.replaceAll(/#.*$/gm, '').trim().split('\n');
  return lines.map(
    (line) =>
      `--${line
        .trim()
        .replace('NUMBER', String(10 + at))
        .replace(/^(\w+)/, (name) => name.replaceAll('_', '-'))}`,
  );
}

function placeOf({ folder, data, socket }) {
  return [
    '--no-defaults',
    `--datadir=${data}`,
    `--tmpdir=${folder}`,
    `--socket=${socket}`,
    '--bind-address=0.0.0.0',
    '--innodb-buffer-pool-size=256M',
    '--performance-schema=OFF',
    '--skip-name-resolve',
    '--max-connections=300',
    '--user=root',
  ];
}

async function startValkey() {
  const valkey = await ThrowAwayRedis.start();
  return { url: valkey.url, close: () => valkey.kill() };
}
