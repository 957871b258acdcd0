import { ApiProperty } from '@nestjs/swagger';
import { AccountPhone, phoneView, SessionStructure } from '@portillon/access';
import { ACCOUNT_SELECTIONS, EMERGENCY_MEANS, LOCALES } from '@portillon/account';
import type { Account, EmergencyMeans, MembershipRecord } from '@portillon/account';
import { NullableInstant, NullableText } from '@portillon/http';
import type { Channel } from '@portillon/kernel';
import type { Session, TrustedDevice } from '@portillon/session';
import { isManagedWithin, isWithinReach } from '@portillon/user-management';
import type { Scope } from '@portillon/user-management';
import { AdminEntry } from '../../ways-in/ways-in.dto';
import {
  AdminDirectoryStanding,
  AdminIdentity,
  directoryView,
  identityView,
} from '../access/account-identity.dto';
import { AdminMembership, membershipView } from '../memberships/membership.dto';
import { shownWithin } from './limited-view.policy';
import { AdminPendingChange, pendingViews } from '../pending/pending-view.dto';
import type { PendingContext } from '../pending/pending-view.dto';

export const ACCOUNT_STATUS = ['ACTIVE', 'INVITED', 'DEACTIVATED'] as const;

/** What a list may show alone: by what is in the account, by the judgement of a sign-in, or by what locks it. */
export const LIST_SELECTIONS = [
  ...ACCOUNT_SELECTIONS.filter((only) => only !== 'HAS_PASSWORD'),
  'CAN_ENTER',
  'LOCKED',
] as const;

/** The fields that a list line and an account's page share. */
class AccountLine {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'claire.martin' })
  username!: string;

  @ApiProperty({ example: 'Claire Martin' })
  displayName!: string;

  @ApiProperty({ example: 'claire.martin@hopital.example' })
  email!: string;

  @ApiProperty({ enum: ACCOUNT_STATUS, enumName: 'AccountStatus' })
  status!: (typeof ACCOUNT_STATUS)[number];

  @ApiProperty({ type: [String], example: ['professional'] })
  roles!: string[];

  @ApiProperty({ type: SessionStructure, nullable: true })
  structure!: SessionStructure | null;

  @NullableText('The idNat_PS, by which a card or Pro Santé Connect identifies the person.', '899700366240')
  nationalId!: string | null;

  @NullableInstant()
  lastSignedInAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @NullableInstant('When the closed account is erased, as announced to its holder; null: not scheduled.')
  erasureDueAt!: string | null;

  @ApiProperty({ description: 'Whether wrong passwords or wrong codes keep the person out now.' })
  locked!: boolean;

  @ApiProperty({ description: 'The version, which a change sends in `If-Match`.' })
  version!: number;

  @ApiProperty({
    type: SessionStructure,
    nullable: true,
    description: 'The structure that manages the account; null: the nation does.',
  })
  managedBy!: SessionStructure | null;

  @ApiProperty({
    description:
      'Whether the account is managed within reach. If not, only name, state, roles and memberships within reach are given; other fields are empty or null.',
  })
  managedHere!: boolean;

  @ApiProperty({
    type: [AdminMembership],
    description: 'Of a list: the open ones. Within reach, unless `managedHere`.',
  })
  memberships!: AdminMembership[];
}

/** One line of the list, with what a sign-in would decide now. */
export class AdminAccountItem extends AccountLine {
  @ApiProperty({ type: AdminEntry })
  entry!: AdminEntry;
}

export class AdminAccountPage {
  @ApiProperty({ type: [AdminAccountItem] })
  items!: AdminAccountItem[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'The total; null on later pages and in a search.',
  })
  total!: number | null;
}

export class AdminEmergencyAccess {
  @ApiProperty({ enum: EMERGENCY_MEANS, enumName: 'EmergencyMeans' })
  means!: EmergencyMeans;

  @ApiProperty({ format: 'date-time' })
  until!: string;
}

export class AdminAccountLocks {
  @NullableInstant('The end of the password lock; until then unknown browsers are refused. Null: not locked.')
  passwordUntil!: string | null;

  @NullableInstant('Since when the password is void: its holder has to choose another by a link.')
  passwordVoidSince!: string | null;

  @NullableInstant('The end of the code lock; until then every code is refused.')
  codeUntil!: string | null;

  @ApiProperty({ description: 'Too many wrong codes in all: only an administrator reopens the code step.' })
  codeUntilReopened!: boolean;
}

/** One account, as its administrator sees it. */
export class AdminAccount extends AccountLine {
  @ApiProperty({ type: String, nullable: true, example: 'Claire' })
  givenName!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Martin' })
  familyName!: string | null;

  @ApiProperty({ enum: LOCALES, enumName: 'Locale' })
  locale!: (typeof LOCALES)[number];

  @ApiProperty({ type: AccountPhone })
  phone!: AccountPhone;

  @ApiProperty({ enum: [], enumName: 'CodeChannel' })
  codeChannel!: Channel;

  @NullableInstant()
  passwordChangedAt!: string | null;

  @ApiProperty({ type: AdminAccountLocks })
  locks!: AdminAccountLocks;

  @ApiProperty({ type: AdminEmergencyAccess, nullable: true, description: 'The open emergency access.' })
  emergencyAccess!: AdminEmergencyAccess | null;

  @NullableInstant('When the person requested the erasure, which waits for an administrator.')
  erasureRequestedAt!: string | null;

  @NullableInstant(
    'Since when the account is closed; null: it is open, erased, or was closed before this was recorded.',
  )
  closedAt!: string | null;

  @NullableInstant('The time of the first mail that came back; null: none did, or a later one arrived.')
  emailUnreachableSince!: string | null;

