import { type Account, NO_POLICY, type StructurePolicy } from '@portillon/account';
import { DAY, HOUR, shift } from '@portillon/kernel';
import type { Principal } from '@portillon/session';
import { MEANS } from '../access.options';
import type { SignInMeans } from '../access.options';
import { PresentedPasskey, SignInPolicy } from './sign-in.policy';
import { clock, emergency, noBrowsers, options, outcome, person, policy } from '../testing/policy.fixture';

describe('an account', () => {
  const invited = person({}, { status: 'INVITED' });
  const gone = person({}, { status: 'DEACTIVATED' });

  it('enters when it is active, and in no other state', () => {
    const admitted = [person(), invited, gone, undefined].map((account) => policy.admits(account));
    expect(admitted).toEqual([true, false, false, false]);
  });

  it.each([
    ['unknown', undefined],
    ['invited', invited],
    ['deactivated', gone],
    ['means-forbidden', person({ proSanteConnectFrom: clock.now() })],
    ['identity-unverified', person({ identityRequiredFrom: clock.now() })],
    ['means-forbidden', person({ proSanteConnectFrom: clock.now(), identityRequiredFrom: clock.now() })],
  ] as const)('that is refused has the reason for the journal: %s', async (reason, account) => {
    expect(await policy.decide('password', account, null)).toEqual({ status: 'refused', reason });
  });
});

describe('a structure that wants Pro Santé Connect', () => {
  const asked = { proSanteConnectFrom: shift(clock.now(), DAY) };

  it.each(MEANS)('takes %s until the day it said', async (means) => {
    expect(await outcome(means, person(asked))).not.toBe('refused');
  });

  it.each([
    ['pro-sante-connect', 'complete'],
    ['cpx', 'refused'],
    ['passkey', 'refused'],
    ['password', 'refused'],
  ] as const)('from then on answers %s with %s, a remembered browser or not', async (means, expected) => {
    const now = person({ proSanteConnectFrom: clock.now() });
    expect(await outcome(means, now)).toBe(expected);
    expect(await outcome(means, now, clock.now())).toBe(expected);
  });

  it.each([
    ['password', 'code-required'],
    ['cpx', 'complete'],
  ] as const)('takes %s of whom an administrator opened it for, and no other', async (means, expected) => {
    const opened = person({ proSanteConnectFrom: clock.now() }, emergency(means));
    expect(await outcome(means, opened)).toBe(expected);
    for (const other of MEANS.filter((one) => one !== means && one !== 'pro-sante-connect'))
      expect(await outcome(other, opened)).toBe('refused');
  });

  it.each(['password', 'cpx'] as const)('takes %s no longer when its time is over', async (means) => {
    const over = person({ proSanteConnectFrom: clock.now() }, emergency(means, 0));
    expect(await outcome(means, over)).toBe('refused');
  });

  it('takes an authenticator app from everyone but by an emergency access, whose code comes by mail alone', () => {
    expect(policy.takesOwnFactor('totp', person({}))).toBe(true);
    expect(policy.takesOwnFactor('totp', person({}, emergency('password')))).toBe(false);
    expect(policy.takesOwnFactor('totp', person({}, emergency('password', 0)))).toBe(true);
  });

  it.each(MEANS)('opens nothing to somebody deactivated, emergency or not: %s', async (means) => {
    const gone = person({}, { status: 'DEACTIVATED', ...emergency('password') });
    expect(await policy.decide(means, gone, null)).toEqual({ status: 'refused', reason: 'deactivated' });
  });
});

