import { stateOf } from './reports.mjs';

/** Status of each row that this run allows: `met` becomes `declared` when one of its proofs did not pass. */
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
