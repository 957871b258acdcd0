import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBES } from './probes.mjs';

const COMMAND = /^npm run ([\w:-]+)/;
const PROBE = /^probe#(.+)$/;

/** What rows say of files that is not so, one sentence each: a place or a proof that is not there. */
export function sourceProblems(rows, root) {
  const text = once((file) =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined,
  );
  const { scripts } = JSON.parse(text('package.json'));
  return rows.flatMap((row) => [
    ...row.where.flatMap((place) => said(row, 'where', placeProblem(place, text))),
    ...row.proof.flatMap((proof) => said(row, 'proof', proofProblem(proof, text, scripts))),
  ]);
}

/** Whether a proof is a command and no test. */
export function isCommand(proof) {
  return COMMAND.test(proof);
}

/** The name of what a started server is asked, where a proof is that and no file. */
export function probeOf(proof) {
  return PROBE.exec(proof)?.[1];
}

/** `file`, or `file#words` that it holds. */
function placeProblem(place, text) {
  const [file, ...rest] = place.split('#');
  const words = rest.join('#');
  if (text(file) === undefined) return `${file} is not there. Was it moved?`;
  return text(file).includes(words) ? undefined : `${file} does not hold "${words}".`;
}

function proofProblem(proof, text, scripts) {
  if (isCommand(proof))
    return scripts[COMMAND.exec(proof)[1]] ? undefined : `package.json has no script for "${proof}".`;
  const probe = probeOf(proof);
  if (probe) return probe in PROBES ? undefined : `there is no probe "${probe}".`;
  return text(proof) === undefined ? `${proof} is not there. Was it moved?` : undefined;
}

function said({ file, id }, field, problem) {
  return problem ? [`${file}, ${id}, ${field}: ${problem}`] : [];
}

/** A function that reads each key once. */
export function once(read) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, read(key));
    return known.get(key);
  };
}
