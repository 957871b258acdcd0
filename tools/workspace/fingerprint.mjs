import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './command.mjs';

const STAMPS = join(ROOT, 'node_modules', '.cache', 'portillon');
const LEFT_OUT = /(^|[\\/])(node_modules|dist|test-results|coverage)$|\.spec\.ts$/;

/** A digest of the content of every file under `paths` (folders or files, from the root). */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesUnder).sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)));
  return hash.digest('hex');
}

function filesUnder(path) {
  const full = join(ROOT, path);
  if (!existsSync(full) || LEFT_OUT.test(path)) return [];
  return statSync(full).isDirectory()
    ? readdirSync(full).flatMap((name) => filesUnder(join(path, name)))
    : [path];
}

/** What was the fingerprint when `name` was last done, if it ever was. */
export function stamp(name) {
  const file = join(STAMPS, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Remembers that `name` is done for `value`. */
export function setStamp(name, value) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), value);
}
