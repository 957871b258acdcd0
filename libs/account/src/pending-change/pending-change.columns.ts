import type { AccountDraft } from '../account/account.types';
import type { PendingChange } from './pending-change.types';

type ChangedField = Partial<Pick<AccountDraft, 'email' | 'nationalId' | 'roles'>>;

/** Fields of the account that the change writes; an erasure writes all of them. */
export function changesOf({ kind, value }: Pick<PendingChange, 'kind' | 'value'>): ChangedField {
  if (kind === 'erasure') return {};
  if (kind === 'email') return { email: value };
  return kind === 'identity' ? { nationalId: value } : { roles: value.split(' ') };
}
