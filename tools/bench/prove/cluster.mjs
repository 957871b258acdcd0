import { setTimeout as sleep } from 'node:timers/promises';
import { clockOff } from './database-cluster.mjs';
import { GaleraCluster } from './galera.mjs';
import { GroupReplication } from './group-replication.mjs';
import { Ledger } from './ledger.mjs';
import { HELD, LOST, underLoad } from './load.mjs';
import { command, makeProductBase } from '../product.mjs';
import { Platform } from './platform.mjs';

const CLOCK_SECONDS = 300;
const LOSS = 0.1;
/** The proxies move back, and circuit breakers close. */
const REST_MS = 15_000;
/** People of the ledger come after those of the load. */
export const OF_LEDGER = 500;
/** Events that a SIEM received last. */
const SEEN = 40;
const UNDER_LOSS_MS = 15_000;
const LOST_SECONDS = 'all nodes are killed with flush 0, then `restore clean --lost-seconds`';

const othersOf = ({ writer, nodes }) => nodes.filter((node) => node !== writer);
const addressesOf = (nodes) => nodes.map(({ address }) => address);

/** Faults of a cluster, each with its repair. */
const FAULTS = {
  'the writer is killed (kill -9)': {
    hurt: (cluster) => cluster.killWriter(),
    heal: (cluster) => cluster.restartWriter(),
  },
  'two nodes are killed, the writer among them': {
    hurt: async (cluster) => {
      await Promise.all(cluster.nodes.slice(0, 2).map((node) => node.kill('SIGKILL')));
      await sleep(5_000);
      await cluster.nodes[2].kill('SIGKILL');
    },
    heal: (cluster) => cluster.restartAll(),
  },
  'all nodes are killed at once': {
    hurt: ({ nodes }) => Promise.all(nodes.map((node) => node.kill('SIGKILL'))),
    heal: (cluster) => cluster.restartAll(),
  },
  'the writer hangs for 20 s (SIGSTOP)': {
    hurt: async ({ writer }) => {
      writer.signal('SIGSTOP');
      await sleep(20_000);
      writer.signal('SIGCONT');
    },
  },
  'the writer is cut off from the other nodes': {
    hurt: (cluster) => {
      const others = othersOf(cluster);
      cluster.network.deafen(cluster.writer.name, addressesOf(others));
      for (const { name } of others) cluster.network.deafen(name, [cluster.writer.address]);
    },
    heal: ({ network }) => network.heal(),
  },
  'the writer hears no other node, and they hear it': {
    hurt: (cluster) => cluster.network.deafen(cluster.writer.name, addressesOf(othersOf(cluster))),
    heal: ({ network }) => network.heal(),
  },
  'the proxies disagree: one cannot reach the writer': {
    hurt: ({ network, writer, proxies }) => network.deafen(writer.name, [proxies[1]]),
    heal: ({ network }) => network.heal(),
  },
  'the writer loses a tenth of its packets': {
    hurt: ({ network, writer }) => network.lose(writer.name, LOSS),
    heal: ({ network }) => network.heal(),
  },
  'the clock of the writer is 5 minutes ahead': clock(CLOCK_SECONDS),
  'the clock of the writer is 5 minutes behind': clock(-CLOCK_SECONDS),
  'all nodes are restarted, one after the other': {
    hurt: async (cluster) => {
      for (const node of cluster.nodes) {
        await node.kill('SIGTERM');
        await cluster.restart(node);
      }
    },
  },
  'the disk of the writer is full': {
    hurt: ({ disk }) => disk.fill(),
    heal: async (cluster) => {
      cluster.disk.free();
      await cluster.writer.kill('SIGKILL');
      await cluster.restartWriter();
    },
  },
};

/** Runs the faults in turn, each under the same load and beside a {@link Ledger}. Needs root. */
export async function galera(plan) {
  return underFaults(GaleraCluster, plan, { [LOST_SECONDS]: lostSeconds });
}

/** As {@link galera}, with MySQL. */
export async function groupReplication(plan) {
  return underFaults(GroupReplication, plan);
}