describe('a structure that wants strong means', () => {
  const from = (days: number, more: Partial<StructurePolicy> = {}) => ({
    strongMeansFrom: shift(clock.now(), days * DAY),
    ...more,
  });

  it.each([
    [31, 'code-required'],
    [1, 'code-required'],
    [0, 'code-required'],
    [-13, 'code-required'],
    [-14, 'refused'],
  ] as const)('answers a password %s days before its date with %s', async (days, expected) => {
    expect(await outcome('password', person(from(days)))).toBe(expected);
  });

  it.each(['pro-sante-connect', 'cpx', 'passkey'] as const)('takes %s all along', async (means) => {
    for (const days of [31, 0, -14]) expect(await outcome(means, person(from(days)))).toBe('complete');
  });

  it('lets a session of password and code add a means and do no more, for 14 days, and no other session', () => {
    const limited = (means: SignInMeans, days: number) => policy.limitsToEnrolment(means, person(from(days)));
    expect([1, 0, -13, -14].map((days) => limited('password', days))).toEqual([false, true, true, false]);
    expect(limited('passkey', 0)).toBe(false);
    const opened = person(from(0), emergency('password'));
    expect(policy.limitsToEnrolment('password', opened)).toBe(false);
  });

  it('opens all to password and code until its date alone, whatever a person may have', () => {
    const opens = (days: number) =>
      policy.opensByCodes({ ...NO_POLICY, ...from(days, { totpIsStrong: true }) });
    expect([1, 0, -13, -14].map(opens)).toEqual([true, false, false, false]);
    expect(policy.opensByCodes({ ...NO_POLICY, proSanteConnectFrom: clock.now() })).toBe(false);
    expect(policy.opensByCodes(NO_POLICY)).toBe(true);
  });

  it('forgets the 24 hours of a browser from its date on: a code is given each time', async () => {
    expect(await outcome('password', person(from(1)), clock.now())).toBe('complete');
    expect(await outcome('password', person(from(0)), clock.now())).toBe('code-required');
    expect(await outcome('password', person(from(-14)), clock.now())).toBe('refused');
  });

  it('lets no code stand in for a strong means after that', () => {
    expect([0, -14].map((days) => policy.takesCodes(person(from(days))))).toEqual([true, false]);
    expect(policy.takesCodes(person(from(-14), emergency('password')))).toBe(true);
  });

  it('opens nothing again when the clock steps back', async () => {
    const reached = from(20, { strongMeansReached: 2 });
    expect(await outcome('password', person(reached))).toBe('refused');
    expect(policy.limitsToEnrolment('password', person(from(20, { strongMeansReached: 1 })))).toBe(true);
  });

  it('takes password and app where the structure counts the app as strong, and no other code', async () => {
    const asked = from(-14, { totpIsStrong: true });
    expect(await outcome('password', person(asked), clock.now())).toBe('code-required');
    expect(policy.takesOwnFactor('totp', person(asked))).toBe(true);
    expect([policy.takesCodes(person(asked)), policy.channels(person(asked))]).toEqual([false, []]);
    expect(policy.takesOwnFactor('totp', person(from(-14)))).toBe(false);
    const inEnrolment = person(from(0, { totpIsStrong: true }));
    expect(policy.limitsToEnrolment('password', inEnrolment, 'otp')).toBe(false);
    expect(policy.limitsToEnrolment('password', inEnrolment, 'mail')).toBe(true);
    expect(policy.limitsToEnrolment('password', person(from(0)), 'otp')).toBe(true);
  });

  it('takes a factor as it stands when the session opens: a code that was right a moment before opens nothing', () => {
    const past = person(from(-14));
    expect(policy.takesProof({ code: 'mail' }, past)).toBe(false);
    expect(policy.takesProof({ code: 'otp' }, past)).toBe(false);
    expect(policy.takesProof({}, past)).toBe(false);
    const withApp = person(from(-14, { totpIsStrong: true }));
    expect(policy.takesProof({ code: 'otp' }, withApp)).toBe(true);
    expect(policy.takesProof({ code: 'mail' }, withApp)).toBe(false);
    expect(policy.takesProof({ code: 'mail' }, person(from(0)))).toBe(true);
  });

  it('has an app added in a session that is limited where the app lets its person in afterwards', () => {
    expect([1, 0, -14].map((days) => policy.enrolsApp(person(from(days))))).toEqual([true, false, false]);
    expect(policy.enrolsApp(person(from(-14, { totpIsStrong: true })))).toBe(true);
  });

  it('takes the password of a person with an emergency access', async () => {
    expect(await outcome('password', person(from(-14), emergency('password')))).toBe('code-required');
    expect(await outcome('password', person(from(-14), emergency('cpx')))).toBe('refused');
  });
});

describe('a deployment with recovery codes', () => {
  const recovering = new SignInPolicy(noBrowsers, clock, { ...options, recoveryCodes: true });
  const past = person({ strongMeansFrom: shift(clock.now(), -14 * DAY) });
  const asking = async (account: Account) =>
    (await recovering.decide('password', account, clock.now())).status;

  it('takes one after the password past the date of a structure, and no code and no app', async () => {
    expect(await asking(past)).toBe('code-required');
    expect(recovering.takesProof({ recovered: true }, past)).toBe(true);
    expect(recovering.takesProof({ code: 'mail' }, past)).toBe(false);
    expect(recovering.takesProof({ code: 'otp' }, past)).toBe(false);
    expect(recovering.takesProof({}, past)).toBe(false);
    expect(recovering.channels(past)).toEqual([]);
  });

  it('takes none where Pro Santé Connect alone opens, nor by an emergency access', async () => {
    expect(await asking(person({ proSanteConnectFrom: clock.now() }))).toBe('refused');
    const opened = person({}, emergency('password'));
    expect(recovering.takesOwnFactor('recovery-code', opened)).toBe(false);
    expect(recovering.takesProof({ recovered: true }, opened)).toBe(false);
  });

  it('takes none once they are switched off', () => {
    expect(policy.takesOwnFactor('recovery-code', person())).toBe(false);
    expect(policy.takesProof({ recovered: true }, person())).toBe(false);
  });
});

describe('a structure that asks something of passkeys', () => {
  const key = (kind: 'device' | 'synced', identityProof: string | null = null) => ({ kind, identityProof });
  const decided = async (asked: Partial<StructurePolicy>, passkey: PresentedPasskey) =>
    (await policy.decide('passkey', person(asked), null, passkey)).status;

  it('refuses a synced one where only keys of one device count, and none is added', async () => {
    const asked = { passkeyKind: 'device' as const };
    expect(await decided(asked, key('synced', 'cpx'))).toBe('refused');
    expect(await decided(asked, key('device'))).toBe('complete');
    expect(policy.acceptsPasskeyKind('synced', person(asked))).toBe(false);
  });

  it('refuses one whose person was not identified, until it is attested', async () => {
    const asked = { passkeyIdentity: 'proven' as const };
    expect(await decided(asked, key('device'))).toBe('refused');
    expect(await decided(asked, key('synced', 'in-person'))).toBe('complete');
    expect(policy.acceptsPasskeyKind('synced', person(asked))).toBe(true);
  });
});

describe('a deployment whose administrators need a card or Pro Santé Connect', () => {
  const strict = new SignInPolicy(noBrowsers, clock, { ...options, administratorsNeedStrongMeans: true });
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
    expect(strict.letsAdminister(session('password', shift(clock.now(), HOUR)))).toBe(true);
    expect(strict.letsAdminister(session('password', clock.now()))).toBe(false);
  });

  it('lets no administrator, and no auditor, link a card with password and code', () => {
    const roles = [['professional'], ['professional', 'structure-admin'], ['national-admin'], ['auditor']];
    expect(roles.map((one) => strict.letsLink({ roles: one }))).toEqual([true, false, false, false]);
    expect(roles.map((one) => policy.letsLink({ roles: one }))).toEqual([true, true, true, true]);
  });
});
