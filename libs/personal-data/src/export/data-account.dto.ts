import { ApiProperty, OmitType } from '@nestjs/swagger';
import { SessionStructure } from '@portillon/access';
import type {
  Account,
  DirectoryState,
  IdentityMethod,
  MembershipProposal,
  MembershipRecord,
} from '@portillon/account';
import { DIRECTORY_STATES, IDENTITY_METHODS, identityDueAt, LOCALES } from '@portillon/account';
import { maskPhone } from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';

export class DataIdentity {
  @ApiProperty({ enum: IDENTITY_METHODS, enumName: 'IdentityMethod', enumSchema: { description: undefined } })
  method!: IdentityMethod;

  @ApiProperty({ format: 'date-time' })
  verifiedAt!: Date;

  @ApiProperty({ format: 'date-time', description: 'When the identity must be verified again.' })
  dueAt!: Date;
}

export class DataDirectoryStanding {
  @ApiProperty({ enum: DIRECTORY_STATES, enumName: 'DirectoryState', enumSchema: { description: undefined } })
  state!: DirectoryState;

  @ApiProperty({ format: 'date-time' })
  lookedUpAt!: Date;
}

export class DataMembership {
  @ApiProperty({ type: SessionStructure })
  structure!: SessionStructure;

  @ApiProperty({ type: [String] })
  roles!: string[];

  @ApiProperty({ type: String, nullable: true })
  function!: string | null;

  @ApiProperty({ format: 'date-time' })
  since!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Its last day.' })
  until!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: Date | null;
}

export class DataProposal extends OmitType(DataMembership, ['since', 'until', 'endedAt'] as const) {
  @ApiProperty({ format: 'date-time' })
  proposedAt!: Date;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: Date;
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

  @ApiProperty({ type: String, nullable: true, description: 'Masked even here; used only to send codes.' })
  phone!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  phoneVerifiedAt!: Date | null;

  @ApiProperty({ enum: [], enumName: 'CodeChannel' })
  codeChannel!: Channel;

  @ApiProperty({ enum: LOCALES, enumName: 'Locale' })
  locale!: (typeof LOCALES)[number];

  @ApiProperty({ type: SessionStructure, nullable: true })
  structure!: SessionStructure | null;

  @ApiProperty({ type: [DataMembership], description: 'The structures in which the person works or worked.' })
  memberships!: DataMembership[];

  @ApiProperty({ type: [String] })
  roles!: string[];

  @ApiProperty({ type: String, nullable: true })
  nationalId!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSignedInAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  passwordChangedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  erasureRequestedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  erasureDueAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  emailUnreachableSince!: Date | null;

  @ApiProperty({
    type: DataIdentity,
    nullable: true,
    description: 'How the identity was verified; null: it never was.',
  })
  identity!: DataIdentity | null;

  @ApiProperty({
    type: DataDirectoryStanding,
    nullable: true,
    description: 'The national directory’s answer about the national id; null: no answer yet.',
  })
  directory!: DataDirectoryStanding | null;
}

export function dataAccount(account: Account, memberships: readonly MembershipRecord[]): DataAccount {
  return {
    id: account.id,
    username: account.username,
    displayName: account.displayName,
    givenName: account.givenName,
    familyName: account.familyName,
    email: account.email,
    phone: account.phone && maskPhone(account.phone.number),
    phoneVerifiedAt: account.phone?.verifiedAt ?? null,
    codeChannel: account.codeChannel,
    locale: account.locale,
    structure: account.structure && { id: account.structure.id, name: account.structure.name },
    memberships: memberships.map(dataMembership),
    roles: account.roles,
    nationalId: account.nationalId,
    createdAt: account.createdAt,
    lastSignedInAt: account.lastSignedInAt,
    passwordChangedAt: account.passwordChangedAt,
    erasureRequestedAt: account.erasureRequestedAt,
    closedAt: account.closedAt,
    erasureDueAt: account.erasureDueAt,
    emailUnreachableSince: account.emailUnreachableSince,
    identity: dataIdentity(account),
    directory: account.directory && {
      state: account.directory.state,
      lookedUpAt: account.directory.at,
    },
  };
}

function dataMembership({ structure, roles, ...membership }: MembershipRecord): DataMembership {
  const { function: post, since, until, endedAt } = membership;
  return { structure, roles, function: post, since, until, endedAt };
}

/** Who proposed it is another person. */
export function dataProposal({
  structure,
  roles,
  function: post,
  proposedAt,
  expiresAt,
}: MembershipProposal): DataProposal {
  return { structure, roles, function: post, proposedAt, expiresAt };
}

/** Who attested it is another person. */
function dataIdentity({ identity }: Account): DataIdentity | null {
  if (!identity) return null;
  const { method, at } = identity;
  return { method, verifiedAt: at, dueAt: identityDueAt(identity) };
}
