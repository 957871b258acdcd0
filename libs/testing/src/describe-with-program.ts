import { findProgram } from './find-program';

/** Tests with a program that is no part of the product: skipped where the machine has it not, which CI does not allow. */
export function describeWithProgram(program: string, title: string, tests: () => void): void {
  (findProgram(program) || process.env['CI'] ? describe : describe.skip)(title, tests);
}
