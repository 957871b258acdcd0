import { type Account } from '@portillon/account';
import { NO_POLICY, type StructurePolicy } from '@portillon/structure';
import { DAY, HOUR, addMilliseconds } from '@portillon/kernel';
import type { Principal } from '@portillon/session';
import type { Presented, PresentedPasskey } from './admission.types';
import type { OwnFactor } from './factor.types';
import type { SignInMeans } from './means.types';
import { memberOf, refusalOfState } from './sign-in.policy';
import {
  channels,
  clock,
  emergency,
  MEANS,
  factors,
  outcome,
  person,
  policiesOf,
  policy,
} from '../testing/policy.fixture';

describe('an account', () => {
  const invited = person({}, { status: 'INVITED' });
  const gone = person({}, { status: 'DEACTIVATED' });

  it('enters when it is active, and in no other state', () => {
    expect([person(), invited, gone, undefined].map(refusalOfState)).toEqual([
      undefined,
      'invited',
      'deactivated',
      'unknown',
    ]);
  });

  it.each([
    ['unknown', undefined],
    ['invited', invited],
    ['deactivated', gone],
    ['means-forbidden', person({ proSanteConnectFrom: clock.now() })],
    ['identity-unverified', person({ identityRequiredFrom: clock.now() })],
    ['means-forbidden', person({ proSanteConnectFrom: clock.now(), identityRequiredFrom: clock.now() })],
  ] as const)('that is refused has the reason for the journal: %s', (reason, account) => {
    expect(outcome('password', account)).toBe(reason);
  });
});

describe('a structure that wants Pro Santé Connect', () => {
  const asked = { proSanteConnectFrom: addMilliseconds(clock.now(), DAY) };

  it.each(MEANS)('takes %s until the day it said', (means) => {
    expect(outcome(means, person(asked))).not.toBe('means-forbidden');
  });

  it.each([
    ['pro-sante-connect', 'complete'],
    ['cpx', 'means-forbidden'],
    ['passkey', 'means-forbidden'],
    ['password', 'means-forbidden'],
  ] as const)('after the date answers %s with %s, a remembered browser or not', (means, expected) => {
    const now = person({ proSanteConnectFrom: clock.now() });
    expect(outcome(means, now)).toBe(expected);
    expect(outcome(means, now, clock.now())).toBe(expected);
  });

  it.each([
    ['password', 'code-required'],
    ['cpx', 'complete'],
  ] as const)('takes %s of whom an administrator opened it for, and no other', (means, expected) => {
    const opened = person({ proSanteConnectFrom: clock.now() }, emergency(means));
    expect(outcome(means, opened)).toBe(expected);
    for (const other of MEANS.filter((one) => one !== means && one !== 'pro-sante-connect'))
      expect(outcome(other, opened)).toBe('means-forbidden');
  });

  it.each(['password', 'cpx'] as const)('takes %s no longer when its time is over', (means) => {
    const over = person({ proSanteConnectFrom: clock.now() }, emergency(means, 0));
    expect(outcome(means, over)).toBe('means-forbidden');
  });

  it('takes an authenticator app from everyone but by an emergency access, whose code comes by mail alone', () => {
    expect(factors.acceptsOwn('totp', person({}))).toBe(true);
    expect(factors.acceptsOwn('totp', person({}, emergency('password')))).toBe(false);
    expect(factors.acceptsOwn('totp', person({}, emergency('password', 0)))).toBe(true);
  });

  it.each(MEANS)('opens nothing to a deactivated person, emergency or not: %s', (means) => {
    const gone = person({}, { status: 'DEACTIVATED', ...emergency('password') });
    expect(outcome(means, gone)).toBe('deactivated');
  });
});

function limited(account: Account, known: Partial<Presented> = {}, means: SignInMeans = 'password') {
  const admission = policy.judge(account, { means, ...known });
  expect(admission.opens).toBe(true);
  return admission.opens && admission.enrolmentOnly;
}

