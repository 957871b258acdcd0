import { ApiProperty, ApiSchema, ApiPropertyOptional } from '@nestjs/swagger';
import { Account as AccountRow, LOCALES } from '@portillon/account';
import { AccountPhone, NewPassword, phoneView, SessionStructure } from '@portillon/access';
import { PASSWORD_LENGTH } from '@portillon/credential';
import { IsChannel, NullableInstant, OneLine, Optional } from '@portillon/http';
import { maskNationalId } from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';
import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** RFC 5321, 4.5.3.1.3. */
const EMAIL_LENGTH = 254;
const PHONE_TEXT_LENGTH = 64;

@ApiSchema({ name: 'Account' })
export class OwnAccount {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'claire.martin' })
  username!: string;

  @ApiProperty({ example: 'Claire Martin' })
  displayName!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Claire' })
  givenName!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Martin' })
  familyName!: string | null;

  @ApiProperty({ example: 'claire.martin@hopital.example' })
  email!: string;

  @ApiProperty({ type: AccountPhone })
  phone!: AccountPhone;

  @ApiProperty({ enum: [], enumName: 'CodeChannel' })
  codeChannel!: Channel;

  @ApiProperty({ enum: LOCALES, enumName: 'Locale' })
  locale!: (typeof LOCALES)[number];

  @ApiProperty({ type: SessionStructure, nullable: true })
  structure!: SessionStructure | null;

  @ApiProperty({ type: [String] })
  roles!: string[];

  @ApiProperty({ type: String, nullable: true, description: 'The national id, masked.' })
  nationalId!: string | null;

  @NullableInstant('When I requested the erasure, which an administrator confirms.')
  erasureRequestedAt!: string | null;

  @NullableInstant(
    'The time of the first mail to my address that came back; null: none did, or a later one arrived. While it is set, codes do not arrive there.',
  )
  emailUnreachableSince!: string | null;
}

/** A change of where codes go. */
class ProvedChange {
  @ApiPropertyOptional({ format: 'password', description: 'Needed after `password.confirmation-required`.' })
  @Optional()
  @IsString()
  @MaxLength(PASSWORD_LENGTH)
  currentPassword?: string;
}

export class EmailUpdate extends ProvedChange {
  @ApiProperty({
    description: 'One plain address, without a name.',
    example: 'claire.martin@hopital.example',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(EMAIL_LENGTH)
  @OneLine()
  email!: string;
}

export class AccountUpdate extends ProvedChange {
  @ApiPropertyOptional({ enum: [], enumName: 'CodeChannel', description: 'SMS needs a verified number.' })
  @Optional()
  @IsChannel()
  codeChannel?: Channel;

  @ApiPropertyOptional({ enum: LOCALES, enumName: 'Locale' })
  @Optional()
  @IsIn(LOCALES)
  locale?: (typeof LOCALES)[number];
}

export class PhoneRemoval extends ProvedChange {}

export class PhoneUpdate extends ProvedChange {
  @ApiProperty({ description: 'The number, in national or international form.', example: '06 12 34 56 78' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(PHONE_TEXT_LENGTH)
  @OneLine()
  phoneNumber!: string;
}

export class PasswordChange {
  @ApiProperty({ format: 'password' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(PASSWORD_LENGTH)
  currentPassword!: string;

  @NewPassword()
  newPassword!: string;
}

/** An account as its owner sees it. What opens it, or where codes go, is masked: the screen may be a shared one. */
export function accountView(account: AccountRow): OwnAccount {
  return {
    id: account.id,
    username: account.username,
    displayName: account.displayName,
    givenName: account.givenName,
    familyName: account.familyName,
    email: account.email,
    phone: phoneView(account.phone),
    codeChannel: account.codeChannel,
    locale: account.locale,
    structure: account.structure && { id: account.structure.id, name: account.structure.name },
    roles: account.roles,
    nationalId: account.nationalId && maskNationalId(account.nationalId),
    erasureRequestedAt: account.erasureRequestedAt?.toISOString() ?? null,
    emailUnreachableSince: account.emailUnreachableSince?.toISOString() ?? null,
  };
}
