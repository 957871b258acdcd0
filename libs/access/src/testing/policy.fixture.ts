import { Account, EmergencyAccess } from '@portillon/account';
import { NO_POLICY, StructurePolicy } from '@portillon/structure';
import { HOUR, addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { resolveAccessOptions } from '../access.options';
import type { ResolvedAccessOptions } from '../access.options';
import type { PresentedPasskey } from '../policy/admission.types';
import { ChannelPolicy } from '../policy/channel.policy';
import { CodeTimePolicy } from '../policy/code-time.policy';
import { FactorPolicy } from '../policy/factor.policy';
import type { SignInMeans } from '../policy/means.types';
import { SignInPolicy } from '../policy/sign-in.policy';

/** The means that the rules of a structure name. */
export const MEANS = ['pro-sante-connect', 'cpx', 'passkey', 'password'] as const;

export const clock = new SettableClock();
const options = resolveAccessOptions({ publicUrl: 'http://portillon.test' });

/** The policies of a deployment with these options. */
export function policiesOf(asked: Partial<ResolvedAccessOptions> = {}) {
  const all = { ...options, ...asked };
  const factors = new FactorPolicy(clock, all);
  const times = new CodeTimePolicy(clock, all);
  const policy = new SignInPolicy(factors, times, clock, all);
  return { factors, times, channels: new ChannelPolicy(factors, clock), policy };
}

export const { policy, factors, channels, times } = policiesOf();

/** Claire, whose structure has asked this. */
export function person(asked: Partial<StructurePolicy> = {}, rest: Partial<Account> = {}): Account {
  return {
    id: 'claire',
    status: 'ACTIVE',
    codeChannel: 'EMAIL',
    phone: null,
    emergency: null,
    policy: { ...NO_POLICY, ...asked },
    ...rest,
  } as Account;
}

export function emergency(means: EmergencyAccess['means'], forMs = HOUR): { emergency: EmergencyAccess } {
  return { emergency: { means, until: addMilliseconds(clock.now(), forMs) } };
}

/** The result of a sign-in; for a refused one, the reason for the journal. */
export function outcome(
  means: SignInMeans,
  account: Account | undefined,
  acceptedAt: Date | null = null,
  passkey?: PresentedPasskey,
  by = policy,
) {
  const admission = by.judge(account, { means, acceptedAt, ...(passkey && { passkeys: [passkey] }) });
  if (!admission.opens) return admission.refusal;
  return admission.needs === 'code' ? 'code-required' : 'complete';
}
