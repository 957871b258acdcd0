import type { Factor } from '@portillon/access';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsChannel, NullableInstant, Optional } from '@portillon/http';
import type { Channel } from '@portillon/kernel';
import type { Receipt } from '@portillon/notification';
import type { OtpPurpose } from '@portillon/otp';
import { IsBoolean, IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import type { PendingCode, RequestedCode } from './code.types';

const DELIVERIES = ['sent', 'unconfirmed', 'failed'] as const;
/** The delivery state of a code's message. */
export type CodeDelivery = (typeof DELIVERIES)[number];
/** Allows for the spaces that people and phones put between digits. */
const CODE_TEXT_LENGTH = 32;
/** The plain space and the two that do not break lines. */
const SPACES = /[ \u00a0\u202f]/g;
/** Digits as keyboards write them: ASCII, full width, Arabic-Indic, extended Arabic-Indic. */
const DIGITS = '0-9\uff10-\uff19\u0660-\u0669\u06f0-\u06f9';
/** From 6 to 10 digits, as the code policy allows. Other input does not cost an attempt. */
const CODE_SHAPE = new RegExp(`^(?:[ \\u00a0\\u202f]*[${DIGITS}]){6,10}[ \\u00a0\\u202f]*$`);

/** A one-time code that was sent. The code itself is not included. */
export class Challenge {
  @ApiProperty()
  id!: string;

  // The OpenAPI document lists the values that the libraries registered.
  @ApiProperty({ enum: [], enumName: 'CodePurpose' })
  purpose!: OtpPurpose;

  @ApiProperty({ enum: [], enumName: 'CodeChannel' })
  channel!: Channel;

  @ApiProperty({ description: 'The recipient, masked.', example: 'c•••@hopital.example' })
  destination!: string;

  @ApiProperty({ description: 'The reference, which the message shows too.', example: 'K7QX' })
  reference!: string;

  @ApiProperty({ format: 'date-time' })
  sentAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Earliest time of another code.' })
  resendAvailableAt!: string;

  @ApiProperty({ example: 5 })
  attemptsLeft!: number;

  @ApiProperty({ example: 6 })
  codeLength!: number;

  @ApiProperty({ enum: [], enumName: 'CodeChannel', isArray: true })
  otherChannels!: Channel[];

  @ApiProperty({
    enum: DELIVERIES,
    enumName: 'CodeDelivery',
    description:
      '`unconfirmed`: the relay did not confirm in time, but the message may have left and its code is valid. `failed`: the message did not leave; only with `delivery.failed`.',
  })
  delivery!: CodeDelivery;
}

const RECEIPTS = ['sent', 'delivered', 'undelivered', 'unconfirmed'] as const;

/** The delivery state of the latest code's message. */
export class CodeReceipt {
  @ApiProperty({
    enum: RECEIPTS,
    enumName: 'CodeReceiptState',
    description:
      '`sent`: the message left. `delivered`, `undelivered`: the report of the mobile operator. `unconfirmed`: no report came.',
  })
  delivery!: (typeof RECEIPTS)[number];

  @NullableInstant('When this state began.')
  at!: string | null;
}

export class ChallengeAnswer {
  @ApiProperty({ type: Challenge })
  challenge!: Challenge;
}

/** The second factor that the user must give. */
export class FactorRequired {
  @ApiProperty({
    type: Challenge,
    nullable: true,
    description: 'Null when the person gives another factor first.',
  })
  challenge!: Challenge | null;

  @ApiProperty({
    // The OpenAPI document lists the values that the libraries registered.
    enum: [],
    enumName: 'FactorWay',
    enumSchema: { description: 'The other factors that the person can give, the preferred one first.' },
    isArray: true,
    description: 'The other factors that the person can give, the preferred one first.',
  })
  alternatives!: Factor[];
}

export class CodeRequired extends FactorRequired {
  @ApiProperty({ enum: ['code-required'] })
  status!: 'code-required';

  @ApiProperty({
    description:
      'Whether the workstations of the person’s structure are shared: `rememberBrowser` is then ignored.',
  })
  sharedWorkstation!: boolean;
}

export class CodeSubmission {
  @ApiProperty({
    description: 'The digits received, spaces ignored. A string, never a number.',
    example: '482913',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(CODE_TEXT_LENGTH)
  @Matches(CODE_SHAPE)
  code!: string;
}

export class SignInCodeSubmission extends CodeSubmission {
  @ApiPropertyOptional({
    default: true,
    description: 'Whether this browser then needs no code for 24 hours.',
  })
  @Optional()
  @IsBoolean()
  rememberBrowser?: boolean;
}

export class CodeResend {
  @ApiPropertyOptional({ enum: [], enumName: 'CodeChannel', description: 'Default: the preferred one.' })
  @Optional()
  @IsChannel()
  channel?: Channel;
}

/** Normalises a typed code to ASCII, without the spaces that people and phones put between its digits. */
export function typedCode(submission: CodeSubmission): string {
  return [...submission.code.replace(SPACES, '')].map(toAscii).join('');
}

/** Each of these blocks starts with its zero at a multiple of 16. */
function toAscii(digit: string): string {
  return String(digit.charCodeAt(0) & 0xf);
}

/** The receipt as the page reads it. */
export function receiptView({ delivery, at }: Receipt): CodeReceipt {
  return { delivery, at: at?.toISOString() ?? null };
}

type ShownCode = Pick<PendingCode, 'challenge' | 'otherChannels'> & { delivery: CodeDelivery };

/** The challenge as integrators and the page see it. */
export function challengeView(pending: ShownCode) {
  const { challenge } = pending;
  return {
    id: challenge.id,
    purpose: challenge.purpose,
    channel: challenge.channel,
    destination: challenge.destinationHint,
    reference: challenge.reference,
    sentAt: challenge.sentAt.toISOString(),
    expiresAt: challenge.expiresAt.toISOString(),
    resendAvailableAt: challenge.resendAvailableAt.toISOString(),
    attemptsLeft: challenge.attemptsLeft,
    codeLength: challenge.codeLength,
    otherChannels: pending.otherChannels,
    delivery: pending.delivery,
  };
}

/** The required code, as the API shows it. */
export function requestedView({ pending, alternatives }: RequestedCode): FactorRequired {
  return { challenge: pending && challengeView(pending), alternatives };
}
