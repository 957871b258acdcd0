import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import type { HeldMeans, Passkey } from '@portillon/authenticator';

const KINDS = ['device', 'synced'] as const;
const PROOFS = ['pro-sante-connect', 'cpx', 'in-person'] as const;

export class AdminPasskey {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'The name that the account holder gave it.' })
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

export class AdminTotp {
  @ApiProperty({ format: 'date-time', description: 'Since when the account has it.' })
  confirmedAt!: string;
}

export class AdminRecoveryCodes {
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ description: 'The number of unused codes.', example: 10 })
  remaining!: number;
}

/** What opens an account beside password, card and Pro Santé Connect, which the account itself shows. */
export class AdminMeans {
  @ApiProperty({ type: [AdminPasskey], description: 'Oldest first.' })
  passkeys!: AdminPasskey[];

  @ApiProperty({ type: AdminTotp, nullable: true, description: 'The authenticator app; null: none.' })
  totp!: AdminTotp | null;

  @ApiProperty({
    type: AdminRecoveryCodes,
    nullable: true,
    description: 'Never the codes; null: the person has none.',
  })
  recoveryCodes!: AdminRecoveryCodes | null;
}

export function meansView({ passkeys, totpConfirmedAt, recoveryCodes: codes }: HeldMeans): AdminMeans {
  const totp = totpConfirmedAt ? { confirmedAt: totpConfirmedAt.toISOString() } : null;
  const recoveryCodes = codes && { ...codes, createdAt: codes.createdAt.toISOString() };
  return { passkeys: passkeys.map(passkeyView), totp, recoveryCodes };
}

function passkeyView({ accountId, ...passkey }: Passkey): AdminPasskey {
  return {
    ...passkey,
    identityProvedAt: passkey.identityProvedAt?.toISOString() ?? null,
    createdAt: passkey.createdAt.toISOString(),
    lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
  };
}
