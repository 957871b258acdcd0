import type { SignInAccount } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import type { AttemptCount, OtpAttemptService, OtpLock } from '@portillon/otp';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import type { GivenFactor } from '../session/given-factor.types';
import type { CodeRefusalService } from './code-refusal.service';
import { OwnFactorCheckService } from './own-factor-check.service';

const CLAIRE = { id: 'claire', structure: null } as SignInAccount;
const WORDS = { channel: 'COUPON', rejected: 'code.rejected' } as const;
const LOCK: OtpLock = { status: 'locked', retryAt: null, fresh: true };

interface Factor {
  compare(): GivenFactor | undefined;
  consume: GivenFactor['consume'];
}

interface World {
  right?: boolean;
  used?: boolean;
  counted?: AttemptCount;
}

function checking({ right = true, used = true, counted }: World = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const named: unknown[] = [];
  const service = new OwnFactorCheckService(
    steps.of<OtpAttemptService>('attempts', {
      count: async () => counted ?? { status: 'counted', lock: null },
      forgive: async () => undefined,
      refund: async () => undefined,
    }),
    steps.of<CodeRefusalService>('refusals', {
      refuse: (_lock, _person, _client, facts) => {
        named.push(facts);
        return Promise.reject(new AppError('attempts.exceeded'));
      },
    }),
    audit,
  );
  const factor: Factor = steps.of<Factor>('factor', {
    consume: async () => (used ? undefined : Promise.reject(new AppError('code.rejected'))),
    compare: () => (right ? { consume: (tx) => factor.consume(tx), proof: {}, facts: {} } : undefined),
  });
  const given = () => service.require(CLAIRE, CLIENT, WORDS, () => factor.compare());
  const settle = (failure: AppError) => service.settle(CLAIRE, CLIENT, WORDS, Promise.reject(failure));
  const consumed = async () => {
    const { consume } = await given();
    return steps.transactions.run((tx) => consume(tx));
  };
  return { steps, lines, entries, named, given, settle, consumed };
}

describe('a code that we did not send', () => {
  it('is counted before it is compared, then used up with what it opens, and the failures forgotten', async () => {
    const { steps, consumed } = checking();
    await consumed();
    expect(steps.taken).toEqual([
      'attempts.count',
      'factor.compare',
      'begin',
      'factor.consume(tx)',
      'attempts.forgive(tx)',
      'commit',
    ]);
  });

  it('is refused when it is wrong, and the journal says so', async () => {
    const { lines, entries, given } = checking({ right: false });
    await expect(given()).rejects.toMatchObject({ code: 'code.rejected' });
    expect(lines).toEqual(['authn_code_fail rejected']);
    expect(entries).toMatchObject([{ outcome: 'FAILURE', accountId: 'claire', channel: 'COUPON' }]);
  });

  it('is not compared while the code step is locked, right or not', async () => {
    const { steps, named, given } = checking({ counted: { ...LOCK, fresh: false } });
    await expect(given()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).not.toContain('factor.compare');
    expect(named).toEqual([{ channel: 'COUPON' }]);
  });

  it('locks the code step when it is the last wrong one, and not when it is right', async () => {
    const counted: AttemptCount = { status: 'counted', lock: LOCK };
    const wrong = checking({ counted, right: false });
    await expect(wrong.given()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(await checking({ counted }).given()).toMatchObject({ proof: {} });
  });

  it('is written down when another caller was first with it, and no other failure is', async () => {
    const { steps, lines, settle } = checking();
    for (const failure of ['code.rejected', 'service.busy'] as const)
      await expect(settle(new AppError(failure))).rejects.toMatchObject({ code: failure });
    expect(lines).toEqual(['authn_code_fail rejected']);
    // Only the second failure refunds the attempt: its code was right and could not be used.
    expect(steps.taken.filter((step) => step === 'attempts.refund')).toHaveLength(1);
  });

  it('forgives nothing to the second of two with one code', async () => {
    const { steps, consumed } = checking({ used: false });
    await expect(consumed()).rejects.toMatchObject({ code: 'code.rejected' });
    expect(steps.taken.slice(-2)).toEqual(['factor.consume(tx)', 'rollback']);
  });
});
