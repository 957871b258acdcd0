import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { clockOff } from './database-cluster.mjs';
import { GaleraCluster } from './galera.mjs';
import { underLoad } from './load.mjs';
import { Platform } from './platform.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { ThrowAwaySentinels } = require('../../../libs/testing/src/services/throw-away-sentinels.ts');

const AHEAD = clockOff(120);
/** A relay this slow still carries a low load. */
const SLOW_MS = 3_000;
/** Time until circuit breakers opened by a fault close again. */
const REST_MS = 15_000;

/** Faults of the platform, each with its repair; `hurt` resolves once the fault is in effect. */
const FAULTS = {
  'an instance is killed (kill -9); systemd starts it again': {
    hurt: (platform) => platform.killInstance(0),
  },
  'the database’s writer is killed (Galera, HAProxy)': {
    hurt: ({ mariadb }) => mariadb.killWriter(),
    heal: ({ mariadb }) => mariadb.restartWriter(),
  },
  'the master of the counters is killed (Valkey, Sentinel)': {
    hurt: ({ counters }) => counters.master.kill(),
    heal: ({ counters }) => counters.master.restart(),
  },
  'the first relay is gone': {
    hurt: ({ carriers }) => carriers.first.stop(),
    heal: ({ carriers }) => carriers.restartFirst(),
  },
  'the first relay is slow (3 s a mail)': relay({ takesMs: SLOW_MS }),
  'the first relay is full (451)': relay({ mood: 'refuse-for-now' }),
  'the first relay is silent after the mail': relay({ mood: 'hang' }),
  'the first provider of SMS is gone': {
    hurt: ({ carriers }) => carriers.twilio.stop(),
    heal: ({ carriers }) => carriers.restartTwilio(),
  },
  'the first provider of SMS is silent': {
    hurt: async ({ carriers }) => void (carriers.twilio.mood = 'hang'),
    heal: async ({ carriers }) => void (carriers.twilio.mood = 'accept'),
  },
  'Pro Santé Connect is killed (kill -9)': {
    hurt: ({ psc }) => psc.stop('SIGKILL'),
    heal: async (platform) => void (platform.psc = await platform.psc.again()),
  },
  'an instance comes back two minutes ahead': {
    hurt: async (platform) => {
      await platform.instances[1].stop();
      await platform.startInstance(1, AHEAD);
    },
    heal: async (platform) => {
      await platform.instances[1].stop();
      await platform.startInstance(1);
    },
  },
};

/** Runs the faults in turn, each under the same load. */
export async function faults({ rate, before, during, after, people, only }) {
  const platform = await Platform.open({
    people,
    hasManyMeans: true,
    startDatabase: (on) => GaleraCluster.start(on.folder, on.freePort),
    startCounters: () => ThrowAwaySentinels.start(),
  });
  const words = (only ?? '').split(',');
  const wanted = Object.entries(FAULTS).filter(([name]) => words.some((word) => name.includes(word)));
  const lines = [];
  try {
    for (const [what, { hurt, heal }] of wanted) {
      const plan = { what, rate, before, during, after };
      const line = await underLoad(
        platform,
        plan,
        () => hurt(platform),
        () => heal?.(platform),
      );
      console.error(`${line.verdict}: ${what}`);
      lines.push(line);
      await sleep(REST_MS);
    }
  } finally {
    await platform.close();
  }
  return lines;
}

function relay(ailment) {
  return {
    hurt: async ({ carriers }) => void Object.assign(carriers.first, ailment),
    heal: async ({ carriers }) => void Object.assign(carriers.first, { mood: 'accept', takesMs: 0 }),
  };
}
