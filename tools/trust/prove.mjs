import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { licenceProblems } from '../checks/licences.mjs';
import { ROOT } from '../workspace/command.mjs';
import { evidenceOf } from './evidence.mjs';
import { oscalOf } from './oscal.mjs';
import { OUTPUT, REPORTS, WAITING } from './place.mjs';
import { probe } from './probes.mjs';
import { withServer } from './probed-server.mjs';
import { runProblems, testsOf } from './reports.mjs';
import { everyLock, sbomOf, sbomProblems, sbomText } from './sbom.mjs';
import { weaknessesOf } from './osv.mjs';
import { signFile } from './signature.mjs';
import { writeSite } from './site.mjs';
import { standingOf } from './standing.mjs';
import { statementOf } from './statement.mjs';

/**
 * Compares all claims of the trust file with the code, the last test run, a running server and the lock. Returns the
 * problems, one sentence each. Writes the proof into `tmp/trust`, signed if `TRUST_KEY_FILE` is a key. `OSV_PATH` has
 * the known weaknesses.
 */
export async function prove({ TRUST_KEY_FILE: keyFile, OSV_PATH: advisories } = process.env) {
  const { registers, rows, seen, pages, problems: standing } = await standingOf();
  const probed = await withServer((site) => probe(site)).catch(notStarted);
  const asked = probed.map(({ name, status }) => [`probe#${name}`, [status]]);
  const tests = new Map([...testsOf(REPORTS, ROOT), ...asked]);
  const sbom = await sbomOf();
  const { problems: weak, ...weaknesses } = weaknessesOf(everyLock(), {
    path: advisories,
    waiting: parse(readFileSync(WAITING, 'utf8')),
  });
  const problems = [
    ...standing,
    ...runProblems([...rows, ...seen], tests),
    ...probed.flatMap(sentences),
    ...sbomProblems(sbom),
    ...licenceProblems(),
    ...weak,
  ];
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  writeSite(pages, join(OUTPUT, 'site'));
  const statement = statementOf(rows, tests);
  const evidence = await evidenceOf(registers, [
    writeText('sbom.cdx.json', sbomText(sbom)),
    join(ROOT, 'package-lock.json'),
  ]);
  const proof = { ...evidence, ...statement, weaknesses, probes: probed, problems };
  write('oscal.json', oscalOf(registers, proof));
  const file = write('trust.json', proof);
  if (keyFile) signFile(file, keyFile);
  return { problems, counts: statement.counts, weaknesses };
}

function write(name, content) {
  return writeText(name, `${JSON.stringify(content, null, 2)}\n`);
}

function writeText(name, text) {
  const file = join(OUTPUT, name);
  writeFileSync(file, text);
  return file;
}

function notStarted({ message }) {
  return [{ name: 'start', status: 'failed', problems: [message] }];
}

function sentences({ name, problems }) {
  return problems.map((one) => `A started server, probe ${name}: ${one}.`);
}
