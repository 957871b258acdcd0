import { ApiProperty } from '@nestjs/swagger';
import { type Account, DIRECTORY_STATES, IDENTITY_METHODS, identityDueAt } from '@portillon/account';

class AdminVerifier {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Nadia Roux',
    description: 'Null: the account is erased.',
  })
  displayName!: string | null;
}

/** How the identity of the person was verified last. */
export class AdminIdentity {
  @ApiProperty({
    enum: IDENTITY_METHODS,
    enumName: 'IdentityMethod',
    description:
      'How the identity was verified: by the person’s own card or e-CPS, or face to face by an administrator.',
  })
  method!: (typeof IDENTITY_METHODS)[number];

  @ApiProperty({ format: 'date-time' })
  verifiedAt!: string;

  @ApiProperty({
    type: AdminVerifier,
    nullable: true,
    description: 'Who identified the person face to face.',
  })
  verifiedBy!: AdminVerifier | null;

  @ApiProperty({ format: 'date-time', description: 'When it must be verified again: three years later.' })
  dueAt!: string;

  @ApiProperty({ description: 'Whether this date has passed.' })
  isDue!: boolean;
}

/** The national directory's answer about the national id. */
export class AdminDirectoryStanding {
  @ApiProperty({
    enum: DIRECTORY_STATES,
    enumName: 'DirectoryState',
    description: '`unknown`: the directory does not know this kind of id, which is not an RPPS number.',
  })
  state!: (typeof DIRECTORY_STATES)[number];

  @ApiProperty({ format: 'date-time' })
  lookedUpAt!: string;
}

/** `verifier`: how the administrator who attested it is called. */
export function identityView(
  { identity, identityVerifiedBy: id }: Account,
  verifier: { displayName: string } | undefined,
  now: Date,
): AdminIdentity | null {
  if (!identity) return null;
  const dueAt = identityDueAt(identity);
  return {
    method: identity.method,
    verifiedAt: identity.at.toISOString(),
    verifiedBy: id === null ? null : { id, displayName: verifier?.displayName ?? null },
    dueAt: dueAt.toISOString(),
    isDue: dueAt <= now,
  };
}

export function directoryView({ directory }: Account): AdminDirectoryStanding | null {
  return directory && { state: directory.state, lookedUpAt: directory.at.toISOString() };
}
