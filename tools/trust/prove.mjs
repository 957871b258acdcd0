import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { licenceProblems } from '../checks/licences.mjs';
import { ROOT, run } from '../workspace/command.mjs';
import { OUTPUT, REGISTERS, REPORTS } from './place.mjs';
import { probe } from './probes.mjs';
import { withServer } from './probed-server.mjs';
import { runProblems, stateOf, testsOf } from './reports.mjs';
import { sbomOf, sbomProblems } from './sbom.mjs';
import { PROBED } from './sources.mjs';
import { standingOf } from './standing.mjs';

const SBOM = join(OUTPUT, 'sbom.cdx.json');

/**
 * All that the trust file claims, held against the code, the last run of the tests, a started server and the lock: what is wrong, one
 * sentence each. The proof is written into `tmp/trust`.
 */
export async function prove() {
  const { registers, rows, problems } = await standingOf();
  const probed = await withServer((site) => probe(site)).catch(notStarted);
  const tests = new Map([...testsOf(REPORTS, ROOT), [PROBED, probed]]);
  const sbom = await sbomOf();
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(SBOM, `${JSON.stringify(sbom, null, 2)}\n`);
  const all = [
    ...problems,
    ...runProblems(rows, tests),
    ...probed.flatMap(sentences),
    ...sbomProblems(sbom),
    ...licenceProblems(),
  ];
  const proof = { ...(await built(registers)), ...statement(rows, tests), probes: probed, problems: all };
  writeFileSync(join(OUTPUT, 'trust.json'), `${JSON.stringify(proof, null, 2)}\n`);
  return { problems: all, counts: proof.counts };
}

function notStarted({ message }) {
  return [{ name: 'start', status: 'failed', problems: [message] }];
}

function sentences({ name, problems }) {
  return problems.map((one) => `A started server, probe ${name}: ${one}.`);
}

/** What was proved, by what. */
async function built(registers) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { stdout: commit } = await run('git', ['rev-parse', 'HEAD']);
  const { stdout: changes } = await run('git', ['status', '--porcelain']);
  return {
    product: 'portillon',
    version,
    commit: commit.trim(),
    changed: changes.trim() !== '',
    node: process.version,
    assessed: registers
      .map(({ date }) => date)
      .sort()
      .at(-1),
    evidence: evidence(),
  };
}

/** A row that is met by proofs of which one did not pass is declared, and no more. */
export function statement(rows, tests) {
  const stated = rows.map(({ id, status, proof }) => {
    const proofs = proof.map((one) => ({ proof: one, state: stateOf(one, tests) }));
    const holds = proofs.every(({ state }) => ['passed', 'command'].includes(state));
    return { id, status: status === 'met' && !holds ? 'declared' : status, proofs };
  });
  const counts = {};
  for (const { status } of stated) counts[status] = (counts[status] ?? 0) + 1;
  return { counts, rows: stated };
}

function evidence() {
  const files = [...filesOf(REGISTERS), ...filesOf(REPORTS), SBOM, join(ROOT, 'package-lock.json')];
  return files.map((file) => ({
    file: relative(ROOT, file),
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  }));
}

function filesOf(folder) {
  return existsSync(folder)
    ? readdirSync(folder)
        .map((name) => join(folder, name))
        .sort()
    : [];
}
