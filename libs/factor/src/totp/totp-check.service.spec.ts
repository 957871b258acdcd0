import { FactorPolicy } from '@portillon/access';
import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { CodeRefusalService } from '@portillon/auth';
import type { OpenTotp, TotpService, TotpStep } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import type { AttemptCount, OtpAttemptService, OtpLock } from '@portillon/otp';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { OwnFactorCheckService } from '@portillon/auth';
import { TotpCheckService } from './totp-check.service';
import { CLAIRE } from '../testing/totp.fixture';

const APP: OpenTotp = { accountId: 'claire', secret: 'secret', lastStep: 1 };
const STEP: TotpStep = { ...APP, step: 2 };
const LOCK: OtpLock = { status: 'locked', retryAt: null, fresh: true };

interface World {
  /** Whether the user's structure accepts an app at this time. */
  taken?: boolean;
  has?: boolean;
  right?: boolean;
  used?: boolean;
  counted?: AttemptCount;
}

function checking({ taken = true, has = true, right = true, used = true, counted }: World = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const checks = new OwnFactorCheckService(
    steps.of<OtpAttemptService>('attempts', {
      count: async () => counted ?? { status: 'counted', lock: null },
      forgive: async () => undefined,
      refund: async () => undefined,
    }),
    steps.of<CodeRefusalService>('refusals', {
      refuse: () => Promise.reject(new AppError('attempts.exceeded')),
    }),
    audit,
  );
  const service = new TotpCheckService(
    steps.of<TotpService>('totp', {
      open: async () => (has ? APP : undefined),
      compare: () => (right ? STEP : undefined),
      use: async () => used,
    }),
    checks,
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    { acceptsOwn: (factor: string) => taken && factor === 'totp' } as unknown as FactorPolicy,
  );
  const given = () => service.require(CLAIRE, '482913', CLIENT);
  const consumed = async () => {
    const { consume } = await given();
    return steps.transactions.run((tx) => consume(tx));
  };
  const settle = (failure: AppError) => service.settle(CLAIRE, CLIENT, Promise.reject(failure));
  return { steps, lines, given, consumed, settle };
}

describe('the code of an authenticator app', () => {
  it('is counted before it is compared, then used up with what it opens, and the failures forgotten', async () => {
    const { steps, consumed } = checking();
    await consumed();
    expect(steps.taken).toEqual([
      'accounts.getForSignIn',
      'totp.open',
      'attempts.count',
      'totp.compare',
      'begin',
      'totp.use(tx)',
      'attempts.forgive(tx)',
      'commit',
    ]);
  });

  it('is a second factor in the session, and no message in the journal', async () => {
    expect(await checking().given()).toMatchObject({ proof: { code: 'otp' }, facts: { channel: 'TOTP' } });
  });

  it('is refused when it is wrong, and the journal says so', async () => {
    const { lines, given } = checking({ right: false });
    await expect(given()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect(lines).toEqual(['authn_code_fail rejected']);
  });

  it.each<[string, World]>([
    ['without app', { has: false }],
    ['whose code comes by mail alone', { taken: false }],
  ])('is counted and refused alike of a person %s', async (_who, world) => {
    const { steps, lines, given } = checking(world);
    await expect(given()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect(steps.taken).toContain('attempts.count');
    expect(steps.taken).not.toContain('totp.compare');
    expect(lines).toEqual(['authn_code_fail rejected']);
  });

  it('is not compared while the code step is locked, right or not', async () => {
    const { steps, given } = checking({ counted: { ...LOCK, fresh: false } });
    await expect(given()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).not.toContain('totp.compare');
  });

  it('locks the code step when it is the last wrong one, and not when it is right', async () => {
    const counted: AttemptCount = { status: 'counted', lock: LOCK };
    await expect(checking({ counted, right: false }).given()).rejects.toMatchObject({
      code: 'attempts.exceeded',
    });
    expect(await checking({ counted }).given()).toMatchObject({ facts: { channel: 'TOTP' } });
  });

  it('is written down when another caller was first with it, and no other failure is', async () => {
    const { steps, lines, settle } = checking();
    await expect(settle(new AppError('totp.rejected'))).rejects.toMatchObject({ code: 'totp.rejected' });
    await expect(settle(new AppError('session.required'))).rejects.toMatchObject({
      code: 'session.required',
    });
    expect(lines).toEqual(['authn_code_fail rejected']);
    expect(steps.taken.filter((step) => step === 'attempts.refund')).toHaveLength(1);
  });

  it('forgives nothing to the second of two with one code', async () => {
    const { steps, consumed } = checking({ used: false });
    await expect(consumed()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect(steps.taken.slice(-2)).toEqual(['totp.use(tx)', 'rollback']);
  });
});
