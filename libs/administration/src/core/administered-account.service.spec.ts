import type { Account, AccountAdministrationService, AccountService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { claire, NATIONAL, NATIONAL_SERVICE, OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import { AdministeredAccountService } from './administered-account.service';
import type { ReadingService } from './reading.service';

function administered(account: Account | undefined) {
  const steps = new Steps();
  const service = new AdministeredAccountService(
    steps.of<AccountService>('accounts', { get: async () => account }),
    steps.of<AccountAdministrationService>('administration', {}),
    refusing(steps),
    steps.of<ReadingService>('readings', { recordAccount: async () => undefined }),
  );
  return { steps, service };
}
const ELSEWHERE = claire({ structure: { id: 'clinic', name: 'Clinique' } });

describe('an account', () => {
  it.each([
    ['of the own structure', OF_HOSPITAL, claire()],
    ['of any structure, for a national administrator', NATIONAL, ELSEWHERE],
    ['of no structure, for a national administrator', NATIONAL, claire({ structure: null })],
  ])('%s is within reach', async (_, administrator, account) => {
    expect(await administered(account).service.get(administrator, 'claire')).toBe(account);
  });

  it.each([
    ['of another structure', ELSEWHERE],
    ['of no structure', claire({ structure: null })],
    ['that does not exist', undefined],
  ])(
    '%s looks like none to a structure administrator, and the journal keeps who tried',
    async (_, account) => {
      const { steps, service } = administered(account);
      await expect(service.touch(OF_HOSPITAL, 'claire')).rejects.toMatchObject({ code: 'not-found' });
      expect(steps.taken).toEqual(['accounts.get', 'refusals.hide']);
    },
  );

  it('that does not exist is no refusal of what a national administrator may', async () => {
    const { steps, service } = administered(undefined);
    await expect(service.get(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['accounts.get']);
  });

  it('that is shown is said to be read before it is', async () => {
    const { steps, service } = administered(claire());
    expect(await service.read(OF_HOSPITAL, 'claire')).toMatchObject({ id: 'claire' });
    expect(steps.taken).toEqual(['accounts.get', 'readings.recordAccount']);
  });

  it('that is out of reach was not read', async () => {
    const { steps, service } = administered(ELSEWHERE);
    await expect(service.read(OF_HOSPITAL, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['accounts.get', 'refusals.hide']);
  });

  it('of a national administrator is seen by a structure administrator, and not touched', async () => {
    const { steps, service } = administered(claire({ roles: ['national-admin'] }));
    await service.get(OF_HOSPITAL, 'claire');
    await expect(service.touch(OF_HOSPITAL, 'claire')).rejects.toMatchObject({ code: 'permission.denied' });
    expect(steps.taken.at(-1)).toBe('refusals.forbid');
  });

  it('of a national administrator is touched by no machine', async () => {
    const { steps, service } = administered(claire({ roles: ['national-admin'] }));
    await expect(service.touch(NATIONAL_SERVICE, 'claire')).rejects.toMatchObject({
      code: 'permission.denied',
    });
    expect(steps.taken.at(-1)).toBe('refusals.forbid');
  });

  it('of their own is not taken away by its administrator', async () => {
    const { service } = administered(claire({ id: 'nadia' }));
    await expect(service.touchOther(NATIONAL, 'nadia')).rejects.toMatchObject({ code: 'act.on-self' });
    expect(await service.touch(NATIONAL, 'nadia')).toMatchObject({ id: 'nadia' });
  });
});
