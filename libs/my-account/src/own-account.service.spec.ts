import type { AccountService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { OwnAccountService } from './own-account.service';
import { own, session } from './testing/own.fixture';

describe('the account of a session', () => {
  const account = own();
  const service = (admitted: boolean) => {
    const steps = new Steps();
    const read = admitted ? account : { ...account, status: 'DEACTIVATED' as const };
    return new OwnAccountService(steps.of<AccountService>('accounts', { get: async () => read }));
  };

  it('is read anew, as it is now', async () => {
    expect(await service(true).get(session)).toBe(account);
  });

  it('opens nothing once it may no longer enter', async () => {
    await expect(service(false).get(session)).rejects.toMatchObject({ code: 'session.required' });
  });
});
