import type { AccountEntity } from './account.entity';
import type { VoidPassword } from './account.types';

/**
 * Replaces a digest until the account holder chooses a password by link. The reason follows it, except in rows of
 * former releases. It is not a digest: a check against it costs as much as any other and never matches.
 */
const VOID = 'taken';
/** For `LIKE`: every void password. */
export const ANY_VOID = `${VOID}%`;

/** The columns of a password that is void from `now` on: no sign-in that proved it goes on. */
export function voidColumns(reason: VoidPassword['reason'], now: Date) {
  return { passwordDigest: `${VOID}:${reason}`, passwordChangedAt: now };
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
