import '@portillon/notification';
import type { FactorPolicy } from './factor.policy';
import { FactorRegistry, registerFactor } from './factor.registry';
import type { OwnFactor } from './factor.types';
import { CLAIRE } from '../testing/people.fixture';

const APP = { id: 'totp', code: 'otp', acr: 'eidas1-mfa' } as const;
const RECOVERY = { id: 'recovery-code', code: null } as const;
const EVERYONE = { holders: async (ids: readonly string[]) => new Set(ids) };

function registry(taken = true) {
  return new FactorRegistry({ acceptsOwn: () => taken } as unknown as FactorPolicy);
}

describe('the second factors of a person', () => {
  it('are those that a lib registered, and that the person has', async () => {
    const factors = registry();
    expect(await factors.of(CLAIRE)).toEqual([]);
    factors.register(APP, { holders: async (ids) => new Set(ids.filter((id) => id === 'claire')) });
    expect(await factors.of(CLAIRE)).toEqual(['totp']);
    expect(await factors.of({ ...CLAIRE, id: 'paul' })).toEqual([]);
  });

  it('are registered by a provider of the module that knows who has one', async () => {
    class AppPresence {
      holders = async (ids: readonly string[]) => new Set(ids);
    }
    const factors = registry();
    const { inject, useFactory } = registerFactor(APP, AppPresence);
    expect(inject).toEqual([FactorRegistry, AppPresence]);
    useFactory(factors, new AppPresence());
    expect(await factors.of(CLAIRE)).toEqual(['totp']);
  });

  it('confirm nothing in a session where they are a recovery code', async () => {
    const factors = registry();
    factors.register(APP, EVERYONE);
    factors.register(RECOVERY, EVERYONE);
    expect(await factors.of(CLAIRE)).toEqual(['totp', 'recovery-code']);
    expect(await factors.confirming(CLAIRE)).toEqual(['totp']);
  });

  it('are none by an emergency access: the phone that was lost may have the app', async () => {
    const factors = registry(false);
    factors.register(APP, EVERYONE);
    expect(await factors.of(CLAIRE)).toEqual([]);
  });
});

describe('the factors of a deployment', () => {
  function installed() {
    const factors = registry();
    factors.register(RECOVERY, EVERYONE);
    factors.register({ id: 'badge' as OwnFactor, code: 'otp' }, EVERYONE);
    factors.register(APP, EVERYONE);
    return factors;
  }

  it('are those that a library registered, a last resort after all others', () => {
    expect(registry().names).toEqual([]);
    expect(installed().names).toEqual(['badge', 'totp', 'recovery-code']);
  });

  it('send no message to the holder of one that confirms, and one to a person with recovery codes only', () => {
    const factors = installed();
    expect([
      factors.isSilent(['totp', 'recovery-code']),
      factors.isSilent(['recovery-code']),
      factors.isSilent([]),
    ]).toEqual([true, false, false]);
  });

  it('begin with those of the person, and end with the last resort', () => {
    const factors = installed();
    const own = ['recovery-code', 'totp'] as const;
    expect(factors.ordered(own, ['EMAIL', 'SMS'])).toEqual(['totp', 'EMAIL', 'SMS', 'recovery-code']);
    expect(factors.ordered([], ['EMAIL'])).toEqual(['EMAIL']);
  });

  it('are kept by a session as their library declares, a last resort not at all', () => {
    const factors = installed();
    expect(['EMAIL', 'totp', 'recovery-code'].map((one) => factors.proofOf(one as OwnFactor))).toEqual([
      { code: 'mail' },
      { code: 'otp', acr: 'eidas1-mfa' },
      null,
    ]);
  });
});
