import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, ROOT } from '../workspace/command.mjs';

export const DOCUMENT = join(ROOT, 'apps/api/openapi.json');
const SCHEMA = join(ROOT, 'docs/guide/gate.schema.json');

/** Writes the OpenAPI document generated from the code, and the schema of `apply`. */
export async function writeOpenapi() {
  writeFileSync(DOCUMENT, await describedByCode());
  writeFileSync(SCHEMA, await printedBy('apply', '--schema'));
}

/** Compares the committed document with the generated one: returns nothing, or a sentence. */
export async function openapiDrift() {
  if (existsSync(DOCUMENT) && readFileSync(DOCUMENT, 'utf8') === (await describedByCode())) return '';
  return 'apps/api/openapi.json is not what the code describes: run "npm run openapi", read what changed for integrators, and commit it.';
}

function describedByCode() {
  return printedBy('openapi');
}

async function printedBy(...args) {
  const file = join(ROOT, 'apps/api/bin/portillon.mjs');
  const { code, stdout, output } = await run(process.execPath, [file, ...args]);
  if (code !== 0) throw new Error(`portillon ${args[0]} did not succeed:\n${output}`);
  return stdout;
}
