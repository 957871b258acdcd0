import { nameKey, sortKey } from '@portillon/kernel';
import { IsNull } from 'typeorm';
import { POLICY_COLUMNS } from '@portillon/structure';
import type { StructureEntity } from '@portillon/structure';
import { isPrivileged, NATIONAL } from './account-fields.policy';
import type { NameParts, AccountChanges, AccountDraft, VoidPassword } from './account.types';
import type { AccountEntity } from './account.entity';
import type { MembershipEntity } from '../membership/membership.entity';

export const NO_PHONE = { phoneSealed: null, phoneVerifiedAt: null, codeChannel: 'EMAIL' } as const;
/** Columns of an open or an erased account, which has no date of erasure. */
export const NOT_CLOSED = { closedAt: null, erasureDueAt: null, removedAt: null } as const;
const NO_NAME_PARTS: NameParts = { givenName: null, familyName: null };
export const NO_IDENTITY = {
  identityMethod: null,
  identityVerifiedAt: null,
  identityVerifiedBy: null,
} as const;
/** The directory's answer belongs to one national id. */
export const NO_NATIONAL_ID = {
  nationalId: null,
  directoryState: null,
  directoryLookedUpAt: null,
  directoryDueAt: null,
} as const;
/** A mail arrived, since its code or link was used. */
export const REACHABLE = { emailUnreachableAt: null } as const;
/** A sign-in or an administrator closes a report. */
export const NO_REPORT = { reportedEventAt: null, reportMailbox: null } as const;
/** A password that was chosen or used here. */
export const NOT_MOVED = { passwordMovedAt: null, passwordMoveStage: 0, passwordMoveDueAt: null } as const;
export const NO_EMERGENCY = { emergencyMeans: null, emergencyUntilAt: null } as const;

/** Columns that an edit writes: each name with its keys for search and order. Omitted fields stay. */
export function columnsOf(
  changes: AccountChanges & Pick<AccountDraft, 'nationalId'>,
): Partial<AccountEntity> {
  const { username, email, displayName, locale, roles, structureId, externalId, removedAt, nationalId } =
    changes;
  return {
    ...(username !== undefined && usernameColumns(username)),
    ...(email !== undefined && emailColumns(email)),
    ...(displayName !== undefined && displayNameColumns(displayName)),
    ...namePartColumns(changes),
    ...(locale !== undefined && { locale }),
    ...(roles !== undefined && roleColumns(roles)),
    ...(structureId !== undefined && { structureId }),
    ...(externalId !== undefined && { externalId }),
    ...(removedAt !== undefined && { removedAt }),
    ...(nationalId !== undefined && { nationalId }),
  };
}

/** The row of a new account. */
export function newRow(id: string, draft: AccountDraft, now: Date): AccountEntity {
  const { passwordDigest = null, roles = [] } = draft;
  return {
    id,
    ...usernameColumns(draft.username),
    ...emailColumns(draft.email),
    ...displayNameColumns(draft.displayName),
    ...NO_NAME_PARTS,
    ...namePartColumns(draft),
    ...roleColumns(roles),
    ...administrationColumns(roles, now),
    ...NO_PHONE,
    ...NO_EMERGENCY,
    ...NOT_CLOSED,
    ...(draft.status === 'DEACTIVATED' && { closedAt: now }),
    ...NO_IDENTITY,
    ...NO_REPORT,
    ...NO_NATIONAL_ID,
    locale: draft.locale ?? 'fr',
    status: draft.status ?? 'ACTIVE',
    structureId: draft.structureId ?? null,
    nationalId: draft.nationalId ?? null,
    externalId: draft.externalId ?? null,
    lastStructureId: null,
    passwordDigest,
    passwordChangedAt: passwordDigest ? now : null,
    ...NOT_MOVED,
    lastSignedInAt: null,
    createdAt: now,
    version: 1,
    changedAt: now,
    erasureRequestedAt: null,
    invitedUntilAt: null,
    strongMeansPromptedAt: null,
    absenceDueAt: null,
    absenceStage: 0,
    accessChangedAt: null,
    fourEyesLeftAt: null,
  };
}

/** Columns of an erased account: none identifies the person. */
export function pseudonymColumns(pseudonym: string): Partial<AccountEntity> {
  return {
    ...usernameColumns(pseudonym),
    ...displayNameColumns(pseudonym),
    ...NO_NAME_PARTS,
    ...emailColumns(''),
    ...roleColumns([]),
    ...NO_PHONE,
    ...NO_EMERGENCY,
    ...NOT_CLOSED,
    ...NO_IDENTITY,
    ...NO_REPORT,
    ...NO_NATIONAL_ID,
    ...NOT_MOVED,
    externalId: null,
    lastStructureId: null,
    passwordDigest: null,
    status: 'DEACTIVATED',
  };
}

function usernameColumns(username: string) {
  return { username: username.normalize('NFC'), usernameKey: nameKey(username) };
}

/** A new address is not known to bounce, and receives all links. */
function emailColumns(email: string) {
  return { email, emailKey: nameKey(email), emailUnreachableAt: null, reportMailbox: null };
}

