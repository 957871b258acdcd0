import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** Containers have 64 MB there by default; a MariaDB of the tests takes 50 for itself and 30 for each database. */
const ROOM_BYTES = 1024 ** 3;

/**
 * Makes a folder for data that need not survive a power cut: in memory where there is space, since a busy disk takes
 * seconds to create or drop the tables of one database.
 */
export function scratchFolder(prefix: string): string {
  return mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), prefix));
}

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM_BYTES;
}
