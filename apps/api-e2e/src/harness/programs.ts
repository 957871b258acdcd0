import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where a program is, outside the PATH of people too. */
export function find(program: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** CI has every part; elsewhere the tests of one that is missing say that they were left out. */
export function describeWith(program: string, isThere: boolean, packages: string) {
  if (!isThere) console.warn(`The tests with ${program} need it: apt-get install ${packages}`);
  return isThere || process.env['CI'] ? describe : describe.skip;
}
