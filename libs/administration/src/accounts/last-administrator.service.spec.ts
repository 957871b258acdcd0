import type { AccountAdministrationService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { claire } from '../testing/administrator.fixture';
import { LastAdministratorService } from './last-administrator.service';

describe('the last national administrator', () => {
  const service = (stays: boolean) => {
    const steps = new Steps();
    const administration = steps.of<AccountAdministrationService>('administration', {
      staysNational: async () => stays,
    });
    return { steps, last: new LastAdministratorService(administration) };
  };
  const require = (last: LastAdministratorService, roles: string[]) =>
    last.requireAnother(claire({ roles }), {} as EntityManager);

  it('stays', async () => {
    await expect(require(service(false).last, ['national-admin'])).rejects.toMatchObject({
      code: 'administrator.last',
    });
  });

  it('may go when another is there', async () => {
    await expect(require(service(true).last, ['national-admin'])).resolves.toBeUndefined();
  });

  it('is looked for whatever the account was when it was read', async () => {
    const { steps, last } = service(false);
    await expect(require(last, ['professional'])).rejects.toMatchObject({ code: 'administrator.last' });
    expect(steps.taken).toEqual(['administration.staysNational']);
  });
});
