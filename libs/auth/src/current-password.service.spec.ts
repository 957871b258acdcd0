import type { AttemptStart, PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import type { AuditService } from '@portillon/audit';
import { MINUTE, shift } from '@portillon/kernel';
import { CLIENT, SettableClock, Steps } from '@portillon/testing';
import { CurrentPasswordService } from './current-password.service';
import type { LockNoticeService } from './lock-notice.service';
import { CLAIRE, SESSION } from './testing/sign-in.fixture';

const clock = new SettableClock();

function proof(right: boolean, begun: AttemptStart = { status: 'allowed' }) {
  const steps = new Steps();
  const buckets: unknown[] = [];
  const service = new CurrentPasswordService(
    steps.transactions,
    steps.of<PasswordAttemptService>('attempts', {
      begin: async (_, bucket) => (buckets.push(bucket), begun),
      succeeded: async (_, bucket) => void buckets.push(bucket),
    }),
    steps.of<PasswordHashingService>('passwords', { verify: async () => right }),
    steps.of<LockNoticeService>('lockNotices', { check: () => undefined }),
    steps.of<AuditService>('audit', { record: async () => undefined }),
    clock,
  );
  return { steps, buckets, prove: () => service.prove(SESSION, CLAIRE, 'typed', CLIENT) };
}

describe('the present password', () => {
  it('is counted before it is looked at, and counts no more when it is right', async () => {
    const { steps, prove } = proof(true);
    await prove();
    const forgiven = ['begin', 'attempts.succeeded(tx)', 'commit'];
    expect(steps.taken).toEqual(['attempts.begin', 'passwords.verify', ...forgiven]);
  });

  it('is counted apart from sign-ins, in the browser of the session', async () => {
    const { buckets, prove } = proof(true);
    await prove();
    expect(buckets).toEqual(['browser', 'browser']);
  });

  it('stays counted when it is wrong: journal, and whether that locks the account', async () => {
    const { steps, prove } = proof(false);
    await expect(prove()).rejects.toMatchObject({ code: 'password.wrong' });
    expect(steps.taken).toEqual(['attempts.begin', 'passwords.verify', 'audit.record', 'lockNotices.check']);
  });

  it('is not looked at while the bucket has to wait', async () => {
    const { steps, prove } = proof(true, { status: 'delayed', retryAt: shift(clock.now(), MINUTE) });
    await expect(prove()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).toEqual(['attempts.begin']);
  });
});
