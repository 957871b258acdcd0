import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import type { Account } from '@portillon/account';
import { PASSWORD_LENGTH } from '@portillon/credential';
import { maskPhone } from '@portillon/kernel';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

const PHONE_STATUS = ['NONE', 'UNVERIFIED', 'VERIFIED'] as const;

export class AccountPhone {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The number, masked.',
    example: '06 •• •• •• 42',
  })
  number!: string | null;

  @ApiProperty({ enum: PHONE_STATUS, enumName: 'PhoneStatus' })
  status!: (typeof PHONE_STATUS)[number];

  @NullableInstant()
  verifiedAt!: string | null;
}

/** A number as anybody may see it, its owner included. */
export function phoneView(phone: Account['phone']): AccountPhone {
  if (!phone) return { number: null, status: 'NONE', verifiedAt: null };
  return {
    number: maskPhone(phone.number),
    status: phone.verifiedAt ? 'VERIFIED' : 'UNVERIFIED',
    verifiedAt: phone.verifiedAt?.toISOString() ?? null,
  };
}

/** A password that a person chooses. */
export const NewPassword = () =>
  applyDecorators(
    ApiProperty({
      format: 'password',
      description: 'At least 12 characters of 4 kinds, or 14 characters, or 7 words; at most 128 characters.',
    }),
    IsString(),
    IsNotEmpty(),
    MaxLength(PASSWORD_LENGTH),
  );
