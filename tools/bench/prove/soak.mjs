import { setTimeout as sleep } from 'node:timers/promises';
import { residentMb } from '../processor-time.mjs';
import { lineOf, morning } from './load.mjs';
import { Platform } from './platform.mjs';

/** Warm-up, until code, pools and caches are loaded. */
const WARM_PART = 1 / 6;

/** Runs `rate` sign-ins per second for `minutes`: checks that memory stays at the level of the first sixth. */
export async function soak({ rate, minutes, people }) {
  const platform = await Platform.open({ people });
  try {
    const seconds = minutes * 60;
    const { crowd, browser, result } = await morning(platform, { seconds, rateAt: () => rate }, () =>
      watch(platform.instances, seconds),
    );
    const line = await lineOf(crowd, browser);
    return [{ what: `${rate} a second for ${minutes} min`, ...line, memory: memoryOf(result) }];
  } finally {
    await platform.close();
  }
}

/** MB of each instance, at thirty moments. */
async function watch(instances, seconds) {
  const looks = [];
  for (let look = 0; look < 30; look++) {
    await sleep((seconds * 1_000) / 30);
    looks.push(instances.map(({ pid }) => residentMb(pid)));
  }
  return looks;
}

function memoryOf(looks) {
  const warm = looks[Math.floor(looks.length * WARM_PART)];
  const last = looks.at(-1);
  return warm.map((mb, at) => `${mb.toFixed(0)} → ${last[at].toFixed(0)} MB`).join(', ');
}
