import { constantOf } from './code/policy.mjs';

const RESERVED = 'libs/operation/src/trust/reservations.policy.ts';
const FULFILLED = 'libs/operation/src/trust/statement.paper.ts';
/** `EXI RIE-PS 16 et 17`, `EXI 01`: clauses of the draft, and of version 1.0. */
const CLAUSES = /^EXI (RIE-PS )?([\d et]+)/;

/**
 * Differences between the documents of `portillon trust` and the RIE register, one sentence each. The signatory must
 * name every unmet clause, and claim none of them.
 */
export function attestationProblems(code, registers) {
  const rows = registers.filter(({ page }) => page === 'rie').flatMap((register) => register.rows);
  const [reserved, fulfilled] = [`${RESERVED}#RULES`, `${FULFILLED}#FULFILLED`].map((place) =>
    constantOf(code, place).flatMap(({ clause }) => clausesOf(clause)),
  );
  const met = rows.filter(({ status }) => status === 'met').map(({ clause }) => clause);
  return [
    ...rows
      .filter(({ status }) => status === 'partly' || status === 'not')
      .filter(({ clause }) => !reserved.includes(clause))
      .map(({ clause, status }) => `${RESERVED}: ${clause} is ${status}, and no reservation names it.`),
    ...fulfilled
      .filter((clause) => !met.includes(clause))
      .map(
        (clause) =>
          `${FULFILLED}: ${clause} is declared fulfilled, but the register does not list it as met.`,
      ),
  ];
}

function clausesOf(words) {
  return words.split(' ; ').flatMap((one) => {
    const [, draft, numbers = ''] = CLAUSES.exec(one) ?? [];
    return (numbers.match(/\d+/g) ?? []).map((number) => `${draft ? 'PS' : 'EXI'}-${number}`);
  });
}
