import { Account, EmergencyAccess, NO_POLICY, StructurePolicy } from '@portillon/account';
import { HOUR, shift } from '@portillon/kernel';
import type { TrustedDeviceService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import { resolveAccessOptions } from '../access.options';
import type { SignInMeans } from '../access.options';
import { SignInPolicy } from '../policy/sign-in.policy';

export const clock = new SettableClock();
export const options = resolveAccessOptions({ publicUrl: 'http://portillon.test' });
export const noBrowsers = { list: () => Promise.resolve([]) } as unknown as TrustedDeviceService;
export const policy = new SignInPolicy(noBrowsers, clock, options);

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
  return { emergency: { means, until: shift(clock.now(), forMs) } };
}

export async function outcome(means: SignInMeans, account: Account, rememberedAt: Date | null = null) {
  return (await policy.decide(means, account, rememberedAt)).status;
}
