import { NO_POLICY } from '@portillon/structure';
import { DAY, addMilliseconds } from '@portillon/kernel';
import { memberOf } from './sign-in.policy';
import { clock, emergency, MEANS, outcome, person, policy } from '../testing/policy.fixture';

const YEAR = 365 * DAY;
const from = (days: number) => ({ identityRequiredFrom: addMilliseconds(clock.now(), days * DAY) });
const identityOf = (years: number) => ({
  identity: { method: 'face-to-face' as const, at: addMilliseconds(clock.now(), -years * YEAR) },
});

describe('a structure that wants identities verified', () => {
  it.each(MEANS)('takes %s of everybody until its date', (means) => {
    expect(outcome(means, person(from(1)))).not.toBe('identity-unverified');
  });

  it.each([
    ['pro-sante-connect', 'complete'],
    ['cpx', 'complete'],
    ['passkey', 'identity-unverified'],
    ['password', 'identity-unverified'],
  ] as const)('after the date answers %s of an unverified person with %s', (means, expected) => {
    expect(outcome(means, person(from(0)), clock.now())).toBe(expected);
    expect(outcome(means, person(from(0), { identity: null }))).toBe(expected);
  });

  it.each([
    ['password', 'code-required'],
    ['passkey', 'complete'],
  ] as const)(
    'accepts %s of a verified person, until renewal is due after three years',
    (means, expected) => {
      expect(outcome(means, person(from(-1), identityOf(2)))).toBe(expected);
      expect(outcome(means, person(from(-1), identityOf(4)))).toBe('identity-unverified');
      expect(outcome(means, person({}, identityOf(4)))).toBe(expected);
    },
  );

  it('takes the password of whom an administrator opened it for, for its time', () => {
    expect(outcome('password', person(from(-1), emergency('password')))).toBe('code-required');
    expect(outcome('password', person(from(-1), emergency('password', 0)))).toBe('identity-unverified');
    expect(outcome('passkey', person(from(-1), emergency('password')))).toBe('identity-unverified');
  });

  it('concerns no one without structure, and closes no means alone', () => {
    expect(outcome('password', person(NO_POLICY))).toBe('code-required');
    const asked = { ...NO_POLICY, ...from(-1) };
    expect(policy.judge(memberOf(asked), { means: 'password', given: { code: 'mail' } }).opens).toBe(true);
  });
});
