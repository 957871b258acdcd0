import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ROOT } from '../tools/workspace/command.mjs';

/** Proofs of the product as a whole, by their command-line names. They do not run for each change. */
const PROOFS = {
  alerts: () => import('./alerts.mjs'),
  'debian-13': () => import('./debian-13.mjs'),
  galera: () => underLoad('galera'),
  'group-replication': () => underLoad('group-replication'),
  image: () => import('./image.mjs'),
  init: () => import('./init.mjs'),
  machine: () => import('./machine.mjs'),
  mysql: () => import('./mysql.mjs'),
  proxies: () => import('./proxies.mjs'),
  restore: () => import('./restore.mjs'),
  strangers: () => import('./strangers.mjs'),
  tls: () => import('./tls.mjs'),
  'two-sites': () => underLoad('two-sites'),
  workspace: () => import('./workspace.mjs'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in PROOFS));
if (unknown.length) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(PROOFS).join(', ')}.`);
  process.exit(2);
}

let failed = 0;
for (const name of asked.length ? asked : Object.keys(PROOFS)) {
  const start = performance.now();
  console.log(`\n▸ ${name}`);
  const { prove } = await PROOFS[name]();
  const error = await prove().catch((reason) => reason);
  failed += Number(Boolean(error));
  const time = `${Math.round((performance.now() - start) / 1_000)} s`;
  console.log(error ? `✗ ${name}, ${time}: ${error.message}` : `✓ ${name}, ${time}`);
}
process.exitCode = failed ? 1 : 0;

/** A proof of docs/guide/proofs.md. Needs root, and what that page names. */
async function underLoad(name) {
  const program = join(ROOT, 'tools/bench/prove/run.mjs');
  const prove = async () => execFileSync(process.execPath, [program, name], { cwd: ROOT, stdio: 'inherit' });
  return { prove };
}
