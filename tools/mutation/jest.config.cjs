const { join } = require('node:path');
const { recipe } = require('../../jest.preset.cjs');
const { LIBS, UNIT_SPEC } = require('./mutated.cjs');

/** The specs without a database: a mutant that waits for one takes ten times as long. */
module.exports = {
  ...recipe,
  rootDir: join(__dirname, '../..'),
  roots: LIBS.map((lib) => `<rootDir>/libs/${lib}/src`),
  testRegex: UNIT_SPEC.source,
};
