import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SessionStructure } from '@portillon/access';
import type { Account, MembershipProposal, MembershipRecord } from '@portillon/account';
import { NullableInstant, NullableText, OneLine, Optional } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { AdminAct, ReasonedAct, ROLES } from '@portillon/user-management';
import type { Role } from '@portillon/user-management';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsNotEmpty,
  IsString,
  MaxLength,
  ValidateIf,
} from 'class-validator';

const ID_LENGTH = 36;
const EMAIL_LENGTH = 254;
/** An idNat_PS with the blanks that people type. */
const NATIONAL_ID_LENGTH = 48;
const FUNCTION_LENGTH = 80;
const TIME_LENGTH = 32;
const SOURCES = ['console', 'scim', 'import', 'configuration', 'annuaire'] as const;

/** A place in one structure, open or ended. */
export class AdminMembership {
  @ApiProperty({ type: SessionStructure })
  structure!: SessionStructure;

  @ApiProperty({ type: [String], example: ['professional'] })
  roles!: string[];

  @NullableText('What the person does there.', 'Cardiologue')
  function!: string | null;

  @ApiProperty({ enum: SOURCES, enumName: 'MembershipSource' })
  source!: (typeof SOURCES)[number];

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @NullableInstant('Its last day; null: none.')
  until!: string | null;

  @NullableInstant('When it was ended; null: it was not.')
  endedAt!: string | null;

  @ApiProperty({ description: 'Whether this structure manages the account.' })
  manages!: boolean;

  @ApiProperty({ description: 'The version, which a change sends in `If-Match`.' })
  version!: number;
}

export function membershipView(
  { accountId: _, externalId: __, since, until, endedAt, ...membership }: MembershipRecord,
  { structure }: Pick<Account, 'structure'>,
): AdminMembership {
  return {
    ...membership,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    manages: structure?.id === membership.structure.id,
  };
}

class MembershipTerms extends AdminAct {
  @ApiPropertyOptional({
    enum: ROLES,
    enumName: 'Role',
    isArray: true,
    description: 'The roles in this structure.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  roles?: Role[];

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Cardiologue', maxLength: FUNCTION_LENGTH })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsString()
  @IsNotEmpty()
  @MaxLength(FUNCTION_LENGTH)
  @OneLine()
  function?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the membership ends; a time in the future.',
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsString()
  @MaxLength(TIME_LENGTH)
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string | null;
}

export class MembershipUpdate extends MembershipTerms {}

export class MembershipProposalRequest extends MembershipTerms {
  @ApiPropertyOptional({
    example: '10003456789',
    description: 'The RPPS number, or the idNat_PS. Either this or `email`.',
  })
  @ValidateIf((body: MembershipProposalRequest) => body.email === undefined)
  @IsString()
  @IsNotEmpty()
  @MaxLength(NATIONAL_ID_LENGTH)
  @OneLine()
  nationalId?: string;

  @ApiPropertyOptional({
    example: 'claire.martin@hopital.example',
    description: 'The exact mail address of the account.',
  })
  @ValidateIf((body: MembershipProposalRequest) => body.nationalId === undefined || body.email !== undefined)
  @IsString()
  @IsNotEmpty()
  @MaxLength(EMAIL_LENGTH)
  @OneLine()
  email?: string;
}

/** The fields that are given, with the time as one. @throws AppError `validation.failed` for a time that has passed */
export function termsOf({ roles, function: post, until }: MembershipTerms, now: Date) {
  const last = typeof until === 'string' ? new Date(until) : until;
  if (last && last <= now)
    throw new AppError('validation.failed', { errors: [{ field: 'until', code: 'invalid', message: '' }] });
  return {
    ...(roles && { roles }),
    ...(post !== undefined && { function: post }),
    ...(last !== undefined && { until: last }),
  };
}

export class HandOverRequest extends ReasonedAct {
  @ApiProperty({ description: 'A structure where the person has an open membership.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(ID_LENGTH)
  structureId!: string;
}

/** A proposal that waits for an answer; it looks the same whether the person has an account or not. */
export class AdminMembershipProposal {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    example: '810003456789',
    description: 'The idNat_PS or the mail address of the proposal, without capitals.',
  })
  identifier!: string;

  @ApiProperty({ type: [String], example: ['professional'] })
  roles!: string[];

  @NullableText('What the person will do there.', 'Cardiologue')
  function!: string | null;

  @NullableInstant('The last day of the membership; null: none.')
  until!: string | null;

  @ApiProperty({ format: 'date-time' })
  proposedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Until when the person may confirm it.' })
  expiresAt!: string;
}

export class AdminMembershipProposalList {
  @ApiProperty({ type: [AdminMembershipProposal] })
  items!: AdminMembershipProposal[];
}

export function proposalView(proposal: MembershipProposal): AdminMembershipProposal {
  const { id, identifier, roles, function: post, until, proposedAt, expiresAt } = proposal;
  return {
    id,
    identifier,
    roles,
    function: post,
    until: until?.toISOString() ?? null,
    proposedAt: proposedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
