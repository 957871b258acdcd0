export { findProgram as find } from '@portillon/testing/servers';

/** CI has every part; elsewhere the tests of one that is missing say that they were left out. */
export function describeWith(program: string, isThere: boolean, packages: string) {
  if (!isThere) console.warn(`The tests with ${program} need it: apt-get install ${packages}`);
  return isThere || process.env['CI'] ? describe : describe.skip;
}
