import {
  registerSecondFactor,
  SecondFactorRegistry,
  sendsNothing,
  waysInOrder,
} from './second-factor.registry';
import type { FactorPolicy } from './factor.policy';
import { CLAIRE } from '../testing/people.fixture';

function registry(taken = true) {
  return new SecondFactorRegistry({ acceptsOwn: () => taken } as unknown as FactorPolicy);
}

describe('the second factors of a person', () => {
  it('are those that a lib registered, and that the person has', async () => {
    const factors = registry();
    expect(await factors.of(CLAIRE)).toEqual([]);
    factors.register('totp', { holders: async (ids) => new Set(ids.filter((id) => id === 'claire')) });
    expect(await factors.of(CLAIRE)).toEqual(['totp']);
    expect(await factors.of({ ...CLAIRE, id: 'paul' })).toEqual([]);
  });

  it('are registered by a provider of the module that knows who has one', async () => {
    class AppPresence {
      holders = async (ids: readonly string[]) => new Set(ids);
    }
    const factors = registry();
    const { inject, useFactory } = registerSecondFactor('totp', AppPresence);
    expect(inject).toEqual([SecondFactorRegistry, AppPresence]);
    useFactory(factors, new AppPresence());
    expect(await factors.of(CLAIRE)).toEqual(['totp']);
  });

  it('confirm nothing in a session where they are a recovery code', async () => {
    const factors = registry();
    factors.register('totp', { holders: async (ids) => new Set(ids) });
    factors.register('recovery-code', { holders: async (ids) => new Set(ids) });
    expect(await factors.of(CLAIRE)).toEqual(['totp', 'recovery-code']);
    expect(await factors.confirming(CLAIRE)).toEqual(['totp']);
  });

  it('are none by an emergency access: the phone that was lost may have the app', async () => {
    const factors = registry(false);
    factors.register('totp', { holders: async (ids) => new Set(ids) });
    expect(await factors.of(CLAIRE)).toEqual([]);
  });
});

describe('the ways of giving a second factor', () => {
  it('send no message to a person who has an app, and one to who has recovery codes alone', () => {
    expect([
      sendsNothing(['totp', 'recovery-code']),
      sendsNothing(['recovery-code']),
      sendsNothing([]),
    ]).toEqual([true, false, false]);
  });

  it('begin with the app, and end with the recovery code, which is the last resort', () => {
    const own = ['recovery-code', 'totp'] as const;
    expect(waysInOrder(own, ['EMAIL', 'SMS'])).toEqual(['totp', 'EMAIL', 'SMS', 'recovery-code']);
    expect(waysInOrder([], ['EMAIL'])).toEqual(['EMAIL']);
  });
});
