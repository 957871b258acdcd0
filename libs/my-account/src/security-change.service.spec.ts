import type { AuditService } from '@portillon/audit';
import type { FactorResetService } from '@portillon/auth';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { Steps } from '@portillon/testing';
import { SecurityChangeService } from './security-change.service';
import { client, session } from './testing/own.fixture';

it('a change ends everything else, tells the person and is written down, in the transaction of the change', async () => {
  const steps = new Steps();
  const recorded: object[] = [];
  const changes = new SecurityChangeService(
    steps.of<FactorResetService>('factorReset', { endOthers: async () => undefined }),
    steps.of<SecurityNoticeService>('notices', { notify: async () => undefined }),
    steps.of<AuditService>('audit', { record: async (entry) => void recorded.push(entry) }),
  );
  const change = { event: 'phone_changed', notice: 'phone-changed', facts: { channel: 'SMS' } } as const;
  await steps.transactions.run((tx: EntityManager) => changes.complete(session, change, client, tx));
  const all = ['factorReset.endOthers(tx)', 'notices.notify(tx)', 'audit.record(tx)'];
  expect(steps.taken).toEqual(['begin', ...all, 'commit']);
  expect(recorded).toMatchObject([
    { name: 'phone_changed', outcome: 'SUCCESS', accountId: 'claire', channel: 'SMS', address: '192.0.2.7' },
  ]);
});
