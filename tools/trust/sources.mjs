import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBES } from './probes.mjs';
import { hasSymbol } from './symbols.mjs';
import { isNamedBy, titlesOf } from './titles.mjs';

const COMMAND = /^npm run ([\w:-]+)/;
/** In the place of a file: what a started server is asked. */
export const PROBED = 'probe';

/** What rows say of files that are not so, one sentence each: each file is read once. */
export function sourceProblems(rows, root) {
  const text = once((file) =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined,
  );
  const titles = once((file) => titlesOf(text(file)));
  const { scripts } = JSON.parse(text('package.json'));
  return rows.flatMap((row) => [
    ...row.where.flatMap((place) => said(row, 'where', placeProblem(place, text))),
    ...row.proof.flatMap((proof) => said(row, 'proof', proofProblem(proof, { text, titles, scripts }))),
  ]);
}

/** `file#rest`: of a title, what comes after the first # is its own. */
export function partsOf(reference) {
  const [file, ...rest] = reference.split('#');
  return { file, rest: rest.join('#') };
}

/** Whether a proof is a command and no test. */
export function isCommand(proof) {
  return COMMAND.test(proof);
}

function placeProblem(place, text) {
  const { file, rest } = partsOf(place);
  if (text(file) === undefined) return `${file} is not there. Was it moved?`;
  return rest && hasSymbol(file, text(file), rest) ? undefined : `${file} has no ${rest || 'symbol named'}.`;
}

function proofProblem(proof, { text, titles, scripts }) {
  if (isCommand(proof))
    return scripts[COMMAND.exec(proof)[1]] ? undefined : `package.json has no script for "${proof}".`;
  const { file, rest } = partsOf(proof);
  if (file === PROBED) return rest in PROBES ? undefined : `there is no probe "${rest}".`;
  if (text(file) === undefined) return `${file} is not there. Was it moved?`;
  if (titles(file).some((title) => isNamedBy(title, rest))) return undefined;
  return `${file} has no test "${rest}". Was it renamed?`;
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
