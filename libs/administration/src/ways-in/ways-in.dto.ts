import { ApiProperty } from '@nestjs/swagger';
import { CODE_CHANNELS } from '@portillon/account';
import { MEANS, SessionStructure } from '@portillon/access';
import type { SignInMeans } from '@portillon/access';
import { ACCEPTED_MEANS, ENTRIES, MENDING_ACTS, WAY_IN_REASONS } from '@portillon/auth';
import type {
  AcceptedMeansId,
  Entry,
  MendingAct,
  WayIn,
  WayInReason,
  WayInReasonCode,
  WaysIn,
} from '@portillon/auth';

const Instant = (description: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, description });

export class AdminWayInReason {
  @ApiProperty({ enum: WAY_IN_REASONS, enumName: 'WayInReasonCode' })
  code!: WayInReasonCode;

  @ApiProperty({ description: 'Whether it keeps the person out by this means; else it only hinders.' })
  blocks!: boolean;

  @Instant('From when: of a rule, the date that the structure set.')
  since!: string | null;

  @Instant('Until when: of a lock, a limit, an invitation, an emergency access, an enrolment.')
  until!: string | null;

  @ApiProperty({ enum: CODE_CHANNELS, enumName: 'CodeChannel', nullable: true })
  channel!: (typeof CODE_CHANNELS)[number] | null;

  @ApiProperty({ type: SessionStructure, nullable: true, description: 'Whose rule it is.' })
  structure!: SessionStructure | null;

  @ApiProperty({
    enum: ACCEPTED_MEANS,
    enumName: 'AcceptedMeansId',
    isArray: true,
    description: 'What the structure takes instead, of what this deployment offers.',
  })
  accepts!: AcceptedMeansId[];

  @ApiProperty({
    enum: MENDING_ACTS,
    enumName: 'MendingAct',
    isArray: true,
    description: 'What an administrator does about it, the probable one first.',
  })
  acts!: MendingAct[];
}

export class AdminWayIn {
  @ApiProperty({ enum: MEANS, enumName: 'MeansId' })
  means!: SignInMeans;

  @ApiProperty({ description: 'Whether a sign-in by it would open a session now.' })
  opens!: boolean;

  @ApiProperty({ description: 'Whether that session would add a strong means and do nothing else.' })
  enrolmentOnly!: boolean;

  @ApiProperty({ type: [AdminWayInReason] })
  reasons!: AdminWayInReason[];
}

/** The answer in short, for a line of a list. */
export class AdminEntry {
  @ApiProperty({
    enum: ENTRIES,
    enumName: 'Entry',
    description:
      '`yes`: by the password. `only-by`: by the means of `by` alone. `enrolment-only`: only to add a strong means.',
  })
  canEnter!: Entry;

  @ApiProperty({ enum: MEANS, enumName: 'MeansId', isArray: true })
  by!: SignInMeans[];

  @ApiProperty({ type: AdminWayInReason, nullable: true, description: 'The first that is to be told.' })
  reason!: AdminWayInReason | null;
}

/** « Peut-elle entrer ? » */
export class AdminWaysIn {
  @ApiProperty({ enum: ENTRIES, enumName: 'Entry' })
  canEnter!: Entry;

  @ApiProperty({ enum: MEANS, enumName: 'MeansId', isArray: true, description: 'By which means.' })
  by!: SignInMeans[];

  @ApiProperty({ type: [AdminWayInReason], description: 'What is to be told of it, the first thing first.' })
  reasons!: AdminWayInReason[];

  @ApiProperty({ type: [AdminWayIn], description: 'Every means, in the order in which they are shown.' })
  ways!: AdminWayIn[];
}

export function waysInView({ canEnter, by, reasons, ways }: WaysIn): AdminWaysIn {
  return { canEnter, by: [...by], reasons: reasons.map(reasonView), ways: ways.map(wayView) };
}

export function entryView({ canEnter, by, reasons }: WaysIn): AdminEntry {
  const [reason] = reasons;
  return { canEnter, by: [...by], reason: reason ? reasonView(reason) : null };
}

function wayView({ reasons, ...way }: WayIn): AdminWayIn {
  return { ...way, reasons: reasons.map(reasonView) };
}

function reasonView({ code, blocks, since, until, channel, structure, accepts, acts }: WayInReason) {
  return {
    code,
    blocks,
    since: since?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
    channel: channel ?? null,
    structure: structure ? { id: structure.id, name: structure.name } : null,
    accepts: [...(accepts ?? [])],
    acts: [...acts],
  };
}