describe('a structure that wants strong means', () => {
  const from = (days: number, more: Partial<StructurePolicy> = {}) => ({
    strongMeansFrom: addMilliseconds(clock.now(), days * DAY),
    ...more,
  });

  it.each([
    [31, 'code-required'],
    [1, 'code-required'],
    [0, 'code-required'],
    [-13, 'code-required'],
    [-14, 'means-forbidden'],
  ] as const)('answers a password %s days before its date with %s', (days, expected) => {
    expect(outcome('password', person(from(days)))).toBe(expected);
  });

  it.each(['pro-sante-connect', 'cpx', 'passkey'] as const)('takes %s all along', (means) => {
    for (const days of [31, 0, -14]) expect(outcome(means, person(from(days)))).toBe('complete');
  });

  it('lets a session of password and code add a means and do no more, for 14 days, and no other session', () => {
    expect([1, 0, -13].map((days) => limited(person(from(days))))).toEqual([false, true, true]);
    expect(limited(person(from(0)), {}, 'passkey')).toBe(false);
    expect(limited(person(from(0), emergency('password')))).toBe(false);
  });

  it('opens all to password and code until its date alone, whatever a person may have', () => {
    const opens = (asked: Partial<StructurePolicy>) => {
      const member = memberOf({ ...NO_POLICY, ...asked });
      const admission = policy.judge(member, { means: 'password', given: { code: 'mail' } });
      return admission.opens && !admission.enrolmentOnly;
    };
    const strict = { totpIsStrong: true };
    expect([1, 0, -13, -14].map((days) => opens(from(days, strict)))).toEqual([true, false, false, false]);
    expect(opens({ proSanteConnectFrom: clock.now() })).toBe(false);
    expect(opens({})).toBe(true);
  });

  it('forgets the 24 hours of a browser from its date on: a code is given each time', () => {
    expect(outcome('password', person(from(1)), clock.now())).toBe('complete');
    expect(outcome('password', person(from(0)), clock.now())).toBe('code-required');
    expect(outcome('password', person(from(-14)), clock.now())).toBe('means-forbidden');
  });

  it('lets no code replace a strong means after that', () => {
    expect([0, -14].map((days) => factors.acceptsCodes(person(from(days))))).toEqual([true, false]);
    expect(factors.acceptsCodes(person(from(-14), emergency('password')))).toBe(true);
  });

  it('opens nothing again when the clock steps back', () => {
    const reached = from(20, { strongMeansReached: 2 });
    expect(outcome('password', person(reached))).toBe('means-forbidden');
    expect(limited(person(from(20, { strongMeansReached: 1 })))).toBe(true);
  });

  it('takes password and app where the structure counts the app as strong, and no other code', () => {
    const asked = from(-14, { totpIsStrong: true });
    expect(outcome('password', person(asked), clock.now())).toBe('code-required');
    expect(factors.acceptsOwn('totp', person(asked))).toBe(true);
    expect([factors.acceptsCodes(person(asked)), channels.of(person(asked))]).toEqual([false, []]);
    expect(factors.acceptsOwn('totp', person(from(-14)))).toBe(false);
    const inEnrolment = person(from(0, { totpIsStrong: true }));
    expect(limited(inEnrolment, { given: { code: 'otp' } })).toBe(false);
    expect(limited(inEnrolment, { given: { code: 'mail' } })).toBe(true);
    expect(limited(person(from(0)), { given: { code: 'otp' } })).toBe(true);
  });

  it('limits the session by the best that the person has, before it is given', () => {
    const asked = person(from(0, { totpIsStrong: true }));
    expect(
      [['totp'], ['recovery-code'], []].map((own) => limited(asked, { own: own as OwnFactor[] })),
    ).toEqual([false, true, true]);
    expect(limited(person(from(-14, { totpIsStrong: true })), { own: ['totp'] })).toBe(false);
    const none = policy.judge(person(from(-14, { totpIsStrong: true })), { means: 'password', own: [] });
    expect(none).toMatchObject({ opens: false, refusal: 'means-forbidden' });
  });

  it('takes a factor as it stands when the session opens: a code that was right a moment before opens nothing', () => {
    const past = person(from(-14));
    expect(factors.acceptsGiven({ code: 'mail' }, past)).toBe(false);
    expect(factors.acceptsGiven({ code: 'otp' }, past)).toBe(false);
    expect(factors.acceptsGiven({}, past)).toBe(false);
    const withApp = person(from(-14, { totpIsStrong: true }));
    expect(factors.acceptsGiven({ code: 'otp' }, withApp)).toBe(true);
    expect(factors.acceptsGiven({ code: 'mail' }, withApp)).toBe(false);
    expect(factors.acceptsGiven({ code: 'mail' }, person(from(0)))).toBe(true);
  });

  it('allows adding an app in a limited session where the app lets the person in afterwards', () => {
    expect([1, 0, -14].map((days) => factors.mayEnrolTotp(person(from(days))))).toEqual([true, false, false]);
    expect(factors.mayEnrolTotp(person(from(-14, { totpIsStrong: true })))).toBe(true);
  });

  it('takes the password of a person with an emergency access', () => {
    expect(outcome('password', person(from(-14), emergency('password')))).toBe('code-required');
    expect(outcome('password', person(from(-14), emergency('cpx')))).toBe('means-forbidden');
  });
});

