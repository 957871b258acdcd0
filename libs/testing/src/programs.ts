import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Path of a program, or undefined. Searches `PATH`, and the `sbin` beside each `bin` of it, which Debian leaves out of
 * users' `PATH`. A test that empties `PATH` therefore finds no optional programs.
 */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const system = folders.filter((folder) => /[/]bin$/.test(folder)).map((folder) => join(folder, '../sbin'));
  return [...folders, ...system].map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Tests with an external program: skipped on a machine without it; CI requires it. */
export function describeWithProgram(program: string, title: string, tests: () => void): void {
  (findProgram(program) || process.env['CI'] ? describe : describe.skip)(title, tests);
}
