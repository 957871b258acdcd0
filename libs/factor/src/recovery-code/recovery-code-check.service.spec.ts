import type { FactorPolicy } from '@portillon/access';
import type { AccountService } from '@portillon/account';
import type { GivenFactor } from '@portillon/auth';
import type { RecoveryCodeService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { CLIENT, Steps } from '@portillon/testing';
import type { OwnFactorCheckService } from '@portillon/auth';
import { RecoveryCodeCheckService } from './recovery-code-check.service';
import { CLAIRE } from '../testing/recovery-code.fixture';

type Unused = Awaited<ReturnType<RecoveryCodeService['unused']>>[number];
const CODE = { accountId: 'claire', position: 0 } as Unused;

interface World {
  /** Whether the user may give a recovery code at this time. */
  taken?: boolean;
  has?: boolean;
  right?: boolean;
  used?: boolean;
  /** How many are left; null: the set has gone meanwhile. */
  left?: number | null;
}

function checking({ taken = true, has = true, right = true, used = true, left = 1 }: World = {}) {
  const steps = new Steps();
  const notified: unknown[] = [];
  const settled: unknown[] = [];
  const rejected = () => Promise.reject(new AppError('recovery-code.rejected'));
  const service = new RecoveryCodeCheckService(
    steps.of<RecoveryCodeService>('codes', {
      unused: async () => (has ? [CODE, CODE] : []),
      compare: (unused) => (right ? unused[0] : undefined),
      use: async () => used,
      stateOf: async () => (left === null ? undefined : { createdAt: new Date(0), remaining: left }),
    }),
    steps.of<OwnFactorCheckService>('checks', {
      require: async (_person, _client, _words, compare: () => GivenFactor | undefined) =>
        compare() ?? rejected(),
      settle: async (_person, _client, words, opened) => {
        settled.push(words);
        return opened;
      },
    }),
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    { acceptsOwn: (factor: string) => taken && factor === 'recovery-code' } as unknown as FactorPolicy,
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, { left }) => void notified.push([kind, id, left]),
    }),
  );
  const given = () => service.require(CLAIRE, '7ZQK-0M4T-9RXB-2HWE', CLIENT);
  const consumed = async () => {
    const { consume } = await given();
    return steps.transactions.run((tx) => consume(tx));
  };
  const settle = (opened: Promise<string>) => service.settle(CLAIRE, CLIENT, opened);
  return { steps, notified, settled, given, consumed, settle };
}

describe('a recovery code', () => {
  it('is compared once its attempt was counted, then used up with what it opens, and the account holder is notified', async () => {
    const { steps, notified, consumed } = checking();
    await consumed();
    expect(steps.taken).toEqual([
      'accounts.getForSignIn',
      'codes.unused',
      'checks.require',
      'codes.compare',
      'begin',
      'codes.use(tx)',
      'codes.stateOf(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(notified).toEqual([['recovery-code-used', 'claire', 1]]);
  });

  it('is settled in its own words with what it opens', async () => {
    const { settled, settle } = checking();
    expect(await settle(Promise.resolve('session'))).toBe('session');
    expect(settled).toEqual([{ channel: 'RECOVERY_CODE', rejected: 'recovery-code.rejected' }]);
  });

  it('notifies the account holder that none is left where the set has gone meanwhile', async () => {
    const { notified, consumed } = checking({ left: null });
    await consumed();
    expect(notified).toEqual([['recovery-code-used', 'claire', 0]]);
  });

  it('opens a session that adds a means and does nothing else', async () => {
    expect(await checking().given()).toMatchObject({
      proof: { recovered: true, limitedTo: 'enrolment' },
      facts: { channel: 'RECOVERY_CODE' },
    });
  });

  it.each<World>([{ right: false }, { has: false }])(
    'is refused alike when it is wrong and when the person has none: %j',
    async (world) => {
      await expect(checking(world).given()).rejects.toMatchObject({ code: 'recovery-code.rejected' });
    },
  );

  it('is not even looked up where the person may give none', async () => {
    const { steps, given } = checking({ taken: false });
    await expect(given()).rejects.toMatchObject({ code: 'recovery-code.rejected' });
    expect(steps.taken).not.toContain('codes.unused');
  });

  it('notifies nothing of the second of two with one code', async () => {
    const { notified, steps, consumed } = checking({ used: false });
    await expect(consumed()).rejects.toMatchObject({ code: 'recovery-code.rejected' });
    expect(steps.taken.slice(-2)).toEqual(['codes.use(tx)', 'rollback']);
    expect(notified).toEqual([]);
  });
});
