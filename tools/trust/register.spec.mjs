import { expect, it } from 'vitest';
import { readRegister } from './register.mjs';

const HEAD = `id: asvs
page: asvs
name: V6
version: '5.0'
read: the text
date: '2026-11-29'
rows:
`;
const MET = `  - clause: 6.2.1
    says: A password has 8 characters.
    status: met
    where: [libs/a.ts#length]
    proof: [libs/a.spec.ts#a password is long]
`;

function problemsOf(rows) {
  return readRegister('asvs.yaml', HEAD + rows).problems;
}

it('takes a register whose rows are whole', () => {
  const { register, problems } = readRegister('asvs.yaml', HEAD + MET);
  expect(problems).toEqual([]);
  expect(register.rows[0]).toMatchObject({ id: 'asvs-6.2.1', status: 'met', security: [] });
});

it.each([
  ['a row that is met by no test', MET.replace(/ {4}proof.*\n/, ''), 'proof', 'has code and a test'],
  ['a row of another status', MET.replace('met', 'yes'), 'status', 'is none of met'],
  ['a field that is misspelt', MET.replace('says', 'sais'), 'sais', 'is no field of a row'],
  [
    'a row that says nothing',
    MET.replace('says: A password has 8 characters.', "says: ''"),
    'says',
    'is missing',
  ],
  ['a row that is partly met without a plan', partly('    gap: 12 are asked.\n'), 'plan', 'is missing'],
  ['a row that is partly met without its gap', partly('    plan: None.\n'), 'gap', 'is missing'],
  ['a row for the operator without a reason', MET.replace('met', 'operator'), 'why', 'is missing'],
  [
    'a risk that is accepted without an end',
    `${MET}    accepted: { by: RSSI, on: 2026-11-29 }\n`,
    'accepted',
    'until',
  ],
])('names file, row and field of %s', (_what, rows, field, words) => {
  const problems = problemsOf(rows);
  expect(problems).toContainEqual(expect.stringContaining(`asvs.yaml, asvs-6.2.1, ${field}: `));
  expect(problems.join()).toContain(words);
});

it('names the file that is no YAML', () => {
  expect(problemsOf('  - clause: [6.2.1\n')[0]).toMatch(/^asvs\.yaml: /);
});

it('names what a register lacks', () => {
  expect(readRegister('asvs.yaml', HEAD.replace(/date.*\n/, '')).problems).toContain(
    'asvs.yaml: date is missing.',
  );
});

function partly(more) {
  return MET.replace('met', 'partly') + more;
}
