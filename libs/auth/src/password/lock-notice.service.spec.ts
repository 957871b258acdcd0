import { Logger } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { PasswordAttemptService } from '@portillon/credential';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { CLAIRE } from '../testing/sign-in.fixture';
import { LockNoticeService } from './lock-notice.service';

const UNTIL = new Date('2026-11-24T16:39:00.000Z');

interface World {
  /** Null: nothing is locked. */
  until?: Date | null;
  /** Whether this attempt caused the lock. */
  isNew?: boolean;
  failure?: Error;
}

function watching({ until = UNTIL, isNew = true, failure }: World = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const notified: unknown[] = [];
  const service = new LockNoticeService(
    steps.transactions,
    steps.of<PasswordAttemptService>('attempts', {
      lockedUntil: async () => (failure ? Promise.reject(failure) : (until ?? undefined)),
      recordLock: async () => isNew,
    }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, details) => void notified.push([kind, id, details.until]),
    }),
    audit,
  );
  /** One wrong password, and what follows it. */
  const fail = async (account: SignInAccount | undefined = CLAIRE, browserId: string | null = null) => {
    service.check({ username: 'claire.martin', browserId, account, client: CLIENT });
    await service.beforeApplicationShutdown();
  };
  return { steps, lines, entries, notified, service, fail };
}

const invited = { ...CLAIRE, status: 'INVITED' } as SignInAccount;
const deactivated = { ...CLAIRE, status: 'DEACTIVATED' } as SignInAccount;

describe('a wrong password that locks an account', () => {
  it('is recorded in the journal, and notified, in one transaction', async () => {
    const { steps, lines, entries, notified, fail } = watching();
    await fail();
    expect(steps.taken).toEqual([
      'attempts.lockedUntil',
      'begin',
      'attempts.recordLock(tx)',
      'audit.record(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(lines).toEqual(['authn_login_lock too-many-failures']);
    const data = { until: UNTIL.toISOString(), where: 'anywhere' };
    expect(entries).toMatchObject([{ outcome: 'FAILURE', means: 'password', accountId: 'claire', data }]);
    expect(notified).toEqual([['account-locked', 'claire', UNTIL]]);
  });

  it('reports that it was in a browser of the person', async () => {
    const { entries, fail } = watching();
    await fail(CLAIRE, 'browser');
    expect(entries).toMatchObject([{ data: { where: 'known-browser' } }]);
  });

  it('is reported once, and not by the attempts after it', async () => {
    const { lines, notified, fail } = watching({ isNew: false });
    await fail();
    expect([lines, notified]).toEqual([[], []]);
  });

  it.each([
    ['was invited and has no password yet', invited],
    ['was closed', deactivated],
  ])('is recorded in the journal, without a mail, where the account %s', async (_, account) => {
    const { lines, notified, fail } = watching();
    await fail(account);
    expect(lines).toEqual(['authn_login_lock too-many-failures']);
    expect(notified).toEqual([]);
  });
});

describe('a wrong password that locks nothing', () => {
  it('is looked at in the same way for a name without account', async () => {
    const { steps, lines, notified, service } = watching();
    service.check({ username: 'no.body', browserId: null, account: undefined, client: CLIENT });
    await service.beforeApplicationShutdown();
    expect(steps.taken).toContain('attempts.lockedUntil');
    expect([lines, notified]).toEqual([[], []]);
  });

  it('opens no transaction', async () => {
    const { steps, fail } = watching({ until: null });
    await fail();
    expect(steps.taken).not.toContain('begin');
  });
});

describe('the look at a lock', () => {
  it('makes no answer wait', async () => {
    const { notified, service } = watching();
    service.check({ username: 'claire.martin', browserId: null, account: CLAIRE, client: CLIENT });
    expect(notified).toEqual([]);
    await service.beforeApplicationShutdown();
    expect(notified).toHaveLength(1);
  });

  it('fails in the log alone, where the database does not answer', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await watching({ failure: new Error('database gone') }).fail();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('database gone'));
    warn.mockRestore();
  });
});
