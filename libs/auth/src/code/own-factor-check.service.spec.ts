import type { SignInAccount } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import type { AttemptCount, OtpAttemptService, OtpLock } from '@portillon/otp';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import type { CodeCheckService } from './code-check.service';
import { OwnFactorCheckService } from './own-factor-check.service';

const CLAIRE = { id: 'claire', structure: null } as SignInAccount;
const WORDS = { channel: 'COUPON', rejected: 'code.rejected' } as const;
const LOCK: OtpLock = { status: 'locked', retryAt: null, fresh: true };

interface World {
  right?: boolean;
  counted?: AttemptCount;
}

function checking({ right = true, counted }: World = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const named: unknown[] = [];
  const service = new OwnFactorCheckService(
    steps.of<OtpAttemptService>('attempts', {
      count: async () => counted ?? { status: 'counted', lock: null },
      forgive: async () => undefined,
      refund: async () => undefined,
    }),
    steps.of<CodeCheckService>('codes', {
      refuse: (_lock, _person, _client, facts) => {
        named.push(facts);
        return Promise.reject(new AppError('attempts.exceeded'));
      },
    }),
    audit,
  );
  const factor = steps.of<{ compare(): string | undefined }>('factor', {
    compare: () => (right ? 'the step of an app' : undefined),
  });
  const verify = () => service.verify(CLAIRE, CLIENT, WORDS, () => factor.compare());
  return { steps, lines, entries, named, service, verify };
}

describe('a code that we did not send', () => {
  it('is counted before it is compared, and handed back to be used up', async () => {
    const { steps, verify } = checking();
    expect(await verify()).toBe('the step of an app');
    expect(steps.taken).toEqual(['attempts.count', 'factor.compare']);
  });

  it('is refused when it is wrong, and the journal says so', async () => {
    const { lines, entries, verify } = checking({ right: false });
    await expect(verify()).rejects.toMatchObject({ code: 'code.rejected' });
    expect(lines).toEqual(['authn_code_fail rejected']);
    expect(entries).toMatchObject([{ outcome: 'FAILURE', accountId: 'claire', channel: 'COUPON' }]);
  });

  it('is not compared while the code step is locked, right or not', async () => {
    const { steps, named, verify } = checking({ counted: { ...LOCK, fresh: false } });
    await expect(verify()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).not.toContain('factor.compare');
    expect(named).toEqual([{ channel: 'COUPON' }]);
  });

  it('locks the code step when it is the last wrong one, and not when it is right', async () => {
    const counted: AttemptCount = { status: 'counted', lock: LOCK };
    const wrong = checking({ counted, right: false });
    await expect(wrong.verify()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(await checking({ counted }).verify()).toBe('the step of an app');
  });

  it('is written down when another caller was first with it, and given back after any other failure', async () => {
    const { steps, lines, service } = checking();
    for (const failure of ['code.rejected', 'service.busy'] as const)
      await service.refundAfter(new AppError(failure), CLAIRE, CLIENT, WORDS);
    expect(lines).toEqual(['authn_code_fail rejected']);
    // Only the second failure refunds the attempt: its code was right and could not be used.
    expect(steps.taken.filter((step) => step === 'attempts.refund')).toHaveLength(1);
  });
});
