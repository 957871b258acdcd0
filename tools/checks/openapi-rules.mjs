import { readFileSync } from 'node:fs';
import { createConfig, lint } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { DOCUMENT } from './openapi.mjs';

/**
 * The fixed paths hold `import` and `export` beside `{id}`, which no identifier can be; what sends a browser to Pro Santé
 * Connect and back answers with a redirection alone.
 */
const REDOCLY = { 'no-ambiguous-paths': 'off', 'operation-2xx-response': 'off' };

/** What Redocly's recommended rules find in the document, one line each. */
export async function redoclyFindings() {
  const config = await createConfig({ extends: ['recommended'], rules: REDOCLY });
  const problems = await lint({ ref: DOCUMENT, config });
  return problems.map(({ ruleId, location: [at], message }) => `${ruleId} ${at.pointer}: ${message}`);
}

/** What Spectral's recommended rules find in the document, one line each. */
export async function spectralFindings() {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas, 'recommended']] });
  const problems = await linter.run(JSON.parse(readFileSync(DOCUMENT, 'utf8')));
  return problems.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
}
