import type { PendingEmail, PendingEmailService } from '@portillon/account';
import { ActSteps } from '../testing/act.fixture';
import { claire, OF_HOSPITAL } from '../testing/administrator.fixture';
import { EmailHoldService } from './email-hold.service';

it('an address that waits is written with who asked, and the present one hears until when', async () => {
  const steps = new ActSteps();
  const wishes: object[] = [];
  const effectiveAt = new Date(0);
  const service = new EmailHoldService(
    steps.of<PendingEmailService>('pendingEmails', {
      request: async (wish) => {
        wishes.push(wish);
        return { effectiveAt } as PendingEmail;
      },
    }),
    steps.notices,
  );
  await steps.transactions.run((tx) => service.hold(OF_HOSPITAL, claire(), 'new@hopital.example', tx));
  expect(steps.taken.slice(1, -1)).toEqual(['pendingEmails.request(tx)', 'notices.notify(tx)']);
  expect(wishes).toEqual([{ accountId: 'claire', email: 'new@hopital.example', requestedBy: 'hugo' }]);
  expect(steps.told).toEqual([
    [
      'mail-change-requested',
      'claire',
      { by: 'administrator', to: 'claire@hopital.example', until: effectiveAt },
    ],
  ]);
});
