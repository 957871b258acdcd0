import type { AccountService } from '@portillon/account';
import { MINUTE } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { CLIENT, SettableClock, Steps } from '@portillon/testing';
import type { FactorPolicy, ResolvedAccessOptions } from '@portillon/access';
import type { PasswordCheckService } from '../password/password-check.service';
import { EnrolmentProofService } from './enrolment-proof.service';
import { CLAIRE, SESSION as SIGNED_IN } from '../testing/sign-in.fixture';

const SESSION: Session = { ...SIGNED_IN, proof: {}, signedInAt: new Date('2026-01-01T08:00:00Z') };

function proving(minutesSinceSignIn: number, admitted = true, takesApp = true) {
  const steps = new Steps();
  const clock = new SettableClock(SESSION.signedInAt);
  clock.advance(minutesSinceSignIn * MINUTE);
  const service = new EnrolmentProofService(
    steps.of<AccountService>('accounts', {
      get: async () => (admitted ? CLAIRE : { ...CLAIRE, status: 'DEACTIVATED' }),
    }),
    { mayEnrolTotp: () => takesApp } as unknown as FactorPolicy,
    steps.of<PasswordCheckService>('password', { confirm: async () => undefined }),
    clock,
    { freshMs: 5 * MINUTE } as ResolvedAccessOptions,
  );
  const require = (changes: Partial<Session> = {}, password?: string) =>
    service.require({ ...SESSION, ...changes }, password, CLIENT);
  const requireForApp = (proof: Session['proof']) =>
    service.requireForApp({ ...SESSION, proof }, undefined, CLIENT);
  return { steps, require, requireForApp };
}

describe('what a means of signing in is added with', () => {
  it('is password and code of the last minutes', async () => {
    const { steps, require } = proving(4);
    expect(await require()).toBe(CLAIRE);
    expect(steps.taken).not.toContain('password.confirm');
  });

  it('is not a code alone: a stolen session with the mailbox is asked for the password', async () => {
    const { steps, require } = proving(5);
    const renewed = { proof: { code: 'mail', renewedBy: 'code' } } as const;
    await expect(require()).rejects.toMatchObject({ code: 'password.confirmation-required' });
    await expect(require(renewed)).rejects.toMatchObject({ code: 'password.confirmation-required' });
    expect(await require(renewed, 'typed')).toBe(CLAIRE);
    expect(steps.taken).toContain('password.confirm');
  });

  it.each<[string, Partial<Session>]>([
    ['a card', { means: 'cpx', proof: {} }],
    ['Pro Santé Connect', { means: 'pro-sante-connect', proof: {} }],
    ['a passkey', { means: 'passkey', proof: {} }],
    ['a passkey in a session of password and code', { proof: { renewedBy: 'passkey' } }],
  ])('is %s alone', async (_, session) => {
    expect(await proving(60).require(session)).toBe(CLAIRE);
  });

  it('is not the code that renewed a session of a card', async () => {
    const session = { means: 'cpx', proof: { renewedBy: 'code' } } as const;
    await expect(proving(1).require(session)).rejects.toMatchObject({
      code: 'password.confirmation-required',
    });
  });

  it('adds an app in a session that may only add a means where the app lets the person in afterwards', async () => {
    const limited = { limitedTo: 'enrolment' } as const;
    expect(await proving(1).requireForApp(limited)).toBe(CLAIRE);
    const fading = proving(1, true, false);
    await expect(fading.requireForApp(limited)).rejects.toMatchObject({ code: 'enrolment.required' });
    expect(await fading.requireForApp({})).toBe(CLAIRE);
  });

  it('is nothing for an account that has been closed', async () => {
    await expect(proving(1, false).require()).rejects.toMatchObject({ code: 'session.required' });
  });
});
