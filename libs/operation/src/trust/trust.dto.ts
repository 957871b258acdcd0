import { ApiProperty } from '@nestjs/swagger';
import { RESERVATION_STATES } from './reservation.types';
import type { ReservationState } from './reservation.types';
import type { Statement } from './statement.types';
import { french } from './statement.words';
import { sectionsOf } from './statement.sections';
import { headOf, verdictOf } from './statement.text';

export class TrustSection {
  @ApiProperty({ example: 'Moyens de connexion' })
  title!: string;

  @ApiProperty({ type: [String] })
  lines!: string[];
}

export class TrustReservation {
  @ApiProperty({ example: 'long-single-factor' })
  id!: string;

  @ApiProperty({ example: 'EXI RIE-PS 10' })
  clause!: string;

  @ApiProperty({ description: 'The reference of the clause.' })
  source!: string;

  @ApiProperty({
    enum: RESERVATION_STATES,
    enumName: 'ReservationState',
    description:
      '`forbidden`: no attestation may contain it, not even as a reservation. `due`: it must be fixed before anyone signs.',
  })
  state!: ReservationState;

  @ApiProperty({ description: 'The clause, in our own words.' })
  says!: string;

  @ApiProperty({ description: 'The practice of this deployment.' })
  found!: string;

  @ApiProperty({ description: 'The remedy, or the plan.' })
  plan!: string;
}

/** In French, for documents of French law. */
export class TrustStatement {
  @ApiProperty({ description: 'Whether the service finds no obstacle to signing.' })
  signable!: boolean;

  @ApiProperty({ description: 'The result, as a sentence.' })
  verdict!: string;

  @ApiProperty({ type: [String], description: 'The service, the time, and the limits of the statement.' })
  head!: string[];

  @ApiProperty({ type: [TrustSection] })
  sections!: TrustSection[];

  @ApiProperty({ type: [TrustReservation] })
  reservations!: TrustReservation[];
}

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
