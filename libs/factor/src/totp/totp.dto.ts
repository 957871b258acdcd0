import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PASSWORD_LENGTH } from '@portillon/credential';
import { NullableInstant, Optional } from '@portillon/http';
import { IsString, MaxLength } from 'class-validator';

export class TotpState {
  @ApiProperty({ description: 'Whether this service accepts authenticator apps.' })
  offered!: boolean;

  @NullableInstant('Since when the account has one; null: it has none.')
  confirmedAt!: string | null;
}

export class TotpRequest {
  @ApiPropertyOptional({ description: 'Needed after `password.confirmation-required`.' })
  @Optional()
  @IsString()
  @MaxLength(PASSWORD_LENGTH)
  currentPassword?: string;
}

export class TotpSecret {
  @ApiProperty({
    example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    description: 'Base32, for users who cannot scan. Shown once; valid for 10 minutes until its first code.',
  })
  secret!: string;

  @ApiProperty({
    description: 'For the QR code.',
    example: 'otpauth://totp/Portillon:claire.martin?secret=…',
  })
  uri!: string;
}
