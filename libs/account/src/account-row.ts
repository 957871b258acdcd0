import type { Keyring } from '@portillon/kernel';
import type { Account, AccountStatus, CodeChannel, Locale, Phone } from './account';
import { openPhone } from './sealed-phone';

/** One account and its structure's name, as {@link ACCOUNT_SELECT} reads them. */
export interface AccountRow {
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
  version: number;
}

export const ACCOUNT_SELECT = `SELECT a.id, a.username, a.email, a.displayName, a.locale, a.status, a.roles,
  a.structureId, s.name AS structureName, a.phoneSealed, a.phoneVerifiedAt, a.codeChannel, a.nationalId,
  a.passwordDigest, a.passwordChangedAt, a.lastSignedInAt, a.createdAt, a.version
  FROM account a LEFT JOIN structure s ON s.id = a.structureId`;

export function toAccount(row: AccountRow, keyring: Keyring): Account {
  const { structureId, structureName, phoneSealed, phoneVerifiedAt, ...same } = row;
  const phone = readPhone(row, keyring);
  return {
    ...same,
    roles: row.roles ? row.roles.split(' ') : [],
    structure: structureId && structureName !== null ? { id: structureId, name: structureName } : null,
    phone,
    codeChannel: phone?.verifiedAt ? row.codeChannel : 'EMAIL',
  };
}

function readPhone(row: AccountRow, keyring: Keyring): Phone | null {
  const number = row.phoneSealed && openPhone(keyring, row.id, row.phoneSealed);
  return number ? { number, verifiedAt: row.phoneVerifiedAt } : null;
}
