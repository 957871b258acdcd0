import type { Account, AccountService } from '@portillon/account';
import type { AuditEntry, AuditFilter, AuditService } from '@portillon/audit';
import type { PasswordAttemptService } from '@portillon/credential';
import type { OtpService } from '@portillon/otp';
import { SettableClock, Steps } from '@portillon/testing';
import { claire } from '../testing/administrator.fixture';
import { AccountLockService } from './account-lock.service';

const PEOPLE = ['claire', 'paul', 'hugo'].map((id) => claire({ id, username: `${id}.martin` }));

/** Of these, the one that is locked. */
function lockedOf<Lock>(among: readonly string[], locked: string): Map<string, Lock> {
  return new Map(among.filter((one) => one === locked).map((one) => [one, {} as Lock]));
}

function locks() {
  const steps = new Steps();
  const asked: AuditFilter[] = [];
  const service = new AccountLockService(
    steps.of<PasswordAttemptService>('attempts', {
      delayedAmong: async (names) => lockedOf(names, 'claire.martin'),
    }),
    steps.of<OtpService>('otp', {
      lockedAmong: async (ids) => lockedOf(ids, 'paul'),
      locked: async () => ['paul', 'claire'],
    }),
    steps.of<AuditService>('audit', {
      search: async (filter, { cursor }) => {
        asked.push(filter);
        // Hugo was locked an hour ago, and is no longer.
        const items = (cursor ? [{ accountId: 'claire' }] : [{ accountId: 'hugo' }]) as AuditEntry[];
        return { items, nextCursor: cursor ? null : 'next' };
      },
    }),
    steps.of<AccountService>('accounts', {
      getAll: async (ids) =>
        new Map(PEOPLE.filter(({ id }) => ids.includes(id)).map((one): [string, Account] => [one.id, one])),
    }),
    new SettableClock(new Date('2026-11-24T10:00:00.000Z')),
  );
  return { service, asked };
}

describe('who is locked', () => {
  it('is whose password waits, and whose code step is locked', async () => {
    expect(await locks().service.among(PEOPLE)).toEqual(new Set(['claire', 'paul']));
  });

  it('is found among all by the journal of the last day and the code steps, each once', async () => {
    const { service, asked } = locks();
    expect(await service.all()).toEqual(['claire', 'paul']);
    expect(asked[0]).toEqual({ names: ['authn_login_lock'], from: new Date('2026-11-23T10:00:00.000Z') });
  });
});
