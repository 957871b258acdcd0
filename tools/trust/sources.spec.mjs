import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceProblems } from './sources.mjs';

const root = mkdtempSync(join(tmpdir(), 'portillon-trust-'));
const ROW = {
  file: 'asvs.yaml',
  id: 'asvs-6.2.1',
  where: ['libs/a/a.policy.ts#APolicy', 'docs/a.md#ten sessions'],
  proof: ['libs/a/a.spec.ts', 'npm run trust', 'probe#tls-versions'],
};

beforeAll(() => {
  write('package.json', '{ "scripts": { "trust": "node trust.mjs" } }');
  write('libs/a/a.policy.ts', 'export class APolicy { readonly #longest = 128; }');
  write('libs/a/a.spec.ts', '');
  write('docs/a.md', 'A person has ten sessions.');
});

afterAll(() => rmSync(root, { recursive: true }));

it('says nothing where code and test stand', () => {
  expect(sourceProblems([ROW], root)).toEqual([]);
});

it.each([
  [
    'a file that was moved',
    { where: ['libs/b/a.policy.ts#APolicy'] },
    'where: libs/b/a.policy.ts is not there',
  ],
  ['a symbol that is gone', { where: ['libs/a/a.policy.ts#OldPolicy'] }, 'does not hold "OldPolicy"'],
  ['a sentence that left the guide', { where: ['docs/a.md#nine sessions'] }, 'not hold "nine sessions"'],
  ['a spec that was deleted', { proof: ['libs/a/b.spec.ts'] }, 'libs/a/b.spec.ts is not there'],
  ['a probe that is gone', { proof: ['probe#tls-1.0'] }, 'there is no probe "tls-1.0"'],
  ['a command that is gone', { proof: ['npm run prove:gone'] }, 'no script for "npm run prove:gone"'],
])('names the row of %s', (_what, change, words) => {
  const [problem, ...others] = sourceProblems([{ ...ROW, ...change }], root);
  expect(problem).toContain('asvs.yaml, asvs-6.2.1, ');
  expect(problem).toContain(words);
  expect(others).toEqual([]);
});

function write(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
