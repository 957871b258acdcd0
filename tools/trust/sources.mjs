import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBES } from './probes.mjs';

const COMMAND = /^npm run ([\w:-]+)/;
const PROBE = /^probe#(.+)$/;

/** Wrong references of rows, one sentence each: a missing place or proof. */
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

/** Whether a proof is a command rather than a test. */
export function isCommand(proof) {
  return COMMAND.test(proof);
}

/** Name of the server check, if the proof is one instead of a file. */
export function probeOf(proof) {
  return PROBE.exec(proof)?.[1];
}

/** `file`, or `file#words` with words that it must contain. */
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

/** Caches the function's result for each key. */
export function once(read) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, read(key));
    return known.get(key);
  };
}
