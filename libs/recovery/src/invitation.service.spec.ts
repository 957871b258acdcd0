import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { AccountTokenService } from '@portillon/credential';
import type { NotificationService, OutgoingMessage } from '@portillon/notification';
import { journalOf, SettableClock, Steps } from '@portillon/testing';
import { InvitationService } from './invitation.service';
import { claire } from './testing/recovery.fixture';

const USEFUL_UNTIL = new Date('2026-11-24T15:39:00.000Z');

describe('an invitation', () => {
  it('of an import goes behind everything else', async () => {
    const steps = new Steps();
    const enqueued: unknown[] = [];
    const service = new InvitationService(
      steps.of<AccountTokenService>('tokens', {
        issue: async () => 'id.secret',
        expiry: () => USEFUL_UNTIL,
      }),
      steps.of<NotificationService>('notifications', {
        enqueue: async (message, how) => {
          enqueued.push(message, how);
          return { id: 'message' } as OutgoingMessage;
        },
      }),
      steps.of<AccountService>('accounts', { recordInvitation: async () => undefined }),
      journalOf<AuditService>(steps).audit,
      new SettableClock(),
      { serviceName: 'Portillon', publicUrl: 'https://portillon.example' },
    );
    await steps.transactions.run((tx) => service.send(claire(), { id: null, bulk: true }, tx));
    expect(enqueued[1]).toMatchObject({ kind: 'invitation', when: 'bulk' });
  });
});
