import type { AccountEntity } from './account.entity';
import type { Account } from './account.types';
import type { PhoneSealService } from './phones/phone-seal.service';
import { NO_POLICY, toPolicy } from './structures/structure.policy';

/** The account of a row that was read with its structure. */
export function toAccount(row: AccountEntity, phones: PhoneSealService): Account {
  const number = readPhone(row, phones);
  const { structure } = row;
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    displayName: row.displayName,
    locale: row.locale,
    status: row.status,
    nationalId: row.nationalId,
    externalId: row.externalId,
    passwordDigest: row.passwordDigest,
    passwordChangedAt: row.passwordChangedAt,
    lastSignedInAt: row.lastSignedInAt,
    createdAt: row.createdAt,
    version: row.version,
    policy: structure ? toPolicy(structure) : NO_POLICY,
    emergency: readEmergency(row),
    erasureRequestedAt: row.erasureRequestedAt,
    invitedUntil: row.invitedUntilAt,
    strongMeansPromptedAt: row.strongMeansPromptedAt,
    administrationChangedAt: row.administrationChangedAt,
    accessChangedAt: row.accessChangedAt,
    roles: [...row.roles],
    structure: structure ? { id: structure.id, name: structure.name } : null,
    ...number,
    codeChannel: number.phone?.verifiedAt ? row.codeChannel : 'EMAIL',
  };
}

function readPhone(row: AccountEntity, phones: PhoneSealService): Pick<Account, 'phone' | 'phoneKeyMissing'> {
  const opened = row.phoneSealed ? phones.open(row.id, row.phoneSealed) : undefined;
  if (opened?.status === 'missing-key') return { phone: null, phoneKeyMissing: opened.keyId };
  return {
    phone: opened?.status === 'read' ? { number: opened.number, verifiedAt: row.phoneVerifiedAt } : null,
  };
}

function readEmergency({ emergencyMeans, emergencyUntilAt }: AccountEntity): Account['emergency'] {
  return emergencyMeans && emergencyUntilAt ? { means: emergencyMeans, until: emergencyUntilAt } : null;
}
