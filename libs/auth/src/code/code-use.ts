import type { AuditFacts, EventName } from '@portillon/audit';
import { proofBy, SECOND } from '@portillon/kernel';
import type { CodeCheck } from '@portillon/otp';
import type { GivenFactor } from '../session/given-factor.types';

type Accepted = Extract<CodeCheck, { status: 'accepted' }>;

/** The journal facts of a used code, for statistics: its channel, and the time since it was sent. */
export function codeUse(accepted: Accepted, usedAt: Date): Pick<AuditFacts, 'channel' | 'data'> {
  const age = usedAt.getTime() - accepted.sentAt.getTime();
  return { channel: accepted.channel, data: { codeAgeSeconds: Math.max(0, Math.round(age / SECOND)) } };
}

/** Returns a code that we sent, as the second factor of a sign-in or of a session. */
export function givenCode(accepted: Accepted, usedAt: Date, consume: GivenFactor['consume']): GivenFactor {
  return { consume, proof: proofBy(accepted.channel), facts: codeUse(accepted, usedAt) };
}

/** The journal event of a refused code. The attempt that locks the code step has a separate event. */
export function codeFailure(refused: Exclude<CodeCheck, Accepted>) {
  const locked = refused.status === 'locked' && refused.fresh;
  const name: EventName = locked ? 'authn_code_lock' : 'authn_code_fail';
  const channel = 'channel' in refused ? { channel: refused.channel } : {};
  return { name, outcome: 'FAILURE', reason: refused.status, ...channel } as const;
}
