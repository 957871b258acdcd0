import { reachesMail } from '@portillon/kernel';
import { NO_POLICY, shownBranding, toPolicy } from '@portillon/structure';
import type { AccountEntity } from './account.entity';
import type { Account, AccountProfile, SignInAccount } from './account.types';
import { readVoid } from './account.columns';
import type { ProfileRow, SignInRow } from './account.columns';
import type { PhoneSealService } from '../phones/phone-seal.service';

/** Converts a row that was read with its structure. */
export function toAccount(row: AccountEntity, phones: PhoneSealService): Account {
  return {
    ...toSignInAccount(row, phones),
    externalId: row.externalId,
    lastSignedInAt: row.lastSignedInAt,
    createdAt: row.createdAt,
    changedAt: row.changedAt ?? row.createdAt,
    removedAt: row.removedAt,
    erasureRequestedAt: row.erasureRequestedAt,
    closedAt: row.closedAt,
    erasureDueAt: row.erasureDueAt,
    invitedUntil: row.invitedUntilAt,
    strongMeansPromptedAt: row.strongMeansPromptedAt,
    administrationChangedAt: row.administrationChangedAt,
    accessChangedAt: row.accessChangedAt,
    fourEyesLeftAt: row.fourEyesLeftAt,
    reportMailbox: row.reportMailbox,
    identityVerifiedBy: row.identityVerifiedBy,
    directory: readDirectory(row),
  };
}

/** Converts a row with {@link SIGN_IN_COLUMNS}. */
export function toSignInAccount(row: SignInRow, phones: PhoneSealService): SignInAccount {
  const number = readPhone(row, phones);
  const { structure } = row;
  return {
    ...toProfile(row),
    passwordDigest: row.passwordDigest,
    passwordChangedAt: row.passwordChangedAt,
    passwordVoid: readVoid(row),
    reportedEventAt: row.reportedEventAt,
    version: row.version,
    emailUnreachableSince: row.emailUnreachableAt,
    policy: structure ? toPolicy(structure) : NO_POLICY,
    branding: structure ? shownBranding(structure) : undefined,
    emergency: readEmergency(row),
    identity: readIdentity(row),
    ...number,
    codeChannel: number.phone?.verifiedAt || reachesMail(row.codeChannel) ? row.codeChannel : 'EMAIL',
  };
}

/** Converts a row with {@link PROFILE_COLUMNS}. */
export function toProfile(row: ProfileRow): AccountProfile {
  const { structure } = row;
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    displayName: row.displayName,
    givenName: row.givenName,
    familyName: row.familyName,
    locale: row.locale,
    status: row.status,
    nationalId: row.nationalId,
    roles: [...row.roles],
    structure: structure ? { id: structure.id, name: structure.name } : null,
  };
}

function readPhone(row: SignInRow, phones: PhoneSealService): Pick<Account, 'phone' | 'phoneKeyMissing'> {
  const opened = row.phoneSealed ? phones.open(row.id, row.phoneSealed) : undefined;
  if (opened?.status === 'missing-key') return { phone: null, phoneKeyMissing: opened.keyId };
  return {
    phone: opened?.status === 'read' ? { number: opened.number, verifiedAt: row.phoneVerifiedAt } : null,
  };
}

function readEmergency({ emergencyMeans, emergencyUntilAt }: SignInRow): Account['emergency'] {
  return emergencyMeans && emergencyUntilAt ? { means: emergencyMeans, until: emergencyUntilAt } : null;
}

function readIdentity({ identityMethod, identityVerifiedAt }: SignInRow): Account['identity'] {
  return identityMethod && identityVerifiedAt ? { method: identityMethod, at: identityVerifiedAt } : null;
}

function readDirectory({ directoryState, directoryLookedUpAt }: AccountEntity): Account['directory'] {
  return directoryState && directoryLookedUpAt ? { state: directoryState, at: directoryLookedUpAt } : null;
}
