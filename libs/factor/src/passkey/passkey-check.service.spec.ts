import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { IpThrottleService, FactorPolicy } from '@portillon/access';
import type { AssertionCheck, PasskeyAssertionService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { PasskeyCheckService } from './passkey-check.service';
import { CLAIRE, noticesOf, PASSKEY, RESPONSE, VERIFIED } from '../testing/passkey.fixture';

const SIGN_IN = { purpose: 'sign-in', binding: '' } as const;
const STEP_UP = { purpose: 'step-up', binding: 'session', accountId: 'claire' } as const;

function checking(checked: AssertionCheck, { outOfTurn = false, accepted = true } = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const counted: string[] = [];
  const { notices, notified, details } = noticesOf(steps);
  const service = new PasskeyCheckService(
    steps.of<PasskeyAssertionService>('assertions', { check: async () => checked }),
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    { passkeyRule: () => (accepted ? undefined : 'passkey-kind') } as unknown as FactorPolicy,
    steps.of<IpThrottleService>('throttle', {
      enforce: async (kind) => {
        counted.push(`turn ${kind}`);
        if (outOfTurn) throw new AppError('attempts.exceeded');
      },
      countFailure: async (kind) => void counted.push(`failure ${kind}`),
    }),
    notices,
    audit,
  );
  const require = (asked: typeof SIGN_IN | typeof STEP_UP = SIGN_IN) =>
    service.require(asked, 'cookie', RESPONSE, CLIENT);
  return { steps, lines, counted, notified, details, require };
}

describe('the answer of a passkey', () => {
  it('is given on when it is good, and counts as no failure', async () => {
    const { counted, require } = checking(VERIFIED);
    expect(await require()).toBe(VERIFIED);
    expect(counted).toEqual(['turn passkey']);
  });

  it('that could not be judged counts as no failure', async () => {
    const busy = new AppError('service.busy');
    const { counted, require } = checking(Promise.reject(busy) as never);
    await expect(require()).rejects.toBe(busy);
    expect(counted).toEqual(['turn passkey']);
  });

  it('that is unknown is counted, written down, and answered apart, so that the browser forgets it', async () => {
    const { lines, counted, require } = checking({ status: 'unknown' });
    await expect(require()).rejects.toMatchObject({ code: 'passkey.unknown' });
    expect(counted).toEqual(['turn passkey', 'failure passkey']);
    expect(lines).toEqual(['authn_login_fail passkey-unknown']);
  });

  it('is refused in one way whatever was wrong, and the journal has the reason', async () => {
    const { lines, notified, require } = checking({
      status: 'rejected',
      reason: 'passkey-not-verified',
      passkey: PASSKEY,
    });
    await expect(require()).rejects.toMatchObject({ code: 'passkey.rejected' });
    await expect(require(STEP_UP)).rejects.toMatchObject({ code: 'passkey.rejected' });
    expect(lines).toEqual([
      'authn_login_fail passkey-not-verified',
      'authn_passkey_fail passkey-not-verified',
    ]);
    expect(notified).toEqual([]);
  });

  it('whose counter went back is notified to the account holder: there may be a copy', async () => {
    const { notified, details, require } = checking({
      status: 'rejected',
      reason: 'passkey-counter',
      passkey: PASSKEY,
    });
    await expect(require()).rejects.toMatchObject({ code: 'passkey.rejected' });
    expect([notified, details]).toEqual([['passkey-misused claire'], [{ client: CLIENT }]]);
  });

  it('confirms a step where the structure takes such a passkey', async () => {
    expect(await checking(VERIFIED).require(STEP_UP)).toBe(VERIFIED);
  });

  it('confirms nothing where the structure does not take such a passkey', async () => {
    const { lines, require } = checking(VERIFIED, { accepted: false });
    await expect(require(STEP_UP)).rejects.toMatchObject({ code: 'means.unavailable' });
    expect(lines).toEqual(['authn_passkey_fail means-forbidden']);
  });

  it('is not looked at out of turn, where its address block failed often', async () => {
    const { steps, require } = checking(VERIFIED, { outOfTurn: true });
    await expect(require()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).not.toContain('assertions.check');
  });
});
