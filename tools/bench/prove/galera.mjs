import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseCluster, DatabaseNode, NODES } from './database-cluster.mjs';

const LIBRARY = '/usr/lib/galera/libgalera_smm.so';

/** Three Galera nodes, as in docs/guide/instances.md. */
export class GaleraCluster extends DatabaseCluster {
  /**
   * `freePort` returns a free port of the loopback interface; `folder` contains all data. `more(at)`: further arguments
   * of the node `at`, which begins with 1.
   */
  static async start(folder, freePort, more = () => []) {
    const cluster = new GaleraCluster();
    for (let at = 1; at <= NODES; at++) {
      const node = new GaleraNode(join(folder, `node-${at}`), `db${at}`, 10 + at, cluster.network);
      node.more = more(at);
      cluster.nodes.push(node);
    }
    cluster.addDisk();
    await cluster.#form();
    await cluster.startProxies(folder, freePort);
    return cluster;
  }

  /** Starts a node like Debian's unit: from the position in its storage. */
  async restart(node, environment) {
    node.start(this.#address(), [`--wsrep-start-position=${node.recovered()}`], environment);
    await node.synced(NODES);
  }

  /** After all nodes have ended, as the runbook says: the node with the last commit begins, the others join. */
  async restartAll() {
    const positions = this.nodes.map((node) => ({ node, last: Number(node.recovered().split(':')[1]) }));
    const [{ node: first }, ...others] = positions.sort((a, b) => b.last - a.last);
    const state = join(first.data, 'grastate.dat');
    writeFileSync(state, readFileSync(state, 'utf8').replace('safe_to_bootstrap: 0', 'safe_to_bootstrap: 1'));
    const from = first.recovered();
    first.start('gcomm://', ['--wsrep-new-cluster', `--wsrep-start-position=${from}`]);
    await first.synced(1);
    for (const [at, { node }] of others.entries()) {
      node.start(this.#address(), [`--wsrep-start-position=${node.recovered()}`]);
      await node.synced(at + 2);
    }
  }

  /** The first node is created and stopped cleanly; the others start as its copies, without a state transfer. */
  async #form() {
    const [first, ...others] = this.nodes;
    const args = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db'];
    execFileSync('mariadb-install-db', [...args, `--datadir=${first.data}`, '--user=root'], {
      stdio: 'pipe',
    });
    await this.#found(first);
    // Reached from other addresses than this machine's own; root of the tests has no password.
    await first.locally("CREATE USER haproxy@'%'; CREATE USER root@'%'; GRANT ALL ON *.* TO root@'%'");
    await first.kill('SIGTERM');
    for (const { data } of others) cpSync(first.data, data, { recursive: true });
    await this.#found(first);
    for (const [at, other] of others.entries()) {
      other.start(this.#address());
      await other.synced(at + 2);
    }
  }

  async #found(first) {
    first.start('gcomm://', ['--wsrep-new-cluster']);
    await first.synced(1);
  }

  #address() {
    return `gcomm://${this.nodes.map(({ address }) => address).join(',')}`;
  }
}

class GaleraNode extends DatabaseNode {
  more = [];

  start(address, more = [], environment = {}) {
    this.run(['mariadbd', ...this.#args(address), ...more], environment);
  }

  /** Waits until it accepts statements in a cluster of this size. */
  async synced(size) {
    const asked = "SHOW STATUS WHERE Variable_name IN ('wsrep_cluster_size', 'wsrep_ready')";
    await this.until(asked, (rows) => {
      const states = rows.map(({ Value }) => Value);
      return states.includes('ON') && states.includes(String(size));
    });
  }

  /** Position of its storage when it was killed: group and number of its last commit. */
  recovered() {
    const file = join(this.folder, 'recovered.err');
    if (existsSync(file)) writeFileSync(file, '');
    execFileSync('mariadbd', [...this.#args('gcomm://'), '--wsrep-recover', `--log-error=${file}`], {
      stdio: 'pipe',
    });
    return /Recovered position: (\S+)/.exec(readFileSync(file, 'utf8'))[1];
  }

  #args(address) {
    const { folder, name, data, socket, address: own } = this;
    return [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${folder}`,
      `--socket=${socket}`,
      '--bind-address=0.0.0.0',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-buffer-pool-size=256M',
      '--innodb-autoinc-lock-mode=2',
      '--binlog-format=ROW',
      '--performance-schema=OFF',
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      '--max-connections=300',
      '--wsrep-on=ON',
      `--wsrep-provider=${LIBRARY}`,
      '--wsrep-cluster-name=portillon',
      '--wsrep-sst-method=mariabackup',
      '--wsrep-sst-auth=root:',
      `--wsrep-node-name=${name}`,
      `--wsrep-node-address=${own}`,
      '--wsrep-provider-options=gcache.size=128M',
      `--wsrep-cluster-address=${address}`,
      '--user=root',
      ...this.more,
    ];
  }
}
