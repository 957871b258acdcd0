const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
/** Where a mistake opens the gate. */
const LIBS = ['otp', 'session', 'credential', 'access', 'auth', 'factor', 'openid', 'gate'];
const UNIT_SPEC = /(?<!\.db)\.spec\.ts$/;
/** What decides, counts, compares or writes in the domains, whose specs run on the embedded engine too. */
const RULES = /\.(policy|service|repository|view|cookie|secret)\.ts$|^(phc|thread-pool)\.ts$/;
const DOMAINS = new Set(['otp', 'session', 'credential']);

/** Elsewhere what a spec without a database stands beside: the rules, and the conductors with their domains as small fakes. */
function mutatedOf(lib) {
  const names = readdirSync(join(ROOT, 'libs', lib, 'src'), { recursive: true });
  if (DOMAINS.has(lib)) return names.filter((name) => RULES.test(name));
  const judged = names.filter((name) => UNIT_SPEC.test(name)).map((name) => name.replace('.spec.ts', '.ts'));
  return judged.filter((name) => names.includes(name) && !name.endsWith('.module.ts'));
}

const MUTATED = LIBS.flatMap((lib) => mutatedOf(lib).map((name) => `libs/${lib}/src/${name}`));

module.exports = { DOMAINS, LIBS, MUTATED, UNIT_SPEC };
