import type { AttemptStart, PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import type { AuditService } from '@portillon/audit';
import type { Session } from '@portillon/session';
import { AppError, MINUTE, addMilliseconds } from '@portillon/kernel';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import { CurrentPasswordService } from './current-password.service';
import type { LockNoticeService } from './lock-notice.service';
import { CLAIRE, SESSION } from '../testing/sign-in.fixture';

const clock = new SettableClock();

const busy = new AppError('service.busy');

function proof(right: boolean | 'unknown', begun: AttemptStart = { status: 'allowed' }) {
  const steps = new Steps();
  const { audit, entries } = journalOf<AuditService>(steps);
  const buckets: unknown[] = [];
  const noticed: unknown[] = [];
  const givenBack: unknown[] = [];
  const service = new CurrentPasswordService(
    steps.transactions,
    steps.of<PasswordAttemptService>('attempts', {
      begin: async (_, bucket) => (buckets.push(bucket), begun),
      succeeded: async (_, bucket) => void buckets.push(bucket),
      settle: async (_, bucket, outcome) => {
        void outcome.catch(() => givenBack.push(bucket));
        return outcome;
      },
    }),
    steps.of<PasswordHashingService>('passwords', {
      verify: async () => (right === 'unknown' ? Promise.reject(busy) : right),
    }),
    steps.of<LockNoticeService>('lockNotices', { check: (locked) => void noticed.push(locked) }),
    audit,
    clock,
  );
  const prove = (session: Session = SESSION) => service.prove(session, CLAIRE, 'typed', CLIENT);
  return { steps, entries, noticed, buckets, givenBack, prove };
}

describe('the present password', () => {
  it('is counted before it is looked at, and counts no more when it is right', async () => {
    const { steps, prove } = proof(true);
    await prove();
    const forgiven = ['begin', 'attempts.succeeded(tx)', 'commit'];
    expect(steps.taken).toEqual(['attempts.begin', 'passwords.verify', 'attempts.settle', ...forgiven]);
  });

  it('is counted apart from sign-ins, in the browser of the session, or in the session', async () => {
    const { buckets, prove } = proof(true);
    await prove();
    await prove({ ...SESSION, browserId: null });
    expect(buckets).toEqual(['browser', 'browser', 'session', 'session']);
  });

  it('stays counted when it is wrong: journal, and whether that locks the account', async () => {
    const { steps, entries, noticed, prove } = proof(false);
    const errors = [{ field: 'currentPassword', code: 'wrong' }];
    await expect(prove()).rejects.toMatchObject({ code: 'password.wrong', errors });
    const counted = ['attempts.begin', 'passwords.verify', 'attempts.settle'];
    expect(steps.taken).toEqual([...counted, 'audit.record', 'lockNotices.check']);
    const refused = { name: 'authn_password_change_fail', outcome: 'FAILURE', reason: 'wrong-password' };
    expect(entries).toMatchObject([{ ...refused, accountId: 'claire' }]);
    expect(noticed).toMatchObject([{ username: 'claire.martin', browserId: 'browser' }]);
  });

  it('is given back when too many wait to be hashed', async () => {
    const { entries, givenBack, prove } = proof('unknown');
    await expect(prove()).rejects.toBe(busy);
    expect([entries, givenBack]).toEqual([[], ['browser']]);
  });

  it('is not looked at while the bucket has to wait', async () => {
    const { steps, prove } = proof(true, {
      status: 'delayed',
      retryAt: addMilliseconds(clock.now(), MINUTE),
    });
    await expect(prove()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).toEqual(['attempts.begin']);
  });
});
