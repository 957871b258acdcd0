import { ApiProperty } from '@nestjs/swagger';
import { Account } from '@portillon/account';
import { ACR_LEVELS } from '@portillon/application';
import { ACCEPTED_MEANS, SessionStructure, WAY_IN_REASONS } from '@portillon/access';
import type { AcceptedMeansId, Factor, SignInMeans, WayInReason, WayInReasonCode } from '@portillon/access';
import { ENTRIES } from '@portillon/auth';
import type { Entry, WaysIn } from '@portillon/auth';
import type { Channel } from '@portillon/kernel';
import { actsAbout, MENDING_ACTS, MendingAct } from './account-ways-in.service';

const VERDICTS = ['public', 'admitted', 'sign-in', 'step-up', 'forbidden', 'unreadable'] as const;

const Instant = (description: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, description });

export class AdminWayInReason {
  @ApiProperty({ enum: WAY_IN_REASONS, enumName: 'WayInReasonCode' })
  code!: WayInReasonCode;

  @ApiProperty({ description: 'Whether it prevents a sign-in by this means; else it only hinders.' })
  blocks!: boolean;

  @Instant('When it begins: for a rule, the date that the structure set.')
  since!: string | null;

  @Instant('When it ends: for a lock, a limit, an invitation, an emergency access or an enrolment.')
  until!: string | null;

  @ApiProperty({ enum: [], enumName: 'CodeChannel', nullable: true })
  channel!: Channel | null;

  @ApiProperty({
    enum: [],
    enumName: 'CodeChannel',
    nullable: true,
    description: 'The channel that works instead, in an outage of `channel`.',
  })
  instead!: Channel | null;

  @ApiProperty({
    type: SessionStructure,
    nullable: true,
    description: 'The structure of the rule; null: none.',
  })
  structure!: SessionStructure | null;

  @ApiProperty({
    enum: ACCEPTED_MEANS,
    enumName: 'AcceptedMeansId',
    isArray: true,
    description: 'The means that the structure accepts instead, among those that this deployment offers.',
  })
  accepts!: AcceptedMeansId[];

  @ApiProperty({
    enum: MENDING_ACTS,
    enumName: 'MendingAct',
    isArray: true,
    description: 'The actions by which an administrator can fix it, the most likely one first.',
  })
  acts!: MendingAct[];
}

export class AdminWayIn {
  @ApiProperty({ enum: [], enumName: 'MeansId' })
  means!: SignInMeans;

  @ApiProperty({ description: 'Whether a sign-in by it would open a session now.' })
  opens!: boolean;

  @ApiProperty({ description: 'Whether that session could only add a strong means.' })
  enrolmentOnly!: boolean;

  @ApiProperty({
    enum: [],
    enumName: 'FactorWay',
    isArray: true,
    description: 'For the password: the possible second factors, the preferred one first.',
  })
  codes!: Factor[];

  @ApiProperty({ type: [AdminWayInReason] })
  reasons!: AdminWayInReason[];
}

/** The answer in short, for a line of a list. */
export class AdminEntry {
  @ApiProperty({
    enum: ENTRIES,
    enumName: 'Entry',
    description:
      '`yes`: with the password. `only-by`: only with the means of `by`. `enrolment-only`: only to add a strong means.',
  })
  canEnter!: Entry;

  @ApiProperty({ enum: [], enumName: 'MeansId', isArray: true })
  by!: SignInMeans[];

  @ApiProperty({ type: AdminWayInReason, nullable: true, description: 'The message to show first.' })
  reason!: AdminWayInReason | null;
}

/** A means that lets the user sign in, and the level that it proves. */
export class AdminUsableMeans {
  @ApiProperty({ enum: [], enumName: 'MeansId' })
  means!: SignInMeans;

  @ApiProperty({ enum: ACR_LEVELS, enumName: 'AcrLevel', description: 'The level that it proves at best.' })
  acr!: string;
}

/** A claim or a header that an application would receive. */
export class AdminReceivedItem {
  @ApiProperty({ example: 'name', description: 'The name of a claim, or of a header of the gate.' })
  name!: string;

  @ApiProperty({
    description: 'A claim that is no text as JSON; `-`: an empty header; `…`: a signed assertion.',
  })
  value!: string;
}

/** Whether an application would admit the user, once signed in. */
export class AdminApplicationWayIn {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: VERDICTS, enumName: 'GateVerdict' })
  verdict!: (typeof VERDICTS)[number];

  @ApiProperty({ description: 'The same in a sentence, in the language of the request.' })
  explanation!: string;

  @ApiProperty({
    enum: [],
    enumName: 'MeansId',
    isArray: true,
    description: 'Usable means of a sufficient level.',
  })
  by!: SignInMeans[];

  @ApiProperty({ type: [AdminUsableMeans], description: 'Every means that lets the user sign in.' })
  usable!: AdminUsableMeans[];

  @ApiProperty({
    type: [AdminReceivedItem],
    description:
      'What it would receive about the account: headers of the gate, or the claims of all its scopes. Claims about the sign-in, such as the level and the activity, are not included. Empty where it would not admit the person.',
  })
  receives!: AdminReceivedItem[];
}

/** « Peut-elle entrer ? » */
export class AdminWaysIn {
  @ApiProperty({ enum: ENTRIES, enumName: 'Entry' })
  canEnter!: Entry;

  @ApiProperty({ enum: [], enumName: 'MeansId', isArray: true, description: 'The usable means.' })
  by!: SignInMeans[];

  @ApiProperty({ type: [AdminWayInReason], description: 'Findings about it, most important first.' })
  reasons!: AdminWayInReason[];

  @ApiProperty({ type: [AdminWayIn], description: 'Every means, in the order in which they are shown.' })
  ways!: AdminWayIn[];

  @ApiProperty({
    type: AdminApplicationWayIn,
    nullable: true,
    description: 'The requested application; null: none.',
  })
  application!: AdminApplicationWayIn | null;
}

export function waysInView(
  account: Account,
  { canEnter, by, reasons, ways }: WaysIn,
  managedHere: boolean,
  application?: AdminApplicationWayIn,
): AdminWaysIn {
  const view = (reason: WayInReason) => reasonView(reason, account, managedHere);
  return {
    canEnter,
    by: [...by],
    reasons: reasons.map(view),
    ways: ways.map((way) => ({ ...way, codes: [...way.codes], reasons: way.reasons.map(view) })),
    application: application ?? null,
  };
}

export function entryView(
  account: Account,
  { canEnter, by, reasons }: WaysIn,
  managedHere: boolean,
): AdminEntry {
  const [reason] = reasons;
  return { canEnter, by: [...by], reason: reason ? reasonView(reason, account, managedHere) : null };
}

function reasonView(
  { code, blocks, since, until, channel, instead, structure, accepts }: WayInReason,
  account: Account,
  managedHere: boolean,
): AdminWayInReason {
  return {
    code,
    blocks,
    since: since?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
    channel: channel ?? null,
    instead: instead ?? null,
    structure: structure ? { id: structure.id, name: structure.name } : null,
    accepts: [...(accepts ?? [])],
    acts: actsAbout(code, account, managedHere),
  };
}
