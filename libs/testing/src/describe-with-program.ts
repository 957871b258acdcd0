import { findProgram } from './find-program';

/** Tests with an external program: skipped on a machine without it; CI requires it. */
export function describeWithProgram(program: string, title: string, tests: () => void): void {
  (findProgram(program) || process.env['CI'] ? describe : describe.skip)(title, tests);
}
