const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
/** Code in which an error could admit an attacker. */
const LIBS = ['otp', 'session', 'credential', 'access', 'auth', 'factor', 'openid', 'gate'];
const UNIT_SPEC = /(?<!\.db)\.spec\.ts$/;
/** Domain code that decides, counts, compares or writes, with specs for the embedded engine too. */
const RULES = /\.(policy|service|repository|view|cookie|secret)\.ts$|^(phc|thread-pool)\.ts$/;
const DOMAINS = new Set(['otp', 'session', 'credential']);

/** Elsewhere code with a spec that needs no database: policies, and use cases with small fakes of their domains. */
function mutatedOf(lib) {
  const names = readdirSync(join(ROOT, 'libs', lib, 'src'), { recursive: true });
  if (DOMAINS.has(lib)) return names.filter((name) => RULES.test(name));
  const judged = names.filter((name) => UNIT_SPEC.test(name)).map((name) => name.replace('.spec.ts', '.ts'));
  return judged.filter((name) => names.includes(name) && !name.endsWith('.module.ts'));
}

const MUTATED = LIBS.flatMap((lib) => mutatedOf(lib).map((name) => `libs/${lib}/src/${name}`));

module.exports = { DOMAINS, LIBS, MUTATED, UNIT_SPEC };