function displayNameColumns(displayName: string) {
  return { displayName: displayName.trim(), displayNameKey: sortKey(displayName) };
}

function namePartColumns({ givenName, familyName }: Partial<NameParts>): Partial<NameParts> {
  return { ...(givenName !== undefined && { givenName }), ...(familyName !== undefined && { familyName }) };
}

function roleColumns(roles: readonly string[]) {
  return { roles, national: roles.includes(NATIONAL) };
}

/** A new administrator's account counts as newly created. */
function administrationColumns(roles: readonly string[], now: Date) {
  return { administrationChangedAt: isPrivileged(roles) ? now : null };
}

/**
 * Replaces a digest until the account holder chooses a password by link. The reason follows it, except in rows of
 * former releases. It is not a digest: a check against it costs as much as any other and never matches.
 */
const VOID = 'taken';
/** For `LIKE`: every void password. */
export const ANY_VOID = `${VOID}%`;

/** The columns of a password that is void from `now` on: no sign-in that proved it goes on. */
export function voidColumns(reason: VoidPassword['reason'], now: Date) {
  return { passwordDigest: `${VOID}:${reason}`, passwordChangedAt: now, ...NOT_MOVED };
}

export function readVoid({
  passwordDigest: digest,
  passwordChangedAt: since,
  reportedEventAt,
}: Pick<AccountEntity, 'passwordDigest' | 'passwordChangedAt' | 'reportedEventAt'>): VoidPassword | null {
  if (!digest?.startsWith(VOID) || !since) return null;
  const reason = digest.slice(VOID.length + 1) as VoidPassword['reason'] | '';
  return { since, reason: reason || (reportedEventAt ? 'reported' : 'incident') };
}

/** Guards a change: the account is active and has the password with which it was read. */
export function activeAsRead({ passwordChangedAt }: Pick<AccountEntity, 'passwordChangedAt'>) {
  return { status: 'ACTIVE' as const, passwordChangedAt: passwordChangedAt ?? IsNull() };
}

export const PROFILE_ACCOUNT_COLUMNS = [
  'id',
  'username',
  'email',
  'displayName',
  'givenName',
  'familyName',
  'locale',
  'status',
  'roles',
  'structureId',
  'nationalId',
] as const satisfies (keyof AccountEntity)[];

export const PROFILE_STRUCTURE_COLUMNS = [
  'id',
  'name',
  'finess',
  'kind',
] as const satisfies (keyof StructureEntity)[];

const MEMBERSHIP_COLUMNS = [
  'accountId',
  'structureId',
  'roles',
  'function',
  'untilAt',
] as const satisfies (keyof MembershipEntity)[];

/** An account with its structure and its memberships, of which these columns were read. */
export interface PlacedRow<Structure> extends Pick<AccountEntity, 'structureId' | 'roles'> {
  structure?: Structure | null;
  memberships?: (Pick<MembershipEntity, (typeof MEMBERSHIP_COLUMNS)[number]> & {
    structure?: Structure | null;
  })[];
}

export type ProfileStructure = Pick<StructureEntity, (typeof PROFILE_STRUCTURE_COLUMNS)[number]>;

function columnsWith(account: readonly string[], structure: readonly string[]): string[] {
  return [
    ...account.map((column) => `account.${column}`),
    ...structure.flatMap((column) => [`structure.${column}`, `workplace.${column}`]),
    ...MEMBERSHIP_COLUMNS.map((column) => `membership.${column}`),
  ];
}

/** Columns of an account, of its structure and of its memberships that make the profile given to applications. */
export const PROFILE_COLUMNS = columnsWith(PROFILE_ACCOUNT_COLUMNS, PROFILE_STRUCTURE_COLUMNS);
export type ProfileRow = Pick<AccountEntity, (typeof PROFILE_ACCOUNT_COLUMNS)[number]> &
  PlacedRow<ProfileStructure>;

const ACCOUNT_COLUMNS = [
  ...PROFILE_ACCOUNT_COLUMNS,
  'phoneSealed',
  'phoneVerifiedAt',
  'codeChannel',
  'passwordDigest',
  'passwordChangedAt',
  'reportedEventAt',
  'lastStructureId',
  'emergencyMeans',
  'emergencyUntilAt',
  'version',
  'emailUnreachableAt',
  'identityMethod',
  'identityVerifiedAt',
] as const satisfies (keyof AccountEntity)[];

const STRUCTURE_COLUMNS = [
  ...PROFILE_STRUCTURE_COLUMNS,
  ...POLICY_COLUMNS,
  'displayName',
  'logo',
  'accent',
] as const satisfies (keyof StructureEntity)[];

/** The same columns for a sign-in. */
export const SIGN_IN_COLUMNS = columnsWith(ACCOUNT_COLUMNS, STRUCTURE_COLUMNS);
export type SignInRow = Pick<AccountEntity, (typeof ACCOUNT_COLUMNS)[number]> &
  PlacedRow<Pick<StructureEntity, (typeof STRUCTURE_COLUMNS)[number]>>;
