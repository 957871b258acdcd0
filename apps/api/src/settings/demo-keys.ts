import { SystemClock, SystemRandom } from '@portillon/kernel';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One new key in the form of `SECRET_KEYS`. */
export function newKeyText(): string {
  const random = new SystemRandom(new SystemClock());
  return `k${random.bytes(4).toString('hex')}:${random.bytes(32).toString('base64')}`;
}

/** The demo's keys: made at its first start and kept beside its database, readable by their owner alone. */
export function demoKeys(dataFolder: string): string {
  const file = join(dataFolder, 'secret-keys');
  mkdirSync(dataFolder, { recursive: true });
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const text = newKeyText();
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    return text;
  }
}
