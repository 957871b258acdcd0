import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import { EmergencyAccessEndService } from './emergency-access-end.service';

function ending(possible = true) {
  const steps = new ActSteps();
  const service = new EmergencyAccessEndService(
    steps.transactions,
    steps.administered,
    steps.of<AccountAdministrationService>('administration', { closeEmergencyAccess: async () => possible }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.journal,
  );
  return { steps, service };
}

describe('an emergency access', () => {
  it('ends with what was opened with it', async () => {
    const { steps, service } = ending();
    await service.close(NATIONAL, 'claire', 'works again');
    expect(steps.taken).toEqual([
      'administered.touch',
      'begin',
      'administered.claim(tx)',
      'administration.closeEmergencyAccess(tx)',
      'factorReset.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
      'administered.get',
    ]);
  });

  it('is not ended when there is none', async () => {
    const { steps, service } = ending(false);
    await expect(service.close(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken.at(-1)).toBe('rollback');
  });
});
