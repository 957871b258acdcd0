import { setTimeout as sleep } from 'node:timers/promises';
import { GaleraCluster } from './galera.mjs';
import { underLoad } from './load.mjs';
import { Platform } from './platform.mjs';
import { Sentinels } from './sentinels.mjs';

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const AHEAD = { LD_PRELOAD: FAKETIME, FAKETIME: '+120s', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
/** A relay that takes as long as this carries what few people ask for. */
const SLOW_MS = 3_000;
/** Until breakers that a fault opened are closed again. */
const REST_MS = 15_000;

/** What is done to the platform, and undone; `hurt` resolves once it is done. */
const FAULTS = {
  'an instance is killed (kill -9); systemd starts it again': {
    hurt: ({ platform }) => platform.killInstance(0),
  },
  'the database’s writer is killed (Galera, HAProxy)': {
    hurt: ({ galera }) => galera.killWriter(),
    heal: ({ galera }) => galera.restartWriter(),
  },
  'the master of the counters is killed (Valkey, Sentinel)': {
    hurt: ({ sentinels }) => sentinels.killMaster(),
    heal: async ({ sentinels }) => sentinels.startServer(0),
  },
  'the first relay is gone': {
    hurt: ({ platform }) => platform.relays.first.stop(),
    heal: ({ platform }) => platform.relays.first.start(platform.relays.port),
  },
  'the first relay is slow (3 s a mail)': relay({ takesMs: SLOW_MS }),
  'the first relay is full (451)': relay({ mood: 'refuse-for-now' }),
  'the first relay is silent after the mail': relay({ mood: 'hang' }),
  'an instance comes back two minutes ahead': {
    hurt: async ({ platform }) => {
      await platform.instances[1].stop();
      await platform.startInstance(1, AHEAD);
    },
    heal: async ({ platform }) => {
      await platform.instances[1].stop();
      await platform.startInstance(1);
    },
  },
};

/** One fault after the other, each under the same load. */
export async function faults({ rate, before, during, after, people, only }) {
  const parts = {};
  const startDatabase = async ({ folder, freePort }) => {
    parts.sentinels = await Sentinels.start(folder, freePort);
    return (parts.galera = await GaleraCluster.start(folder, freePort));
  };
  const platform = (parts.platform = await Platform.open({
    people,
    startDatabase,
    environment: () => ({ REDIS_URL: parts.sentinels.url }),
  }));
  const lines = [];
  try {
    for (const [what, { hurt, heal }] of Object.entries(FAULTS).filter(([name]) =>
      name.includes(only ?? ''),
    )) {
      lines.push(await underLoad(platform, { what, rate, before, during, after }, () => hurt(parts), heal && (() => heal(parts)))); // prettier-ignore
      await sleep(REST_MS);
    }
  } finally {
    parts.sentinels?.stop();
    await platform.close();
  }
  return lines;
}

function relay(ailment) {
  return {
    hurt: async ({ platform }) => void Object.assign(platform.relays.first, ailment),
    heal: async ({ platform }) => void Object.assign(platform.relays.first, { mood: 'accept', takesMs: 0 }),
  };
}
