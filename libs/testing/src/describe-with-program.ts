import { existsSync } from 'node:fs';

/** Tests with a program that is no part of the product: skipped where the machine has it not, which CI does not allow. */
export function describeWithProgram(path: string, title: string, tests: () => void): void {
  (existsSync(path) || process.env['CI'] ? describe : describe.skip)(title, tests);
}
