import { ApiProperty } from '@nestjs/swagger';
import { SessionStructure } from '@portillon/access';
import type { Account, DirectoryState, IdentityMethod } from '@portillon/account';
import {
  CODE_CHANNELS,
  DIRECTORY_STATES,
  IDENTITY_METHODS,
  identityDueAt,
  LOCALES,
} from '@portillon/account';
import { maskPhone } from '@portillon/kernel';

export class DataIdentity {
  @ApiProperty({ enum: IDENTITY_METHODS, enumName: 'IdentityMethod' })
  method!: IdentityMethod;

  @ApiProperty({ format: 'date-time' })
  verifiedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it is to be verified again.' })
  dueAt!: string;
}

export class DataDirectoryStanding {
  @ApiProperty({ enum: DIRECTORY_STATES, enumName: 'DirectoryState' })
  state!: DirectoryState;

  @ApiProperty({ format: 'date-time' })
  lookedUpAt!: string;
}

export class DataAccount {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  username!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty({ type: String, nullable: true })
  givenName!: string | null;

  @ApiProperty({ type: String, nullable: true })
  familyName!: string | null;

  @ApiProperty()
  email!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Masked even here: the number leaves the service in no other way than as the target of a code.',
  })
  phone!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  phoneVerifiedAt!: string | null;

  @ApiProperty({ enum: CODE_CHANNELS, enumName: 'CodeChannel' })
  codeChannel!: (typeof CODE_CHANNELS)[number];

  @ApiProperty({ enum: LOCALES, enumName: 'Locale' })
  locale!: (typeof LOCALES)[number];

  @ApiProperty({ type: SessionStructure, nullable: true })
  structure!: SessionStructure | null;

  @ApiProperty({ type: [String] })
  roles!: string[];

  @ApiProperty({ type: String, nullable: true })
  nationalId!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSignedInAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  passwordChangedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  erasureRequestedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  erasureDueAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  emailUnreachableSince!: string | null;

  @ApiProperty({
    type: DataIdentity,
    nullable: true,
    description: 'How the identity was verified; null: it never was.',
  })
  identity!: DataIdentity | null;

  @ApiProperty({
    type: DataDirectoryStanding,
    nullable: true,
    description: 'What the national directory said of the national id; null: nothing so far.',
  })
  directory!: DataDirectoryStanding | null;
}

export function dataAccount(account: Account): DataAccount {
  return {
    id: account.id,
    username: account.username,
    displayName: account.displayName,
    givenName: account.givenName,
    familyName: account.familyName,
    email: account.email,
    phone: account.phone && maskPhone(account.phone.number),
    phoneVerifiedAt: iso(account.phone?.verifiedAt),
    codeChannel: account.codeChannel,
    locale: account.locale,
    structure: account.structure && { id: account.structure.id, name: account.structure.name },
    roles: account.roles,
    nationalId: account.nationalId,
    createdAt: account.createdAt.toISOString(),
    lastSignedInAt: iso(account.lastSignedInAt),
    passwordChangedAt: iso(account.passwordChangedAt),
    erasureRequestedAt: iso(account.erasureRequestedAt),
    closedAt: iso(account.closedAt),
    erasureDueAt: iso(account.erasureDueAt),
    emailUnreachableSince: iso(account.emailUnreachableSince),
    identity: dataIdentity(account),
    directory: account.directory && {
      state: account.directory.state,
      lookedUpAt: account.directory.at.toISOString(),
    },
  };
}

/** Who attested it is another person. */
function dataIdentity({ identity }: Account): DataIdentity | null {
  if (!identity) return null;
  const { method, at } = identity;
  return { method, verifiedAt: at.toISOString(), dueAt: identityDueAt(identity).toISOString() };
}

export function iso(time: Date | null | undefined): string | null {
  return time?.toISOString() ?? null;
}
