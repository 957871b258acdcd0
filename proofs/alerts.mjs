import { createRequire } from 'node:module';
import { join } from 'node:path';
import { find } from '../tools/checks/machine.mjs';
import { MonitoredService, PEOPLE } from './alerts/monitored-service.mjs';
import { ended, Watch } from './alerts/watch.mjs';

const PROGRAMS = ['prometheus', 'prometheus-alertmanager', 'prometheus-blackbox-exporter', 'nginx'];
const TEN_SECONDS_AHEAD = {
  LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  FAKETIME: '+10s',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
};
/** The alerts, each with the time in which it must ring after the fault, in seconds. */
const PROMISES = {
  PortillonHeartbeat: 120,
  PortillonDatabaseDown: 120,
  PortillonRedisDown: 180,
  PortillonCertificateEnds: 240,
  PortillonClockApart: 240,
  PortillonProviderLeftAlone: 180,
  PortillonSmsNotLeaving: 180,
  PortillonMailNotLeaving: 180,
  PortillonDependencyDown: 180,
  PortillonSignInPageDown: 120,
  PortillonDown: 180,
};
/** Ring too: an answer 502 for a code that does not leave burns a service level, and no one enters codes here. */
const CONSEQUENCES = ['PortillonSloBurnsFast', 'PortillonSloBurns', 'PortillonCodesNotEntered'];
/** A certificate is looked at every five minutes. */
const CERTIFICATE_SILENT_S = 480;

/**
 * Rings alerts with real faults: two servers, a worker, MariaDB, Valkey, nginx, relays and SMS providers, watched by
 * the example's Prometheus, Alertmanager and blackbox exporter. The intervals are those of the example. Of the rules for
 * deliveries, windows of 2 to 5 min are shortened in a copy. `every-alert.test.yaml` rings the others. Needs root, for
 * the file system of the database.
 */
export async function prove() {
  for (const program of PROGRAMS) if (!find(program)) throw new Error(`needs ${program}`);
  const { Platform } = await import('../tools/bench/prove/platform.mjs');
  const { DatabaseDisk } = await import('../tools/bench/prove/disk.mjs');
  const disk = new DatabaseDisk();
  const { startDatabase } = disk;
  const platform = await Platform.open({ people: PEOPLE, hasManyMeans: true, startCounters: startValkey, startDatabase }); // prettier-ignore
  const watch = new Watch(join(platform.folder, 'monitoring'), PROMISES);
  const service = new MonitoredService(platform);
  try {
    await service.monitored();
    await watch.start(service);
    await faultsBesideEachOther(service, watch);
    await noRelayAtAll(service, watch);
    await fullDisk(disk, watch);
    await noDatabase(service, watch);
    await noPage(service, watch);
    watch.assertNothingElse(CONSEQUENCES);
  } finally {
    service.stop();
    await watch.stop();
    await platform.mariadb.stop();
    disk.close();
    await platform.close();
  }
}

async function startValkey() {
  const require = createRequire(import.meta.url);
  require('@swc-node/register');
  const { ThrowAwayRedis } = require('../libs/testing/src/services/throw-away-redis.ts');
  const valkey = await ThrowAwayRedis.start();
  return Object.assign(valkey, { close: () => valkey.kill() });
}

async function faultsBesideEachOther(service, watch) {
  const { carriers, counters } = service.platform;
  await watch.rings('PortillonHeartbeat', async () => undefined);
  const hurtSms = async () => {
    carriers.twilio.mood = 'fail';
    carriers.ovh.mood = 'no-credit';
    service.sends.sms = true;
  };
  await Promise.all([
    watch.rings('PortillonCertificateEnds', async () => undefined),
    watch.rings('PortillonRedisDown', () => counters.kill()),
    watch.rings('PortillonClockApart', () => service.restart(1, TEN_SECONDS_AHEAD)),
    watch.rings('PortillonProviderLeftAlone', () => carriers.first.stop()),
    watch.rings('PortillonSmsNotLeaving', hurtSms),
  ]);
  // Every mail left by the second relay.
  watch.assertNever('PortillonMailNotLeaving');
  const healSms = async () => {
    service.sends.sms = false;
    carriers.twilio.mood = 'accept';
    carriers.ovh.mood = 'accept';
  };
  // Waited for at the end: the job looks every five minutes.
  service.present(90);
  service.certified = watch.fallsSilent(
    'PortillonCertificateEnds',
    async () => undefined,
    CERTIFICATE_SILENT_S,
  );
  service.certified.catch(() => undefined);
  await Promise.all([
    watch.fallsSilent('PortillonRedisDown', () => counters.restart()),
    watch.fallsSilent('PortillonClockApart', () => service.restart(1)),
    watch.fallsSilent('PortillonSmsNotLeaving', healSms),
  ]);
}

async function noRelayAtAll(service, watch) {
  const { carriers } = service.platform;
  const port = Number(new URL(carriers.second.url).port);
  await Promise.all([
    watch.rings('PortillonMailNotLeaving', () => carriers.second.stop()),
    watch.rings('PortillonDependencyDown', async () => undefined),
  ]);
  const { SmtpSink } = createRequire(import.meta.url)('../libs/testing/src/servers.ts');
  const heal = async () => {
    carriers.second = await new SmtpSink().start(port);
    await carriers.restartFirst();
  };
  await Promise.all([
    watch.fallsSilent('PortillonMailNotLeaving', heal),
    ...['PortillonDependencyDown', 'PortillonProviderLeftAlone'].map((name) =>
      watch.fallsSilent(name, async () => undefined),
    ),
  ]);
  service.sends.mail = false;
}

/** The database answers, and its commits hang. It goes on without a restart. */
async function fullDisk(disk, watch) {
  await watch.rings('PortillonDatabaseDown', async () => disk.fill());
  await watch.fallsSilent('PortillonDatabaseDown', async () => disk.free());
}

async function noDatabase({ platform: { mariadb } }, watch) {
  await watch.rings('PortillonDatabaseDown', () => mariadb.kill());
  await watch.fallsSilent('PortillonDatabaseDown', () => mariadb.restart());
}

async function noPage(service, watch) {
  const { platform } = service;
  await Promise.all([
    watch.rings('PortillonSignInPageDown', () => ended(platform.nginx)),
    watch.rings('PortillonDown', () => platform.instances[0].kill()),
  ]);
  await Promise.all([
    watch.fallsSilent('PortillonSignInPageDown', () => service.startNginx()),
    watch.fallsSilent('PortillonDown', () => service.start(0)),
    service.certified,
  ]);
}
