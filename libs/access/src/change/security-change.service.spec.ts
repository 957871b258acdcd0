import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { CLIENT, Steps } from '@portillon/testing';
import type { FactorResetService } from './factor-reset.service';
import { SecurityChangeService } from './security-change.service';
import { SESSION } from '../testing/people.fixture';

it('a change ends everything else, notifies the person and is recorded, in the transaction of the change', async () => {
  const steps = new Steps();
  const recorded: object[] = [];
  const noticed: object[] = [];
  const changes = new SecurityChangeService(
    steps.transactions,
    steps.of<AccountService>('accounts', {}),
    steps.of<SessionService>('sessions', {}),
    steps.of<FactorResetService>('factorReset', { endOthers: async () => undefined }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, person, details) => void noticed.push({ kind, ...person, ...details }),
    }),
    steps.of<AuditService>('audit', { record: async (entry) => void recorded.push(entry) }),
  );
  const client = { ...CLIENT, address: '192.0.2.7' };
  const change = {
    event: 'passkey_removed',
    notice: 'phone-changed',
    facts: { channel: 'SMS' },
    details: { channel: 'SMS' },
  } as const;
  await steps.transactions.run((tx: EntityManager) => changes.complete(SESSION, change, client, tx));
  const all = ['factorReset.endOthers(tx)', 'notices.notify(tx)', 'audit.record(tx)'];
  expect(steps.taken).toEqual(['begin', ...all, 'commit']);
  expect(noticed).toEqual([{ kind: 'phone-changed', id: 'claire', channel: 'SMS', client }]);
  expect(recorded).toMatchObject([
    {
      name: 'passkey_removed',
      outcome: 'SUCCESS',
      accountId: 'claire',
      channel: 'SMS',
      address: '192.0.2.7',
    },
  ]);
});

it.each([
  ['goes on in a session that is open', true, ['act.write(tx)', 'commit']],
  ['is refused in one that ended meanwhile', false, ['rollback']],
])('a change %s, which is read once the account is locked', async (_, isOpen, end) => {
  const steps = new Steps();
  const changes = new SecurityChangeService(
    steps.transactions,
    steps.of<AccountService>('accounts', { lockRow: async () => undefined }),
    steps.of<SessionService>('sessions', { isOpen: async () => isOpen }),
    steps.of<FactorResetService>('factorReset', {}),
    steps.of<SecurityNoticeService>('notices', {}),
    steps.of<AuditService>('audit', {}),
  );
  const work = steps.of<{ write(tx: EntityManager): Promise<string> }>('act', {
    write: async () => 'written',
  });
  const run = changes.run(SESSION, (tx) => work.write(tx));
  if (isOpen) expect(await run).toBe('written');
  else await expect(run).rejects.toMatchObject({ code: 'session.required' });
  expect(steps.taken).toEqual(['begin', 'accounts.lockRow(tx)', 'sessions.isOpen(tx)', ...end]);
});
