import { NO_POLICY } from '@portillon/account';
import { DAY, shift } from '@portillon/kernel';
import { MEANS } from '../access.options';
import { clock, emergency, outcome, person, policy } from '../testing/policy.fixture';

const YEAR = 365 * DAY;
const from = (days: number) => ({ identityRequiredFrom: shift(clock.now(), days * DAY) });
const identityOf = (years: number) => ({
  identity: { method: 'face-to-face' as const, at: shift(clock.now(), -years * YEAR) },
});

describe('a structure that wants identities verified', () => {
  it.each(MEANS)('takes %s of everybody until its date', async (means) => {
    expect(await outcome(means, person(from(1)))).not.toBe('refused');
  });

  it.each([
    ['pro-sante-connect', 'complete'],
    ['cpx', 'complete'],
    ['passkey', 'refused'],
    ['password', 'refused'],
  ] as const)('from then on answers %s of who is not verified with %s', async (means, expected) => {
    expect(await outcome(means, person(from(0)), clock.now())).toBe(expected);
    expect(await outcome(means, person(from(0), { identity: null }))).toBe(expected);
  });

  it.each([
    ['password', 'code-required'],
    ['passkey', 'complete'],
  ] as const)(
    'takes %s of who was verified, until that is due after three years',
    async (means, expected) => {
      expect(await outcome(means, person(from(-1), identityOf(2)))).toBe(expected);
      expect(await outcome(means, person(from(-1), identityOf(4)))).toBe('refused');
      expect(await outcome(means, person({}, identityOf(4)))).toBe(expected);
    },
  );

  it('takes the password of whom an administrator opened it for, for its time', async () => {
    expect(await outcome('password', person(from(-1), emergency('password')))).toBe('code-required');
    expect(await outcome('password', person(from(-1), emergency('password', 0)))).toBe('refused');
    expect(await outcome('passkey', person(from(-1), emergency('password')))).toBe('refused');
  });

  it('touches nobody without structure, and closes no means by itself', async () => {
    expect(await outcome('password', person(NO_POLICY))).toBe('code-required');
    const asked = { ...NO_POLICY, ...from(-1) };
    expect([policy.closesPassword(asked), policy.closesCodes(asked)]).toEqual([false, false]);
  });
});
