import type { PendingChange, PendingChangeService } from '@portillon/account';
import { SettableClock } from '@portillon/testing';
import { ActSteps } from '../testing/act.fixture';
import { claire, OF_HOSPITAL } from '../testing/administrator.fixture';
import { ChangeHoldService } from './change-hold.service';

const effectiveAt = new Date(0);

function holding() {
  const steps = new ActSteps();
  const wishes: object[] = [];
  const service = new ChangeHoldService(
    steps.of<PendingChangeService>('pendingChanges', {
      request: async (wish) => {
        wishes.push(wish);
        return { effectiveAt } as PendingChange;
      },
    }),
    steps.notices,
    steps.journal,
    new SettableClock(),
  );
  return { steps, wishes, service };
}

describe('a change that waits', () => {
  it.each([
    ['email', 'new@hopital.example', 'mail-change-requested', { name: 'email_change_requested' }],
    [
      'identity',
      '899700366240',
      'identity-link-requested',
      { name: 'account_change_requested', data: { change: 'identity', nationalId: '89•••••••240' } },
    ],
    [
      'roles',
      'professional structure-admin',
      'rights-change-requested',
      {
        name: 'account_change_requested',
        data: { change: 'roles', roles: ['professional', 'structure-admin'] },
      },
    ],
  ] as const)(
    'of %s is written with who asked, and the person hears until when',
    async (kind, value, notice, act) => {
      const { steps, wishes, service } = holding();
      await steps.transactions.run((tx) =>
        service.hold(OF_HOSPITAL, claire(), { kind, value }, 'wanted', tx),
      );
      const order = ['pendingChanges.request(tx)', 'journal.recordOnAccount(tx)', 'notices.notify(tx)'];
      expect(steps.taken.slice(1, -1)).toEqual(order);
      expect(wishes).toEqual([{ accountId: 'claire', kind, value, requestedBy: 'hugo' }]);
      expect(steps.journalled).toEqual([{ ...act, reason: 'wanted' }]);
      const details = { by: 'administrator', to: 'claire@hopital.example', until: effectiveAt };
      expect(steps.told).toEqual([[notice, 'claire', details]]);
    },
  );

  it('is what opens an administrator’s account, and not a professional’s', () => {
    const { service } = holding();
    expect(service.isNeeded(claire({ roles: ['structure-admin'] }))).toBe(true);
    expect(service.isNeeded(claire())).toBe(false);
  });
});
