import { IsNull } from 'typeorm';
import type { AccountEntity } from './account.entity';

/** Guards a change: the account is active and has the password with which it was read. */
export function activeAsRead({ passwordChangedAt }: Pick<AccountEntity, 'passwordChangedAt'>) {
  return { status: 'ACTIVE' as const, passwordChangedAt: passwordChangedAt ?? IsNull() };
}
