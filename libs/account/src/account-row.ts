import type { Account, AccountStatus, CodeChannel, EmergencyMeans, Locale } from './account.types';
import type { PhoneSealService } from './phone-seal.service';
import { NO_POLICY, POLICY_COLUMNS, PolicyRow, toPolicy } from './structure.policy';

/** One account and its structure's name, as {@link ACCOUNT_SELECT} reads them. */
export interface AccountRow extends PolicyRow {
  id: string;
  username: string;
  email: string;
  displayName: string;
  locale: Locale;
  status: AccountStatus;
  roles: string;
  structureId: string | null;
  structureName: string | null;
  phoneSealed: string | null;
  phoneVerifiedAt: Date | null;
  codeChannel: CodeChannel;
  nationalId: string | null;
  passwordDigest: string | null;
  passwordChangedAt: Date | null;
  lastSignedInAt: Date | null;
  createdAt: Date;
  emergencyMeans: EmergencyMeans | null;
  emergencyUntilAt: Date | null;
  erasureRequestedAt: Date | null;
  version: number;
}

export const ACCOUNT_SELECT = `SELECT a.id, a.username, a.email, a.displayName, a.locale, a.status, a.roles,
  a.structureId, s.name AS structureName, a.phoneSealed, a.phoneVerifiedAt, a.codeChannel, a.nationalId,
  a.passwordDigest, a.passwordChangedAt, a.lastSignedInAt, a.createdAt,
  a.emergencyMeans, a.emergencyUntilAt, a.erasureRequestedAt, a.version,
  ${POLICY_COLUMNS.map((name) => `s.${name}`).join(', ')}
  FROM account a LEFT JOIN structure s ON s.id = a.structureId`;

export function toAccount(row: AccountRow, phones: PhoneSealService): Account {
  const number = readPhone(row, phones);
  const { phone } = number;
  const { structureId, structureName } = row;
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    displayName: row.displayName,
    locale: row.locale,
    status: row.status,
    nationalId: row.nationalId,
    passwordDigest: row.passwordDigest,
    passwordChangedAt: row.passwordChangedAt,
    lastSignedInAt: row.lastSignedInAt,
    createdAt: row.createdAt,
    version: row.version,
    policy: structureId && structureName !== null ? toPolicy(row) : NO_POLICY,
    emergency: readEmergency(row),
    erasureRequestedAt: row.erasureRequestedAt,
    roles: row.roles ? row.roles.split(' ') : [],
    structure: structureId && structureName !== null ? { id: structureId, name: structureName } : null,
    ...number,
    codeChannel: phone?.verifiedAt ? row.codeChannel : 'EMAIL',
  };
}

function readPhone(row: AccountRow, phones: PhoneSealService): Pick<Account, 'phone' | 'phoneKeyMissing'> {
  const opened = row.phoneSealed ? phones.open(row.id, row.phoneSealed) : undefined;
  if (opened?.status === 'missing-key') return { phone: null, phoneKeyMissing: opened.keyId };
  return {
    phone: opened?.status === 'read' ? { number: opened.number, verifiedAt: row.phoneVerifiedAt } : null,
  };
}

function readEmergency({ emergencyMeans, emergencyUntilAt }: AccountRow): Account['emergency'] {
  return emergencyMeans && emergencyUntilAt ? { means: emergencyMeans, until: emergencyUntilAt } : null;
}
