import type { AdminAccount } from '../../../../api/types';
import { serverNow } from '../../../../composables/dates/server-clock';
import type { ActName } from './account-acts';

/** Why a person cannot come in, and the act that mends it. */
export interface AccountBlock {
  why:
    | 'erased'
    | 'closed'
    | 'invitationOver'
    | 'invited'
    | 'invitedBefore'
    | 'codeClosed'
    | 'passwordLocked'
    | 'codeLocked';
  /** The instant that the sentence names. */
  at?: string;
  act?: ActName;
}

/** Everything that keeps the person out now: a closed or invited account says all, else each lock. */
export function blocksOf(account: AdminAccount, now = serverNow()): AccountBlock[] {
  const { status, email, locks, erasureRequestedAt } = account;
  if (status === 'DEACTIVATED' && !email) return [{ why: 'erased' }];
  if (status === 'DEACTIVATED')
    return [{ why: 'closed', ...(erasureRequestedAt === null && { act: 'reactivate' as const }) }];
  if (status === 'INVITED') return [invitationOf(account, now)];
  const blocks: AccountBlock[] = [];
  if (locks.passwordUntil) blocks.push({ why: 'passwordLocked', at: locks.passwordUntil, act: 'unlock' });
  if (locks.codeUntilReopened) blocks.push({ why: 'codeClosed', act: 'unlock' });
  else if (locks.codeUntil) blocks.push({ why: 'codeLocked', at: locks.codeUntil, act: 'unlock' });
  return blocks;
}

function invitationOf({ invitedUntil }: AdminAccount, now: number): AccountBlock {
  if (invitedUntil === null) return { why: 'invitedBefore', act: 'resendInvitation' };
  const why = Date.parse(invitedUntil) > now ? 'invited' : 'invitationOver';
  return { why, at: invitedUntil, act: 'resendInvitation' };
}
