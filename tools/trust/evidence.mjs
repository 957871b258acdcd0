import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, run } from '../workspace/command.mjs';
import { REGISTERS, REPORTS } from './place.mjs';

/** The proved product and its version, with the digest of each file of evidence, `others` included. */
export async function evidenceOf(registers, others) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { stdout: commit } = await run('git', ['rev-parse', 'HEAD']);
  const { stdout: changes } = await run('git', ['status', '--porcelain']);
  const dates = registers.map(({ date }) => date).sort();
  return {
    product: 'portillon',
    version,
    commit: commit.trim(),
    changed: changes.trim() !== '',
    node: process.version,
    assessed: dates.at(-1),
    evidence: [...filesOf(REGISTERS), ...filesOf(REPORTS), ...others].map((file) => ({
      file: relative(ROOT, file),
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    })),
  };
}

function filesOf(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.sort().map((name) => join(folder, name));
}
