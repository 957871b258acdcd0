import type { AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
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
