import { french } from './french';
import { sectionsOf } from './statement.sections';
import { headOf, verdictOf } from './statement.text';
import type { Statement } from './statement.types';
import type { TrustStatement } from './trust.dto';

/** The statement as its page shows it. */
export function shownStatement(statement: Statement): TrustStatement {
  const { signable, reservations } = statement;
  return {
    signable,
    verdict: french(verdictOf(statement)),
    head: headOf(statement).map(french),
    sections: sectionsOf(statement).map(({ title, lines }) => {
      return { title: french(title), lines: lines.map(french) };
    }),
    reservations: reservations.map(({ id, state, clause, source, says, found, plan }) => ({
      ...{ id, state },
      clause: french(clause),
      source: french(source),
      says: french(says),
      found: french(found),
      plan: french(plan),
    })),
  };
}