describe('a deployment with recovery codes', () => {
  const recovering = policiesOf({ recoveryCodes: true });
  const past = person({ strongMeansFrom: addMilliseconds(clock.now(), -14 * DAY) });
  const asking = (account: Account) =>
    outcome('password', account, clock.now(), undefined, recovering.policy);

  it('takes one after the password past the date of a structure, and no code and no app', () => {
    expect(asking(past)).toBe('code-required');
    expect(recovering.factors.acceptsGiven({ recovered: true }, past)).toBe(true);
    expect(recovering.factors.acceptsGiven({ code: 'mail' }, past)).toBe(false);
    expect(recovering.factors.acceptsGiven({ code: 'otp' }, past)).toBe(false);
    expect(recovering.factors.acceptsGiven({}, past)).toBe(false);
    expect(recovering.channels.of(past)).toEqual([]);
  });

  it('takes none where Pro Santé Connect alone opens, nor by an emergency access', () => {
    expect(asking(person({ proSanteConnectFrom: clock.now() }))).toBe('means-forbidden');
    const opened = person({}, emergency('password'));
    expect(recovering.factors.acceptsOwn('recovery-code', opened)).toBe(false);
    expect(recovering.factors.acceptsGiven({ recovered: true }, opened)).toBe(false);
  });

  it('takes none once they are switched off', () => {
    expect(factors.acceptsOwn('recovery-code', person())).toBe(false);
    expect(factors.acceptsGiven({ recovered: true }, person())).toBe(false);
  });
});

describe('a structure that asks something of passkeys', () => {
  const key = (kind: 'device' | 'synced', identityProof: string | null = null) => ({ kind, identityProof });
  const decided = (asked: Partial<StructurePolicy>, passkey: PresentedPasskey) =>
    outcome('passkey', person(asked), null, passkey);

  it('refuses a synced one where only keys of one device count, and none is added', () => {
    const asked = { passkeyKind: 'device' as const };
    expect(decided(asked, key('synced', 'cpx'))).toBe('means-forbidden');
    expect(decided(asked, key('device'))).toBe('complete');
    expect(factors.acceptsPasskeyKind('synced', person(asked))).toBe(false);
  });

  it('refuses one whose person was not identified, until it is attested', () => {
    const asked = { passkeyIdentity: 'proven' as const };
    expect(decided(asked, key('device'))).toBe('means-forbidden');
    expect(decided(asked, key('synced', 'in-person'))).toBe('complete');
    expect(factors.acceptsPasskeyKind('synced', person(asked))).toBe(true);
  });
});

describe('a deployment whose administrators need a card or Pro Santé Connect', () => {
  const strict = policiesOf({ administratorsNeedStrongMeans: true }).policy;
  const session = (means: SignInMeans, until: Date | null = null) => {
    const codeLimit = until && { hours: null, until: until.toISOString() };
    return { means, principal: { ...(codeLimit && { codeLimit }) } as Principal, proof: {} };
  };

  it.each([
    ['pro-sante-connect', true],
    ['cpx', true],
    ['passkey', false],
    ['password', false],
  ] as const)('answers whether %s opens administration with %s', (means, opens) => {
    expect(strict.letsAdminister(session(means))).toBe(opens);
    expect(policy.letsAdminister(session(means))).toBe(true);
  });

  it('takes a passkey whose person was proven by one of them when it was enrolled', () => {
    expect(strict.letsAdminister({ ...session('passkey'), proof: { identity: 'cpx' } })).toBe(true);
  });

  it('takes the password by an emergency access, for its time', () => {
    expect(strict.letsAdminister(session('password', addMilliseconds(clock.now(), HOUR)))).toBe(true);
    expect(strict.letsAdminister(session('password', clock.now()))).toBe(false);
  });

  it('lets no administrator, and no auditor, link a card with password and code', () => {
    const roles = [['professional'], ['professional', 'structure-admin'], ['national-admin'], ['auditor']];
    expect(roles.map((one) => strict.mayLink({ roles: one }))).toEqual([true, false, false, false]);
    expect(roles.map((one) => policy.mayLink({ roles: one }))).toEqual([true, true, true, true]);
  });
});
