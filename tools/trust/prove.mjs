import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceProblems } from '../checks/licences.mjs';
import { ROOT } from '../workspace/command.mjs';
import { evidenceOf } from './evidence.mjs';
import { oscalOf } from './oscal.mjs';
import { OUTPUT, REPORTS } from './place.mjs';
import { probe } from './probes.mjs';
import { withServer } from './probed-server.mjs';
import { runProblems, testsOf } from './reports.mjs';
import { sbomOf, sbomProblems } from './sbom.mjs';
import { signFile } from './signature.mjs';
import { PROBED } from './sources.mjs';
import { standingOf } from './standing.mjs';
import { statementOf } from './statement.mjs';

/**
 * All that the trust file claims, held against the code, the last run of the tests, a started server and the lock: what
 * is wrong, one sentence each. The proof is written into `tmp/trust`, and signed where `keyFile` is a key.
 */
export async function prove(keyFile = process.env.TRUST_KEY_FILE) {
  const { registers, rows, problems: standing } = await standingOf();
  const probed = await withServer((site) => probe(site)).catch(notStarted);
  const tests = new Map([...testsOf(REPORTS, ROOT), [PROBED, probed]]);
  const sbom = await sbomOf();
  const problems = [
    ...standing,
    ...runProblems(rows, tests),
    ...probed.flatMap(sentences),
    ...sbomProblems(sbom),
    ...licenceProblems(),
  ];
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  const statement = statementOf(rows, tests);
  const evidence = await evidenceOf(registers, [
    write('sbom.cdx.json', sbom),
    join(ROOT, 'package-lock.json'),
  ]);
  const proof = { ...evidence, ...statement, probes: probed, problems };
  write('oscal.json', oscalOf(registers, proof));
  const file = write('trust.json', proof);
  if (keyFile) signFile(file, keyFile);
  return { problems, counts: statement.counts };
}

function write(name, content) {
  const file = join(OUTPUT, name);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}

function notStarted({ message }) {
  return [{ name: 'start', status: 'failed', problems: [message] }];
}

function sentences({ name, problems }) {
  return problems.map((one) => `A started server, probe ${name}: ${one}.`);
}
