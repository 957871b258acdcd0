import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { underLoad } from './load.mjs';
import { Platform } from './platform.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { ThrowAwayMariadb } = require('../../../libs/testing/src/throw-away-mariadb.ts');

const SIZE = '900M';

/** The database's disk has no room left, and gets some: a file system of its own, as root. */
export async function disk({ rate, before, during, after, people }) {
  let mount;
  const startDatabase = ({ folder }) => {
    mount = join(folder, 'disk');
    mkdirSync(mount);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', mount]);
    const data = join(mount, 'database');
    mkdirSync(data);
    return ThrowAwayMariadb.start({ durable: true, folder: data, bufferPool: '256M' });
  };
  const platform = await Platform.open({ people, startDatabase });
  const filling = join(mount, 'filling');
  try {
    const what = 'the database’s disk is full';
    const line = await underLoad(platform, { what, rate, before, during, after }, () => fill(mount, filling), () => rmSync(filling)); // prettier-ignore
    return [line];
  } finally {
    await platform.mariadb.stop();
    execFileSync('umount', ['--lazy', mount]);
    await platform.close();
  }
}

async function fill(mount, file) {
  const { bavail, bsize } = statfsSync(mount);
  writeFileSync(file, Buffer.alloc(bavail * bsize));
}
