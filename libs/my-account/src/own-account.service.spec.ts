import type { AccountService } from '@portillon/account';
import type { SignInPolicy } from '@portillon/access';
import { Steps } from '@portillon/testing';
import { OwnAccountService } from './own-account.service';
import { own, session } from './testing/own.fixture';

describe('the account of a session', () => {
  const account = own();
  const service = (admitted: boolean) => {
    const steps = new Steps();
    const policy = steps.of<object>('policy', { admits: () => admitted }) as SignInPolicy;
    return new OwnAccountService(steps.of<AccountService>('accounts', { get: async () => account }), policy);
  };

  it('is read anew, as it is now', async () => {
    expect(await service(true).get(session)).toBe(account);
  });

  it('opens nothing once it may no longer enter', async () => {
    await expect(service(false).get(session)).rejects.toMatchObject({ code: 'session.required' });
  });
});
