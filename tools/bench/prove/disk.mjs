import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { underLoad } from './load.mjs';
import { Platform } from './platform.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { ThrowAwayMariadb } = require('../../../libs/testing/src/services/throw-away-mariadb.ts');

const SIZE = 900 * 2 ** 20;
/** For the file system's own blocks; the rest is reserved at once. */
const MARGIN = 64 * 2 ** 20;
/** Load balancers take an instance out that is not ready. */
const NOT_READY_WITHIN_MS = 10_000;

/** Fills the disk of the database, then frees space. Needs root. */
export async function disk({ rate, before, during, after, people }) {
  const small = new DatabaseDisk();
  const platform = await Platform.open({ people, startDatabase: small.startDatabase });
  try {
    const what = 'the database’s disk is full';
    const plan = { what, rate, before, during, after };
    const hurt = async () => {
      small.fill();
      await notReady(platform);
    };
    return [await underLoad(platform, plan, hurt, () => makeRoom(platform, small))];
  } finally {
    await platform.mariadb.stop();
    small.close();
    await platform.close();
  }
}

/** An ext4 file system in a file, for the database alone. Needs root. */
export class DatabaseDisk {
  #disk;

  /** For `Platform.open`. With the binary log, as backup.md sets it: a full disk then refuses nothing, commits hang. */
  startDatabase = ({ folder }) => {
    const mount = join(folder, 'disk');
    mkdirSync(mount);
    this.#disk = new SmallDisk(mount, SIZE);
    const data = join(mount, 'database');
    mkdirSync(data);
    const args = ['--log-bin=binlog', '--server-id=1'];
    return ThrowAwayMariadb.start({ durable: true, folder: data, bufferPool: '256M', args });
  };

  fill() {
    this.#disk.fill();
  }

  free() {
    this.#disk.free();
  }

  close() {
    this.#disk.close();
  }
}

/** A file system of `size` bytes, mounted on this empty folder. Needs root. */
export class SmallDisk {
  #image;

  constructor(folder, size) {
    this.folder = folder;
    this.#image = `${folder}.img`;
    writeFileSync(this.#image, '');
    truncateSync(this.#image, size);
    execFileSync('mkfs.ext4', ['-q', this.#image]);
    execFileSync('mount', ['-o', 'loop', this.#image, folder]);
  }

  /** Fills it to the last byte, including space that the database frees meanwhile. */
  fill() {
    const { bfree, bsize } = statfsSync(this.folder);
    const most = bfree * bsize - MARGIN;
    if (most > 0) execFileSync('fallocate', ['--length', String(most), this.#filling]);
    const filling = openSync(this.#filling, 'a');
    try {
      for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 16)) fillWith(filling, Buffer.alloc(size));
    } finally {
      closeSync(filling);
    }
  }

  free() {
    rmSync(this.#filling);
  }

  close() {
    execFileSync('umount', ['--lazy', this.folder]);
    rmSync(this.#image);
  }

  get #filling() {
    return join(this.folder, 'filling');
  }
}

function fillWith(file, block) {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
}

async function notReady({ instances }) {
  const until = performance.now() + NOT_READY_WITHIN_MS;
  for (const { url } of instances)
    for (; (await fetch(`${url}/health/ready`)).status !== 503; await sleep(250))
      if (performance.now() > until) throw new Error(`${url} is still ready on a full disk`);
}

/** MariaDB looks for space once a minute; a restart is faster. */
async function makeRoom({ mariadb }, small) {
  small.free();
  await mariadb.kill();
  await mariadb.restart();
}
