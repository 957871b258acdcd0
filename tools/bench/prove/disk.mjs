import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { underLoad } from './load.mjs';
import { Platform } from './platform.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { ThrowAwayMariadb } = require('../../../libs/testing/src/services/throw-away-mariadb.ts');

const SIZE = 900 * 2 ** 20;

/** Fills the disk of the database, then frees space. The disk is an ext4 file system in a file; needs root. */
export async function disk({ rate, before, during, after, people }) {
  let mount;
  const startDatabase = ({ folder }) => {
    mount = join(folder, 'disk');
    mkdirSync(mount);
    const image = join(folder, 'disk.img');
    writeFileSync(image, '');
    truncateSync(image, SIZE);
    execFileSync('mkfs.ext4', ['-q', image]);
    execFileSync('mount', ['-o', 'loop', image, mount]);
    const data = join(mount, 'database');
    mkdirSync(data);
    return ThrowAwayMariadb.start({ durable: true, folder: data, bufferPool: '256M' });
  };
  const platform = await Platform.open({ people, startDatabase });
  const filling = join(mount, 'filling');
  try {
    const what = 'the database’s disk is full';
    const plan = { what, rate, before, during, after };
    const heal = () => makeRoom(platform, filling);
    return [await underLoad(platform, plan, async () => fill(filling), heal)];
  } finally {
    await platform.mariadb.stop();
    execFileSync('umount', ['--lazy', mount]);
    await platform.close();
  }
}

/** MariaDB exits when it cannot write; systemd restarts it, which succeeds once there is space. */
async function makeRoom({ mariadb }, filling) {
  rmSync(filling);
  await mariadb.kill();
  await mariadb.restart();
}

/** Fills the disk to the last byte, including space that MariaDB frees meanwhile. */
function fill(file) {
  const filling = openSync(file, 'w');
  try {
    for (const block = Buffer.alloc(2 ** 20); ;) writeSync(filling, block);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(filling);
  }
}
