import type { Account } from '@portillon/account';
import { SettableClock } from '@portillon/testing';
import { ActSteps } from '../testing/act.fixture';
import { claire, OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountIdentityRequestService } from './account-identity-request.service';

const clock = new SettableClock();

function requests(changes: Partial<Account> = {}) {
  const steps = new ActSteps(claire(changes));
  const { transactions, administered, journal, notices } = steps;
  const service = new AccountIdentityRequestService(transactions, administered, journal, notices, clock);
  return { steps, ask: () => service.ask(OF_HOSPITAL, 'claire', 'campagne 2027') };
}
const verified = (at: Date) => ({ identity: { method: 'card', at } as const });

describe('a person whose identity is not proven', () => {
  it.each([{}, verified(new Date('2023-01-01T00:00:00.000Z'))])(
    'is asked by mail to have it verified, and the journal keeps it: %j',
    async (changes) => {
      const { steps, ask } = requests(changes);
      await ask();
      expect(steps.taken).toEqual([
        'administered.touch',
        'begin',
        'administered.claim(tx)',
        'journal.recordOnAccount(tx)',
        'notices.notify(tx)',
        'commit',
      ]);
      expect(steps.journalled).toEqual([{ name: 'identity_asked', reason: 'campagne 2027' }]);
      expect(steps.told).toEqual([['identity-asked', 'claire', { by: 'administrator' }]]);
    },
  );

  it.each<Partial<Account>>([verified(clock.now()), { status: 'INVITED' }, { status: 'DEACTIVATED' }])(
    'is asked nothing where it is proven or the account is not open: %j',
    async (changes) => {
      const { steps, ask } = requests(changes);
      await expect(ask()).rejects.toMatchObject({ code: 'account.state' });
      expect(steps.told).toEqual([]);
    },
  );
});
