import { nameKey, sortKey } from '@portillon/kernel';
import type { SqlValue } from '@portillon/persistence';
import { nationalMark } from './account-administration.service';
import type { AccountDraft } from './account.types';

export const ACCOUNT_INSERT = `INSERT INTO account (id, username, usernameKey, email, emailKey, displayName, displayNameKey, locale,
  status, roles, structureId, codeChannel, nationalId, passwordDigest, passwordChangedAt, createdAt, national, version)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'EMAIL', ?, ?, ?, ?, ?, 1)`;

export function insertValues(id: string, draft: AccountDraft, now: Date): SqlValue[] {
  return [
    id,
    draft.username.normalize('NFC'),
    nameKey(draft.username),
    draft.email,
    nameKey(draft.email),
    draft.displayName.trim(),
    sortKey(draft.displayName),
    draft.locale ?? 'fr',
    draft.status ?? 'ACTIVE',
    (draft.roles ?? []).join(' '),
    draft.structureId ?? null,
    draft.nationalId ?? null,
    draft.passwordDigest ?? null,
    draft.passwordDigest ? now : null,
    now,
    nationalMark(draft.roles ?? []),
  ];
}
