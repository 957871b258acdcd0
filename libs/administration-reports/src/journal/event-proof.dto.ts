import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NullableInstant, Optional } from '@portillon/http';
import { Matches } from 'class-validator';
import { AdminEventPerson } from './event.dto';

export const VERDICTS = ['PROVEN', 'INCONCLUSIVE', 'NOT PROVEN'] as const;
const HEAD = /^\d{1,9}:[0-9a-f]{64}$/;
const HEAD_EXAMPLE = `1042:${'9f2c'.repeat(16)}`;

/** A seal of the journal. */
export class AdminEventSeal {
  @ApiProperty({ description: 'Its number, from 1 without gaps.' })
  sequence!: number;

  @ApiProperty({ example: '9f2c'.repeat(16), description: 'SHA-256 over this seal and the previous digest.' })
  digest!: string;

  @ApiProperty({ format: 'date-time' })
  sealedAt!: string;
}

/** The head to compare the journal with. */
export class AdminEventProofRequest {
  @ApiPropertyOptional({
    example: HEAD_EXAMPLE,
    description:
      'A head that was kept outside the database. Only it reveals that the end of the journal was cut off.',
  })
  @Optional()
  @Matches(HEAD)
  head?: string;
}

/** Where something is wrong, or could not be checked. */
export class AdminEventFinding {
  @ApiProperty({ type: Number, nullable: true, description: 'The number of its seal.' })
  seal!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'The id of its line.' })
  line!: string | null;

  @ApiProperty({ description: 'The message of `portillon audit verify`, in English.' })
  text!: string;
}

/** The result of a proof. */
export class AdminEventProofResult {
  @ApiProperty({ enum: VERDICTS, enumName: 'JournalVerdict' })
  verdict!: (typeof VERDICTS)[number];

  @ApiProperty({
    type: String,
    nullable: true,
    example: HEAD_EXAMPLE,
    description: 'Number and digest of the last seal at that time; keep them outside the database.',
  })
  head!: string | null;

  @ApiProperty()
  seals!: number;

  @ApiProperty()
  lines!: number;

  @ApiProperty({ description: 'The lines of all seals up to this one were purged by the retention.' })
  purgedThrough!: number;

  @ApiProperty({ description: 'The number of lines without a seal yet.' })
  waiting!: number;

  @ApiProperty({ description: 'The number of errors.' })
  wrong!: number;

  @ApiProperty({
    type: AdminEventFinding,
    nullable: true,
    description: 'The first error, or the check that failed; for callers who reach every structure.',
  })
  first!: AdminEventFinding | null;
}

/** The latest requested verification of the whole journal. */
export class AdminEventProof {
  @ApiProperty({ type: AdminEventPerson, nullable: true })
  askedBy!: AdminEventPerson | null;

  @ApiProperty({ format: 'date-time' })
  askedAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The head that the proof was compared with.' })
  noted!: string | null;

  @ApiProperty({ description: 'The number of lines read so far.' })
  read!: number;

  @ApiProperty({ description: 'The approximate number of lines to read.' })
  total!: number;

  @NullableInstant()
  endedAt!: string | null;

  @ApiProperty({ type: AdminEventProofResult, nullable: true, description: 'Null until it has ended.' })
  result!: AdminEventProofResult | null;
}

/** How far the journal is sealed, and proven. */
export class AdminEventProofState {
  @ApiProperty({ type: AdminEventSeal, nullable: true, description: 'The last seal.' })
  head!: AdminEventSeal | null;

  @ApiProperty({ type: AdminEventProof, nullable: true })
  proof!: AdminEventProof | null;
}
