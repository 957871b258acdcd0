const { join } = require('node:path');
const { recipe } = require('../../jest.preset.cjs');
const { LIBS, UNIT_SPEC } = require('./mutated.cjs');

/** What a code is counted, compared and consumed by are its own statements, here on the embedded engine. */
const CODES_IN_A_DATABASE = 'libs/otp/src/otp\\.service(\\.resend|\\.lock)?\\.db\\.spec\\.ts$';

/** Else the specs without a database: a mutant that waits for one takes ten times as long. */
module.exports = {
  ...recipe,
  rootDir: join(__dirname, '../..'),
  roots: LIBS.map((lib) => `<rootDir>/libs/${lib}/src`),
  testRegex: [UNIT_SPEC.source, CODES_IN_A_DATABASE],
};
