import { expect, it } from 'vitest';
import { attestationProblems } from './attestation.mjs';
import { codeOf, codeWith } from './code/code.mjs';

const RESERVED = 'libs/operation/src/trust/reservations.policy.ts';
const FULFILLED = 'libs/operation/src/trust/statement.paper.ts';
const code = codeWith(codeOf(), {
  [RESERVED]: "const RULES = [{ clause: 'EXI RIE-PS 16 et 17 ; EXI 01' }, { clause: 'ANSSI PG-078, R1' }];",
  [FULFILLED]: "const FULFILLED = [{ clause: 'EXI RIE-PS 03 ; EXI 04' }];",
});
const STATUSES = { 'PS-03': 'met', 'EXI-04': 'met', 'PS-16': 'met', 'PS-17': 'partly', 'EXI-01': 'not' };

function problemsWith(statuses) {
  const rows = Object.entries({ ...STATUSES, ...statuses }).map(([clause, status]) => ({ clause, status }));
  return attestationProblems(code, [
    { page: 'rie', rows },
    { page: 'cnil', rows: [{ clause: 'GDPR-17', status: 'not' }] },
  ]);
}

it('says nothing where the papers and the register agree', () => {
  expect(problemsWith({})).toEqual([]);
});

it('names a clause that is not met and that no reservation names', () => {
  expect(problemsWith({ 'EXI-14': 'partly' })).toEqual([
    `${RESERVED}: EXI-14 is partly, and no reservation names it.`,
  ]);
});

it('names a clause that the papers claim and that is met no more', () => {
  expect(problemsWith({ 'EXI-04': 'declared' })).toEqual([
    `${FULFILLED}: EXI-04 is declared fulfilled, but the register does not list it as met.`,
  ]);
});
