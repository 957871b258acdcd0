import { expect, it } from 'vitest';
import { librarySizes, sizes } from '../size.mjs';

/** Maximum of non-blank lines; lower each after removals. `node tools/size.mjs` prints the present numbers. */
const AT_MOST = {
  all: 237_800,
  tests: 87_350,
  'libs, apps/api': 78_650,
  'apps/web': 23_233,
  'of which apps/api': 5_300,
};

it.each(Object.entries(AT_MOST))('of the repository, %s stays within %d lines', (name, most) => {
  expect(sizes()[name]).toBeLessThanOrEqual(most);
});

it('of no library is more than 6,000 lines', () => {
  const large = Object.entries(librarySizes()).filter(([, lines]) => lines > 6_000);
  expect(large).toEqual([]);
});
