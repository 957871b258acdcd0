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
  it.each<Partial<Account>>([verified(clock.now()), { status: 'INVITED' }, { status: 'DEACTIVATED' }])(
    'is asked nothing where it is proven or the account is not open: %j',
    async (changes) => {
      const { steps, ask } = requests(changes);
      await expect(ask()).rejects.toMatchObject({ code: 'account.state' });
      expect(steps.told).toEqual([]);
    },
  );
});
