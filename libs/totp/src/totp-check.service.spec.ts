import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { CodeRefusalService, SecondFactorRegistry } from '@portillon/auth';
import type { OpenTotp, TotpService, TotpStep } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import type { AttemptCount, OtpAttemptService, OtpLock } from '@portillon/otp';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { TotpCheckService } from './totp-check.service';
import { CLAIRE } from './testing/totp.fixture';

const APP: OpenTotp = { accountId: 'claire', secret: 'secret', lastStep: 1 };
const STEP: TotpStep = { ...APP, step: 2 };
const LOCK: OtpLock = { status: 'locked', retryAt: null, fresh: true };

interface World {
  has?: boolean;
  right?: boolean;
  used?: boolean;
  counted?: AttemptCount;
}

function checking({ has = true, right = true, used = true, counted }: World = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const service = new TotpCheckService(
    steps.of<TotpService>('totp', {
      open: async () => APP,
      compare: () => (right ? STEP : undefined),
      use: async () => used,
    }),
    steps.of<OtpAttemptService>('attempts', {
      count: async () => counted ?? { status: 'counted', lock: null },
      forgive: async () => undefined,
    }),
    steps.of<AccountService>('accounts', { get: async () => CLAIRE }),
    steps.of<SecondFactorRegistry>('factors', { of: async () => (has ? ['totp'] : []) }),
    steps.of<CodeRefusalService>('refusals', {
      refuse: () => Promise.reject(new AppError('attempts.exceeded')),
    }),
    audit,
  );
  const given = () => service.require(CLAIRE, '482913', CLIENT);
  const consumed = async () => {
    const { consume } = await given();
    return steps.transactions.run((tx) => consume(tx));
  };
  return { steps, lines, given, consumed };
}

describe('the code of an authenticator app', () => {
  it('is counted before it is compared, then used up with what it opens, and the failures forgotten', async () => {
    const { steps, consumed } = checking();
    await consumed();
    expect(steps.taken).toEqual([
      'accounts.get',
      'factors.of',
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

  it('is counted and refused alike of a person without app, or whose code comes by mail alone', async () => {
    const { steps, lines, given } = checking({ has: false });
    await expect(given()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect(steps.taken).toEqual(['accounts.get', 'factors.of', 'attempts.count', 'audit.record']);
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

  it('forgives nothing to the second of two with one code', async () => {
    const { steps, consumed } = checking({ used: false });
    await expect(consumed()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect(steps.taken.slice(-2)).toEqual(['totp.use(tx)', 'rollback']);
  });
});
