import { readFileSync } from 'node:fs';
import { createConfig, lint } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { DOCUMENT } from './openapi.mjs';

/**
 * Fixed paths such as `import` and `export` exist beside `{id}`, whose values never equal them. Routes that send a
 * browser to Pro Santé Connect and back only redirect.
 */
const REDOCLY = { 'no-ambiguous-paths': 'off', 'operation-2xx-response': 'off' };

/** Findings of Redocly's recommended rules, one line each. */
export async function redoclyFindings() {
  const config = await createConfig({ extends: ['recommended'], rules: REDOCLY });
  const problems = await lint({ ref: DOCUMENT, config });
  return problems.map(({ ruleId, location: [at], message }) => `${ruleId} ${at.pointer}: ${message}`);
}

/** Findings of Spectral's recommended rules, one line each. */
export async function spectralFindings() {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas, 'recommended']] });
  const problems = await linter.run(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
  return problems.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
}
