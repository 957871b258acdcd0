import type { IdentityVerificationService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { ActSteps } from '../testing/act.fixture';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountIdentityService } from './account-identity.service';

function identities({ isOpen = true } = {}) {
  const steps = new ActSteps();
  const by: string[] = [];
  const service = new AccountIdentityService(
    steps.transactions,
    steps.administered,
    steps.of<IdentityVerificationService>('identities', {
      attest: async (_id, administrator) => (by.push(administrator), isOpen),
    }),
    steps.journal,
    steps.notices,
  );
  return { steps, service, by };
}

describe('the identity of a person', () => {
  it('is attested face to face, on another’s account alone, and the person is told', async () => {
    const { steps, service, by } = identities();
    await service.attest(OF_HOSPITAL, 'claire', 'carte d’identité vue');
    expect(steps.taken).toEqual([
      'administered.touchOther',
      'begin',
      'administered.claim(tx)',
      'identities.attest(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
      'administered.get',
    ]);
    expect(by).toEqual(['hugo']);
    expect(steps.journalled).toEqual([
      { name: 'identity_verified', reason: 'carte d’identité vue', data: { method: 'face-to-face' } },
    ]);
    expect(steps.told).toEqual([['identity-verified', 'claire', { by: 'administrator' }]]);
  });

  it('is not attested of a closed account, and nothing is written', async () => {
    const { steps, service } = identities({ isOpen: false });
    const attested = service.attest(OF_HOSPITAL, 'claire', 'vue');
    await expect(attested).rejects.toEqual(new AppError('account.state'));
    expect(steps.journalled).toEqual([]);
    expect(steps.told).toEqual([]);
  });
});