/** `more`: further rows, by what they show. */
async function underFaults(Cluster, { rate, before, during, after, people, only = '' }, more = {}) {
  const platform = await Platform.open({
    people: people + OF_LEDGER,
    startDatabase: (on) => Cluster.start(on.folder, on.freePort),
    makeBase,
  });
  const { mariadb: cluster, base } = platform;
  base.people = people;
  const words = only.split(',');
  const wanted = (rows) => Object.entries(rows).filter(([name]) => words.some((word) => name.includes(word)));
  const lines = [];
  let turn = 0;
  const newLedger = () => new Ledger(platform, () => people + (turn++ % OF_LEDGER));
  try {
    for (const [what, { hurt, heal }] of wanted(FAULTS)) {
      const ledger = newLedger();
      const running = ledger.run();
      const plan = { what, rate, before, during, after };
      const line = await underLoad(platform, plan, () => hurt(cluster), () => heal?.(cluster)); // prettier-ignore
      ledger.close();
      await running;
      await cluster.settle();
      const faults = await ledger.faults();
      const verdict = line.verdict === HELD && faults.length === 0 ? HELD : LOST;
      const record = `${ledger.size} acts, ${faults.join(', ') || 'all as answered'}`;
      lines.push({ ...line, record, verdict });
      console.error(`${verdict}: ${what}${faults.map((fault) => `\n  ${fault}`).join('')}`);
      await sleep(REST_MS);
    }
    for (const [, row] of wanted(more)) lines.push(await row(platform, newLedger()));
  } catch (error) {
    // The rows before are worth their minutes.
    console.error(error);
    lines.push({ what: 'the proof ended', verdict: LOST, record: error.message.split('\n')[0] });
  } finally {
    await platform.close();
  }
  return lines;
}

/**
 * The loss that docs/guide/runbook.md names: the nodes write their log once a second and are killed at once. Its commands
 * follow, then nothing that was acknowledged may be open or accepted again.
 */
async function lostSeconds(platform, ledger) {
  const { mariadb: cluster, base, instances } = platform;
  for (const node of cluster.nodes) await node.locally('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
  const running = ledger.run();
  await sleep(UNDER_LOSS_MS);
  const seen = await seenLast(cluster, base);
  await Promise.all(cluster.nodes.map((node) => node.kill('SIGKILL')));
  ledger.close();
  await running;
  await cluster.restartAll();
  await Promise.all(instances.map((server) => server.stop()));
  const said = await command(base, ['restore', 'clean', '--lost-seconds', '--seen', ...seen]);
  for (const at of instances.keys()) await platform.startInstance(at);
  const faults = await ledger.faultsOfCleaned();
  const sentence = sentenceOf(said);
  const verdict = faults.length === 0 ? HELD : LOST;
  console.error(`${verdict}: ${LOST_SECONDS}\n  ${[sentence, ...faults].join('\n  ')}`);
  return {
    what: LOST_SECONDS,
    verdict,
    record: `${ledger.size} acts, ${faults.join(', ') || sentence}`,
  };
}

/** Ids of the events that a SIEM received last. */
export async function seenLast({ writer }, { name }) {
  const newest = `SELECT id FROM ${name}.auditEvent ORDER BY id DESC LIMIT ${SEEN}`;
  return (await writer.locally(newest)).map(({ id }) => id);
}

/** What `restore clean --lost-seconds` says of missing events. */
export function sentenceOf(said) {
  return /^(Events are missing|The last event) .*$/m.exec(said)?.[0] ?? said;
}

/** The journal begins empty: no seal covers the lines of copied people. */
export async function makeBase(ground, name, people) {
  const base = await makeProductBase(ground, name, people);
  for (const table of ['auditEvent', 'auditSeal']) await ground.mariadb.query(`DELETE FROM ${name}.${table}`);
  return base;
}

function clock(seconds) {
  return {
    hurt: async (cluster) => {
      await cluster.writer.kill('SIGTERM');
      await cluster.restart(cluster.writer, clockOff(seconds));
    },
    heal: async (cluster) => {
      await cluster.writer.kill('SIGTERM');
      await cluster.restart(cluster.writer);
    },
  };
}
