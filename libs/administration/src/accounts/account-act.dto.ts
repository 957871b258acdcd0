import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { EMERGENCY_MEANS, LOCALES, NAME_PART_LENGTH } from '@portillon/account';
import type { EmergencyMeans } from '@portillon/account';
import type { Locale } from '@portillon/kernel';
import { OneLine, Optional } from '@portillon/http';
import type { ErrorCode } from '@portillon/kernel';
import { AdminAct, ReasonedAct, ROLES, Requires } from '@portillon/user-management';
import type { Role, Act } from '@portillon/user-management';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { AdminAccount } from './list/account-view.dto';

const ID_LENGTH = 36;
const USERNAME_LENGTH = 64;
const EMAIL_LENGTH = 254;
const NAME_LENGTH = 200;
const NATIONAL_ID_LENGTH = 32;
const MOST_HOURS = 24;

/** A part of a person's name; null takes it away. */
const NamePart =
  (example: string): PropertyDecorator =>
  (target, key) => {
    for (const rule of [
      ApiPropertyOptional({ type: String, nullable: true, example, maxLength: NAME_PART_LENGTH }),
      ValidateIf((_body, value) => value !== undefined && value !== null),
      IsString(),
      IsNotEmpty(),
      MaxLength(NAME_PART_LENGTH),
      OneLine(),
    ])
      rule(target, key);
  };

export class AccountInvitation {
  @ApiProperty({ example: 'claire.martin' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(USERNAME_LENGTH)
  @OneLine()
  username!: string;

  @ApiProperty({ example: 'claire.martin@hopital.example', description: 'The address for the invitation.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(EMAIL_LENGTH)
  @OneLine()
  email!: string;

  @ApiProperty({ example: 'Claire Martin' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  displayName!: string;

  @NamePart('Claire')
  givenName?: string | null;

  @NamePart('Martin')
  familyName?: string | null;

  @ApiPropertyOptional({
    enum: ROLES,
    enumName: 'Role',
    isArray: true,
    description: 'Default: `professional`.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  roles?: Role[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'An administrator of a structure always invites into that structure.',
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsString()
  @IsNotEmpty()
  @MaxLength(ID_LENGTH)
  structureId?: string | null;

  @ApiPropertyOptional({ enum: LOCALES, enumName: 'Locale', description: 'Default: French.' })
  @Optional()
  @IsIn(LOCALES)
  locale?: Locale;

  @ApiPropertyOptional({ example: '899700366240', description: 'The idNat_PS of the card or e-CPS.' })
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NATIONAL_ID_LENGTH)
  nationalId?: string;
}

export class AdminAccountUpdate extends AdminAct {
  @ApiPropertyOptional()
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(USERNAME_LENGTH)
  @OneLine()
  username?: string;

  @ApiPropertyOptional({
    description:
      'Ends open codes, sessions and remembered browsers; the old address is notified. For an administrator’s account, and where the structure’s `fourEyes` requires it, the change waits among `pendingChanges`.',
  })
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(EMAIL_LENGTH)
  @OneLine()
  email?: string;

  @ApiPropertyOptional({
    description: 'When omitted, it follows the parts of the name, as long as it consists of them.',
  })
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  displayName?: string;

  @NamePart('Claire')
  givenName?: string | null;

  @NamePart('Martin')
  familyName?: string | null;

  @ApiPropertyOptional({ enum: LOCALES, enumName: 'Locale' })
  @Optional()
  @IsIn(LOCALES)
  locale?: Locale;

  @ApiPropertyOptional({
    enum: ROLES,
    enumName: 'Role',
    isArray: true,
    description:
      'An administration role waits among `pendingChanges` when an administrator has changed the address, the card or a factor of the account in the last 24 hours.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  roles?: Role[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Only a national administrator may set it.',
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsString()
  @IsNotEmpty()
  @MaxLength(ID_LENGTH)
  structureId?: string | null;
}

export class NationalIdLink extends AdminAct {
  @ApiProperty({ example: '899700366240', description: 'The idNat_PS of the card or e-CPS.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NATIONAL_ID_LENGTH)
  @OneLine()
  nationalId!: string;
}

export class ErasureWishRequest extends ReasonedAct {
  @ApiProperty({ example: '2026-11-20', description: 'The day of the request.' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  receivedOn!: string;
}

export class EmergencyAccessRequest extends ReasonedAct {
  @ApiProperty({
    enum: EMERGENCY_MEANS,
    enumName: 'EmergencyMeans',
    description: '`password`: with a code by mail each time. `cpx`: the card.',
  })
  @IsIn(EMERGENCY_MEANS)
  means!: EmergencyMeans;

  @ApiProperty({ minimum: 1, maximum: MOST_HOURS })
  @IsInt()
  @Min(1)
  @Max(MOST_HOURS)
  hours!: number;
}

/** Decorates a route that acts on one account: sensitive, with its right, answered with the account. */
export function AccountAct(
  act: Act,
  operationId: string,
  summary: string,
  description: string,
  conflicts: ErrorCode[] = [],
) {
  return applyDecorators(
    HttpCode(200),
    RequiresStepUp(),
    Requires(act),
    ApiOperation({ operationId, summary, description }),
    ApiOkResponse({ type: AdminAccount }),
    ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] }),
    ApiErrors({ 403: ['permission.denied', 'account.managed-elsewhere'], 404: ['not-found'] }),
    ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'] }),
    ...(conflicts.length > 0 ? [ApiErrors({ 409: conflicts })] : []),
  );
}
