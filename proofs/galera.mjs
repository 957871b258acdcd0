import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tools/workspace/command.mjs';

/** Faults of a Galera cluster, each under load. Needs root, and what docs/guide/proofs.md names. */
export async function prove() {
  const program = join(ROOT, 'tools/bench/prove/run.mjs');
  execFileSync(process.execPath, [program, 'galera'], { cwd: ROOT, stdio: 'inherit' });
}
