import { ApiProperty } from '@nestjs/swagger';
import { RESERVATION_STATES, type ReservationState } from './reservation.types';

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

  @ApiProperty({ description: 'Where the clause stands.' })
  source!: string;

  @ApiProperty({
    enum: RESERVATION_STATES,
    enumName: 'ReservationState',
    description:
      '`forbidden`: no attestation may hold it, not even as a reservation. `due`: it must be fixed before anyone signs.',
  })
  state!: ReservationState;

  @ApiProperty({ description: 'The clause, in our own words.' })
  says!: string;

  @ApiProperty({ description: 'What this deployment does.' })
  found!: string;

  @ApiProperty({ description: 'What to do, or what is planned.' })
  plan!: string;
}

/** In French, for documents of French law. */
export class TrustStatement {
  @ApiProperty({ description: 'Whether nothing that the service can read keeps anybody from signing.' })
  signable!: boolean;

  @ApiProperty({ description: 'The same in a sentence.' })
  verdict!: string;

  @ApiProperty({ type: [String], description: 'Of which service, when, and how far to trust it.' })
  head!: string[];

  @ApiProperty({ type: [TrustSection] })
  sections!: TrustSection[];

  @ApiProperty({ type: [TrustReservation] })
  reservations!: TrustReservation[];
}
