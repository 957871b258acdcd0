import { command, makeProductBase, PROGRAM } from '../product.mjs';
import { buildLastRelease, LAST } from './last-release.mjs';
import { underLoad } from './load.mjs';
import { Platform } from './platform.mjs';

/** Replaces two instances of the last release one by one, while people sign in. */
export async function upgrade({ rate, before, during, after, people }) {
  const platform = await Platform.open({
    people,
    makeBase: (ground, name, count) => makeProductBase(ground, name, count, buildLastRelease()),
  });
  try {
    const what = `upgraded from ${LAST}, one by one`;
    return [await underLoad(platform, { what, rate, before, during, after }, () => upgradeAll(platform))];
  } finally {
    await platform.close();
  }
}

/**
 * Upgrades as docs/guide/upgrade.md describes: the tables first, then each instance: out of nginx, replaced, and in
 * again.
 */
async function upgradeAll(platform) {
  platform.base.program = PROGRAM;
  await command(platform.base, ['migrate']);
  for (const at of platform.instances.keys()) await platform.replaceInstance(at);
}
