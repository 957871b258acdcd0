import type { AccountStatus } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import type { InvitationService } from '@portillon/recovery';
import { ActSteps } from '../testing/act.fixture';
import { claire } from '../testing/administrator.fixture';
import { EmailReplacementService } from './email-replacement.service';

async function replaced(status: AccountStatus) {
  const steps = new ActSteps();
  const service = new EmailReplacementService(
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.of<InvitationService>('invitations', { send: async () => undefined }),
    steps.notices,
  );
  const before = claire({ status });
  const after = { ...before, email: 'new@hopital.example' };
  await steps.transactions.run((tx) => service.apply(before, after, { id: 'nadia' }, tx));
  return { taken: steps.taken.slice(1, -1), told: steps.told };
}

describe('a new mail address', () => {
  it('of an invited person gets the invitation, and nothing goes to a stranger', async () => {
    const { taken, told } = await replaced('INVITED');
    expect(taken).toEqual(['factorReset.endAll(tx)', 'invitations.send(tx)']);
    expect(told).toEqual([]);
  });
});
