import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyLock } from '../trust/sbom.mjs';
import { ROOT } from '../workspace/command.mjs';

const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** Used only to build and test, or served unchanged as a file: no code of ours is derived from it. */
const FOR_TOOLS = [...PERMISSIVE, 'CC-BY-3.0', 'CC-BY-4.0', 'MPL-2.0', 'OFL-1.1', 'PSF-2.0'];

/** Packages without a licence in package.json, with the one in their README. */
const READ_BY_HAND = { 'pause@0.0.1': 'MIT' };

const LICENSE = readFileSync(join(ROOT, 'LICENSE'), 'utf8');

/** Licence problems of our dependencies and of our packages, one sentence each. */
export function licenceProblems({ packages } = everyLock()) {
  const entries = Object.entries(packages).filter(([, entry]) => !entry.link);
  const isOurs = ([path]) => !path.includes('node_modules/');
  return [
    ...entries.filter(isOurs).flatMap(([path]) => ownProblem(path)),
    ...entries.filter((one) => !isOurs(one)).flatMap(([path, entry]) => problem(path, entry)),
    ...(LICENSE.startsWith('MIT License') ? [] : ['LICENSE does not hold the MIT licence.']),
  ];
}

function ownProblem(path) {
  const { license, private: isPrivate, name } = manifest(path) ?? {};
  if (license !== 'MIT' && !isPrivate)
    return [`${name} is published as ${license ?? 'nothing'}, the product as MIT.`];
  return [];
}

function problem(path, entry) {
  const name = `${path.replace(/^.*node_modules\//, '')}@${entry.version}`;
  const licence = entry.license ?? declared(manifest(path)) ?? READ_BY_HAND[name];
  const allowed = entry.dev || entry.devOptional ? FOR_TOOLS : PERMISSIVE;
  return licence && isAllowed(licence, allowed)
    ? []
    : [`${name}: its licence, ${licence ?? 'unknown'}, is not on the list.`];
}

/** An SPDX expression: one side of an OR must be allowed, every side of an AND. */
export function isAllowed(expression, allowed) {
  const text = expression.replace(/[()]/g, ' ');
  return text
    .split(/\bOR\b/i)
    .some((side) => side.split(/\bAND\b/i).every((one) => allowed.includes(one.trim())));
}

function declared({ license, licenses } = {}) {
  const one = license ?? licenses;
  if (Array.isArray(one)) return one.map((each) => each.type ?? each).join(' OR ');
  return one?.type ?? one;
}

function manifest(path) {
  const file = join(ROOT, path, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
