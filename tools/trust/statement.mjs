import { stateOf } from './reports.mjs';

/** The status of each row that this run allows: one that is met by proofs of which one did not pass is declared. */
export function statementOf(rows, tests) {
  const stated = rows.map(({ id, status, proof }) => {
    const proofs = proof.map((one) => ({ proof: one, state: stateOf(one, tests) }));
    const holds = proofs.every(({ state }) => ['passed', 'command'].includes(state));
    return { id, status: status === 'met' && !holds ? 'declared' : status, proofs };
  });
  const counts = {};
  for (const { status } of stated) counts[status] = (counts[status] ?? 0) + 1;
  return { counts, rows: stated };
}
