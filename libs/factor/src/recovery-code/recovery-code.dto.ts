import { ApiProperty, ApiSchema, ApiPropertyOptional } from '@nestjs/swagger';
import { PASSWORD_LENGTH } from '@portillon/credential';
import { NullableInstant, Optional } from '@portillon/http';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

/** Allows for the spaces and hyphens that users put between the letters. */
const CODE_TEXT_LENGTH = 64;
const BETWEEN = '[\\s\\u00a0\\u202f\\u2010-\\u2015\\u2212-]*';
/**
 * Twenty-four letters of Crockford’s base32, or sixteen for an older set, with the letters that are easily confused. Other
 * input costs no attempt.
 */
const CODE_SHAPE = new RegExp(`^${BETWEEN}(?:(?:[0-9A-TV-Z]${BETWEEN}){8}){2,3}$`, 'i');

@ApiSchema({ name: 'RecoveryCodeState' })
export class OwnRecoveryCodeState {
  @ApiProperty({ description: 'Whether this service accepts recovery codes.' })
  offered!: boolean;

  @NullableInstant('When the set was created; null: the account has none.')
  createdAt!: string | null;

  @ApiProperty({ description: 'The number of unused codes.', example: 10 })
  remaining!: number;
}

export class RecoveryCodeRequest {
  @ApiPropertyOptional({ description: 'Needed after `password.confirmation-required`.' })
  @Optional()
  @IsString()
  @MaxLength(PASSWORD_LENGTH)
  currentPassword?: string;
}

export class RecoveryCodeSet {
  @ApiProperty({
    type: [String],
    example: ['7ZQK-0M4T-9RXB-2HWE-5PDN-C3GY'],
    description: 'Ten codes, shown once. The previous set no longer works.',
  })
  codes!: string[];
}

export class RecoveryCodeSubmission {
  @ApiProperty({
    example: '7ZQK-0M4T-9RXB-2HWE-5PDN-C3GY',
    description: 'In upper or lower case, with or without hyphens and spaces; O is read as 0, I and L as 1.',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(CODE_TEXT_LENGTH)
  @Matches(CODE_SHAPE)
  code!: string;
}
