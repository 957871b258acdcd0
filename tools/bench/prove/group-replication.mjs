import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Chroot } from '../../../proofs/chroot.mjs';
import { DatabaseCluster, DatabaseNode, NODES } from './database-cluster.mjs';

const GROUP = '8d1c4a52-6a1e-4f0e-9a35-1f0e6c2f7b10';
const GROUP_PORT = 33_061;
const ROOT_EVERYWHERE = "CREATE USER haproxy@'%'; CREATE USER root@'%'; GRANT ALL ON *.* TO root@'%'";
const MEMBERS = 'SELECT * FROM performance_schema.replication_group_members';

/**
 * Three MySQL servers of Debian unstable in Group Replication with a single primary, as in docs/guide/instances.md.
 * They have their programs in a chroot. The first is the primary, unless it failed.
 */
export class GroupReplication extends DatabaseCluster {
  chroot = new Chroot('unstable');

  /** `freePort` returns a free port of the loopback interface; `folder` contains the proxies' configuration. */
  static async start(folder, freePort) {
    const group = new GroupReplication();
    group.chroot.prepare(['mysql-server-core', 'libfaketime']);
    for (let at = 1; at <= NODES; at++)
      group.nodes.push(new Member(group.chroot, `db${at}`, 10 + at, group.network));
    group.addDisk();
    await group.#form();
    await group.startProxies(folder, freePort);
    return group;
  }

  async restart(member, environment) {
    member.start(environment);
    await member.answers();
    await this.settle();
  }

  /** Members that the group has expelled join again, and the first member is the primary. */
  async settle() {
    for (const member of this.nodes) if (!(await member.isOnline())) await member.join();
    const [{ id }] = await this.writer.locally('SELECT @@server_uuid AS id');
    await this.writer.locally(`SELECT group_replication_set_as_primary('${id}')`);
  }

  /** After all members have ended: the one with most transactions begins, the others join. */
  async restartAll() {
    for (const member of this.nodes) {
      member.start();
      await member.answers();
    }
    await (await this.#mostAdvanced()).bootstrap();
    await this.settle();
  }

  async stop() {
    await super.stop();
    for (const { folder } of this.nodes) rmSync(folder, { recursive: true });
    this.chroot.close();
  }

  /** The first member is created and stopped cleanly; the others start as its copies. */
  async #form() {
    const [first, ...others] = this.nodes;
    first.initialize();
    first.start();
    await first.answers();
    await first.locally(`SET GLOBAL super_read_only = OFF; ${ROOT_EVERYWHERE}`);
    await first.locally(
      "CHANGE REPLICATION SOURCE TO SOURCE_USER = 'root' FOR CHANNEL 'group_replication_recovery'",
    );
    await first.kill('SIGTERM');
    for (const { data } of others) {
      cpSync(first.data, data, { recursive: true });
      rmSync(join(data, 'auto.cnf'));
    }
    await this.restartAll();
  }

  async #mostAdvanced() {
    const done = new Map();
    for (const member of this.nodes)
      done.set(member, (await member.locally('SELECT @@gtid_executed AS done'))[0].done);
    for (const [member, own] of done) {
      const isSuperset = (other) => member.locally(`SELECT GTID_SUBSET('${other}', '${own}') AS contains`);
      const answers = await Promise.all([...done.values()].map(isSuperset));
      if (answers.every(([{ contains }]) => contains)) return member;
    }
    throw new Error(`No member has all transactions: ${[...done.values()].join(' | ')}`);
  }
}

class Member extends DatabaseNode {
  constructor(chroot, name, number, network) {
    const inside = `/var/lib/portillon-${name}`;
    const folder = join(chroot.folder, inside);
    rmSync(folder, { recursive: true, force: true });
    super(folder, name, number, network);
    this.inside = inside;
    this.chroot = chroot;
    this.number = number;
  }

  initialize() {
    mkdirSync(this.data);
    const args = ['--no-defaults', '--user=root', `--datadir=${this.inside}/data`, '--initialize-insecure'];
    this.chroot.run(['mysqld', ...args], { stdio: 'ignore' });
  }

  start(environment) {
    this.run(['chroot', this.chroot.folder, 'mysqld', ...this.#args()], environment);
  }

  answers() {
    return this.until('SELECT 1', (rows) => rows.length === 1);
  }

  async bootstrap() {
    await this.locally('SET GLOBAL group_replication_bootstrap_group = ON');
    await this.locally('START GROUP_REPLICATION');
    await this.locally('SET GLOBAL group_replication_bootstrap_group = OFF');
    await this.#online();
  }

  async join() {
    await this.locally('STOP GROUP_REPLICATION; START GROUP_REPLICATION');
    await this.#online();
  }

  async isOnline() {
    return isOnline(await this.locally(MEMBERS), this.address);
  }

  #online() {
    return this.until(MEMBERS, (rows) => isOnline(rows, this.address));
  }

  #args() {
    const { inside, number, address } = this;
    const seeds = Array.from({ length: NODES }, (_, at) => `10.79.3.${11 + at}:${GROUP_PORT}`);
    return [
      '--no-defaults',
      '--user=root',
      `--datadir=${inside}/data`,
      `--socket=${inside}/s.sock`,
      '--bind-address=0.0.0.0',
      '--mysqlx=OFF',
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      '--max-connections=300',
      '--innodb-buffer-pool-size=256M',
      '--innodb-flush-log-at-trx-commit=1',
      '--sync-binlog=1',
      `--server-id=${number}`,
      '--gtid-mode=ON',
      '--enforce-gtid-consistency=ON',
      `--report-host=${address}`,
      '--secure-file-priv=NULL',
      '--super-read-only=ON',
      '--plugin-load-add=group_replication.so',
      '--loose-group-replication-start-on-boot=OFF',
      `--loose-group-replication-group-name=${GROUP}`,
      `--loose-group-replication-local-address=${address}:${GROUP_PORT}`,
      `--loose-group-replication-group-seeds=${seeds.join(',')}`,
      '--loose-group-replication-recovery-get-public-key=ON',
      '--loose-group-replication-unreachable-majority-timeout=5',
      '--loose-group-replication-member-expel-timeout=0',
      '--loose-group-replication-exit-state-action=READ_ONLY',
      '--loose-group-replication-consistency=BEFORE_ON_PRIMARY_FAILOVER',
    ];
  }
}

function isOnline(members, address) {
  return members.some(({ MEMBER_HOST: host, MEMBER_STATE: state }) => host === address && state === 'ONLINE');
}
