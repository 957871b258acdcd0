const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { recipe } = require('../../jest.preset.cjs');
const { DOMAINS, LIBS, UNIT_SPEC } = require('./mutated.cjs');

const ROOT = join(__dirname, '../..');
/**
 * Specs of counting, comparing and consuming in the domains' statements, on the embedded engine: no race, no server.
 */
const DATABASE_SPEC = /(?<!\.race)\.db\.spec\.ts$/;

/** Otherwise the specs without a database: a mutant that waits for one takes longer. */
const specFiles = LIBS.flatMap((lib) =>
  readdirSync(join(ROOT, 'libs', lib, 'src'), { recursive: true })
    .filter((name) => UNIT_SPEC.test(name) || (DOMAINS.has(lib) && DATABASE_SPEC.test(name)))
    .map((name) => join(ROOT, 'libs', lib, 'src', name)),
);

/**
 * One registry, as `inOneRegistry` in jest.preset.cjs: Stryker runs tests by name, and would load every related spec.
 */
module.exports = {
  ...recipe,
  rootDir: ROOT,
  roots: [__dirname],
  globals: { specFolder: join(ROOT, 'libs'), specFiles },
  testEnvironment: join(__dirname, 'environment.cjs'),
  testRegex: 'specs\\.cjs$',
};
