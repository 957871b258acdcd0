const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
/** Where a mistake opens the gate. */
const LIBS = ['otp', 'session', 'credential', 'auth'];
const UNIT_SPEC = /(?<!\.db)\.spec\.ts$/;

/** What a spec without a database stands beside: the rules, and the conductors with their domains as small fakes. */
const MUTATED = LIBS.flatMap((lib) =>
  readdirSync(join(ROOT, 'libs', lib, 'src'))
    .filter((name) => UNIT_SPEC.test(name))
    .map((name) => `libs/${lib}/src/${name.replace('.spec.ts', '.ts')}`)
    .filter((file) => existsSync(join(ROOT, file)) && !file.endsWith('.module.ts')),
);

module.exports = { LIBS, MUTATED, UNIT_SPEC };
