import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runPackage, ROOT } from '../workspace/command.mjs';

export const DOCUMENT = join(ROOT, 'apps/api/openapi.json');
const SCHEMA = join(ROOT, 'docs/guide/gate.schema.json');
const CLIENT = join(ROOT, 'libs/api-client/src/generated');

/** Writes the OpenAPI document that the code describes, the client that follows from it, and the schema of `apply`. */
export async function writeOpenapi() {
  writeFileSync(DOCUMENT, await describedByCode());
  writeFileSync(SCHEMA, await printedBy('apply', '--schema'));
  await generateClient(DOCUMENT, CLIENT);
}

/** What differs between the committed document and client and what the code gives now: nothing, or a sentence. */
export async function openapiDrift() {
  const advice = 'run "npm run openapi", read what changed for integrators, and commit it.';
  if (!existsSync(DOCUMENT) || readFileSync(DOCUMENT, 'utf8') !== (await describedByCode()))
    return `apps/api/openapi.json is not what the code describes: ${advice}`;
  const fresh = join(ROOT, 'tmp', 'api-client');
  rmSync(fresh, { recursive: true, force: true });
  await generateClient(DOCUMENT, fresh);
  const changed = differences(fresh, CLIENT);
  return changed.length
    ? `libs/api-client does not follow from apps/api/openapi.json (${changed.join(', ')}): ${advice}`
    : '';
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

async function generateClient(document, folder) {
  const args = ['-i', document, '-o', folder, '--silent'];
  const { code, output } = await runPackage('@hey-api/openapi-ts', args, {
    cwd: join(ROOT, 'libs/api-client'),
  });
  if (code !== 0) throw new Error(output);
}

function differences(one, other) {
  const files = [...new Set([...filesUnder(one), ...filesUnder(other)])];
  return files.filter((file) => contentOf(join(one, file)) !== contentOf(join(other, file)));
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true }).filter((file) => statSync(join(folder, file)).isFile());
}

function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
