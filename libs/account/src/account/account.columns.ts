import { nameKey, sortKey } from '@portillon/kernel';
import { isPrivileged } from './account-roles.policy';
import type { NameParts } from './account-name.policy';
import type { AccountEntity } from './account.entity';
import type { AccountChanges, AccountDraft } from './account.types';

const NATIONAL = 'national-admin';

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
    passwordDigest,
    passwordChangedAt: passwordDigest ? now : null,
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
    externalId: null,
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