  @NullableInstant('When the event took place that the holder reported as not theirs; null: no open report.')
  reportedEventAt!: string | null;

  @NullableInstant('When the invitation of an invited person expires; the time may be past.')
  invitedUntil!: string | null;

  @ApiProperty({
    type: [AdminPendingChange],
    description: 'Requested changes that wait, at most one of each kind.',
  })
  pendingChanges!: AdminPendingChange[];

  @ApiProperty({
    type: AdminIdentity,
    nullable: true,
    description: 'How the identity of the person was verified; null: it never was.',
  })
  identity!: AdminIdentity | null;

  @ApiProperty({
    type: AdminDirectoryStanding,
    nullable: true,
    description: 'The national directory’s answer about the national id; null: no answer yet.',
  })
  directory!: AdminDirectoryStanding | null;

  @ApiProperty()
  openSessions!: number;

  @ApiProperty()
  rememberedBrowsers!: number;
}

/** What the reader of an account may see of it. */
export interface AccountReach {
  scope: Scope;
  /** All memberships of the account, ended ones too. */
  records: readonly MembershipRecord[];
}

/** `whole`: the account as it was read. */
export function accountLine(
  whole: Account,
  isLocked: boolean,
  { scope, records }: AccountReach,
): AccountLine {
  const account = shownWithin(scope, whole);
  const managedHere = isManagedWithin(scope, whole);
  const managedBy = account.structure && { id: account.structure.id, name: account.structure.name };
  return {
    id: account.id,
    username: account.username,
    displayName: account.displayName,
    email: account.email,
    status: account.status,
    roles: account.roles,
    structure: managedBy,
    nationalId: account.nationalId,
    lastSignedInAt: instant(account.lastSignedInAt),
    createdAt: account.createdAt.toISOString(),
    erasureDueAt: instant(account.erasureDueAt),
    locked: managedHere && isLocked,
    version: account.version,
    managedBy,
    managedHere,
    memberships: records
      .filter((one) => managedHere || isWithinReach(scope, one.structure.id))
      .map((one) => membershipView(one, account)),
  };
}

/** The data outside the account's own row. */
export interface AccountContext extends PendingContext, AccountReach {
  passwordUntil: Date | null;
  codeLock: { retryAt: Date | null } | null;
  openSessions: number;
  rememberedBrowsers: number;
  now: Date;
}

export function accountDetail(whole: Account, around: AccountContext): AdminAccount {
  const account = shownWithin(around.scope, whole);
  return {
    ...accountLine(whole, around.passwordUntil !== null || around.codeLock !== null, around),
    givenName: account.givenName,
    familyName: account.familyName,
    locale: account.locale,
    phone: phoneView(account.phone),
    codeChannel: account.codeChannel,
    passwordChangedAt: instant(account.passwordChangedAt),
    locks: {
      passwordUntil: instant(around.passwordUntil),
      passwordVoidSince: instant(account.passwordVoid?.since),
      codeUntil: instant(around.codeLock?.retryAt),
      codeUntilReopened: around.codeLock !== null && around.codeLock.retryAt === null,
    },
    emergencyAccess: emergencyView(account.emergency, around.now),
    erasureRequestedAt: instant(account.erasureRequestedAt),
    closedAt: instant(account.closedAt),
    emailUnreachableSince: instant(account.emailUnreachableSince),
    reportedEventAt: instant(account.reportedEventAt),
    invitedUntil: account.status === 'INVITED' ? instant(account.invitedUntil) : null,
    pendingChanges: pendingViews(around),
    identity: identityView(account, verifierOf(account, around), around.now),
    directory: directoryView(account),
    openSessions: around.openSessions,
    rememberedBrowsers: around.rememberedBrowsers,
  };
}

function verifierOf({ identityVerifiedBy: id }: Account, { administrators }: AccountContext) {
  return id === null ? undefined : administrators.get(id);
}

function emergencyView(emergency: Account['emergency'], now: Date): AdminEmergencyAccess | null {
  if (!emergency || emergency.until <= now) return null;
  return { means: emergency.means, until: emergency.until.toISOString() };
}

function instant(time: Date | null | undefined): string | null {
  return time?.toISOString() ?? null;
}

export class AdminAccountSession {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: [], enumName: 'MeansId' })
  means!: string;

  @ApiProperty({ description: 'The User-Agent of the browser.' })
  device!: string;

  @ApiProperty()
  address!: string;

  @ApiProperty({ format: 'date-time' })
  signedInAt!: string;
}

export class AdminAccountBrowser {
  @ApiProperty({ description: 'The User-Agent of the browser.' })
  device!: string;

  @NullableInstant('The browser needs no code until this time.')
  codeValidUntil!: string | null;

  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string;
}

export class AdminAccountDevices {
  @ApiProperty({ type: [AdminAccountSession], description: 'The open sessions.' })
  sessions!: AdminAccountSession[];

  @ApiProperty({ type: [AdminAccountBrowser], description: 'The remembered browsers.' })
  browsers!: AdminAccountBrowser[];
}

export function devicesView(sessions: Session[], browsers: TrustedDevice[]): AdminAccountDevices {
  return {
    sessions: sessions.map(({ id, means, device, signedInAt }) => ({
      id,
      means,
      device: device.userAgent,
      address: device.address,
      signedInAt: signedInAt.toISOString(),
    })),
    browsers: browsers.map(({ device, codeStillValid, codeValidUntilAt, lastUsedAt }) => ({
      device: device.userAgent,
      codeValidUntil: codeStillValid ? codeValidUntilAt.toISOString() : null,
      lastUsedAt: lastUsedAt.toISOString(),
    })),
  };
}
