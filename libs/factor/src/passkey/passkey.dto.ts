import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Passkey } from '@portillon/authenticator';
import { PASSWORD_LENGTH } from '@portillon/credential';
import { NullableInstant, OneLine, Optional } from '@portillon/http';
import { IsNotEmpty, IsObject, IsString, MaxLength } from 'class-validator';

const KINDS = ['device', 'synced'] as const;
const PROOFS = ['pro-sante-connect', 'cpx', 'in-person'] as const;
const NAME_LENGTH = 64;

/** Empty: the passkey identifies the account. */
export class PasskeyRequest {}

export class PasskeyCeremony {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'The options for `navigator.credentials` (WebAuthn level 3, in JSON form). Valid for 10 minutes.',
  })
  options!: object;

  @ApiProperty({
    description:
      'Whether several people use this browser: a phone or a security key is suitable, the computer is not.',
  })
  shared!: boolean;
}

export class PasskeyAssertion {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Of `navigator.credentials.get`, as JSON.',
  })
  @IsObject()
  credential!: Record<string, unknown>;
}

export class PasskeyEnrolmentRequest {
  @ApiPropertyOptional({ description: 'Needed after `password.confirmation-required`.' })
  @Optional()
  @IsString()
  @MaxLength(PASSWORD_LENGTH)
  currentPassword?: string;
}

export class PasskeyName {
  @ApiProperty({ example: 'Clé de sécurité du bureau', maxLength: NAME_LENGTH })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name!: string;
}

export class PasskeyEnrolment extends PasskeyName {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Of `navigator.credentials.create`, as JSON.',
  })
  @IsObject()
  credential!: Record<string, unknown>;
}

export class PasskeyItem {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    enum: KINDS,
    enumName: 'PasskeyKind',
    description:
      '`device`: the key never leaves its authenticator. `synced`: a provider copies it to others.',
  })
  kind!: (typeof KINDS)[number];

  @ApiProperty({
    enum: PROOFS,
    enumName: 'PasskeyIdentityProof',
    nullable: true,
    description:
      'How the holder’s identity was proven: at the enrolment, or face to face by an administrator; null: not proven.',
  })
  identityProof!: (typeof PROOFS)[number] | null;

  @NullableInstant()
  identityProvedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @NullableInstant()
  lastUsedAt!: string | null;
}

export class OwnPasskeyItem extends PasskeyItem {
  @ApiProperty({
    description:
      'Whether it signs in and confirms now: passkeys are offered here, and my organisation accepts this one.',
  })
  accepted!: boolean;
}

export class PasskeyList {
  @ApiProperty({ type: [OwnPasskeyItem] })
  items!: OwnPasskeyItem[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

/** A passkey as the account holder sees it. */
export function passkeyItem({ accountId, ...passkey }: Passkey): PasskeyItem {
  return {
    ...passkey,
    identityProvedAt: passkey.identityProvedAt?.toISOString() ?? null,
    createdAt: passkey.createdAt.toISOString(),
    lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
  };
}

export class RelatedOrigins {
  @ApiProperty({ type: [String], example: ['https://portillon.example', 'https://orientation.example'] })
  origins!: string[];
}

export class PasskeyEndpoints {
  @ApiProperty({ description: 'The page to add a passkey.', example: 'https://portillon.example/mon-compte' })
  enroll!: string;

  @ApiProperty({
    description: 'The page to list and remove passkeys.',
    example: 'https://portillon.example/mon-compte',
  })
  manage!: string;
}
