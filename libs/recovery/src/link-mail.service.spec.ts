import type { AccountTokenService } from '@portillon/credential';
import type { NotificationService, OutgoingMessage } from '@portillon/notification';
import { SettableClock, Steps } from '@portillon/testing';
import { LinkMailService, LinkRequest } from './link-mail.service';
import { claire } from './testing/recovery.fixture';

const USEFUL_UNTIL = new Date('2026-11-24T15:39:00.000Z');

describe('a link to choose a password', () => {
  const write = async (link: LinkRequest) => {
    const steps = new Steps();
    const enqueued: unknown[] = [];
    const service = new LinkMailService(
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
      new SettableClock(),
      { serviceName: 'Portillon', publicUrl: 'https://portillon.example' },
    );
    await steps.transactions.run((tx) => service.write(link, tx));
    return enqueued;
  };

  it('of an import goes behind everything else', async () => {
    const enqueued = await write({ kind: 'INVITATION', account: claire(), bulk: true });
    expect(enqueued[1]).toMatchObject({ kind: 'invitation', when: 'bulk' });
  });
});
